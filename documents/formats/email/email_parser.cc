#include "documents/formats/email/email_parser.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/embed.h"
#include "documents/formats/email/mime_decode.h"
#include "documents/formats/email/mime_message.h"
#include "documents/formats/html/html_parser.h"
#include "documents/sniff.h"

namespace cairn {
namespace {

constexpr std::size_t kAttachmentsMax = 200;
constexpr std::size_t kMessageNestingMax = 4;
constexpr std::size_t kMessagesMax = 20'000;  // Of one mailbox.

struct HeadLine {
  const char* header;
  const char* label;
};
constexpr std::array kHead = {HeadLine{"from", "From"}, HeadLine{"to", "To"},
                              HeadLine{"cc", "Cc"}, HeadLine{"date", "Date"}};

class EmailWriter {
 public:
  EmailWriter(const Limits& limits, DocumentBuilder& builder)
      : limits_(limits), builder_(builder) {}

  void AddMessage(std::string_view bytes, std::uint8_t level);
  void Report();

 private:
  void AddHead(const MimePart& root, std::uint8_t level);
  void AddPart(const MimePart& part, std::uint8_t level);
  void AddAlternative(const MimePart& part, std::uint8_t level);
  void AddPlainText(const MimePart& part);
  bool AddHtml(const MimePart& part, std::uint8_t level);
  void AddAttachment(const MimePart& part, std::uint8_t level);
  void AddText(std::string_view text);

  const Limits& limits_;
  DocumentBuilder& builder_;
  std::size_t attachments_ = 0, attachments_left_out_ = 0;
  std::size_t unread_parts_ = 0, messages_too_deep_ = 0, images_ = 0;
  std::size_t undecoded_ = 0;
  std::size_t depth_ = 0;
};

std::uint8_t Deeper(std::uint8_t level) {
  return static_cast<std::uint8_t>(std::min(level + 1, 6));
}

void EmailWriter::AddHead(const MimePart& root, std::uint8_t level) {
  const std::string subject = DecodeHeader(root.Header("subject"));
  if (!builder_.has_title()) builder_.SetTitle(subject);
  builder_.AddBlock(BlockType::kHeading,
                    subject.empty() ? "(no subject)" : subject, level);
  builder_.BeginTable("");
  for (const HeadLine& line : kHead) {
    const std::string value = DecodeHeader(root.Header(line.header));
    if (value.empty()) continue;
    builder_.BeginRow();
    builder_.AddCell({.text = line.label, .column = 0, .header = true});
    builder_.AddCell({.text = value, .column = 1});
  }
  builder_.EndTable(0);
}

void EmailWriter::AddMessage(std::string_view bytes, std::uint8_t level) {
  if (depth_ >= kMessageNestingMax) {
    ++messages_too_deep_;
    return;
  }
  ++depth_;
  const MimeMessage message = ReadMimeMessage(bytes);
  unread_parts_ += message.unread_parts;
  AddHead(message.root, level);
  AddPart(message.root, Deeper(level));
  --depth_;
}

// Paragraphs are separated by empty lines; quotes keep their marks.
void EmailWriter::AddText(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = begin;
    std::size_t next = text.size();
    while (end < text.size()) {
      const std::size_t stop = std::min(text.find('\n', end), text.size());
      if (TrimWhiteSpace(text.substr(end, stop - end)).empty()) {
        next = stop + 1;
        break;
      }
      end = std::min(stop + 1, text.size());
      next = end;
    }
    builder_.AddBlock(BlockType::kParagraph,
                      TrimWhiteSpace(text.substr(begin, end - begin)));
    begin = std::max(next, begin + 1);
  }
}

void EmailWriter::AddPlainText(const MimePart& part) {
  const std::string bytes = BytesOfPart(part);
  const std::string text = DecodeCharset(bytes, part.charset);
  if (text.empty() && !TrimWhiteSpace(bytes).empty()) ++undecoded_;
  AddText(part.flowed ? JoinFlowedLines(text, part.delsp) : text);
}

bool EmailWriter::AddHtml(const MimePart& part, std::uint8_t level) {
  const std::string bytes = BytesOfPart(part);
  const std::string type = "text/html; charset=" + part.charset;
  const auto page = HtmlParser().Parse(
      {.bytes = bytes, .media_type = part.charset.empty() ? "text/html" : type},
      limits_);
  if (!page.ok()) return false;
  EmbedDocument(*page, {}, static_cast<std::uint8_t>(level - 1), builder_);
  return true;
}

// The last one is the richest that the sender made (RFC 2046 5.1.4); a calendar
// or the like after the text is none of ours.
void EmailWriter::AddAlternative(const MimePart& part, std::uint8_t level) {
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

void EmailWriter::AddPart(const MimePart& part, std::uint8_t level) {
  if (builder_.failed()) return;
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
  if (!part.attachment && part.type.starts_with("image/")) {
    ++images_;  // A picture within the text, mostly a logo.
    return;
  }
  AddAttachment(part, level);
}

void EmailWriter::AddAttachment(const MimePart& part, std::uint8_t level) {
  if (++attachments_ > kAttachmentsMax) {
    ++attachments_left_out_;
    return;
  }
  const std::string name = part.file_name.empty()
                               ? "attachment of type " + part.type
                               : CollapseWhiteSpace(part.file_name);
  const std::string bytes = BytesOfPart(part);
  // The sender's media type is often a guess; a file's name says more.
  ParseInput input{.bytes = bytes, .file_name = part.file_name};
  if (part.file_name.empty()) input.media_type = part.type;
  const StatusOr<const FormatParser*> format = FindFormat(input);
  if (format.ok() && *format == &EmailParser()) {
    builder_.AddBlock(BlockType::kHeading, name, level);
    return AddMessage(bytes, Deeper(level));
  }
  const StatusOr<ParsedDocument> document =
      !format.ok() ? StatusOr<ParsedDocument>(format.status())
      : (*format)->reads_pictures()
          ? InvalidArgumentError(
                "pictures in e-mails are not; save it and "
                "ingest it by itself",
                "PICTURE_ATTACHED")
          : (*format)->Parse(input, limits_);
  if (!document.ok()) {
    builder_.AddWarning(
        "attachment " + name + " (" + std::to_string(bytes.size()) +
        " bytes) was not read: " + MessageOf(document.status()));
    return;
  }
  builder_.AddBlock(BlockType::kHeading, name, level);
  EmbedDocument(*document, "attachment " + name, level, builder_);
}

void EmailWriter::Report() {
  const auto warn = [this](std::size_t count, std::string_view what) {
    if (count > 0) {
      builder_.AddWarning(std::to_string(count) + " " + std::string(what));
    }
  };
  warn(undecoded_, "texts are in no character set and were left out");
  warn(images_, "pictures within the text were not read");
  warn(attachments_left_out_,
       "attachments were left out, beyond the limit of " +
           std::to_string(kAttachmentsMax));
  warn(unread_parts_, "parts were left out: too many, or nested too deep");
  warn(messages_too_deep_,
       "messages were left out: messages within messages deeper than " +
           std::to_string(kMessageNestingMax));
}

class Email final : public FormatParser {
 public:
  std::string_view name() const override { return "email"; }
  bool needs_jail() const override { return true; }
  Status PrepareForJail() const override;
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

// Attachments of any format may come; what cannot be made ready fails when it
// is parsed, with a warning of the e-mail.
Status Email::PrepareForJail() const {
  for (const FormatParser* format : AllFormats()) {
    // Loading the models of pictures takes longer than most e-mails.
    if (format == this || format->reads_pictures()) continue;
    format->PrepareForJail().IgnoreError();
  }
  for (const char* charset : {"iso-2022-jp", "gb18030", "koi8-r", "euc-kr"}) {
    DecodeCharset("\xe4\xf6\xfc", charset);
  }
  return OkStatus();
}

StatusOr<ParsedDocument> Email::Parse(const ParseInput& input,
                                      const Limits& limits) const {
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
  EmailWriter writer(limits, builder);
  const auto messages = SplitMailbox(bytes, kMessagesMax);
  for (const std::string_view message : messages) {
    writer.AddMessage(message, 1);
    if (builder.failed()) break;
  }
  if (messages.size() == kMessagesMax) {
    builder.AddWarning("the mailbox has more than " +
                       std::to_string(kMessagesMax) +
                       " messages; the rest was read as one: split it");
  }
  writer.Report();
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& EmailParser() {
  static const Email* const parser = new Email();
  return *parser;
}

}  // namespace cairn
