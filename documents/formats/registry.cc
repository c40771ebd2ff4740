// The table of formats. To add one, include its header and add it to Formats.
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/asciidoc/asciidoc_parser.h"
#include "documents/formats/code/code_parser.h"
#include "documents/formats/csv/csv_parser.h"
#include "documents/formats/doc/doc_parser.h"
#include "documents/formats/docx/docx_parser.h"
#include "documents/formats/email/email_parser.h"
#include "documents/formats/epub/epub_parser.h"
#include "documents/formats/film/film_parser.h"
#include "documents/formats/html/html_parser.h"
#include "documents/formats/image/image_parser.h"
#include "documents/formats/json/json_parser.h"
#include "documents/formats/latex/latex_parser.h"
#include "documents/formats/markdown/markdown_parser.h"
#include "documents/formats/msg/msg_parser.h"
#include "documents/formats/notebook/notebook_parser.h"
#include "documents/formats/odf/odf_parser.h"
#include "documents/formats/ppt/ppt_parser.h"
#include "documents/formats/pptx/pptx_parser.h"
#include "documents/formats/recording/recording_parser.h"
#include "documents/formats/rtf/rtf_parser.h"
#include "documents/formats/subtitles/subtitles_parser.h"
#include "documents/formats/text/text_parser.h"
#include "documents/formats/xls/xls_parser.h"
#include "documents/formats/xlsx/xlsx_parser.h"
#include "documents/formats/xml/xml_parser.h"
#include "documents/parser.h"
#include "documents/sniff.h"
#if __has_include("documents/formats/pdf/pdf_parser.h")
#include "documents/formats/pdf/pdf_parser.h"
#define CAIRN_HAS_PDF 1
#endif

namespace cairn {
namespace {

const std::vector<const FormatParser*>& Formats() {
  static const auto* const formats = new std::vector<const FormatParser*>{
      &TextParser(),  &MarkdownParser(),  &HtmlParser(),
      &CsvParser(),   &DocxParser(),      &XlsxParser(),
      &PptxParser(),  &OdtParser(),       &OdsParser(),
      &OdpParser(),   &EpubParser(),      &EmailParser(),
      &RtfParser(),   &JsonParser(),      &NotebookParser(),
      &XmlParser(),   &SubtitlesParser(), &CodeParser(),
      &LatexParser(), &AsciidocParser(),  &RecordingParser(),
      &DocParser(),   &XlsParser(),       &PptParser(),
      &MsgParser(),   &FilmParser(),
#ifdef CAIRN_HAS_PDF
      &PdfParser(),   &ImageParser(),
#endif
  };
  return *formats;
}

}  // namespace

StatusOr<SoundTrack> FormatParser::ReadSound(const ParseInput&,
                                             const Limits&) const {
  return UnimplementedError("only films have sound that is apart from them");
}

StatusOr<FilmFrames> FormatParser::ReadFrames(const ParseInput&,
                                              const Limits&) const {
  return UnimplementedError("only films have frames");
}

const FormatParser* FormatByName(std::string_view name) {
  for (const FormatParser* format : Formats()) {
    if (format->name() == name) return format;
    const FormatParser* const reader = format->picture_reader();
    if (reader != nullptr && reader->name() == name) return reader;
  }
  return nullptr;
}

std::vector<const FormatParser*> AllFormats() { return Formats(); }

StatusOr<const FormatParser*> FindFormat(const ParseInput& input) {
  CAIRN_ASSIGN_OR_RETURN(const std::string_view name, SniffFormat(input));
  const FormatParser* format = FormatByName(name);
  if (format == nullptr) {
    return InvalidArgumentError(
        "this build has no parser for " + std::string(name), "UNKNOWN_FORMAT");
  }
  return format;
}

const FormatParser* PictureReaderFor(const FormatParser& format,
                                     const StatusOr<ParsedDocument>& document) {
  const bool left_out = document.ok()
                            ? document->unread_pictures > 0
                            : ReasonOf(document.status()) == "NO_TEXT_LAYER";
  return left_out ? format.picture_reader() : nullptr;
}

StatusOr<ParsedDocument> ParseInProcess(const ParseInput& input,
                                        const Limits& limits) {
  CAIRN_ASSIGN_OR_RETURN(const FormatParser* format, FindFormat(input));
  StatusOr<ParsedDocument> document = format->Parse(input, limits);
  const FormatParser* const reader = PictureReaderFor(*format, document);
  if (reader == nullptr) return document;
  StatusOr<ParsedDocument> with = reader->Parse(input, limits);
  return with.ok() || !document.ok() ? with : document;
}

}  // namespace cairn
