#include "documents/formats/msg/properties.h"

#include <cstdio>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::size_t kEntryBytes = 16;
constexpr std::uint16_t kBinary = 0x0102;
constexpr std::uint16_t kNarrow = 0x001e;
constexpr std::uint16_t kUnicode = 0x001f;
constexpr std::uint16_t kObject = 0x000d;

constexpr std::uint16_t kMessageCodePage = 0x3ffd;

std::size_t HeadBytes(MsgProperties::Owner owner) {
  switch (owner) {
    case MsgProperties::Owner::kMessage:
      return 32;
    case MsgProperties::Owner::kAttachedMessage:
      return 24;
    default:
      return 8;
  }
}

std::string NameOf(std::uint16_t id, std::uint16_t type) {
  char name[32];
  std::snprintf(name, sizeof(name), "__substg1.0_%04X%04X", id, type);
  return name;
}

}  // namespace

MsgProperties::MsgProperties(CompoundFile& file, std::uint32_t storage,
                             Owner owner, int code_page)
    : file_(file), storage_(storage), code_page_(code_page) {
  fixed_ = file.ReadNamed("__properties_version1.0", storage);
  fixed_.erase(0, HeadBytes(owner));
  if (code_page_ != 0) return;
  for (const std::uint16_t id : {kMessageCodePage, kInternetCodePage}) {
    const auto page = static_cast<int>(Number(id).value_or(0) & 0xffff);
    if (code_page_ == 0) code_page_ = page;
  }
  if (code_page_ == 0) code_page_ = kWesternCodePage;
}

std::string MsgProperties::Stream(std::uint16_t id, std::uint16_t type) const {
  return file_.ReadNamed(NameOf(id, type), storage_);
}

bool MsgProperties::HasUnicode(std::uint16_t id) const {
  return file_.Find(NameOf(id, kUnicode), storage_).has_value();
}

std::string MsgProperties::Text(std::uint16_t id) const {
  std::string text = Utf16ToUtf8(Stream(id, kUnicode));
  if (text.empty()) text = CodePageToUtf8(Stream(id, kNarrow), code_page_);
  return WithoutControls(text.substr(0, text.find('\0')));
}

std::string MsgProperties::Bytes(std::uint16_t id) const {
  std::string bytes = Stream(id, kBinary);
  return bytes.empty() ? Stream(id, kNarrow) : bytes;
}

std::optional<std::uint64_t> MsgProperties::Number(std::uint16_t id) const {
  for (std::size_t at = 0; at + kEntryBytes <= fixed_.size();
       at += kEntryBytes) {
    if (U16At(fixed_, at + 2) == id) return U64At(fixed_, at + 8);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> MsgProperties::Storage(std::uint16_t id) const {
  const auto found = file_.Find(NameOf(id, kObject), storage_);
  if (!found.has_value() || !file_.entries()[*found].storage) {
    return std::nullopt;
  }
  return found;
}

}  // namespace cairn
