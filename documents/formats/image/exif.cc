// Exif: entries of the directories of a TIFF header.
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "documents/charset.h"
#include "documents/formats/image/image_metadata.h"

namespace cairn::image {
namespace {

constexpr std::size_t kEntriesMax = 512;
constexpr std::size_t kTextMax = 64 << 10;

// Tags.
constexpr std::uint32_t kDescription = 0x010e, kMake = 0x010f, kModel = 0x0110,
                        kOrientation = 0x0112, kDate = 0x0132, kArtist = 0x013b,
                        kCopyright = 0x8298, kExifDirectory = 0x8769,
                        kGpsDirectory = 0x8825, kDateTaken = 0x9003,
                        kUserComment = 0x9286, kXpTitle = 0x9c9b,
                        kXpComment = 0x9c9c, kXpAuthor = 0x9c9d,
                        kXpKeywords = 0x9c9e, kXpSubject = 0x9c9f;

struct Entry {
  std::uint32_t tag = 0, type = 0, count = 0;
  std::string_view value;  // The bytes, wherever they stand.
};

class ExifReader {
 public:
  ExifReader(std::string_view tiff, ImageMetadata& out)
      : tiff_(tiff), out_(out), little_(tiff.starts_with("II")) {}

  void Read() {
    if (tiff_.size() < 8) return;
    ReadDirectory(Number(4, 4), &ExifReader::Take);
  }

 private:
  // 0 beyond the end.
  std::uint32_t NumberIn(std::string_view bytes, std::size_t at,
                         std::size_t size) const {
    if (at > bytes.size() || bytes.size() - at < size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t from = little_ ? at + size - 1 - i : at + i;
      value = value << 8 | static_cast<unsigned char>(bytes[from]);
    }
    return value;
  }
  std::uint32_t Number(std::size_t at, std::size_t size) const {
    return NumberIn(tiff_, at, size);
  }
  void ReadDirectory(std::size_t at, void (ExifReader::*take)(const Entry&));
  void Take(const Entry& entry);
  void TakeGps(const Entry& entry);
  std::string_view Ascii(const Entry& entry) const;
  static std::string Utf16(const Entry& entry);
  std::optional<double> Degrees(const Entry& entry) const;

  const std::string_view tiff_;
  ImageMetadata& out_;
  const bool little_;
  int depth_ = 0;
  std::string make_;
  char north_ = 'N', east_ = 'E';
  std::optional<double> latitude_;
};

void ExifReader::ReadDirectory(std::size_t at,
                               void (ExifReader::*take)(const Entry&)) {
  constexpr std::array<std::size_t, 13> kSizes = {0, 1, 1, 2, 4, 8, 1,
                                                  1, 2, 4, 8, 4, 8};
  if (depth_ > 2 || at + 2 > tiff_.size()) return;
  ++depth_;
  const std::size_t count = std::min<std::size_t>(Number(at, 2), kEntriesMax);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t place = at + 2 + 12 * i;
    if (place + 12 > tiff_.size()) break;
    Entry entry{
        Number(place, 2), Number(place + 2, 2), Number(place + 4, 4), {}};
    if (entry.type >= kSizes.size() || entry.count > tiff_.size()) continue;
    const std::size_t bytes = kSizes[entry.type] * entry.count;
    const std::size_t from = bytes <= 4 ? place + 8 : Number(place + 8, 4);
    if (from > tiff_.size() || tiff_.size() - from < bytes) continue;
    entry.value = tiff_.substr(from, bytes);
    (this->*take)(entry);
  }
  --depth_;
}

std::string_view ExifReader::Ascii(const Entry& entry) const {
  return entry.value.substr(0, std::min(entry.value.find('\0'), kTextMax));
}

std::string ExifReader::Utf16(const Entry& entry) {
  // Always little-endian, whatever the rest of the file is.
  std::string text = "\xff\xfe" + std::string(entry.value.substr(0, kTextMax));
  while (text.size() > 2 && text.ends_with(std::string_view("\0", 1))) {
    text.pop_back();
  }
  if (text.size() % 2 != 0) text.push_back('\0');
  return text;
}

void ExifReader::Take(const Entry& entry) {
  switch (entry.tag) {
    case kDescription:
      return out_.Add("caption", Ascii(entry));
    case kMake:
      make_ = Ascii(entry);
      return;
    case kModel: {
      const std::string model(Ascii(entry));
      // Most models name their maker.
      const bool named = model.starts_with(make_.substr(0, make_.find(' ')));
      return out_.Add("camera", named ? model : make_ + " " + model);
    }
    case kOrientation: {
      const std::uint32_t value = NumberIn(entry.value, 0, 2);
      if (value >= 1 && value <= 8) out_.orientation = static_cast<int>(value);
      return;
    }
    case kDateTaken:
      return out_.Add("taken", Ascii(entry));
    case kDate:
      return out_.Add("changed", Ascii(entry));
    case kArtist:
      return out_.Add("author", Ascii(entry));
    case kCopyright:
      return out_.Add("copyright", Ascii(entry));
    case kUserComment:
      // Eight bytes name the encoding.
      if (entry.value.starts_with("ASCII")) {
        out_.Add("comment", entry.value.substr(8, kTextMax));
      }
      return;
    case kXpTitle:
      return out_.Add("title", Utf16(entry));
    case kXpComment:
      return out_.Add("comment", Utf16(entry));
    case kXpAuthor:
      return out_.Add("author", Utf16(entry));
    case kXpKeywords:
      return out_.Add("keywords", Utf16(entry));
    case kXpSubject:
      return out_.Add("subject", Utf16(entry));
    case kExifDirectory:
      return ReadDirectory(NumberIn(entry.value, 0, 4), &ExifReader::Take);
    case kGpsDirectory:
      return ReadDirectory(NumberIn(entry.value, 0, 4), &ExifReader::TakeGps);
    default:
      return;
  }
}

// Degrees, minutes, seconds as fractions.
std::optional<double> ExifReader::Degrees(const Entry& entry) const {
  if (entry.type != 5 || entry.count < 3) return std::nullopt;
  double sum = 0;
  double unit = 1;
  for (std::size_t i = 0; i < 3; ++i, unit *= 60) {
    const double above = NumberIn(entry.value, 8 * i, 4);
    const double below = NumberIn(entry.value, 8 * i + 4, 4);
    if (below == 0) return std::nullopt;
    sum += above / below / unit;
  }
  if (!(sum <= 180)) return std::nullopt;
  return sum;
}

void ExifReader::TakeGps(const Entry& entry) {
  if (entry.value.empty()) return;
  if (entry.tag == 1) north_ = entry.value[0];
  if (entry.tag == 3) east_ = entry.value[0];
  if (entry.tag == 2) latitude_ = Degrees(entry);
  if (entry.tag != 4 || !latitude_.has_value()) return;
  const std::optional<double> longitude = Degrees(entry);
  if (!longitude.has_value()) return;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.5f %c, %.5f %c", *latitude_,
                north_ == 'S' ? 'S' : 'N', *longitude,
                east_ == 'W' ? 'W' : 'E');
  out_.Add("place", text.data());
}

}  // namespace

void ReadExif(std::string_view tiff, ImageMetadata& out) {
  ExifReader(tiff, out).Read();
}

}  // namespace cairn::image
