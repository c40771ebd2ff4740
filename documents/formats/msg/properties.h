// MsgProperties: the values of a message, a recipient or an attachment.
//
// Each is a storage of the file: values of a fixed size stand in one stream,
// every other has a stream of its own, named by its number and type
// [MS-OXMSG 2.4]. Life cycle: the file must outlive the object. Damage costs
// the values it is in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "documents/formats/ole/compound_file.h"

namespace cairn {

// Of the HTML of a message, and of texts where nothing else tells it.
inline constexpr std::uint16_t kInternetCodePage = 0x3fde;

class MsgProperties {
 public:
  // What the storage is of tells where its values begin.
  enum class Owner { kMessage, kAttachedMessage, kRecipient, kAttachment };

  // `code_page`: of texts that are not Unicode; 0: a message tells its own.
  MsgProperties(CompoundFile& file, std::uint32_t storage, Owner owner,
                int code_page = 0);

  // UTF-8, line breaks as they stand, no other controls; empty: there is none.
  std::string Text(std::uint16_t id) const;
  std::string Bytes(std::uint16_t id) const;
  // The first eight bytes of a value of a fixed size.
  std::optional<std::uint64_t> Number(std::uint16_t id) const;
  // The storage that is the value; none: it is none.
  std::optional<std::uint32_t> Storage(std::uint16_t id) const;

  int code_page() const { return code_page_; }
  bool HasUnicode(std::uint16_t id) const;

 private:
  std::string Stream(std::uint16_t id, std::uint16_t type) const;

  CompoundFile& file_;
  std::uint32_t storage_;
  std::string fixed_;  // Entries of 16 bytes.
  int code_page_;
};

}  // namespace cairn
