#include "documents/formats/docx/docx_parser.h"

#include <string>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/docx/docx_writer.h"
#include "documents/formats/figures/package_parser.h"
#include "documents/formats/ooxml/opc_package.h"

namespace cairn {
namespace {

class Docx final : public PackageParser {
 public:
  Docx() : PackageParser("docx") {}

 private:
  StatusOr<ParsedDocument> ParsePackage(
      const ParseInput& input, const Limits& limits,
      FigurePictures& pictures) const override;
};

StatusOr<ParsedDocument> Docx::ParsePackage(const ParseInput& input,
                                            const Limits& limits,
                                            FigurePictures& pictures) const {
  CAIRN_ASSIGN_OR_RETURN(OpcPackage package,
                         OpcPackage::Open(input.bytes, limits));
  CAIRN_ASSIGN_OR_RETURN(const std::string part,
                         package.MainPart("word/document.xml"));
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<XmlDocument> document,
                         package.Load(part));
  DocumentBuilder builder(name(), limits);
  package.ReadProperties(builder);
  WriteDocx(package, part, document->root(), pictures, builder);
  package.Warn(builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& DocxParser() {
  static const Docx* const parser = new Docx();
  return *parser;
}

}  // namespace cairn
