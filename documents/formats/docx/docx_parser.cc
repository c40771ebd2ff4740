#include "documents/formats/docx/docx_parser.h"

#include <string>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/docx/docx_writer.h"
#include "documents/formats/ooxml/opc_package.h"

namespace cairn {
namespace {

class Docx final : public FormatParser {
 public:
  std::string_view name() const override { return "docx"; }
  bool needs_jail() const override { return true; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

StatusOr<ParsedDocument> Docx::Parse(const ParseInput& input,
                                     const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(OpcPackage package,
                         OpcPackage::Open(input.bytes, limits));
  CAIRN_ASSIGN_OR_RETURN(const std::string part,
                         package.MainPart("word/document.xml"));
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<XmlDocument> document,
                         package.Load(part));
  DocumentBuilder builder(name(), limits);
  package.ReadProperties(builder);
  WriteDocx(package, part, document->root(), builder);
  package.Warn(builder);
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& DocxParser() {
  static const Docx* const parser = new Docx();
  return *parser;
}

}  // namespace cairn
