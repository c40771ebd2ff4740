#include "documents/formats/pptx/pptx_parser.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/figures/package_parser.h"
#include "documents/formats/ooxml/opc_package.h"
#include "documents/formats/pptx/slide_writer.h"

namespace cairn {
namespace {

class Pptx final : public PackageParser {
 public:
  Pptx() : PackageParser("pptx") {}

 private:
  StatusOr<ParsedDocument> ParsePackage(
      const ParseInput& input, const Limits& limits,
      FigurePictures& pictures) const override;
};

// Old comments and new ones name their authors in parts of different kinds.
CommentAuthors ReadAuthors(OpcPackage& package,
                           const Relationships& relationships) {
  CommentAuthors authors;
  for (const std::string_view type : {"commentAuthors", "authors"}) {
    const auto part = package.LoadIfAny(TargetOfType(relationships, type));
    if (part == nullptr) continue;
    for (const XmlNode node : part->root().children()) {
      const std::string name = CollapseWhiteSpace(AttributeOf(node, "name"));
      if (!name.empty()) authors.emplace(AttributeOf(node, "id"), name);
    }
  }
  return authors;
}

StatusOr<ParsedDocument> Pptx::ParsePackage(const ParseInput& input,
                                            const Limits& limits,
                                            FigurePictures& pictures) const {
  CAIRN_ASSIGN_OR_RETURN(OpcPackage package,
                         OpcPackage::Open(input.bytes, limits));
  CAIRN_ASSIGN_OR_RETURN(const std::string part,
                         package.MainPart("ppt/presentation.xml"));
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<XmlDocument> presentation,
                         package.Load(part));
  const Relationships relationships = package.RelationshipsOf(part);
  const CommentAuthors authors = ReadAuthors(package, relationships);
  DocumentBuilder builder(name(), limits);
  package.ReadProperties(builder);
  std::size_t hidden = 0;
  std::size_t missing = 0;
  for (const XmlNode entry :
       ChildOf(presentation->root(), "sldIdLst").children()) {
    if (!Is(entry, "sldId")) continue;
    builder.BeginPage();
    if (builder.failed()) break;
    const auto found = relationships.find(PrefixedAttributeOf(entry, "id"));
    const std::unique_ptr<XmlDocument> slide =
        found == relationships.end() ? nullptr
                                     : package.LoadIfAny(found->second.target);
    if (slide == nullptr) {
      ++missing;
      continue;
    }
    const std::string_view show = AttributeOf(slide->root(), "show");
    if (show == "0" || show == "false") ++hidden;
    WriteSlide(package, found->second.target, slide->root(), authors, pictures,
               builder);
  }
  if (hidden > 0) {
    builder.AddWarning(std::to_string(hidden) +
                       " slides are hidden; they were read too");
  }
  if (missing > 0) {
    builder.AddWarning(std::to_string(missing) +
                       " slides of the presentation cannot be read");
  }
  package.Warn(builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& PptxParser() {
  static const Pptx* const parser = new Pptx();
  return *parser;
}

}  // namespace cairn
