#include "documents/formats/odf/odf_parser.h"

#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/figures/package_parser.h"
#include "documents/formats/odf/odf_package.h"
#include "documents/formats/odf/odf_writer.h"
#include "documents/formats/odf/sheets.h"
#include "documents/formats/odf/slides.h"
#include "documents/formats/odf/styles.h"

namespace cairn {
namespace {

class Odf final : public PackageParser {
 public:
  explicit Odf(std::string_view name) : PackageParser(name) {}

 private:
  StatusOr<ParsedDocument> ParsePackage(
      const ParseInput& input, const Limits& limits,
      FigurePictures& pictures) const override;
};

// What the body says decides, not the name.
StatusOr<ParsedDocument> Odf::ParsePackage(const ParseInput& input,
                                           const Limits& limits,
                                           FigurePictures& pictures) const {
  CAIRN_ASSIGN_OR_RETURN(OdfPackage package,
                         OdfPackage::Open(input.bytes, limits));
  const OdfStyles styles(package.style_roots());
  DocumentBuilder builder(name(), limits);
  package.ReadProperties(builder);
  OdfWriter writer(package, styles, limits, pictures, builder);
  const XmlNode body = package.body();
  if (Is(body, "spreadsheet")) {
    CAIRN_RETURN_IF_ERROR(
        WriteOdfSheets(body, styles, limits, writer, builder));
  } else if (Is(body, "presentation") || Is(body, "drawing")) {
    WriteOdfSlides(body, styles, writer, builder);
  } else {
    writer.WriteMargins();
    writer.Write(body);
  }
  writer.Warn();
  package.Warn(builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& OdtParser() {
  static const Odf* const parser = new Odf("odt");
  return *parser;
}

const FormatParser& OdsParser() {
  static const Odf* const parser = new Odf("ods");
  return *parser;
}

const FormatParser& OdpParser() {
  static const Odf* const parser = new Odf("odp");
  return *parser;
}

}  // namespace cairn
