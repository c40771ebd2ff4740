#include "documents/formats/email/email_parser.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/email/message_writer.h"
#include "documents/formats/email/mime_decode.h"
#include "documents/formats/email/mime_message.h"

namespace cairn {
namespace {

constexpr std::size_t kMessagesMax = 20'000;  // Of one mailbox.

struct HeadLine {
  const char* header;
  const char* label;
};
constexpr std::array kHead = {HeadLine{"from", "From"}, HeadLine{"to", "To"},
                              HeadLine{"cc", "Cc"}, HeadLine{"date", "Date"}};

// The parts of a message that are shown, in their order.
class PartReader {
 public:
  explicit PartReader(MessageWriter& writer) : writer_(writer) {}

  void AddMessage(std::string_view bytes, std::uint8_t level);

 private:
  void AddPart(const MimePart& part, std::uint8_t level);
  void AddAlternative(const MimePart& part, std::uint8_t level);
  void AddPlainText(const MimePart& part);
  bool AddHtml(const MimePart& part, std::uint8_t level);

  MessageWriter& writer_;
};

void PartReader::AddMessage(std::string_view bytes, std::uint8_t level) {
  const MimeMessage message = ReadMimeMessage(bytes);
  std::vector<MessageHeadLine> head;
  head.reserve(kHead.size());
  for (const HeadLine& line : kHead) {
    head.push_back(
        {line.label, DecodeHeader(message.root.Header(line.header))});
  }
  if (!writer_.BeginMessage(DecodeHeader(message.root.Header("subject")), head,
                            level)) {
    return;
  }
  writer_.CountUnread(message.unread_parts);
  AddPart(message.root, DeeperLevel(level));
  writer_.EndMessage();
}

void PartReader::AddPlainText(const MimePart& part) {
  const std::string bytes = BytesOfPart(part);
  const std::string text = DecodeCharset(bytes, part.charset);
  if (text.empty() && !TrimWhiteSpace(bytes).empty()) writer_.CountUndecoded();
  writer_.AddText(part.flowed ? JoinFlowedLines(text, part.delsp) : text);
}

bool PartReader::AddHtml(const MimePart& part, std::uint8_t level) {
  return writer_.AddHtml(BytesOfPart(part), part.charset, level);
}

// The last one is the richest that the sender made (RFC 2046 5.1.4); a calendar
// or the like after the text is none of ours.
void PartReader::AddAlternative(const MimePart& part, std::uint8_t level) {
  const MimePart* plain = nullptr;
  const MimePart* rich = nullptr;
  for (const MimePart& one : part.parts) {
    if (one.type == "text/plain") {
      plain = &one;
    } else if (one.type == "text/html" || one.type.starts_with("multipart/")) {
      rich = &one;
    }
  }
  if (rich != nullptr && rich->type == "text/html") {
    if (AddHtml(*rich, level)) return;
    rich = nullptr;
  }
  const MimePart* best = rich != nullptr ? rich : plain;
  if (best != nullptr) AddPart(*best, level);
}

void PartReader::AddPart(const MimePart& part, std::uint8_t level) {
  if (writer_.failed()) return;
  if (part.type == "multipart/alternative") return AddAlternative(part, level);
  if (part.type.starts_with("multipart/")) {
    for (const MimePart& one : part.parts) AddPart(one, level);
    return;
  }
  if (part.type == "message/rfc822") {
    return AddMessage(BytesOfPart(part), level);
  }
  const bool named = part.attachment || !part.file_name.empty();
  if (!named && part.type == "text/html" && AddHtml(part, level)) return;
  if (!named && part.type.starts_with("text/")) return AddPlainText(part);
  const std::string bytes = BytesOfPart(part);
  writer_.AddAttachment(
      {.bytes = bytes,
       .file_name = part.file_name,
       .media_type = part.type,
       .within_text = !part.attachment && part.type.starts_with("image/")},
      level);
}

class Email final : public MessageFormat {
 public:
  Email() : MessageFormat("email") {}

 private:
  StatusOr<ParsedDocument> ParseWith(PictureMode mode, const ParseInput& input,
                                     const Limits& limits) const override;
};

StatusOr<ParsedDocument> Email::ParseWith(PictureMode mode,
                                          const ParseInput& input,
                                          const Limits& limits) const {
  CAIRN_RETURN_IF_ERROR(CheckMessageDepth(input.depth));
  std::string_view bytes = input.bytes;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (TrimWhiteSpace(bytes).empty()) {
    return InvalidArgumentError(
        "the e-mail is empty: was it written to the end?", "EMPTY_DOCUMENT");
  }
  if (ReadMimeMessage(bytes.substr(0, 64 << 10)).root.headers.empty()) {
    return InvalidArgumentError(
        "the file has no header lines such as \"From: ...\": save the message "
        "as .eml, or give the file as text",
        "NOT_AN_EMAIL");
  }
  DocumentBuilder builder(name(), limits);
  MessageWriter writer(mode, limits, input.depth, builder);
  PartReader reader(writer);
  const auto messages = SplitMailbox(bytes, kMessagesMax);
  for (const std::string_view message : messages) {
    if (message.starts_with("From ")) {
      reader.AddMessage(WithoutMailboxQuotes(message), 1);
    } else {
      reader.AddMessage(message, 1);
    }
    if (builder.failed()) break;
  }
  if (messages.size() == kMessagesMax) {
    builder.AddWarning("the mailbox has more than " +
                       std::to_string(kMessagesMax) +
                       " messages; the rest was read as one: split it");
  }
  return writer.Finish(std::move(builder));
}

}  // namespace

const FormatParser& EmailParser() {
  static const Email* const parser = new Email();
  return *parser;
}

}  // namespace cairn
