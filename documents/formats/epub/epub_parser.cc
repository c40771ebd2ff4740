#include "documents/formats/epub/epub_parser.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/epub/book.h"
#include "documents/formats/epub/xhtml.h"
#include "documents/formats/figures/package_parser.h"
#include "documents/formats/html/html_guard.h"
#include "documents/formats/html/html_tree.h"
#include "documents/formats/html/html_writer.h"
#include "documents/formats/package/zip_package.h"

namespace cairn {
namespace {

// Of one chapter; each costs some 200 bytes of tree.
constexpr std::size_t kElementsMax = 1'000'000;

class Epub final : public PackageParser {
 public:
  Epub() : PackageParser("epub") {}

 private:
  StatusOr<ParsedDocument> ParsePackage(
      const ParseInput& input, const Limits& limits,
      FigurePictures& pictures) const override;
};

// Adds a chapter; `dropped` counts tags that were nested too deep.
Status AddChapter(ZipPackage& package, const std::string& part,
                  const Limits& limits, FigurePictures& pictures,
                  std::size_t& dropped, DocumentBuilder& builder) {
  CAIRN_ASSIGN_OR_RETURN(const std::string bytes, package.Read(part));
  CAIRN_ASSIGN_OR_RETURN(const DecodedText decoded,
                         DecodeText(bytes, CharsetOfHtml(bytes), limits));
  GuardedHtml guarded =
      GuardHtml(OpenXhtmlTags(decoded.text),
                std::max<std::size_t>(limits.nesting_max, 8), kElementsMax);
  if (guarded.tags > kElementsMax) {
    return InvalidArgumentError("the chapter has more than " +
                                    std::to_string(kElementsMax) + " elements",
                                "TOO_MANY_ELEMENTS");
  }
  dropped += guarded.dropped;
  const HtmlTree tree(std::move(guarded.html));
  WriteHtmlChapter(
      tree,
      [&](std::string_view source) {
        pictures.Add(ResolvePartName(part, source), {}, builder);
      },
      builder);
  return OkStatus();
}

StatusOr<ParsedDocument> Epub::ParsePackage(const ParseInput& input,
                                            const Limits& limits,
                                            FigurePictures& pictures) const {
  CAIRN_ASSIGN_OR_RETURN(ZipPackage package,
                         ZipPackage::Open(input.bytes, limits));
  CAIRN_ASSIGN_OR_RETURN(Book book, ReadBook(package, limits));
  DocumentBuilder builder(name(), limits);
  builder.SetTitle(book.title);
  builder.SetLanguage(book.language);
  builder.SetProperty("author", book.authors);
  builder.SetProperty("created", book.published);
  builder.SetProperty("keywords", book.subjects);
  std::size_t dropped = 0;
  for (const std::string& chapter : book.chapters) {
    if (builder.failed()) break;
    const Status added =
        AddChapter(package, chapter, limits, pictures, dropped, builder);
    if (!added.ok() && ReasonOf(added) != "EMPTY_DOCUMENT") {
      builder.AddWarning("the chapter " + chapter +
                         " was left out: " + MessageOf(added));
    }
  }
  if (book.unreadable > 0) {
    builder.AddWarning(std::to_string(book.unreadable) +
                       " parts of the reading order are absent or hold no "
                       "text and were left out");
  }
  if (dropped > 0) {
    builder.AddWarning(std::to_string(dropped) +
                       " tags were left out: nested deeper than the limit "
                       "nesting_max, never closed, or with too many "
                       "attributes");
  }
  if (!book.damage.empty()) builder.AddWarning(book.damage);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& EpubParser() {
  static const Epub* const parser = new Epub();
  return *parser;
}

}  // namespace cairn
