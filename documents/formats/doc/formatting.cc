#include "documents/formats/doc/formatting.h"

#include <algorithm>

#include "documents/formats/doc/sprm.h"
#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::size_t kPageBytes = 512;
constexpr std::size_t kPlaceBytes = 13;  // Of a paragraph's entry in a page.
constexpr int kTableDepthMax = 64;
constexpr std::uint16_t kJoinedAbove = 0x20;
constexpr std::uint16_t kFirstOfJoined = 0x40;

// The pages that a table of the table stream names, each once at most.
std::vector<std::string_view> PagesOf(std::string_view stream,
                                      std::string_view table,
                                      const DocPart& part) {
  const std::string_view list = Slice(table, part.at, part.size);
  std::vector<std::string_view> pages;
  if (list.size() < 4) return pages;
  const std::size_t count = (list.size() - 4) / 8;
  for (std::size_t i = 0;
       i < count && pages.size() <= stream.size() / kPageBytes; ++i) {
    const std::size_t page = U32At(list, 4 * (count + 1) + 4 * i) & 0x3fffff;
    const std::string_view bytes = Slice(stream, page * kPageBytes, kPageBytes);
    if (bytes.size() == kPageBytes) pages.push_back(bytes);
  }
  return pages;
}

template <typename Run>
const Run* RunAt(const std::vector<Run>& runs, std::uint32_t offset) {
  auto after = std::upper_bound(
      runs.begin(), runs.end(), offset,
      [](std::uint32_t value, const Run& run) { return value < run.begin; });
  if (after == runs.begin()) return nullptr;
  --after;
  return offset < after->end ? &*after : nullptr;
}

template <typename Run>
void Sort(std::vector<Run>& runs) {
  std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
    return a.begin < b.begin;
  });
}

bool IsOn(const SprmValue& value) {
  // 128 and 129: as the style says, and the opposite; styles of hidden or
  // deleted text are not met.
  return value.number() == 1 || value.number() == 129;
}

bool IsElsewhere(const SprmValue& value) {
  return value.sprm == Sprm::kElsewhere || value.sprm == Sprm::kElsewhereOld;
}

void ReadCells(std::string_view operand, RowFormat& row) {
  const std::size_t count = ByteAt(operand, 0);
  row.edges.clear();
  row.cells.assign(count, 0);
  for (std::size_t i = 0; i <= count; ++i) {
    row.edges.push_back(I16At(operand, 1 + 2 * i));
    if (i < count) row.cells[i] = U16At(operand, 3 + 2 * count + 20 * i);
  }
}

void ReadRowChange(const SprmValue& value, RowFormat& row) {
  switch (value.sprm) {
    case Sprm::kCells:
      ReadCells(value.operand, row);
      break;
    case Sprm::kHeaderRow:
      row.header = value.on();
      break;
    case Sprm::kJoinAbove:
      if (const std::size_t cell = ByteAt(value.operand, 0);
          cell < row.cells.size()) {
        const unsigned how = ByteAt(value.operand, 1);
        row.cells[cell] = static_cast<std::uint16_t>(
            (row.cells[cell] & ~(kJoinedAbove | kFirstOfJoined)) |
            (how != 0 ? kJoinedAbove : 0) | (how == 3 ? kFirstOfJoined : 0));
      }
      break;
    case Sprm::kBordersOld:
      // The fifth border; its kind is the second byte of four.
      row.draws_rows = ByteAt(value.operand, 4 * 4 + 1) != 0;
      break;
    case Sprm::kBorders:
      row.draws_rows = ByteAt(value.operand, 4 * 8 + 5) != 0;
      break;
    default:
      break;
  }
}

}  // namespace

DocFormatting::DocFormatting(std::string_view stream, std::string_view table,
                             const Fib& fib) {
  for (const std::string_view page :
       PagesOf(stream, table, fib.Part(DocPartIndex::kParagraphPages))) {
    const std::size_t count = ByteAt(page, kPageBytes - 1);
    for (std::size_t i = 0; i < count; ++i) {
      ParagraphRun run{.begin = U32At(page, 4 * i),
                       .end = U32At(page, 4 * i + 4)};
      std::size_t at =
          std::size_t{2} * ByteAt(page, 4 * (count + 1) + kPlaceBytes * i);
      if (at != 0) {
        std::size_t size = std::size_t{2} * ByteAt(page, at);
        if (size == 0) {
          size = std::size_t{2} * ByteAt(page, ++at);
        } else {
          --size;
        }
        const std::string_view entry = Slice(page, at + 1, size);
        run.style = U16At(entry, 0);
        run.changes = Slice(entry, 2);
      }
      paragraphs_.push_back(run);
    }
  }
  for (const std::string_view page :
       PagesOf(stream, table, fib.Part(DocPartIndex::kCharacterPages))) {
    const std::size_t count = ByteAt(page, kPageBytes - 1);
    for (std::size_t i = 0; i < count; ++i) {
      CharacterRun run{.begin = U32At(page, 4 * i),
                       .end = U32At(page, 4 * i + 4)};
      const std::size_t at = std::size_t{2} * ByteAt(page, 4 * (count + 1) + i);
      if (at != 0) run.changes = Slice(page, at + 1, ByteAt(page, at));
      characters_.push_back(run);
    }
  }
  Sort(paragraphs_);
  Sort(characters_);
}

const ParagraphRun* DocFormatting::ParagraphAt(std::uint32_t offset) const {
  return RunAt(paragraphs_, offset);
}

const CharacterRun* DocFormatting::CharactersAt(std::uint32_t offset) const {
  return RunAt(characters_, offset);
}

std::string_view DocData::ListAt(std::size_t at) {
  // Row marks ask twice: for the paragraph and for its row.
  const std::size_t size = U16At(bytes_, at);
  if (size > left_) return {};
  left_ -= size / 2;
  return Slice(bytes_, at + 2, size);
}

void ApplyParagraphChanges(std::string_view changes, DocData& data,
                           ParagraphFormat& format) {
  SprmReader reader(changes);
  SprmValue value;
  bool once = true;
  while (reader.Next(value)) {
    const int number = static_cast<int>(value.number());
    switch (value.sprm) {
      case Sprm::kStyle:
        format.style = number;
        break;
      case Sprm::kInTable:
        format.table_depth = value.on() ? std::max(format.table_depth, 1) : 0;
        break;
      case Sprm::kTableDepth:
        format.table_depth = std::clamp(number, 0, kTableDepthMax);
        break;
      case Sprm::kRowEnd:
        format.row_end = value.on();
        break;
      case Sprm::kInnerCellEnd:
        format.inner_cell_end = value.on();
        break;
      case Sprm::kInnerRowEnd:
        format.inner_row_end = value.on();
        break;
      case Sprm::kListLevel:
        format.list_level = std::clamp(number, 0, 8);
        break;
      case Sprm::kList:
        // Beyond: numbered by Word 6, or a number that is not shown.
        format.list = number < 0x7ff ? number : 0;
        break;
      case Sprm::kOutlineLevel:
        format.outline_level = std::clamp(number, 0, 9);
        break;
      default:
        // Lists elsewhere do not go on once more.
        if (IsElsewhere(value) && once) {
          once = false;
          reader = SprmReader(data.ListAt(value.number()));
        }
        break;
    }
  }
}

CharacterFormat ReadCharacterChanges(std::string_view changes) {
  CharacterFormat format;
  SprmReader reader(changes);
  SprmValue value;
  while (reader.Next(value)) {
    switch (value.sprm) {
      case Sprm::kDeleted:
        format.deleted = IsOn(value);
        break;
      case Sprm::kHidden:
        format.hidden = IsOn(value);
        break;
      case Sprm::kSpecial:
        format.special = IsOn(value);
        break;
      case Sprm::kObject:
        format.object = IsOn(value);
        break;
      case Sprm::kBinary:
        format.binary = IsOn(value);
        break;
      case Sprm::kPicturePlace:
        format.picture = value.number();
        break;
      case Sprm::kRaised:
        format.raised = value.number() == 1;
        break;
      case Sprm::kSymbol:
        format.symbol_font = U16At(value.operand, 0);
        format.symbol = U16At(value.operand, 2);
        break;
      default:
        break;
    }
  }
  return format;
}

RowFormat ReadRowChanges(std::string_view changes, DocData& data) {
  RowFormat row;
  SprmReader reader(changes);
  SprmValue value;
  bool once = true;
  while (reader.Next(value)) {
    if (IsElsewhere(value) && once) {
      once = false;
      reader = SprmReader(data.ListAt(value.number()));
      continue;
    }
    ReadRowChange(value, row);
  }
  return row;
}

}  // namespace cairn
