#include "documents/formats/email/message_writer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "documents/embed.h"
#include "documents/formats/email/mime_decode.h"
#include "documents/formats/figures/picture_size.h"
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

void MessageWriter::AddPictureWithinText(std::string_view bytes) {
  // A screenshot is larger, what stands below a signature smaller.
  constexpr std::uint64_t kPixelsMin = 100'000;
  const std::optional<PictureSize> size = PictureSizeOf(bytes);
  if (!size) return;
  const std::uint64_t pixels = std::uint64_t{size->width} * size->height;
  if (pixels > 0 && pixels < kPixelsMin) return;  // 0: not told.
  if (mode_ == PictureMode::kCount) {
    ++unread_pictures_;
  } else if (words_.MayReadMore()) {
    words_.Read(bytes, builder_);
  } else {
    words_.CountLeftOut();
  }
}

StatusOr<ParsedDocument> MessageWriter::ParseAttachment(
    const ParseInput& input) {
  CAIRN_ASSIGN_OR_RETURN(const FormatParser* format, FindFormat(input));
  const bool count = mode_ == PictureMode::kCount;
  if (format->reads_pictures() && count) {
    ++unread_pictures_;
    return InvalidArgumentError("pictures are read later", "NO_TEXT_LAYER");
  }
  if (format->reads_pictures() && !words_.MayReadMore()) {
    return InvalidArgumentError(
        "a limit (ocr_pages_max, ocr_cpu_seconds_max) was reached: save it and "
        "ingest it by itself",
        "TOO_MANY_PAGES");
  }
  return ParsePart(*format, input);
}

StatusOr<ParsedDocument> MessageWriter::ParsePart(const FormatParser& format,
                                                  const ParseInput& input) {
  StatusOr<ParsedDocument> document = format.Parse(input, limits_);
  const FormatParser* const reader = PictureReaderFor(format, document);
  if (reader == nullptr) return document;
  if (mode_ == PictureMode::kCount) {
    unread_pictures_ += document.ok() ? document->unread_pictures : 1;
    return document;
  }
  StatusOr<ParsedDocument> with = reader->Parse(input, limits_);
  return with.ok() || !document.ok() ? with : document;
}

void MessageWriter::AddAttachment(const MessageAttachment& attachment,
                                  std::uint8_t level) {
  if (++attachments_ > kAttachmentsMax) {
    ++attachments_left_out_;
    return;
  }
  if (attachment.within_text && PictureSizeOf(attachment.bytes)) {
    return AddPictureWithinText(attachment.bytes);
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
  const StatusOr<ParsedDocument> document = ParseAttachment(input);
  const bool later = mode_ == PictureMode::kCount && !document.ok() &&
                     ReasonOf(document.status()) == "NO_TEXT_LAYER";
  if (!document.ok() && !later) {
    builder_.AddWarning(
        "attachment " + name + " (" + std::to_string(input.bytes.size()) +
        " bytes) was not read: " + MessageOf(document.status()));
    return;
  }
  builder_.AddBlock(BlockType::kHeading, name, level);
  if (later) return;
  EmbedDocument(*document, "attachment " + name, level, builder_);
}

StatusOr<ParsedDocument> MessageWriter::Finish(DocumentBuilder builder) {
  builder.AddWarning(undecoded_,
                     "texts are in no character set and were left out");
  builder.AddWarning(attachments_left_out_,
                     "attachments were left out, beyond the limit of " +
                         std::to_string(kAttachmentsMax));
  builder.AddWarning(unread_parts_,
                     "parts were left out: too many, or nested too deep");
  builder.AddWarning(
      messages_too_deep_,
      "messages were left out: messages within messages deeper than " +
          std::to_string(kMessageNestingMax));
  words_.Warn("too large", builder);
  StatusOr<ParsedDocument> document = std::move(builder).Finish();
  if (document.ok()) document->unread_pictures = unread_pictures_;
  return document;
}

Status MessageFormat::PrepareForJail() const {
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
  return OkStatus();
}

}  // namespace cairn
