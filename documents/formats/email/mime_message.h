// MimeMessage: the parts of an e-mail as a tree of views into its bytes.
//
// Place: under EmailParser. Nothing is decoded yet but names. Pure, linear in
// the bytes times the nesting of parts; threads: safe.
// Limits: parts deeper than kMimeNestingMax or beyond kMimePartsMax stay
// unread and are counted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

inline constexpr std::size_t kMimeNestingMax = 16;
inline constexpr std::size_t kMimePartsMax = 1'000;

struct MimeHeader {
  std::string_view name;
  std::string_view value;  // Folds and encoded words as they stand.
};

struct MimePart {
  std::vector<MimeHeader> headers;
  std::string type = "text/plain";  // Lower case.
  std::string charset;
  std::string transfer_encoding;  // Lower case.
  std::string file_name;          // UTF-8; empty: none.
  bool attachment = false;        // Content-Disposition says so.
  bool flowed = false, delsp = false;
  std::string_view body;
  std::vector<MimePart> parts;  // Of multipart/*.

  // Value of the first header of this name (lower case); empty: none.
  std::string_view Header(std::string_view name) const;
};

struct MimeMessage {
  MimePart root;
  std::size_t unread_parts = 0;
};

MimeMessage ReadMimeMessage(std::string_view bytes);

// The body without its transfer encoding.
std::string BytesOfPart(const MimePart& part);

// The messages of a mailbox: "From " lines after an empty line separate them.
// One that begins otherwise is one message. At most `messages_max`.
std::vector<std::string_view> SplitMailbox(std::string_view bytes,
                                           std::size_t messages_max);

// A message of a mailbox as it was sent: of ">From " and ">>From " at the
// beginning of a line one ">" was put there by the mailbox.
std::string WithoutMailboxQuotes(std::string_view message);

}  // namespace cairn
