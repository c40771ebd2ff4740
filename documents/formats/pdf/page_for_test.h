// Pages for tests: lines of words at given places, without PDFium.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/page_words.h"
#include "documents/formats/pdf/reading_order.h"
#include "documents/formats/pdf/table_finder.h"
#include "documents/formats/pdf/table_text.h"

namespace cairn::pdf {

// Every sign is half as wide as the font is large.
class TestPage {
 public:
  static constexpr float kSize = 10;

  // Words parted by spaces, from `left` on the baseline `down`.
  TestPage& Text(float left, float down, const std::string& text,
                 bool arabic = false) {
    bool space = true;
    for (const char sign : text) {
      if (sign != ' ') {
        Glyph glyph;
        glyph.sign = static_cast<unsigned char>(sign);
        if (arabic) glyph.sign = 0x628 + glyph.sign % 16;
        glyph.box = {left, down - 0.8F * kSize, left + kSize / 2,
                     down + 0.2F * kSize};
        glyph.baseline = down;
        glyph.size = kSize;
        glyph.space_before = space;
        glyphs_.push_back(glyph);
      }
      space = sign == ' ';
      left += kSize / (sign == ' ' ? 4 : 2);
    }
    return *this;
  }
  // `cells` side by side, each at its place in `lefts`.
  TestPage& Row(float down, const std::vector<float>& lefts,
                const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].empty()) Text(lefts[i], down, cells[i]);
    }
    return *this;
  }
  TestPage& Across(float at, float from, float to) {
    rulings_.push_back({true, at, from, to});
    return *this;
  }
  TestPage& Down(float at, float from, float to) {
    rulings_.push_back({false, at, from, to});
    return *this;
  }
  // All lines of a grid.
  TestPage& Grid(const std::vector<float>& xs, const std::vector<float>& ys) {
    for (const float y : ys) Across(y, xs.front(), xs.back());
    for (const float x : xs) Down(x, ys.front(), ys.back());
    return *this;
  }

  std::vector<Line> Lines() const {
    std::uint32_t region = 0;
    std::vector<Line> lines = OrderLines(MakePieces(glyphs_), region);
    for (Line& line : lines) {
      line.page = 1;
      line.main = line.upright = true;
      line.page_height = 800;
    }
    return lines;
  }
  const std::vector<Ruling>& rulings() const { return rulings_; }
  PageTables Tables() const { return FindTables(Lines(), rulings_); }

 private:
  std::vector<Glyph> glyphs_;
  std::vector<Ruling> rulings_;
};

// "a,b{1x2};c" with spans of rows x columns; ";" where the row changes, "_" for
// places without a cell.
inline std::string Render(const PageTable& table) {
  std::string out;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  for (const PageCell& cell : table.cells) {
    for (; row < cell.row; ++row, column = 0) out += ';';
    for (; column < cell.column; ++column) out += column == 0 ? "_" : ",_";
    if (column > 0) out += ',';
    out += CellText(cell);
    if (cell.row_span > 1 || cell.column_span > 1) {
      out += "{" + std::to_string(cell.row_span) + "x" +
             std::to_string(cell.column_span) + "}";
    }
    column += cell.column_span;
  }
  return out;
}

inline std::string RenderAll(const PageTables& found) {
  std::string out;
  for (const PageTable& table : found.tables) {
    if (!out.empty()) out += " / ";
    out += Render(table);
  }
  return out;
}

}  // namespace cairn::pdf
