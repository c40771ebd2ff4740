// MessageWriter: what is shown of a message, whatever file it came in.
//
// A message is a heading with its subject, a table of its head, its text, then
// its attachments: each under a heading with its file name, read by its own
// format; those that cannot be read are named by a warning. Pictures, and what
// has pictures, are counted by the first reading of a document and read by the
// second (figures/picture_format.h); a small picture within the text is a logo.
// Place: readers of e-mail find the parts of a message and give them here.
// Life cycle: one for a document; Finish once, at its end.
// Limits: kAttachmentsMax attachments of one file, not counted those of files
// attached to it; messages within messages, attached or
// forwarded, to kMessageNestingMax, those around the document included.
// Threads: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "documents/document_builder.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/figures/picture_words.h"

namespace cairn {

struct MessageHeadLine {
  std::string_view label;
  std::string value;  // Empty: not shown.
};

struct MessageAttachment {
  std::string_view bytes;
  std::string_view file_name;   // Empty: unknown.
  std::string_view media_type;  // What the sender's program guessed.
  bool within_text = false;     // A picture that the text shows.
};

class MessageWriter {
 public:
  static constexpr std::size_t kAttachmentsMax = 200;
  static constexpr std::size_t kMessageNestingMax = 4;

  // `depth`: of the document, as ParseInput has it.
  MessageWriter(PictureMode mode, const Limits& limits, std::size_t depth,
                DocumentBuilder& builder)
      : mode_(mode),
        limits_(limits),
        depth_(depth),
        builder_(builder),
        words_(limits) {}

  // A message begins, which may be inside of another. False: it is too deep,
  // and must be left out; else EndMessage follows.
  bool BeginMessage(std::string_view subject,
                    std::span<const MessageHeadLine> head, std::uint8_t level);
  void EndMessage() { --depth_; }

  // Paragraphs are separated by empty lines; quotes keep their marks.
  void AddText(std::string_view text);
  // False: the bytes are no page. `charset`: empty when unknown.
  bool AddHtml(std::string_view bytes, std::string_view charset,
               std::uint8_t level);
  void AddAttachment(const MessageAttachment& attachment, std::uint8_t level);
  // What is part of the message, with its pictures in the second reading; in
  // the first they are counted, and NO_TEXT_LAYER is what has nothing else.
  StatusOr<ParsedDocument> ParsePart(const FormatParser& format,
                                     const ParseInput& input);

  void CountUndecoded() { ++undecoded_; }
  void CountUnread(std::size_t parts) { unread_parts_ += parts; }

  bool failed() const { return builder_.failed(); }

  // Finishes the document, with what was left out as warnings and
  // `unread_pictures`.
  StatusOr<ParsedDocument> Finish(DocumentBuilder builder);

 private:
  void AddPictureWithinText(std::string_view bytes);
  StatusOr<ParsedDocument> ParseAttachment(const ParseInput& input);

  const PictureMode mode_;
  const Limits& limits_;
  std::size_t depth_;
  DocumentBuilder& builder_;
  std::size_t attachments_ = 0, attachments_left_out_ = 0;
  std::size_t unread_parts_ = 0, messages_too_deep_ = 0;
  std::size_t undecoded_ = 0;
  std::uint32_t unread_pictures_ = 0;
  PictureWords words_;  // Of those within the text.
};

// The level of headings below a heading of this one.
std::uint8_t DeeperLevel(std::uint8_t level);

// INVALID_ARGUMENT, MESSAGES_TOO_DEEP: a document so deep may be no message.
Status CheckMessageDepth(std::size_t depth);

// A format of messages. The parsers of all formats that may be attached are
// made ready, and character sets; what cannot be made ready fails when it is
// parsed, with a warning.
class MessageFormat : public PictureFormat {
 public:
  using PictureFormat::PictureFormat;
  Status PrepareForJail() const final;
};

}  // namespace cairn
