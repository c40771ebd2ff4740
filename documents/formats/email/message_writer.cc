#include "documents/formats/email/message_writer.h"

#include <algorithm>

#include "documents/embed.h"
#include "documents/formats/email/mime_decode.h"
#include "documents/formats/html/html_parser.h"
#include "documents/parser.h"

namespace cairn {

std::uint8_t DeeperLevel(std::uint8_t level) {
  return static_cast<std::uint8_t>(std::min(level + 1, 6));
}

Status CheckMessageDepth(std::size_t depth) {
  if (depth < MessageWriter::kMessageNestingMax) return OkStatus();
  return InvalidArgumentError(
      "messages within messages are read to a depth of " +
          std::to_string(MessageWriter::kMessageNestingMax) +
          "; save it and ingest it by itself",
      "MESSAGES_TOO_DEEP");
}

bool MessageWriter::BeginMessage(std::string_view subject,
                                 std::span<const MessageHeadLine> head,
                                 std::uint8_t level) {
  if (depth_ >= kMessageNestingMax) {
    ++messages_too_deep_;
    return false;
  }
  ++depth_;
  if (!builder_.has_title()) builder_.SetTitle(subject);
  builder_.AddBlock(BlockType::kHeading,
                    subject.empty() ? "(no subject)" : subject, level);
  builder_.BeginTable("");
  for (const MessageHeadLine& line : head) {
    if (line.value.empty()) continue;
    builder_.BeginRow();
    builder_.AddCell({.text = line.label, .column = 0, .header = true});
    builder_.AddCell({.text = line.value, .column = 1});
  }
  builder_.EndTable(0);
  return true;
}

void MessageWriter::AddText(std::string_view text) {
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

bool MessageWriter::AddHtml(std::string_view bytes, std::string_view charset,
                            std::uint8_t level) {
  std::string type = "text/html";
  if (!charset.empty()) type += "; charset=" + std::string(charset);
  const auto page =
      HtmlParser().Parse({.bytes = bytes, .media_type = type}, limits_);
  if (!page.ok()) return false;
  EmbedDocument(*page, {}, static_cast<std::uint8_t>(level - 1), builder_);
  return true;
}

void MessageWriter::AddAttachment(const MessageAttachment& attachment,
                                  std::uint8_t level) {
  if (++attachments_ > kAttachmentsMax) {
    ++attachments_left_out_;
    return;
  }
  const std::string name =
      attachment.file_name.empty()
          ? "attachment of type " + std::string(attachment.media_type)
          : CollapseWhiteSpace(attachment.file_name);
  // The sender's media type is often a guess; a file's name says more.
  ParseInput input{.bytes = attachment.bytes,
                   .file_name = attachment.file_name,
                   .depth = depth_};
  if (attachment.file_name.empty()) input.media_type = attachment.media_type;
  const StatusOr<const FormatParser*> format = FindFormat(input);
  if (attachment.within_text && format.ok() && (*format)->reads_pictures()) {
    return CountImage();
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
        "attachment " + name + " (" + std::to_string(input.bytes.size()) +
        " bytes) was not read: " + MessageOf(document.status()));
    return;
  }
  builder_.AddBlock(BlockType::kHeading, name, level);
  EmbedDocument(*document, "attachment " + name, level, builder_);
  if (document->unread_pictures > 0) {
    builder_.AddWarning("attachment " + name +
                        ": pictures that may hold text (" +
                        std::to_string(document->unread_pictures) +
                        ") were not read; save it and ingest it by itself");
  }
}

void MessageWriter::Report() {
  builder_.AddWarning(undecoded_,
                      "texts are in no character set and were left out");
  builder_.AddWarning(images_, "pictures within the text were not read");
  builder_.AddWarning(attachments_left_out_,
                      "attachments were left out, beyond the limit of " +
                          std::to_string(kAttachmentsMax));
  builder_.AddWarning(unread_parts_,
                      "parts were left out: too many, or nested too deep");
  builder_.AddWarning(
      messages_too_deep_,
      "messages were left out: messages within messages deeper than " +
          std::to_string(kMessageNestingMax));
}

void PrepareAttachmentsForJail() {
  for (const FormatParser* format : AllFormats()) {
    // Parsers of messages call this themselves. Loading the models of pictures
    // takes longer than most e-mails.
    if (format->name() == "email" || format->name() == "msg" ||
        format->reads_pictures()) {
      continue;
    }
    format->PrepareForJail().IgnoreError();
  }
  for (const char* charset : {"iso-2022-jp", "gb18030", "koi8-r", "euc-kr"}) {
    DecodeCharset("\xe4\xf6\xfc", charset);
  }
}

}  // namespace cairn
