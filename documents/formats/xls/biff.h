// BIFF: the records of an Excel stream, and the strings in them.
//
// A record is at most 8 KB; a longer one goes on in Continue records, and a
// string that is cut by such a border says anew, in a byte of its own, whether
// its characters take one byte or two [MS-XLS 2.5.293].
// Place: under XlsWorkbook and ReadXlsSheet. Threads: none. Errors: none; any
// bytes are records, and what a record lacks reads as zero or empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

// [MS-XLS 2.3.2]; those that are read.
enum class Biff : std::uint16_t {
  kFormula = 0x06,
  kEof = 0x0a,
  kNote = 0x1c,
  kDateMode = 0x22,
  kFilePass = 0x2f,
  kContinue = 0x3c,
  kCodePage = 0x42,
  kObject = 0x5d,
  kOldPicture = 0x7f,  // As Excel 5 and 95 keep them.
  kBoundSheet = 0x85,
  kMulRk = 0xbd,
  kRString = 0xd6,
  kXf = 0xe0,
  kDrawingGroup = 0xeb,
  kDrawing = 0xec,
  kMergedCells = 0xe5,
  kSharedStrings = 0xfc,
  kLabelShared = 0xfd,
  kTextObject = 0x1b6,
  kNumber = 0x203,
  kLabel = 0x204,
  kBoolError = 0x205,
  kString = 0x207,
  kRk = 0x27e,
  kFormat5 = 0x1e,
  kFormat = 0x41e,
  kBof = 0x809,
  kChartText = 0x100d,
};

struct BiffRecord {
  Biff type = Biff::kEof;
  std::string_view data;
  std::vector<std::string_view> more;  // Of the Continue records after it.
};

class BiffReader {
 public:
  explicit BiffReader(std::string_view stream, std::size_t at = 0)
      : stream_(stream), at_(at) {}

  // False at the end.
  bool Next(BiffRecord& record);

 private:
  std::string_view stream_;
  std::size_t at_;
};

// Reads on through the pieces of a record.
class BiffPieces {
 public:
  BiffPieces(const BiffRecord& record, std::size_t at)
      : record_(record), piece_(record.data), at_(at) {}

  bool at_end();
  std::uint8_t U8();
  std::uint16_t U16();
  std::uint32_t U32();
  void Skip(std::size_t bytes);
  // Characters of a string whose flag says `wide`.
  std::string Characters(std::size_t count, bool wide);
  // A string of BIFF8 with its count of characters before it: two bytes, or one
  // when `short_count`. Rich and phonetic parts are passed over.
  std::string Text(bool short_count = false);
  // One that goes on: an XLUnicodeStringNoCch, flag first.
  std::string TextWithoutCount(std::size_t count);

 private:
  bool NextPiece();
  std::size_t left() const { return piece_.size() - at_; }

  const BiffRecord& record_;
  std::string_view piece_;
  std::size_t at_;
  std::size_t next_ = 0;  // Index into record_.more.
};

// Appends all pieces of a record: drawings know nothing of them.
void AppendPieces(const BiffRecord& record, std::string& out);

// 100 times a whole number, or the upper half of a double: [MS-XLS 2.5.217].
double NumberOfRk(std::uint32_t rk);

// "#DIV/0!" of 7.
std::string_view NameOfError(std::uint8_t code);

}  // namespace cairn
