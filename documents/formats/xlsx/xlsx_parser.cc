#include "documents/formats/xlsx/xlsx_parser.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/figures/package_parser.h"
#include "documents/formats/ooxml/chart.h"
#include "documents/formats/ooxml/opc_package.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/sheet/sheet_writer.h"
#include "documents/formats/xlsx/sheet.h"
#include "documents/formats/xlsx/workbook.h"

namespace cairn {
namespace {

constexpr std::size_t kDeclaredTablesMax = 200;  // Of one sheet.

class Xlsx final : public PackageParser {
 public:
  Xlsx() : PackageParser("xlsx") {}

 private:
  StatusOr<ParsedDocument> ParsePackage(
      const ParseInput& input, const Limits& limits,
      FigurePictures& pictures) const override;
};

// "Table12": a name that nobody chose.
bool IsGeneratedName(std::string_view name) {
  const std::size_t letters = name.find_first_of("0123456789");
  return letters != std::string_view::npos && letters <= 10 &&
         name.find_first_not_of("0123456789", letters) ==
             std::string_view::npos;
}

class Writer {
 public:
  Writer(OpcPackage& package, const Workbook& workbook, const Limits& limits,
         FigurePictures& pictures, DocumentBuilder& builder)
      : package_(package),
        workbook_(workbook),
        limits_(limits),
        pictures_(pictures),
        builder_(builder) {}

  Status Run() {
    ReadPersons();
    for (const SheetEntry& entry : workbook_.sheets()) {
      builder_.AddBlock(BlockType::kHeading, CollapseWhiteSpace(entry.name), 1);
      if (entry.hidden) {
        builder_.AddWarning("the sheet " + entry.name +
                            " is hidden; it was read too");
      }
      const Relationships relationships = package_.RelationshipsOf(entry.part);
      if (entry.type == "worksheet") {
        CAIRN_RETURN_IF_ERROR(Worksheet(entry, relationships));
      }
      Comments(relationships);
      Drawings(relationships);
      if (builder_.failed()) break;
    }
    if (formulas_ > 0) {
      builder_.AddWarning(
          std::to_string(formulas_) +
          " formulas have no stored result and were left out: open the file in "
          "a spreadsheet program and save it");
    }
    return OkStatus();
  }

 private:
  Status Worksheet(const SheetEntry& entry,
                   const Relationships& relationships) {
    const std::unique_ptr<XmlDocument> part = package_.LoadIfAny(entry.part);
    if (part == nullptr) {
      builder_.AddWarning("the sheet " + entry.name + " cannot be read");
      return OkStatus();
    }
    CAIRN_ASSIGN_OR_RETURN(const Sheet sheet, ReadSheet(part->root(), workbook_,
                                                        limits_, budget_));
    formulas_ += sheet.formulas_without_result;
    WriteSheet(sheet, Declared(relationships), builder_);
    return OkStatus();
  }

  std::vector<DeclaredTable> Declared(const Relationships& relationships) {
    std::vector<DeclaredTable> out;
    for (const auto& [id, relationship] : relationships) {
      if (relationship.type != "table" || out.size() >= kDeclaredTablesMax) {
        continue;
      }
      const auto part = package_.LoadIfAny(relationship.target);
      DeclaredTable table;
      if (part == nullptr ||
          !ParseCellRange(AttributeOf(part->root(), "ref"), table.range)) {
        continue;
      }
      table.header_rows = static_cast<std::uint32_t>(std::clamp(
          NumberOf(AttributeOf(part->root(), "headerRowCount"), 1), 0, 10));
      const std::string_view chosen = AttributeOf(part->root(), "displayName");
      if (!IsGeneratedName(chosen)) table.name = chosen;
      out.push_back(std::move(table));
    }
    return out;
  }

  void Comment(XmlNode node, std::string_view author, std::string_view text) {
    const std::string label =
        CommentLabel(AttributeOf(node, "ref"), author, AttributeOf(node, "dT"));
    const std::string shown = CollapseWhiteSpace(text);
    if (!shown.empty()) {
      builder_.AddBlock(BlockType::kParagraph, label + ": " + shown);
    }
  }

  // Threads are kept a second time as plain comments, for older programs.
  void Comments(const Relationships& relationships) {
    std::set<std::string, std::less<>> threaded;
    const auto threads =
        package_.LoadIfAny(TargetOfType(relationships, "threadedComment"));
    if (threads != nullptr) {
      for (const XmlNode node : threads->root().children()) {
        if (!Is(node, "threadedComment")) continue;
        threaded.emplace(AttributeOf(node, "ref"));
        const auto found = persons_.find(AttributeOf(node, "personId"));
        Comment(node, found == persons_.end() ? "" : found->second,
                AllText(ChildOf(node, "text")));
      }
    }
    const auto notes =
        package_.LoadIfAny(TargetOfType(relationships, "comments"));
    if (notes == nullptr) return;
    std::vector<std::string> authors;
    for (const XmlNode node : ChildOf(notes->root(), "authors").children()) {
      authors.push_back(AllText(node));
    }
    for (const XmlNode node :
         ChildOf(notes->root(), "commentList").children()) {
      if (threaded.contains(AttributeOf(node, "ref"))) continue;
      const auto author =
          static_cast<std::size_t>(NumberOf(AttributeOf(node, "authorId"), -1));
      Comment(node, author < authors.size() ? authors[author] : "",
              RichText(ChildOf(node, "text")));
    }
  }

  void ReadPersons() {
    const auto part = package_.LoadIfAny(
        TargetOfType(package_.RelationshipsOf("xl/workbook.xml"), "person"));
    if (part == nullptr) return;
    for (const XmlNode node : part->root().children()) {
      persons_.emplace(AttributeOf(node, "id"),
                       AttributeOf(node, "displayName"));
    }
  }

  void Drawings(const Relationships& relationships) {
    for (const auto& [id, relationship] : relationships) {
      if (relationship.type != "drawing") continue;
      const auto part = package_.LoadIfAny(relationship.target);
      if (part == nullptr) continue;
      Drawing(part->root(), package_.RelationshipsOf(relationship.target));
    }
  }

  void Drawing(XmlNode node, const Relationships& relationships) {
    for (const XmlNode child : node.children()) {
      const std::string_view name = LocalName(child);
      if (name == "txBody") {
        builder_.AddBlock(BlockType::kParagraph, DrawingText(child));
        continue;
      }
      if (name == "cNvPr") {
        builder_.AddBlock(BlockType::kFigure,
                          CollapseWhiteSpace(AttributeOf(child, "descr")));
      }
      if (name == "chart") {
        const auto found = relationships.find(PrefixedAttributeOf(child, "id"));
        if (found == relationships.end()) continue;
        const auto chart = package_.LoadIfAny(found->second.target);
        if (chart == nullptr) continue;
        TableDraft table = ReadChart(chart->root());
        if (!table.rows.empty()) WriteTable(std::move(table), builder_);
        continue;
      }
      if (name == "blip") {
        const auto found =
            relationships.find(PrefixedAttributeOf(child, "embed"));
        if (found != relationships.end()) {
          pictures_.Add(found->second.target, {}, builder_);
        }
        continue;
      }
      if (name == "Fallback") continue;  // The same as the choice before it.
      Drawing(child, relationships);
    }
  }

  OpcPackage& package_;
  const Workbook& workbook_;
  const Limits& limits_;
  FigurePictures& pictures_;
  DocumentBuilder& builder_;
  SheetBudget budget_;
  std::map<std::string, std::string, std::less<>> persons_;  // By id.
  std::size_t formulas_ = 0;
};

StatusOr<ParsedDocument> Xlsx::ParsePackage(const ParseInput& input,
                                            const Limits& limits,
                                            FigurePictures& pictures) const {
  CAIRN_ASSIGN_OR_RETURN(OpcPackage package,
                         OpcPackage::Open(input.bytes, limits));
  CAIRN_ASSIGN_OR_RETURN(const Workbook workbook, Workbook::Read(package));
  DocumentBuilder builder(name(), limits);
  package.ReadProperties(builder);
  CAIRN_RETURN_IF_ERROR(
      Writer(package, workbook, limits, pictures, builder).Run());
  package.Warn(builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& XlsxParser() {
  static const Xlsx* const parser = new Xlsx();
  return *parser;
}

}  // namespace cairn
