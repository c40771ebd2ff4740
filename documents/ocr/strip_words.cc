#include "documents/ocr/strip_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "documents/ocr/picture_lines.h"

namespace cairn::ocr {
namespace {

// In heights of the strip.
constexpr float kWideGap = 0.8F;    // Parts words where no space was read.
constexpr float kTightGap = 0.14F;  // Parts no capital from its word.
constexpr float kLetterGap = 0.1F;  // Within words.
constexpr float kSignReach = 1.2F;  // Ink this far from a sign is another's.
constexpr float kInkGap = 0.11F;    // Between parts of one sign or word.
// Rows where text is; beyond them borders and neighbours may leave ink.
constexpr float kBandTop = 0.15F, kBandBottom = 0.82F;
constexpr float kRowGap = 0.09F;  // As between an i and its dot.

// A line with this many spaces tells how wide they are; what is nearly as wide
// is one, read or not. Behind a point the network leaves out many.
constexpr std::size_t kSpacesEnough = 3;
constexpr float kSurelySpace = 0.75F, kSpaceBehindPoint = 0.6F;

// Heights of signs in sizes of the font.
constexpr float kTall = 0.69F, kSmall = 0.49F, kWide = 0.92F;

bool IsSpace(char32_t sign) { return sign == ' ' || sign == 0x3000; }

// Signs of Chinese, Japanese and Korean fill their line.
bool IsWide(char32_t sign) {
  return (sign >= 0x2e80 && sign < 0xa000) || (sign >= 0xac00 && sign < 0xd800);
}

bool IsIn(char32_t sign, std::string_view signs) {
  return sign < 0x80 &&
         signs.find(static_cast<char>(sign)) != std::string_view::npos;
}

// May have a gap between them where no space is.
bool StandApart(char32_t before, char32_t after) {
  constexpr std::string_view kOfNumber = "0123456789.,:";
  return (IsIn(before, kOfNumber) && IsIn(after, kOfNumber)) ||
         IsIn(before, "([{'\"") || IsIn(after, ")]}.,;:!?%'\"");
}

// How high a sign is that stands on the baseline; 0 when it does not or varies.
float HeightOf(char32_t sign) {
  if ((sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z')) {
    return sign == 'Q' || sign == 'J' ? 0.0F : kTall;
  }
  if (IsWide(sign)) return kWide;
  if (IsIn(sign, "bdhkl")) return kTall;
  return IsIn(sign, "acemnorsuvwxz") ? kSmall : 0.0F;
}

// Dark pixels of a strip, or light ones where dark is the ground; without the
// lines of a table or those that underline.
class Ink {
 public:
  explicit Ink(const Picture& strip)
      : width_(strip.width), height_(strip.height) {
    const std::uint8_t dark_below = DarkBelow(strip);
    std::size_t dark = 0;
    for (const std::uint8_t grey : strip.grey) {
      is_ink_.push_back(grey < dark_below);
      dark += is_ink_.back();
    }
    if (dark > is_ink_.size() / 2) is_ink_.flip();
    // Both before either is erased: letters that touch a line stay.
    std::vector<std::size_t> rules;
    const auto limit = [](float part, std::uint32_t side) {
      return static_cast<std::uint32_t>(part * static_cast<float>(side));
    };
    FindRules(height_, width_, width_, 1,
              std::min(limit(kRule, height_), limit(kWhole, width_)), rules);
    FindRules(width_, height_, 1, width_, limit(kWhole, height_), rules);
    for (const std::size_t at : rules) is_ink_[at] = false;
    for (std::uint32_t x = 0; x < width_; ++x) {
      std::size_t count = 0;
      for (std::uint32_t y = limit(kBandTop, height_);
           y < limit(kBandBottom, height_); ++y) {
        count += Is(x, y);
      }
      // One pixel is grain.
      has_ink_.push_back(count > 1);
    }
  }

  bool Is(std::uint32_t x, std::uint32_t y) const {
    return is_ink_[std::size_t{y} * width_ + x];
  }
  bool InColumn(std::uint32_t x) const { return has_ink_[x]; }

 private:
  // No stroke of a letter is as long, in heights of the strip; or in its whole
  // width or height, as letters leave margins.
  static constexpr float kRule = 1.5F, kWhole = 0.9F;

  // Runs of at least `least` pixels along rows (or columns) of the strip.
  void FindRules(std::uint32_t rows, std::uint32_t length, std::size_t stride,
                 std::size_t step, std::uint32_t least,
                 std::vector<std::size_t>& rules) const {
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::uint32_t from = 0, to = 0; from < length; from = to + 1) {
        to = from;
        while (to < length && is_ink_[row * stride + to * step]) ++to;
        if (to == from || to - from < least) continue;
        for (std::uint32_t i = from; i < to; ++i) {
          rules.push_back(row * stride + i * step);
        }
      }
    }
  }

  const std::uint32_t width_, height_;
  std::vector<bool> is_ink_;   // Row by row.
  std::vector<bool> has_ink_;  // By column.
};

struct Range {
  std::uint32_t from = 0, to = 0;
  std::uint32_t size() const { return to - from; }
};

float MiddleOf(std::vector<float> values) {
  const auto middle =
      values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class WordFinder {
 public:
  WordFinder(const Picture& strip, std::span<const DecodedSign> signs,
             float column)
      : ink_(strip),
        width_(strip.width),
        height_(strip.height),
        unit_(static_cast<float>(strip.height)) {
    bool spaced = false;
    for (const DecodedSign& sign : signs) {
      if (IsSpace(sign.sign)) {
        spaced = true;
        continue;
      }
      const float at = static_cast<float>(sign.from + sign.to) / 2 * column;
      signs_.push_back({sign, Bound(at), spaced});
      spaced = false;
    }
    FindGaps();
  }

  std::vector<PictureWord> Find() {
    for (std::size_t first = 0; first < signs_.size();) {
      std::size_t last = first + 1;
      while (last < signs_.size() && !Parts(last)) ++last;
      Add(first, last);
      first = last;
    }
    PutOnBaseline();
    return std::move(words_);
  }

 private:
  struct Sign {
    DecodedSign decoded;
    std::uint32_t at = 0;  // Its middle.
    bool spaced = false;   // A space was read before it.
    Range gap;             // Before it: the widest stretch without ink.
  };

  std::uint32_t Bound(float x) const {
    return static_cast<std::uint32_t>(
        std::clamp(x, 0.0F, static_cast<float>(width_ - 1)));
  }
  void FindGaps();
  Range GapBefore(std::size_t i) const;
  bool Parts(std::size_t i) const;
  std::uint32_t Walk(std::uint32_t from, std::uint32_t limit) const;
  Range RowsOf(Range columns, Range rows) const;
  void Add(std::size_t first, std::size_t last);
  void Measure(const Sign& sign, Range columns, Range rows);
  void PutOnBaseline();

  const Ink ink_;
  const std::uint32_t width_, height_;
  const float unit_;
  std::vector<Sign> signs_;
  float space_ = 0;  // Usual width of spaces; 0: the line does not tell.
  std::vector<PictureWord> words_;
  std::vector<float> bottoms_, sizes_;  // Of signs that tell.
};

Range WordFinder::GapBefore(std::size_t i) const {
  const std::uint32_t from = signs_[i - 1].at;
  const std::uint32_t to = std::max(signs_[i].at, from);
  Range best{(from + to) / 2, (from + to) / 2};
  for (std::uint32_t x = from; x < to;) {
    if (ink_.InColumn(x)) {
      ++x;
      continue;
    }
    Range gap{x, x};
    while (gap.to < to && !ink_.InColumn(gap.to)) ++gap.to;
    if (gap.size() > best.size()) best = gap;
    x = gap.to;
  }
  return best;
}

void WordFinder::FindGaps() {
  std::vector<float> spaces;
  for (std::size_t i = 1; i < signs_.size(); ++i) {
    signs_[i].gap = GapBefore(i);
    if (signs_[i].spaced) {
      spaces.push_back(static_cast<float>(signs_[i].gap.size()));
    }
  }
  if (spaces.size() >= kSpacesEnough) space_ = MiddleOf(std::move(spaces));
}

bool WordFinder::Parts(std::size_t i) const {
  const auto gap = static_cast<float>(signs_[i].gap.size());
  if (gap > kWideGap * unit_) return true;
  const char32_t before = signs_[i - 1].decoded.sign;
  const char32_t after = signs_[i].decoded.sign;
  if (signs_[i].spaced) {
    // The network reads spaces behind capitals that stand wide.
    const bool alone = i == 1 || signs_[i - 1].spaced;
    return !(alone && before >= 'A' && before <= 'Z' && after >= 'a' &&
             after <= 'z' && gap < kTightGap * unit_);
  }
  const float wide = IsIn(before, ",.;:!?)") ? kSpaceBehindPoint : kSurelySpace;
  return gap > kLetterGap * unit_ && space_ > 0 && gap > wide * space_ &&
         !StandApart(before, after);
}

// The edge of the ink that goes on from a sign towards `limit`; edges lie
// between pixels.
std::uint32_t WordFinder::Walk(std::uint32_t from, std::uint32_t limit) const {
  const bool rightwards = limit > from;
  const std::uint32_t far =
      std::min(rightwards ? limit - from : from - limit,
               static_cast<std::uint32_t>(kSignReach * unit_));
  const auto gap_max = static_cast<std::uint32_t>(kInkGap * unit_);
  std::uint32_t edge = 0;  // Pixels away.
  for (std::uint32_t step = 0; step < far; ++step) {
    const std::uint32_t x = rightwards ? from + step : from - 1 - step;
    if (ink_.InColumn(x)) {
      edge = step + 1;
    } else if (step - edge >= (edge == 0 ? 2 * gap_max : gap_max)) {
      break;
    }
  }
  return rightwards ? from + edge : from - edge;
}

// From the row with most ink, in the middle where there is some, up and down as
// far as ink goes on.
Range WordFinder::RowsOf(Range columns, Range rows) const {
  std::vector<std::uint32_t> counts(height_, 0);
  for (std::uint32_t y = rows.from; y < rows.to; ++y) {
    for (std::uint32_t x = columns.from; x < columns.to; ++x) {
      counts[y] += ink_.Is(x, y);
    }
  }
  const auto most_of = [&](std::uint32_t from, std::uint32_t to) {
    const auto first = counts.begin();
    return static_cast<std::uint32_t>(
        std::max_element(first + from, first + std::max(to, from + 1)) - first);
  };
  std::uint32_t most = most_of(height_ / 4, height_ - height_ / 4);
  if (counts[most] == 0) most = most_of(0, height_);
  if (counts[most] == 0) return rows;
  const auto gap_max = static_cast<std::uint32_t>(kRowGap * unit_);
  Range out{most, most + 1};
  for (std::uint32_t y = most; y-- > rows.from && out.from - y <= gap_max;) {
    if (counts[y] > 0) out.from = y;
  }
  for (std::uint32_t y = most + 1; y < rows.to && y - out.to < gap_max; ++y) {
    if (counts[y] > 0) out.to = y + 1;
  }
  return out;
}

// Signs `first` to `last` (excluded) are a word.
void WordFinder::Add(std::size_t first, std::size_t last) {
  const Range columns{
      Walk(signs_[first].at, first == 0 ? 0 : signs_[first].gap.to),
      Walk(signs_[last - 1].at,
           last == signs_.size() ? width_ : signs_[last].gap.from)};
  PictureWord word;
  word.begins_line = words_.empty();
  word.left = static_cast<float>(columns.from);
  word.right = static_cast<float>(std::max(columns.to, columns.from + 1));
  const Range rows = RowsOf(columns, {0, height_});
  word.top = static_cast<float>(rows.from);
  word.bottom = static_cast<float>(rows.to);
  Range part = columns;
  float sum = 0;
  for (std::size_t i = first; i < last; ++i) {
    const Sign& sign = signs_[i];
    part.to = columns.to;
    if (i + 1 < last) {
      part.to = std::clamp((sign.at + signs_[i + 1].at + 1) / 2, part.from,
                           std::max(columns.to, part.from));
    }
    word.signs.push_back({sign.decoded.sign, static_cast<float>(part.from),
                          static_cast<float>(std::max(part.to, part.from))});
    sum += sign.decoded.probability;
    Measure(sign, part, rows);
    part.from = part.to;
  }
  word.confidence = 100 * sum / static_cast<float>(word.signs.size());
  words_.push_back(std::move(word));
}

void WordFinder::Measure(const Sign& sign, Range columns, Range rows) {
  const float height = HeightOf(sign.decoded.sign);
  if (height == 0 || columns.to <= columns.from) return;
  const Range own = RowsOf(columns, rows);
  bottoms_.push_back(static_cast<float>(own.to));
  sizes_.push_back(static_cast<float>(own.size()) / height);
}

// All words of a line stand on one line and have one size.
void WordFinder::PutOnBaseline() {
  for (PictureWord& word : words_) {
    word.baseline = bottoms_.empty() ? word.bottom : MiddleOf(bottoms_);
    word.size =
        sizes_.empty() ? 1.3F * (word.bottom - word.top) : MiddleOf(sizes_);
  }
}

}  // namespace

std::vector<PictureWord> WordsOfStrip(const Picture& strip,
                                      std::span<const DecodedSign> signs,
                                      float column) {
  if (strip.width == 0 || strip.height == 0 || signs.empty()) return {};
  return WordFinder(strip, signs, column).Find();
}

}  // namespace cairn::ocr
