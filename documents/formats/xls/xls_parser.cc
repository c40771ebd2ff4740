#include "documents/formats/xls/xls_parser.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/office97/drawing.h"
#include "documents/formats/office97/drawing_pictures.h"
#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/office97/records.h"
#include "documents/formats/office97/summary.h"
#include "documents/formats/ole/compound_file.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/sheet/sheet_writer.h"
#include "documents/formats/xls/xls_sheet.h"
#include "documents/formats/xls/xls_workbook.h"

namespace cairn {
namespace {

class Xls final : public PictureFormat {
 public:
  Xls() : PictureFormat("xls") {}
  Status PrepareForJail() const override {
    PrepareCodePagesForJail();
    return OkStatus();
  }

 private:
  StatusOr<ParsedDocument> ParseWith(PictureMode mode, const ParseInput& input,
                                     const Limits& limits) const override;
};

constexpr std::uint16_t kArtDrawing = 0xf002;

class Writer {
 public:
  Writer(std::string_view stream, const XlsWorkbook& workbook,
         const Limits& limits, DocumentPictures& pictures,
         DocumentBuilder& builder)
      : stream_(stream),
        workbook_(workbook),
        limits_(limits),
        builder_(builder),
        // Excel keeps all of them in the list.
        pictures_(PictureListOf(workbook.drawing_group()), {}, pictures) {}

  Status Run() {
    for (const XlsSheetEntry& entry : workbook_.sheets()) {
      if (entry.code) {
        ++code_sheets_;
        continue;
      }
      builder_.AddBlock(BlockType::kHeading, CollapseWhiteSpace(entry.name), 1);
      if (entry.hidden) {
        builder_.AddWarning("the sheet " + entry.name +
                            " is hidden; it was read too");
      }
      CAIRN_RETURN_IF_ERROR(Sheet(entry));
      if (builder_.failed()) break;
    }
    if (charts_ > 0) {
      builder_.AddWarning("of " + std::to_string(charts_) +
                          " charts only the titles and names were read");
    }
    if (code_sheets_ > 0) {
      builder_.AddWarning(std::to_string(code_sheets_) +
                          " sheets of macros were left out");
    }
    builder_.AddWarning(old_pictures_,
                        "pictures as Excel 5 and 95 keep them were left out");
    builder_.AddWarning(shapes_left_out_,
                        "shapes or groups of drawings were left out: too many, "
                        "or nested too deep");
    return OkStatus();
  }

 private:
  Status Sheet(const XlsSheetEntry& entry) {
    CAIRN_ASSIGN_OR_RETURN(
        const XlsSheet sheet,
        ReadXlsSheet(stream_, entry, workbook_, limits_, budget_));
    WriteSheet(sheet.sheet, {}, builder_);
    for (const XlsComment& comment : sheet.comments) {
      const std::string shown = CollapseWhiteSpace(comment.text);
      if (shown.empty()) continue;
      builder_.AddBlock(BlockType::kParagraph,
                        CommentLabel(CellName(comment.row, comment.column),
                                     comment.author, "") +
                            ": " + shown);
    }
    for (const std::string& box : sheet.boxes) {
      builder_.AddBlock(BlockType::kParagraph, CollapseLines(box));
    }
    Drawn(sheet.drawing);
    std::string chart;
    for (const std::string& text : sheet.chart_texts) {
      if (!chart.empty()) chart += "; ";
      chart += text;
    }
    builder_.AddBlock(BlockType::kFigure, CollapseWhiteSpace(chart));
    charts_ += sheet.charts;
    old_pictures_ += sheet.old_pictures;
    return OkStatus();
  }

  // How large pictures are shown depends on the cells below them.
  void Drawn(std::string_view records) {
    if (records.empty()) return;
    const Drawing drawing =
        ReadDrawing(FindRecord(records, kArtDrawing), limits_.nesting_max);
    shapes_left_out_ += drawing.left_out;
    for (const DrawnShape& shape : drawing.shapes) {
      builder_.AddBlock(BlockType::kFigure, shape.description);
      pictures_.Add(shape.picture, {}, builder_);
    }
  }

  std::string_view stream_;
  const XlsWorkbook& workbook_;
  const Limits& limits_;
  DocumentBuilder& builder_;
  DrawingPictures pictures_;
  SheetBudget budget_;
  std::size_t charts_ = 0, code_sheets_ = 0, shapes_left_out_ = 0,
              old_pictures_ = 0;
};

// Objects of other programs lie in storages of their own.
std::size_t EmbeddedObjects(const CompoundFile& file) {
  std::size_t count = 0;
  for (const std::uint32_t child : file.ChildrenOf(CompoundFile::kRoot)) {
    const CompoundEntry& entry = file.entries()[child];
    count += entry.storage && entry.name.starts_with("MBD") ? 1 : 0;
  }
  return count;
}

StatusOr<ParsedDocument> Xls::ParseWith(PictureMode mode,
                                        const ParseInput& input,
                                        const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(CompoundFile file, CompoundFile::Open(input.bytes));
  // Excel 97 may write both for old programs; the new one says more.
  std::string stream = file.ReadNamed("Workbook");
  if (stream.empty()) stream = file.ReadNamed("Book");
  CAIRN_ASSIGN_OR_RETURN(const XlsWorkbook workbook,
                         XlsWorkbook::Read(stream, limits));
  DocumentBuilder builder(name(), limits);
  ReadSummary(file, builder);
  DocumentPictures pictures(mode, limits);
  CAIRN_RETURN_IF_ERROR(
      Writer(stream, workbook, limits, pictures, builder).Run());
  if (const std::size_t objects = EmbeddedObjects(file); objects > 0) {
    builder.AddWarning(std::to_string(objects) +
                       " embedded objects were left out");
  }
  WarnOfDamage(file, builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& XlsParser() {
  static const Xls* const parser = new Xls();
  return *parser;
}

}  // namespace cairn
