#include "documents/formats/pdf/document_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "documents/formats/pdf/table_text.h"

namespace cairn::pdf {
namespace {

// A letter, a hyphen of any kind, the end.
struct LineEnd {
  bool hyphenated = false;
  std::size_t hyphen_bytes = 0;
};

LineEnd EndOf(std::string_view text) {
  for (const std::string_view hyphen : {"-", "\u2010", "\u00ad"}) {
    if (text.size() > hyphen.size() + 1 &&
        text.substr(text.size() - hyphen.size()) == hyphen) {
      const char before = text[text.size() - hyphen.size() - 1];
      const bool letter =
          (before & 0x80) != 0 || IsLetter(static_cast<unsigned char>(before));
      return {letter, hyphen.size()};
    }
  }
  return {};
}

bool IsSeparator(char sign) {
  return sign == ' ' || sign == ',' || sign == '.' || sign == ';' ||
         sign == ':' || sign == '(' || sign == ')' || sign == '"' ||
         sign == '!' || sign == '?' || sign == '/';
}

std::string Lower(std::string_view word) {
  std::string out(word);
  for (char& sign : out) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign | 0x20);
  }
  return out;
}

std::string_view LastWord(std::string_view text) {
  std::size_t first = text.size();
  while (first > 0 && !IsSeparator(text[first - 1])) --first;
  return text.substr(first);
}

std::string_view FirstWord(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && !IsSeparator(text[end])) ++end;
  return text.substr(0, end);
}

// Words that stand whole somewhere in the document tell whether a hyphen at the
// end of a line belongs to the word.
class Vocabulary {
 public:
  Vocabulary(const std::vector<LineBlock>& blocks,
             const std::vector<PageTable>& tables) {
    for (const PageTable& table : tables) {
      for (const PageCell& cell : table.cells) {
        for (const std::string& line : cell.lines) Add(line);
      }
    }
    for (const LineBlock& block : blocks) {
      for (const Line& line : block.lines) {
        for (const Piece& piece : line.pieces) Add(piece.text);
      }
    }
  }
  bool Has(const std::string& word) const { return words_.contains(word); }

 private:
  void Add(std::string_view text) {
    while (!text.empty()) {
      const std::string_view word = FirstWord(text);
      if (word.size() > 3) words_.insert(Lower(word));
      text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
  }
  std::unordered_set<std::string> words_;
};

class Writer {
 public:
  Writer(const Limits& limits, const Vocabulary& vocabulary,
         const std::vector<PageTable>& tables)
      : limits_(limits), vocabulary_(vocabulary), tables_(tables) {}

  Status Add(const LineBlock& block);
  void BindCaptions();
  ParsedDocument Take() && { return std::move(document_); }

 private:
  void Separate(BlockType type);
  void AppendLines(const LineBlock& block);
  Status AddTable(const PageTable& table, Block& block);
  void AppendParagraphLine(const LineBlock& block, std::size_t index);
  void AppendCodeLine(const LineBlock& block, std::size_t index);
  bool JoinHyphenated(const std::string& next);
  std::uint32_t ParentOf(const LineBlock& block) const;

  const Limits& limits_;
  const Vocabulary& vocabulary_;
  const std::vector<PageTable>& tables_;
  std::size_t cells_ = 0;
  ParsedDocument document_;
  std::uint32_t last_heading_ = Block::kNone;
};

void Writer::Separate(BlockType type) {
  if (document_.blocks.empty()) return;
  const bool items = type == BlockType::kListItem &&
                     document_.blocks.back().type == BlockType::kListItem;
  document_.text += items ? "\n" : "\n\n";
}

// True when the text so far ends in the first half of a word and `next` was
// joined to it.
bool Writer::JoinHyphenated(const std::string& next) {
  std::string& text = document_.text;
  const LineEnd end = EndOf(text);
  if (!end.hyphenated) return false;
  const std::u32string first = DecodeUtf8(next.substr(0, 4));
  if (first.empty() || !IsLetter(first.front())) return false;
  const std::string_view half = LastWord(text);
  const std::string head =
      Lower(half.substr(0, half.size() - end.hyphen_bytes));
  const std::string tail = Lower(FirstWord(next));
  const bool compound =
      !vocabulary_.Has(head + tail) && (vocabulary_.Has(head + "-" + tail) ||
                                        head.find('-') != std::string::npos);
  if (IsLowerCase(first.front()) && !compound) {
    text.resize(text.size() - end.hyphen_bytes);
  }
  text += next;
  return true;
}

bool EndsInIdeograph(const std::string& text) {
  const std::size_t tail = std::min<std::size_t>(text.size(), 3);
  const std::string last = text.substr(text.size() - tail);
  const std::u32string signs =
      (last[0] & 0xf0) == 0xe0 ? DecodeUtf8(last) : std::u32string();
  return !signs.empty() && IsIdeograph(signs.front());
}

void Writer::AppendParagraphLine(const LineBlock& block, std::size_t index) {
  const std::string text = block.lines[index].Text();
  std::string& out = document_.text;
  if (index == 0) {
    out += text;
    return;
  }
  if (JoinHyphenated(text)) return;
  const std::u32string first = DecodeUtf8(text.substr(0, 4));
  const bool joined =
      !first.empty() && IsIdeograph(first.front()) && EndsInIdeograph(out);
  if (!joined) out += ' ';
  out += text;
}

// Indents are kept in signs of the font's width, 0.6 of its size.
void Writer::AppendCodeLine(const LineBlock& block, std::size_t index) {
  constexpr float kSignWidth = 0.6F;
  constexpr int kIndentMax = 80;
  float left = block.lines.front().box.left;
  for (const Line& line : block.lines) left = std::min(left, line.box.left);
  const Line& line = block.lines[index];
  const float width = kSignWidth * std::max(line.size, 1.0F);
  if (index > 0) document_.text += '\n';
  const auto spaces = [&](float distance, int least) {
    const auto count = static_cast<int>(std::lround(distance / width));
    document_.text.append(
        static_cast<std::size_t>(std::clamp(count, least, kIndentMax)), ' ');
  };
  spaces(line.box.left - left, 0);
  for (std::size_t i = 0; i < line.pieces.size(); ++i) {
    if (i > 0) {
      spaces(line.pieces[i].box.left - line.pieces[i - 1].box.right, 1);
    }
    document_.text += line.pieces[i].text;
  }
}

void Writer::AppendLines(const LineBlock& block) {
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    if (block.type == BlockType::kCode) {
      AppendCodeLine(block, i);
    } else if (block.tabular) {
      if (i > 0) document_.text += '\n';
      document_.text += block.lines[i].Text("  ");
    } else {
      AppendParagraphLine(block, i);
    }
  }
}

// One box for each run of lines in one column.
std::vector<Box> BoxesOf(const LineBlock& block) {
  std::vector<Box> boxes;
  const Line* last = nullptr;
  for (const Line& line : block.lines) {
    const Box box = line.PageBox();
    if (last == nullptr || last->page != line.page ||
        last->region != line.region) {
      boxes.push_back(box);
    } else {
      Box& open = boxes.back();
      open.left = std::min(open.left, box.left);
      open.top = std::min(open.top, box.top);
      open.right = std::max(open.right, box.right);
      open.bottom = std::max(open.bottom, box.bottom);
    }
    last = &line;
  }
  return boxes;
}

std::uint32_t Writer::ParentOf(const LineBlock& block) const {
  std::uint32_t heading = last_heading_;
  if (block.type != BlockType::kHeading) return heading;
  while (heading != Block::kNone &&
         document_.blocks[heading].level >= block.level) {
    heading = document_.blocks[heading].heading;
  }
  return heading;
}

Status Writer::AddTable(const PageTable& table, Block& block) {
  cells_ += table.cells.size();
  if (cells_ > limits_.cells_max) {
    return InvalidArgumentError(
        "the PDF has more table cells than the limit cells_max of " +
            std::to_string(limits_.cells_max) + "; split it",
        "TOO_MANY_CELLS");
  }
  Table written = WriteTable(table, document_.text);
  written.block = static_cast<std::uint32_t>(document_.blocks.size());
  block.table = static_cast<std::uint32_t>(document_.tables.size());
  block.page = table.page;
  block.boxes.clear();
  for (const Cell& cell : written.cells) {
    const Box box = cell.box.value_or(Box());
    if (block.boxes.empty() || block.boxes.back().page != box.page) {
      block.boxes.push_back(box);
    }
    Box& all = block.boxes.back();
    all.left = std::min(all.left, box.left);
    all.top = std::min(all.top, box.top);
    all.right = std::max(all.right, box.right);
    all.bottom = std::max(all.bottom, box.bottom);
  }
  document_.tables.push_back(std::move(written));
  return OkStatus();
}

// The block right above a table, else the one right below, when it says that it
// is a caption. One that stands between two tables belongs to the lower, unless
// that has another.
void Writer::BindCaptions() {
  const auto caption_at = [&](std::size_t index) {
    const Block& block = document_.blocks[index];
    return block.type != BlockType::kTable && block.span.size() < 600 &&
           IsCaptionText(std::string(block.span.Of(document_.text)));
  };
  std::size_t taken = SIZE_MAX;
  for (Table& table : document_.tables) {
    const std::size_t at = table.block;
    if (at > 0 && at - 1 != taken && caption_at(at - 1)) {
      taken = at - 1;
      table.caption = document_.blocks[at - 1].span;
    } else if (at > 1 && at - 2 != taken && caption_at(at - 2) &&
               document_.blocks[at - 1].span.size() < 80) {
      // "(in millions)" stands between.
      taken = at - 2;
      table.caption = document_.blocks[at - 2].span;
    } else if (at + 1 < document_.blocks.size() && caption_at(at + 1) &&
               document_.blocks[at + 1].page == document_.blocks[at].page) {
      taken = at + 1;
      table.caption = document_.blocks[at + 1].span;
    }
  }
}

Status Writer::Add(const LineBlock& block) {
  if (document_.blocks.size() >= limits_.blocks_max) {
    return InvalidArgumentError(
        "the PDF has more blocks than the limit "
        "blocks_max of " +
            std::to_string(limits_.blocks_max),
        "TOO_MANY_BLOCKS");
  }
  Separate(block.type);
  Block written;
  written.type = block.type;
  written.level = block.level;
  written.page = block.lines.front().page;
  written.boxes = BoxesOf(block);
  written.heading = ParentOf(block);
  written.span.begin = static_cast<std::uint32_t>(document_.text.size());
  if (block.table >= 0) {
    CAIRN_RETURN_IF_ERROR(
        AddTable(tables_[static_cast<std::size_t>(block.table)], written));
  } else {
    AppendLines(block);
  }
  written.span.end = static_cast<std::uint32_t>(document_.text.size());
  if (document_.text.size() > limits_.text_bytes_max) {
    return InvalidArgumentError(
        "the PDF has more text than the limit "
        "text_bytes_max of " +
            std::to_string(limits_.text_bytes_max) + " bytes; split it",
        "TEXT_TOO_LARGE");
  }
  if (block.type == BlockType::kHeading) {
    last_heading_ = static_cast<std::uint32_t>(document_.blocks.size());
  }
  document_.blocks.push_back(std::move(written));
  return OkStatus();
}

}  // namespace

StatusOr<ParsedDocument> WriteDocument(const std::vector<LineBlock>& blocks,
                                       const std::vector<PageTable>& tables,
                                       const Limits& limits) {
  const Vocabulary vocabulary(blocks, tables);
  Writer writer(limits, vocabulary, tables);
  for (const LineBlock& block : blocks) {
    CAIRN_RETURN_IF_ERROR(writer.Add(block));
  }
  writer.BindCaptions();
  return std::move(writer).Take();
}

}  // namespace cairn::pdf
