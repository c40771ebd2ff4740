// The words of a page as tables see them: items, and rows of items.
//
// An item is a run of words that no column border parts: narrower gaps than
// those between pieces end it, since columns of numbers stand close together.
// Leaders ("Total ..... 7") are gaps. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "documents/formats/pdf/page_text.h"

namespace cairn::pdf {

struct Item {
  Rect box;
  float baseline = 0, size = 0;
  std::string text;
  bool value = false;  // A number, an amount, a dash for "none".
  bool bold = false;
  bool turned = false;  // Against the page's main direction.
  // Parts [first, last) of `source`, which is pieces[piece] of lines[line].
  const Piece* source = nullptr;
  std::uint32_t line = 0, piece = 0, first = 0, last = 0;

  float middle() const { return (box.left + box.right) / 2; }
};

// Items on one baseline, by left edge.
struct TextRow {
  float baseline = 0, size = 0;
  Rect box;
  std::vector<Item> items;

  float middle() const { return baseline - 0.3F * size; }
};

// Which words of the lines of a page belong to tables already.
class UsedWords {
 public:
  explicit UsedWords(const std::vector<Line>& lines);
  bool Has(std::size_t line, std::size_t piece, std::size_t part) const {
    return used_[starts_[line][piece] + part];
  }
  void Add(const Item& item);
  bool any() const { return any_; }

 private:
  std::vector<std::vector<std::size_t>> starts_;  // By line and piece.
  std::vector<bool> used_;
  bool any_ = false;
};

// Items of the upright lines [first, last) that stand `within`; `used` words
// are left out. `borders` are vertical rulings by `at`: words on different
// sides are apart.
std::vector<TextRow> MakeTextRows(const std::vector<Line>& lines,
                                  const UsedWords& used, const Rect& within,
                                  const std::vector<Ruling>& borders,
                                  std::size_t first = 0,
                                  std::size_t last = SIZE_MAX);

// Rows of the upright lines and of those that are turned: heads of narrow
// columns are often written upwards. A turned piece is one item at the foot of
// its box.
std::vector<TextRow> MakeTurnedRows(const std::vector<Line>& lines,
                                    const UsedWords& used, const Rect& within,
                                    const std::vector<Ruling>& borders);

// Words [first, last) of `source` as an item.
Item MakeItem(const Piece& source, std::uint32_t line, std::uint32_t piece,
              std::uint32_t first, std::uint32_t last);

// "12.5", "1 234", "-", "n.a.", "$ 7", "38 %".
bool IsValue(const std::string& text);
// "1996", "2008-09".
bool IsYear(const std::string& text);

// Parts [first, last) of a piece as a piece of its own.
Piece PartOf(const Piece& piece, std::size_t first, std::size_t last);

}  // namespace cairn::pdf
