#include "documents/formats/xls/xls_sheet.h"

#include <algorithm>
#include <map>
#include <utility>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::size_t kMergesMax = 200'000;
constexpr std::uint16_t kNoteObject = 0x19;
// A note that goes on says so in place of its row.
constexpr std::uint16_t kSameNote = 0xffff;

class Reader {
 public:
  Reader(const XlsWorkbook& workbook, const Limits& limits, SheetBudget& budget)
      : workbook_(workbook), limits_(limits), budget_(budget) {}

  StatusOr<XlsSheet> Read(std::string_view stream, std::size_t at) {
    BiffReader reader(stream, at);
    BiffRecord record;
    while (reader.Next(record)) {
      if (record.type == Biff::kBof) {
        // A chart inside the sheet, or a sheet that is a chart.
        if (++depth_ > 1 || U16At(record.data, 2) == 0x20) ++out_.charts;
      } else if (record.type == Biff::kEof) {
        if (--depth_ <= 0) break;
      } else if (record.type == Biff::kChartText) {
        CAIRN_RETURN_IF_ERROR(ChartText(record));
      } else if (depth_ == 1) {
        CAIRN_RETURN_IF_ERROR(Cells(record));
        CAIRN_RETURN_IF_ERROR(Objects(record));
      }
    }
    PlaceMerges(merges_, out_.sheet);
    for (auto& [id, place] : notes_) {
      const auto text = texts_.find(id);
      if (text == texts_.end()) continue;
      place.text = std::move(text->second);
      out_.comments.push_back(std::move(place));
    }
    std::stable_sort(out_.comments.begin(), out_.comments.end(),
                     [](const XlsComment& a, const XlsComment& b) {
                       return a.row != b.row ? a.row < b.row
                                             : a.column < b.column;
                     });
    return std::move(out_);
  }

 private:
  Status Cells(const BiffRecord& record) {
    const std::string_view data = record.data;
    const std::uint16_t style = U16At(data, 4);
    switch (record.type) {
      case Biff::kLabelShared:
        return Add(record, workbook_.SharedString(U32At(data, 6)));
      case Biff::kLabel:
      case Biff::kRString:
        return Add(record, Own(workbook_.TextAt(record, 6)));
      case Biff::kNumber:
        return Add(record, Own(workbook_.Shown(DoubleAt(data, 6), style)));
      case Biff::kRk:
        return Add(record,
                   Own(workbook_.Shown(NumberOfRk(U32At(data, 6)), style)));
      case Biff::kMulRk:
        return MulRk(data);
      case Biff::kBoolError:
        return Add(record, BoolOrError(ByteAt(data, 6), ByteAt(data, 7) != 0));
      case Biff::kFormula:
        return Formula(record);
      case Biff::kString:
        return FormulaText(record);
      case Biff::kMergedCells:
        Merges(data);
        return OkStatus();
      default:
        return OkStatus();
    }
  }

  Status Objects(const BiffRecord& record) {
    if (record.type == Biff::kDrawing) {
      // Of each object a piece.
      AppendPieces(record, out_.drawing);
    } else if (record.type == Biff::kObject) {
      // Large drawings go on behind an object as if they were part of it.
      for (const std::string_view more : record.more) out_.drawing += more;
      object_type_ = U16At(record.data, 4);
      object_id_ = U16At(record.data, 6);
    } else if (record.type == Biff::kOldPicture) {
      ++out_.old_pictures;
    } else if (record.type == Biff::kTextObject) {
      return TextObject(record);
    } else if (record.type == Biff::kNote) {
      return Note(record);
    }
    return OkStatus();
  }

  static std::string_view BoolOrError(std::uint8_t value, bool error) {
    return error ? NameOfError(value) : value != 0 ? "TRUE" : "FALSE";
  }

  Status Add(const BiffRecord& record, std::string_view text) {
    return AddAt(U16At(record.data, 0), U16At(record.data, 2), text);
  }

  Status AddAt(std::uint32_t row, std::uint32_t column, std::string_view text) {
    return AddSheetCell(text, row, column, limits_, budget_, out_.sheet);
  }

  Status MulRk(std::string_view data) {
    if (data.size() < 6) return OkStatus();
    const std::size_t count = (data.size() - 6) / 6;
    const std::uint32_t first = U16At(data, 2);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = 4 + 6 * i;
      CAIRN_RETURN_IF_ERROR(
          AddAt(U16At(data, 0), first + static_cast<std::uint32_t>(i),
                Own(workbook_.Shown(NumberOfRk(U32At(data, at + 2)),
                                    U16At(data, at)))));
    }
    return OkStatus();
  }

  // What the formula gave when the file was saved [MS-XLS 2.5.133].
  Status Formula(const BiffRecord& record) {
    const std::string_view data = record.data;
    awaits_text_ = false;
    if (U16At(data, 12) != 0xffff) {
      return Add(record,
                 Own(workbook_.Shown(DoubleAt(data, 6), U16At(data, 4))));
    }
    switch (ByteAt(data, 6)) {
      case 0:
        awaits_text_ = true;
        text_row_ = U16At(data, 0);
        text_column_ = U16At(data, 2);
        return OkStatus();
      case 1:
      case 2:
        return Add(record, BoolOrError(ByteAt(data, 8), ByteAt(data, 6) == 2));
      default:
        return OkStatus();
    }
  }

  Status FormulaText(const BiffRecord& record) {
    if (!awaits_text_) return OkStatus();
    awaits_text_ = false;
    return AddAt(text_row_, text_column_, Own(workbook_.TextAt(record, 0)));
  }

  void Merges(std::string_view data) {
    const std::size_t count = U16At(data, 0);
    for (std::size_t i = 0; i < count && merges_.size() < kMergesMax; ++i) {
      const std::size_t at = 2 + 8 * i;
      if (at + 8 > data.size()) break;
      CellRange range{.top = U16At(data, at),
                      .left = U16At(data, at + 4),
                      .bottom = U16At(data, at + 2),
                      .right = U16At(data, at + 6)};
      if (range.bottom < range.top || range.right < range.left) continue;
      merges_.push_back(range);
    }
  }

  // Of what is no cell, under the same limits.
  Status Count(std::string_view text) {
    Sheet none;
    return AddSheetCell(text, 0, 0, limits_, budget_, none);
  }

  Status TextObject(const BiffRecord& record) {
    const std::size_t count = U16At(record.data, 10);
    if (count == 0) return OkStatus();
    std::string text = WithoutControls(
        BiffPieces(record, record.data.size()).TextWithoutCount(count));
    CAIRN_RETURN_IF_ERROR(Count(text));
    if (object_type_ == kNoteObject) {
      texts_.emplace(object_id_, std::move(text));
    } else {
      out_.boxes.push_back(std::move(text));
    }
    return OkStatus();
  }

  Status Note(const BiffRecord& record) {
    XlsComment note{.row = U16At(record.data, 0),
                    .column = U16At(record.data, 2)};
    if (workbook_.biff8()) {
      note.author = WithoutControls(workbook_.TextAt(record, 8));
      CAIRN_RETURN_IF_ERROR(Count(note.author));
      notes_.emplace(U16At(record.data, 6), std::move(note));
      return OkStatus();
    }
    const std::string text = workbook_.TextAt(record, 4);
    CAIRN_RETURN_IF_ERROR(Count(text));
    if (note.row == kSameNote && !out_.comments.empty()) {
      out_.comments.back().text += text;
    } else {
      note.text = text;
      out_.comments.push_back(std::move(note));
    }
    return OkStatus();
  }

  Status ChartText(const BiffRecord& record) {
    std::string text = WithoutControls(workbook_.TextAt(record, 2, true));
    CAIRN_RETURN_IF_ERROR(Count(text));
    if (!text.empty()) out_.chart_texts.push_back(std::move(text));
    return OkStatus();
  }

  std::string_view Own(std::string_view text) {
    out_.sheet.texts.push_back(WithoutControls(text));
    return out_.sheet.texts.back();
  }

  const XlsWorkbook& workbook_;
  const Limits& limits_;
  SheetBudget& budget_;
  XlsSheet out_;
  std::vector<CellRange> merges_;
  std::map<std::uint16_t, XlsComment> notes_;  // By id of their object.
  std::map<std::uint16_t, std::string> texts_;
  int depth_ = 0;
  std::uint16_t object_type_ = 0, object_id_ = 0;
  bool awaits_text_ = false;
  std::uint32_t text_row_ = 0, text_column_ = 0;
};

}  // namespace

StatusOr<XlsSheet> ReadXlsSheet(std::string_view stream,
                                const XlsSheetEntry& entry,
                                const XlsWorkbook& workbook,
                                const Limits& limits, SheetBudget& budget) {
  return Reader(workbook, limits, budget)
      .Read(stream.substr(0, std::min(stream.size(), entry.end)), entry.begin);
}

}  // namespace cairn
