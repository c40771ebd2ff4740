#include "documents/formats/office97/records.h"

#include <algorithm>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

// A shape has up to three lists of properties.
constexpr bool IsPropertyList(std::uint16_t type) {
  return type == 0xf00b || type == 0xf121 || type == 0xf122;
}
constexpr std::size_t kPropertyBytes = 6;
constexpr std::uint16_t kIdMask = 0x3fff;
constexpr std::uint16_t kHasData = 0x8000;  // The number is its length.

struct Property {
  std::uint32_t number = 0;
  std::string_view data;
};

// The data of all properties stand behind the list, in its order.
std::optional<Property> FindProperty(const OfficeRecord& list,
                                     std::uint16_t id) {
  const std::size_t count =
      std::min<std::size_t>(list.instance, list.body.size() / kPropertyBytes);
  std::size_t data_at = count * kPropertyBytes;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t head = U16At(list.body, i * kPropertyBytes);
    const std::uint32_t number = U32At(list.body, i * kPropertyBytes + 2);
    const bool has_data = (head & kHasData) != 0;
    if ((head & kIdMask) == id) {
      return Property{number, has_data ? Slice(list.body, data_at, number)
                                       : std::string_view()};
    }
    if (has_data) data_at += number;
  }
  return std::nullopt;
}

std::optional<Property> FindInLists(std::string_view shape, std::uint16_t id) {
  while (const auto record = TakeRecord(shape)) {
    if (!IsPropertyList(record->type)) continue;
    if (const auto found = FindProperty(*record, id)) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<OfficeRecord> TakeRecord(std::string_view& bytes) {
  if (bytes.size() < kRecordHeadBytes) return std::nullopt;
  OfficeRecord record;
  record.instance = U16At(bytes, 0) >> 4;
  record.type = U16At(bytes, 2);
  record.body = bytes.substr(kRecordHeadBytes, U32At(bytes, 4));
  bytes.remove_prefix(kRecordHeadBytes + record.body.size());
  return record;
}

std::string_view FindRecord(std::string_view bytes, std::uint16_t type) {
  while (const auto record = TakeRecord(bytes)) {
    if (record->type == type) return record->body;
  }
  return {};
}

std::uint32_t ShapeProperties::Number(std::uint16_t id) const {
  const auto found = FindInLists(shape_, id);
  return found.has_value() ? found->number : 0;
}

std::string ShapeProperties::Text(std::uint16_t id) const {
  const auto found = FindInLists(shape_, id);
  if (!found.has_value()) return {};
  const std::string text = Utf16ToUtf8(found->data);
  return WithoutControls(text.substr(0, text.find('\0')));
}

}  // namespace cairn
