#include "documents/formats/pdf/picture_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "documents/formats/pdf/rulings.h"

namespace cairn::pdf {
namespace {

using ocr::PictureLine;
using ocr::PictureSign;
using ocr::PictureWord;

constexpr float kSameSize = 1.14F;  // Sizes that differ less are one.

// Words of one line of the engine.
using Words = std::span<const PictureWord>;

std::vector<Words> LinesOf(const std::vector<PictureWord>& words) {
  std::vector<Words> lines;
  for (std::size_t first = 0; first < words.size();) {
    std::size_t last = first + 1;
    while (last < words.size() && !words[last].begins_line) ++last;
    lines.push_back(Words(words).subspan(first, last - first));
    first = last;
  }
  return lines;
}

// The middle one of `value` over signs.
template <typename Value>
float Middle(Words words, const Value& value) {
  std::vector<float> values;
  for (const PictureWord& word : words) {
    values.insert(values.end(), word.signs.size(), value(word));
  }
  const auto middle =
      values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

float SizeOf(Words line) {
  return Middle(line, [](const PictureWord& word) {
    // The engine's size fails where it knew no line; ink tells something.
    const float ink = word.bottom - word.top;
    return word.size > 0.5F * ink && word.size < 4 * ink ? word.size
                                                         : 1.3F * ink;
  });
}

// Sizes by how much text has them; what is nearly as large as more frequent
// text is as large.
std::vector<float> EvenSizes(const std::vector<Words>& lines) {
  std::vector<float> sizes;
  std::vector<std::pair<std::size_t, float>> frequent;
  std::map<long, std::pair<std::size_t, float>> counts;
  for (const Words line : lines) {
    sizes.push_back(std::max(SizeOf(line), 1.0F));
    auto& [count, size] = counts[std::lround(sizes.back() * 4)];
    for (const PictureWord& word : line) count += word.signs.size();
    size = sizes.back();
  }
  for (const auto& [key, count] : counts) frequent.push_back(count);
  std::stable_sort(
      frequent.begin(), frequent.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<float> kept;
  std::map<long, float> even;
  for (const auto& entry : frequent) {
    const float size = entry.second;
    const auto near = std::find_if(kept.begin(), kept.end(), [&](float other) {
      return std::max(other, size) < kSameSize * std::min(other, size);
    });
    const float as = near == kept.end() ? size : *near;
    even[std::lround(size * 4)] = as;
    if (near == kept.end()) kept.push_back(size);
  }
  for (float& size : sizes) size = even[std::lround(size * 4)];
  return sizes;
}

bool MayBeBorder(char32_t sign) {
  return sign == '|' || sign == '[' || sign == ']' || sign == '_' ||
         sign == 0x2014 || sign == 0x2013 || sign == 0xa6;
}

// A border of a table that was read as a sign.
bool IsBorder(const PictureSign& sign, const PictureWord& word, float size,
              const std::vector<PictureLine>& lines) {
  if (!MayBeBorder(sign.sign)) return false;
  return std::any_of(lines.begin(), lines.end(), [&](const PictureLine& line) {
    if (line.horizontal) {
      return line.at > word.top - 0.2F * size &&
             line.at < word.bottom + 0.2F * size && line.from < sign.right &&
             line.to > sign.left && word.bottom - word.top < 0.4F * size;
    }
    return line.at > sign.left - 0.4F * size &&
           line.at < sign.right + 0.4F * size && line.from < word.baseline &&
           line.to > word.baseline - 0.5F * size;
  });
}

// The signs of a word without borders at its ends.
std::span<const PictureSign> Inside(const PictureWord& word, float size,
                                    const std::vector<PictureLine>& lines) {
  std::span<const PictureSign> signs(word.signs);
  while (!signs.empty() && IsBorder(signs.front(), word, size, lines)) {
    signs = signs.subspan(1);
  }
  while (!signs.empty() && IsBorder(signs.back(), word, size, lines)) {
    signs = signs.first(signs.size() - 1);
  }
  return signs;
}

// Engines know no bullets: they read them as letters or marks that are round.
// The ink of a bullet floats above the baseline and is small.
bool IsBullet(const PictureWord& word, float size) {
  if (!word.begins_line || word.signs.size() != 1) return false;
  switch (word.signs[0].sign) {
    case 0xae:  // The marks of trade and copyright, degree, cent, guillemets.
    case 0xa9:
    case 0xb0:
    case 0xa2:
    case 0xab:
    case 0xbb:
      return true;
    case 'e':
    case 'o':
    case 'O':
    case '*':
    case '+':
      return word.bottom < word.baseline - 0.06F * size &&
             word.bottom - word.top < 0.55F * size;
    default:
      return false;
  }
}

// Signs stand side by side, whatever boxes the engine gave them.
void AddGlyphs(std::span<const PictureSign> signs, const Glyph& like,
               float scale, std::vector<Glyph>& out) {
  float left = signs.front().left;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    float right = i + 1 < signs.size()
                      ? (signs[i].right + signs[i + 1].left) / 2
                      : signs[i].right;
    right = std::max(right, left);
    Glyph glyph = like;
    glyph.sign = signs[i].sign;
    glyph.box.left = left * scale;
    glyph.box.right = right * scale;
    glyph.space_before = i == 0;
    out.push_back(glyph);
    left = right;
  }
}

void AddLine(Words line, float size, float scale,
             const std::vector<PictureLine>& borders, std::vector<Glyph>& out) {
  const float baseline =
      Middle(line, [](const PictureWord& word) { return word.baseline; });
  for (const PictureWord& word : line) {
    const auto signs = Inside(word, size, borders);
    if (signs.empty()) continue;
    Glyph like;
    // A line that is bent keeps its words where they are.
    like.baseline = std::fabs(word.baseline - baseline) < 0.3F * size
                        ? baseline * scale
                        : word.baseline * scale;
    like.size = size * scale;
    like.box.top = like.baseline - 0.8F * like.size;
    like.box.bottom = like.baseline + 0.2F * like.size;
    like.font.bold = word.bold;
    const std::size_t first = out.size();
    AddGlyphs(signs, like, scale, out);
    if (IsBullet(word, size)) out[first].sign = 0x2022;
  }
}

// Around the middle of the turned picture, in pixels.
Rect Untilted(const ocr::Turned& turned, const Rect& box) {
  if (turned.radians == 0) return box;
  const float cosine = std::cos(turned.radians);
  const float sine = std::sin(turned.radians);
  const float middle_x = static_cast<float>(turned.width) / 2;
  const float middle_y = static_cast<float>(turned.height) / 2;
  Rect out{1e9F, 1e9F, -1e9F, -1e9F};
  for (const float x : {box.left - middle_x, box.right - middle_x}) {
    for (const float y : {box.top - middle_y, box.bottom - middle_y}) {
      // Clockwise turns lead from the picture to the turned one.
      const float u = x * cosine + y * sine + middle_x;
      const float v = y * cosine - x * sine + middle_y;
      out.Include({u, v, u, v});
    }
  }
  return out;
}

Rect Unturned(const ocr::Turned& turned, const Rect& box) {
  const auto width = static_cast<float>(turned.width);
  const auto height = static_cast<float>(turned.height);
  switch (turned.quarters) {
    case 1:
      return {box.top, width - box.right, box.bottom, width - box.left};
    case 2:
      return {width - box.right, height - box.bottom, width - box.left,
              height - box.top};
    case 3:
      return {height - box.bottom, box.left, height - box.top, box.right};
    default:
      return box;
  }
}

void PutBoxBack(const PagePlace& place, Box& box) {
  if (box.page != place.page) return;
  const float shrink = 1 / place.scale;
  const Rect pixels = Unturned(
      place.turned,
      Untilted(place.turned, {box.left * shrink, box.top * shrink,
                              box.right * shrink, box.bottom * shrink}));
  box.left = pixels.left * place.points;
  box.top = pixels.top * place.points;
  box.right = pixels.right * place.points;
  box.bottom = pixels.bottom * place.points;
}

}  // namespace

PageText ToPageText(const ocr::ReadPage& read, float scale) {
  PageText page;
  page.width = static_cast<float>(read.turned.width) * scale;
  page.height = static_cast<float>(read.turned.height) * scale;
  const std::vector<Words> lines = LinesOf(read.words);
  const std::vector<float> sizes = EvenSizes(lines);
  TextRun run;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    AddLine(lines[i], sizes[i], scale, read.lines, run.glyphs);
  }
  if (run.glyphs.empty()) return page;
  page.runs.push_back(std::move(run));
  for (const PictureLine& line : read.lines) {
    page.rulings.push_back({line.horizontal, line.at * scale, line.from * scale,
                            line.to * scale, false});
  }
  page.rulings = MergeRulings(std::move(page.rulings));
  return page;
}

float UsualSize(const ocr::ReadPage& read) {
  if (read.words.empty()) return 0;
  return SizeOf(read.words);
}

void PutBack(const PagePlace& place, ParsedDocument& document) {
  for (Block& block : document.blocks) {
    for (Box& box : block.boxes) PutBoxBack(place, box);
  }
  for (Table& table : document.tables) {
    for (Cell& cell : table.cells) {
      if (cell.box.has_value()) PutBoxBack(place, *cell.box);
    }
  }
}

}  // namespace cairn::pdf
