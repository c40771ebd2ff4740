#include "documents/formats/odf/odf_parser.h"

#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/odf/odf_package.h"
#include "documents/formats/odf/odf_writer.h"
#include "documents/formats/odf/sheets.h"
#include "documents/formats/odf/slides.h"
#include "documents/formats/odf/styles.h"

namespace cairn {
namespace {

class Odf final : public FormatParser {
 public:
  explicit Odf(std::string_view name) : name_(name) {}
  std::string_view name() const override { return name_; }
  bool needs_jail() const override { return true; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;

 private:
  std::string_view name_;
};

// What the body says decides, not the name.
StatusOr<ParsedDocument> Odf::Parse(const ParseInput& input,
                                    const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(OdfPackage package,
                         OdfPackage::Open(input.bytes, limits));
  const OdfStyles styles(package.style_roots());
  DocumentBuilder builder(name(), limits);
  package.ReadProperties(builder);
  OdfWriter writer(package, styles, limits, builder);
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
  return std::move(builder).Finish();
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
