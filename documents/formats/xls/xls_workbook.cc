#include "documents/formats/xls/xls_workbook.h"

#include <algorithm>
#include <map>
#include <utility>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/ooxml/built_in_format.h"

namespace cairn {
namespace {

constexpr std::size_t kSheetsMax = 10'000;
constexpr std::size_t kStylesMax = 100'000;
constexpr std::size_t kFormatsMax = 10'000;
constexpr std::uint16_t kBiff5 = 0x0500;
constexpr std::uint16_t kBiff8 = 0x0600;

Status TooMuchText(const Limits& limits) {
  return InvalidArgumentError(
      "the workbook has more text than the limit text_bytes_max of " +
          std::to_string(limits.text_bytes_max) +
          " bytes: split it, or raise the limit",
      "TEXT_TOO_LARGE");
}

Status TooManyStrings(const Limits& limits) {
  return InvalidArgumentError(
      "the workbook has more texts than the limit cells_max of " +
          std::to_string(limits.cells_max) +
          ": split it by sheets or rows, or raise the limit",
      "TOO_MANY_CELLS");
}

}  // namespace

StatusOr<XlsWorkbook> XlsWorkbook::Read(std::string_view stream,
                                        const Limits& limits) {
  BiffReader reader(stream);
  BiffRecord record;
  if (!reader.Next(record) || record.type != Biff::kBof) {
    return InvalidArgumentError(
        "the workbook inside the Office file is damaged: it does not begin as "
        "one; open it in Excel or LibreOffice and save it again",
        "DAMAGED_OLE_FILE");
  }
  const std::uint16_t version = U16At(record.data, 0);
  if (version != kBiff8 && version != kBiff5) {
    return InvalidArgumentError(
        "the workbook is of Excel 4 or older, which Cairn does not read: save "
        "it as .xlsx",
        "UNSUPPORTED_VERSION");
  }
  XlsWorkbook workbook;
  workbook.biff8_ = version == kBiff8;
  while (reader.Next(record) && record.type != Biff::kEof) {
    CAIRN_RETURN_IF_ERROR(workbook.ReadGlobal(record, limits));
  }
  workbook.MakeFormats();
  workbook.SetEnds(stream.size());
  return workbook;
}

Status XlsWorkbook::ReadGlobal(const BiffRecord& record, const Limits& limits) {
  switch (record.type) {
    case Biff::kFilePass:
      return ProtectedByPassword();
    case Biff::kCodePage:
      // Excel for the Macintosh has a number of its own for its code page.
      code_page_ = U16At(record.data, 0) == 0x8000   ? 10000
                   : U16At(record.data, 0) == 0x8001 ? kWesternCodePage
                                                     : U16At(record.data, 0);
      break;
    case Biff::kDateMode:
      from_1904_ = U16At(record.data, 0) == 1;
      break;
    case Biff::kFormat:
    case Biff::kFormat5:
      if (codes_.size() < kFormatsMax) {
        codes_.emplace_back(U16At(record.data, 0),
                            TextAt(record, 2, /*short_count=*/!biff8_));
      }
      break;
    case Biff::kXf:
      if (format_of_style_.size() < kStylesMax) {
        format_of_style_.push_back(U16At(record.data, 2));
      }
      break;
    case Biff::kBoundSheet:
      ReadSheetEntry(record);
      break;
    case Biff::kDrawingGroup:
      AppendPieces(record, drawing_group_);
      break;
    case Biff::kSharedStrings:
      return ReadStrings(record, limits);
    default:
      break;
  }
  return OkStatus();
}

void XlsWorkbook::ReadSheetEntry(const BiffRecord& record) {
  if (sheets_.size() >= kSheetsMax) return;
  const std::uint8_t type = ByteAt(record.data, 5);
  sheets_.push_back({.name = WithoutControls(TextAt(record, 6, true)),
                     .begin = U32At(record.data, 0),
                     .hidden = (ByteAt(record.data, 4) & 3) != 0,
                     .worksheet = type == 0,
                     .code = type == 1 || type == 6});
}

Status XlsWorkbook::ReadStrings(const BiffRecord& record,
                                const Limits& limits) {
  BiffPieces pieces(record, 8);
  const std::size_t count = U32At(record.data, 4);
  std::size_t bytes = 0;
  while (strings_.size() < count && !pieces.at_end()) {
    strings_.push_back(WithoutControls(pieces.Text()));
    bytes += strings_.back().size();
    if (bytes > limits.text_bytes_max) return TooMuchText(limits);
    if (strings_.size() > limits.cells_max) return TooManyStrings(limits);
  }
  return OkStatus();
}

std::string XlsWorkbook::TextAt(const BiffRecord& record, std::size_t at,
                                bool short_count) const {
  if (biff8_) return BiffPieces(record, at).Text(short_count);
  const std::size_t count =
      short_count ? ByteAt(record.data, at) : U16At(record.data, at);
  return CodePageToUtf8(Slice(record.data, at + (short_count ? 1 : 2), count),
                        code_page_);
}

void XlsWorkbook::SetEnds(std::size_t stream_bytes) {
  std::vector<XlsSheetEntry*> by_begin;
  for (XlsSheetEntry& sheet : sheets_) by_begin.push_back(&sheet);
  std::stable_sort(by_begin.begin(), by_begin.end(),
                   [](const XlsSheetEntry* a, const XlsSheetEntry* b) {
                     return a->begin < b->begin;
                   });
  std::size_t end = stream_bytes;
  for (std::size_t i = by_begin.size(); i > 0; --i) {
    by_begin[i - 1]->end = end;
    end = by_begin[i - 1]->begin;
  }
}

void XlsWorkbook::MakeFormats() {
  std::map<int, std::string> codes(codes_.begin(), codes_.end());
  std::map<int, std::size_t> known;
  for (const int id : format_of_style_) {
    const auto [at, is_new] = known.try_emplace(id, formats_.size());
    if (is_new) {
      const auto code = codes.find(id);
      formats_.emplace_back(code == codes.end() ? BuiltInFormat(id)
                                                : code->second);
    }
    shown_.push_back(at->second);
  }
}

std::string_view XlsWorkbook::SharedString(std::size_t index) const {
  return index < strings_.size() ? std::string_view(strings_[index])
                                 : std::string_view();
}

std::string XlsWorkbook::Shown(double value, std::size_t style) const {
  if (style >= shown_.size()) return GeneralNumber(value);
  return formats_[shown_[style]].Apply(value, from_1904_);
}

}  // namespace cairn
