#include "documents/formats/rtf/rtf_parser.h"

#include <string>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/rtf/rtf_reader.h"
#include "documents/formats/rtf/rtf_text.h"

namespace cairn {
namespace {

class Rtf final : public PictureFormat {
 public:
  Rtf() : PictureFormat("rtf") {}
  // Counting pictures decodes none of them.
  bool needs_jail() const override { return false; }
  Status PrepareForJail() const override {
    PrepareCharsetsForJail();
    return OkStatus();
  }

 private:
  StatusOr<ParsedDocument> ParseWith(PictureMode mode, const ParseInput& input,
                                     const Limits& limits) const override;
};

StatusOr<ParsedDocument> Rtf::ParseWith(PictureMode mode,
                                        const ParseInput& input,
                                        const Limits& limits) const {
  std::string_view bytes = TrimWhiteSpace(input.bytes);
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (!bytes.starts_with("{\\rtf")) {
    return InvalidArgumentError(
        "the file does not begin with {\\rtf: it is no RTF file, whatever its "
        "name says",
        "NOT_RTF");
  }
  DocumentPictures pictures(mode, limits);
  DocumentBuilder builder(name(), limits);
  ReadRtf(bytes, limits, pictures, builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& RtfParser() {
  static const Rtf* const parser = new Rtf();
  return *parser;
}

}  // namespace cairn
