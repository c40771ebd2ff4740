#include "services/ingestion/read_source.h"

#include <cstddef>
#include <utility>

#include "documents/formats/seen/descriptions.h"
#include "documents/parser.h"
#include "documents/sandbox/parse_document.h"
#include "documents/sniff.h"
#include "services/ingestion/read_film.h"

namespace cairn {
namespace {

// Pictures with more text than a sign or a caption has are pages, which tell
// what they are about.
constexpr std::size_t kSparseLetters = 200;

StatusOr<ParsedDocument> Parse(const ReadingTools& tools,
                               const DocumentSource& source) {
  return ParseDocument(InputOf(source), SandboxOf(tools));
}

bool IsSparse(const ParsedDocument& document) {
  std::size_t letters = 0;
  for (const char sign : document.text) {
    // Bytes that go on with a sign of UTF-8 are not counted.
    letters += sign > ' ' || static_cast<unsigned char>(sign) >= 0xc0 ? 1 : 0;
  }
  return letters < kSparseLetters && document.pages <= 1;
}

// A picture without any words still is a document, of what is seen.
ParsedDocument WithoutWords(const Status& why) {
  ParsedDocument document;
  document.format = "image";
  document.pages = 1;
  if (ReasonOf(why) == "NO_OCR") {
    document.warnings.push_back("words on the picture were not read: " +
                                MessageOf(why));
  }
  return document;
}

StatusOr<ParsedDocument> ReadPicture(const ReadingTools& tools,
                                     const DocumentSource& source) {
  StatusOr<ParsedDocument> read = Parse(tools, source);
  const bool wordless = ReasonOf(read.status()) == "NO_TEXT_IN_IMAGE" ||
                        ReasonOf(read.status()) == "NO_OCR";
  if (read.ok() ? !IsSparse(*read) : !wordless) return read;
  const StatusOr<std::string> text = See(tools, source.bytes);
  if (!text.ok()) {
    if (MayPass(text.status())) return text.status();
    if (!read.ok()) {
      return ReasonOf(text.status()) == "PICTURE_NOT_SENT" ? read
                                                           : text.status();
    }
    read->warnings.push_back("the picture was not described: " +
                             MessageOf(text.status()));
    return read;
  }
  const Status status = read.status();
  ParsedDocument document = read.ok() ? *std::move(read) : WithoutWords(status);
  CAIRN_ASSIGN_OR_RETURN(const bool described,
                         AppendDescriptions({{.text = *text, .page = 1}},
                                            {.id = tools.describer->id(),
                                             .name = tools.describer->name()},
                                            tools.limits, document));
  if (!described && document.blocks.empty()) return status;
  return document;
}

}  // namespace

StatusOr<ParsedDocument> ReadSource(const ReadingTools& tools,
                                    const DocumentSource& source) {
  const auto format = SniffFormat(InputOf(source));
  if (!format.ok()) return Parse(tools, source);
  if (*format == "film") return ReadFilm(tools, source);
  if (*format == "recording" && tools.transcriber != nullptr) {
    return Transcribed(tools, source);
  }
  if (*format == "image" && tools.describer != nullptr) {
    return ReadPicture(tools, source);
  }
  return Parse(tools, source);
}

}  // namespace cairn
