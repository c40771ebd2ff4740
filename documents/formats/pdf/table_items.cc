#include "documents/formats/pdf/table_items.h"

#include <algorithm>
#include <cmath>

namespace cairn::pdf {
namespace {

constexpr float kItemGap = 0.55F;  // Of the font size; more parts items.
// Between two numbers: more than a space, as in "1 234".
constexpr float kValueGap = 0.42F;

bool CrossesBorder(const std::vector<Ruling>& borders, float left, float right,
                   float middle) {
  constexpr float kSlack = 1;
  const auto first = std::lower_bound(
      borders.begin(), borders.end(), left - kSlack,
      [](const Ruling& ruling, float at) { return ruling.at < at; });
  for (auto it = first; it != borders.end() && it->at <= right + kSlack; ++it) {
    if (it->from <= middle && middle <= it->to) return true;
  }
  return false;
}

// Adds the words of one piece as items.
class ItemMaker {
 public:
  ItemMaker(const Line& line, std::uint32_t line_index,
            std::uint32_t piece_index, const UsedWords& used,
            const Rect& within, const std::vector<Ruling>& borders)
      : piece_(line.pieces[piece_index]),
        line_(line_index),
        index_(piece_index),
        used_(used),
        within_(within),
        borders_(borders) {}

  void AddTo(std::vector<Item>& items) {
    const auto count = static_cast<std::uint32_t>(piece_.parts.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      const PieceWord& part = piece_.parts[i];
      const float middle = (part.left + part.right) / 2;
      if (part.leader || used_.Has(line_, index_, i) || middle < within_.left ||
          middle > within_.right) {
        Close(items);
        continue;
      }
      if (open_ && Parts(piece_.parts[i - 1], part)) Close(items);
      if (!open_) first_ = i;
      open_ = true;
      last_ = i + 1;
    }
    Close(items);
  }

 private:
  bool Parts(const PieceWord& last, const PieceWord& next) const {
    const float left = std::min(last.right, next.right);
    const float right = std::max(last.left, next.left);
    const float middle = piece_.baseline - 0.3F * piece_.size;
    const float gap = right - left;
    return gap > kItemGap * piece_.size ||
           (gap > kValueGap * piece_.size && IsNumber(last) &&
            IsNumber(next)) ||
           CrossesBorder(borders_, left, right, middle);
  }
  bool IsNumber(const PieceWord& word) const {
    for (std::uint32_t i = word.begin; i < word.end; ++i) {
      const char sign = piece_.text[i];
      if (sign >= '0' && sign <= '9') {
        return IsValue(piece_.text.substr(word.begin, word.end - word.begin));
      }
    }
    return false;
  }
  void Close(std::vector<Item>& items) {
    if (!open_) return;
    open_ = false;
    items.push_back(MakeItem(piece_, line_, index_, first_, last_));
  }

  const Piece& piece_;
  const std::uint32_t line_, index_;
  const UsedWords& used_;
  const Rect& within_;
  const std::vector<Ruling>& borders_;
  bool open_ = false;
  std::uint32_t first_ = 0, last_ = 0;
};

std::vector<Item> UprightItems(const std::vector<Line>& lines,
                               const UsedWords& used, const Rect& within,
                               const std::vector<Ruling>& borders,
                               std::size_t first, std::size_t last) {
  std::vector<Item> items;
  last = std::min(last, lines.size());
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = lines[i];
    if (!line.main || line.table() >= 0 || line.box.right < within.left ||
        line.box.left > within.right) {
      continue;
    }
    for (std::uint32_t k = 0; k < line.pieces.size(); ++k) {
      const Piece& piece = line.pieces[k];
      const float middle = piece.baseline - 0.3F * piece.size;
      if (middle < within.top || middle > within.bottom) continue;
      ItemMaker(line, static_cast<std::uint32_t>(i), k, used, within, borders)
          .AddTo(items);
    }
  }
  return items;
}

std::vector<TextRow> RowsOf(std::vector<Item> items) {
  std::stable_sort(
      items.begin(), items.end(),
      [](const Item& a, const Item& b) { return a.baseline < b.baseline; });
  std::vector<TextRow> rows;
  for (Item& item : items) {
    if (rows.empty() || item.baseline - rows.back().baseline >
                            0.45F * std::min(item.size, rows.back().size)) {
      rows.emplace_back();
      rows.back().baseline = item.baseline;
      rows.back().size = item.size;
      rows.back().box = item.box;
    }
    TextRow& row = rows.back();
    row.size = std::max(row.size, item.size);
    row.box.Include(item.box);
    row.items.push_back(std::move(item));
  }
  for (TextRow& row : rows) {
    std::stable_sort(
        row.items.begin(), row.items.end(),
        [](const Item& a, const Item& b) { return a.box.left < b.box.left; });
  }
  return rows;
}

}  // namespace

UsedWords::UsedWords(const std::vector<Line>& lines) {
  std::size_t count = 0;
  for (const Line& line : lines) {
    starts_.emplace_back();
    for (const Piece& piece : line.pieces) {
      starts_.back().push_back(count);
      count += piece.parts.size();
    }
  }
  used_.resize(count);
}

void UsedWords::Add(const Item& item) {
  for (std::size_t part = item.first; part < item.last; ++part) {
    used_[starts_[item.line][item.piece] + part] = true;
  }
  any_ = true;
}

Item MakeItem(const Piece& source, std::uint32_t line, std::uint32_t piece,
              std::uint32_t first, std::uint32_t last) {
  Item item;
  const PieceWord& begin = source.parts[first];
  const PieceWord& end = source.parts[last - 1];
  item.box = {std::min(begin.left, end.left), source.box.top,
              std::max(begin.right, end.right), source.box.bottom};
  item.baseline = source.baseline;
  item.size = source.size;
  item.text = source.text.substr(begin.begin, end.end - begin.begin);
  item.value = IsValue(item.text);
  item.bold = source.bold * 20 >= source.signs * 19;
  item.source = &source;
  item.line = line;
  item.piece = piece;
  item.first = first;
  item.last = last;
  return item;
}

std::vector<TextRow> MakeTextRows(const std::vector<Line>& lines,
                                  const UsedWords& used, const Rect& within,
                                  const std::vector<Ruling>& borders,
                                  std::size_t first, std::size_t last) {
  return RowsOf(UprightItems(lines, used, within, borders, first, last));
}

std::vector<TextRow> MakeTurnedRows(const std::vector<Line>& lines,
                                    const UsedWords& used, const Rect& within,
                                    const std::vector<Ruling>& borders) {
  std::vector<Item> items =
      UprightItems(lines, used, within, borders, 0, lines.size());
  const auto main = std::find_if(lines.begin(), lines.end(),
                                 [](const Line& line) { return line.main; });
  if (items.empty() || main == lines.end()) return RowsOf(std::move(items));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.main || line.table() >= 0) continue;
    for (std::uint32_t k = 0; k < line.pieces.size(); ++k) {
      const Piece& piece = line.pieces[k];
      const Rect box = main->turn.ToReading(line.turn.ToPage(piece.box));
      if (piece.parts.empty() || used.Has(i, k, 0) || box.left < within.left ||
          box.right > within.right || box.top < within.top ||
          box.bottom > within.bottom) {
        continue;
      }
      Item item = MakeItem(piece, static_cast<std::uint32_t>(i), k, 0,
                           static_cast<std::uint32_t>(piece.parts.size()));
      item.box = box;
      item.baseline = box.bottom - 0.2F * item.size;
      item.turned = true;
      items.push_back(std::move(item));
    }
  }
  return RowsOf(std::move(items));
}

bool IsValue(const std::string& text) {
  std::size_t digits = 0;
  std::size_t letters = 0;
  for (const char32_t sign : DecodeUtf8(text)) {
    digits += (sign >= '0' && sign <= '9') ||
              (sign >= 0x660 && sign <= 0x669) ||
              (sign >= 0x6f0 && sign <= 0x6f9);
    letters += IsLetter(sign);
  }
  if (digits > 0) return letters <= digits / 2 && letters <= 3;
  if (letters == 0) return text.size() <= 4;
  for (const char* none : {"n.a.", "n/a", "N/A", "na", "NA", "n.a", "N.A.",
                           "(NA)", "(X)", "(D)", "(Z)", "nil", "x", "X"}) {
    if (text == none) return true;
  }
  return false;
}

bool IsYear(const std::string& text) {
  if (text.size() < 4) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  if (text[0] != '1' && text[0] != '2') return false;
  if (text[1] != '9' && text[1] != '0' && text[1] != '8') return false;
  return text.size() == 4 || text.size() <= 9;
}

Piece PartOf(const Piece& piece, std::size_t first, std::size_t last) {
  Piece out;
  const PieceWord& begin = piece.parts[first];
  const PieceWord& end = piece.parts[last - 1];
  out.text = piece.text.substr(begin.begin, end.end - begin.begin);
  out.baseline = piece.baseline;
  out.size = piece.size;
  out.box = piece.box;
  out.box.left = std::min(begin.left, end.left);
  out.box.right = std::max(begin.right, end.right);
  for (const char32_t sign : DecodeUtf8(out.text)) {
    if (sign == ' ') continue;
    ++out.signs;
    out.letters += IsLetter(sign) ? 1 : 0;
    out.right_to_left += IsRightToLeft(sign) ? 1 : 0;
  }
  out.words = static_cast<std::uint32_t>(last - first);
  const std::uint64_t all = std::max(piece.signs, 1U);
  out.bold =
      static_cast<std::uint32_t>(std::uint64_t{piece.bold} * out.signs / all);
  out.monospaced = static_cast<std::uint32_t>(std::uint64_t{piece.monospaced} *
                                              out.signs / all);
  for (std::size_t i = first; i < last; ++i) {
    out.parts.push_back(piece.parts[i]);
    out.parts.back().begin -= begin.begin;
    out.parts.back().end -= begin.begin;
  }
  return out;
}

}  // namespace cairn::pdf
