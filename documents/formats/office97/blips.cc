#include "documents/formats/office97/blips.h"

#include <optional>

#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::uint16_t kEntry = 0xf007;
constexpr std::size_t kEntryBytes = 36;
constexpr std::uint32_t kNoPlace = 0xffffffff;

// Kinds of pictures.
constexpr std::uint16_t kFirstBlip = 0xf018;
constexpr std::uint16_t kLastBlip = 0xf117;
constexpr std::uint16_t kEmf = 0xf01a;
constexpr std::uint16_t kWmf = 0xf01b;
constexpr std::uint16_t kPict = 0xf01c;
constexpr std::uint16_t kJpeg = 0xf01d;
constexpr std::uint16_t kPng = 0xf01e;
constexpr std::uint16_t kBitmap = 0xf01f;
constexpr std::uint16_t kTiff = 0xf029;
constexpr std::uint16_t kCmykJpeg = 0xf02a;

// Before the picture: one check sum or two, as the lowest bit of the instance
// says, and a tag.
constexpr std::size_t kSumBytes = 16;

Blip ReadBlip(const OfficeRecord& record) {
  switch (record.type) {
    case kEmf:
    case kWmf:
    case kPict:
      return {Blip::Kind::kDrawing, {}};
    case kJpeg:
    case kCmykJpeg:
    case kPng:
    case kBitmap:
    case kTiff:
      break;
    default:
      return {Blip::Kind::kDamaged, {}};
  }
  const std::size_t sums = (record.instance & 1) != 0 ? 2 : 1;
  const std::string_view bytes = Slice(record.body, sums * kSumBytes + 1);
  if (bytes.empty()) return {Blip::Kind::kDamaged, {}};
  return {Blip::Kind::kPicture,
          {.bytes = bytes, .bitmap = record.type == kBitmap}};
}

}  // namespace

BlipStore::BlipStore(std::string_view list, std::string_view stream)
    : stream_(stream), budget_(stream.size()) {
  while (entries_.size() < kBlipsMax) {
    const auto record = TakeRecord(list);
    if (!record.has_value()) break;
    if (record->type == kEntry ||
        (record->type >= kFirstBlip && record->type <= kLastBlip)) {
      entries_.push_back(*record);
    }
  }
}

Blip BlipStore::Take(std::uint32_t number) {
  if (number == 0 || !taken_.insert(number).second) return {};
  if (number > entries_.size()) return {Blip::Kind::kDamaged, {}};
  const OfficeRecord& entry = entries_[number - 1];
  return entry.type == kEntry ? At(entry) : ReadBlip(entry);
}

// Behind the entry and its name, or in the stream.
Blip BlipStore::At(const OfficeRecord& entry) {
  std::string_view inside =
      Slice(entry.body, kEntryBytes + ByteAt(entry.body, 33));
  if (const auto record = TakeRecord(inside)) return ReadBlip(*record);
  const std::uint32_t size = U32At(entry.body, 20);
  const std::uint32_t place = U32At(entry.body, 28);
  // A place that nothing uses, or a picture of another file.
  if (size == 0 || place == kNoPlace) return {};
  if (!places_.insert(place).second) return {};
  std::string_view rest = Slice(stream_, place);
  const auto record = TakeRecord(rest);
  if (!record.has_value() || record->body.size() > budget_) {
    return {Blip::Kind::kDamaged, {}};
  }
  budget_ -= record->body.size();
  return ReadBlip(*record);
}

}  // namespace cairn
