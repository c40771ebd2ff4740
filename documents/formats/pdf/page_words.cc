#include "documents/formats/pdf/page_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace cairn::pdf {
namespace {

// All in parts of the font size.
constexpr float kWordGap = 0.30F;  // More parts words without a space.
constexpr float kPieceGap = 1.0F;  // More parts pieces.
constexpr float kSameBaseline = 0.25F;
constexpr float kOverstrike = 0.15F;  // Offset of text drawn twice.
constexpr char32_t kTatweel = 0x640;
constexpr float kScript = 0.4F;  // Of the base; smaller is no script.
constexpr std::size_t kLeaderDots = 5;

struct Word {
  std::string text;
  Rect box;
  float baseline = 0, size = 0;
  std::uint32_t signs = 0, letters = 0;
  std::uint32_t bold = 0, monospaced = 0, right_to_left = 0;
  char32_t first = 0, last = 0;
  std::size_t first_glyph = 0;  // The word is `signs` glyphs from there on.
};

void AddGlyph(Word& word, const Glyph& glyph) {
  if (word.signs == 0) {
    word.box = glyph.box;
    word.baseline = glyph.baseline;
    word.size = glyph.size;
    word.first = glyph.sign;
  } else {
    word.box.Include(glyph.box);
    // A raised sign belongs to its word but does not move it.
    if (glyph.size > word.size) {
      word.size = glyph.size;
      word.baseline = glyph.baseline;
    }
  }
  // What only stretches Arabic words is no letter.
  if (glyph.sign != kTatweel) AppendSign(word.text, glyph.sign);
  word.last = glyph.sign;
  ++word.signs;
  word.letters += IsLetter(glyph.sign) ? 1 : 0;
  word.bold += glyph.font.bold ? 1 : 0;
  word.monospaced += glyph.font.monospaced ? 1 : 0;
  word.right_to_left += IsRightToLeft(glyph.sign) ? 1 : 0;
}

bool BeginsWord(const Glyph& last, const Glyph& next) {
  const float size = std::max(last.size, next.size);
  const bool leftward = IsRightToLeft(last.sign) || IsRightToLeft(next.sign);
  const float gap = leftward ? std::max(last.box.left - next.box.right,
                                        next.box.left - last.box.right)
                             : next.box.left - last.box.right;
  const float step = std::fabs(next.baseline - last.baseline);
  if (next.space_before) return true;
  // The letters of one ligature share a box.
  if (std::fabs(next.box.left - last.box.left) < 0.02F * size &&
      std::fabs(next.box.right - last.box.right) < 0.02F * size && step == 0) {
    return false;
  }
  if (step > kSameBaseline * size) {
    // Raised or lowered signs of a smaller font right beside their word.
    const bool script = step < 0.6F * size &&
                        std::min(last.size, next.size) < 0.85F * size &&
                        std::min(last.size, next.size) > kScript * size &&
                        std::fabs(gap) < kOverstrike * size;
    return !script;
  }
  return gap > kWordGap * size || gap < -0.6F * size;
}

// The combining form of an accent that is drawn as a sign of its own; 0: none.
char32_t Combining(char32_t sign) {
  switch (sign) {
    case 0x60:
      return 0x300;
    case 0xb4:
      return 0x301;
    case 0x2c6:
      return 0x302;
    case 0x2dc:
      return 0x303;
    case 0xa8:
      return 0x308;
    case 0x2da:
      return 0x30a;
    case 0x2c7:
      return 0x30c;
    case 0xb8:
      return 0x327;
    default:
      return 0;
  }
}

// TeX draws an accent, then the letter in the same place.
bool IsAccentOf(const Glyph& accent, const Glyph& letter) {
  const float shift = (accent.box.left + accent.box.right - letter.box.left -
                       letter.box.right) /
                      2;
  return Combining(accent.sign) != 0 && IsLetter(letter.sign) &&
         !letter.space_before && std::fabs(shift) < 0.3F * letter.size &&
         std::fabs(accent.baseline - letter.baseline) < 0.5F * letter.size;
}

// Raised and lowered small words right beside larger ones stand on their line.
void SettleScripts(std::vector<Word>& words) {
  const auto settle = [](Word& word, const Word& beside, float gap) {
    // Much smaller words stand beside an initial that is several lines high.
    const bool script =
        word.size < 0.85F * beside.size && word.size > kScript * beside.size &&
        gap < 0.7F * beside.size && gap > -0.3F * beside.size &&
        std::fabs(word.baseline - beside.baseline) < 0.6F * beside.size;
    if (script) word.baseline = beside.baseline;
    return script;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    Word& word = words[i];
    // The base may be a few scripts away: "x" of "x i j".
    const std::size_t reach = std::min<std::size_t>(i, 3);
    bool settled = false;
    for (std::size_t back = 1; back <= reach && !settled; ++back) {
      const Word& beside = words[i - back];
      settled = settle(word, beside, word.box.left - words[i - 1].box.right);
    }
    if (!settled && i + 1 < words.size()) {
      settle(word, words[i + 1], words[i + 1].box.left - word.box.right);
    }
  }
}

// Runs of dots are words of their own, so that they are known as leaders.
void PartLeaders(std::vector<Glyph>& glyphs) {
  for (std::size_t first = 0; first < glyphs.size();) {
    std::size_t end = first;
    while (end < glyphs.size() && glyphs[end].sign == '.') ++end;
    if (end - first >= kLeaderDots) {
      glyphs[first].space_before = true;
      if (end < glyphs.size()) glyphs[end].space_before = true;
    }
    first = std::max(end, first + 1);
  }
}

// The two letters of the ligature lam-alef share a box; lines that were turned
// from right to left have them in the wrong order. There is no ligature of alef
// and lam.
void MendLamAlef(std::vector<Glyph>& glyphs) {
  constexpr char32_t kLam = 0x644;
  for (std::size_t i = 0; i + 1 < glyphs.size(); ++i) {
    Glyph& first = glyphs[i];
    Glyph& second = glyphs[i + 1];
    const bool alef = first.sign == 0x627 || first.sign == 0x622 ||
                      first.sign == 0x623 || first.sign == 0x625;
    if (alef && second.sign == kLam && !second.space_before &&
        std::fabs(first.box.left - second.box.left) < 0.02F * first.size &&
        std::fabs(first.box.right - second.box.right) < 0.02F * first.size) {
      std::swap(first.sign, second.sign);
    }
  }
}

std::vector<Word> MakeWords(std::vector<Glyph>& glyphs) {
  PartLeaders(glyphs);
  MendLamAlef(glyphs);
  for (std::size_t i = 0; i + 1 < glyphs.size(); ++i) {
    if (!IsAccentOf(glyphs[i], glyphs[i + 1])) continue;
    const char32_t accent = Combining(glyphs[i].sign);
    const bool space = glyphs[i].space_before;
    glyphs[i] = glyphs[i + 1];
    glyphs[i].space_before = space;
    glyphs[i + 1].sign = accent;
    ++i;
  }
  std::vector<Word> words;
  const Glyph* last = nullptr;
  for (const Glyph& glyph : glyphs) {
    if (last == nullptr || BeginsWord(*last, glyph)) {
      words.emplace_back();
      words.back().first_glyph =
          static_cast<std::size_t>(&glyph - glyphs.data());
    }
    AddGlyph(words.back(), glyph);
    last = &glyph;
  }
  std::erase_if(words, [](const Word& word) { return word.text.empty(); });
  return words;
}

// An initial several lines high belongs to the word at its top.
void TakeInitials(std::vector<Word>& words) {
  std::vector<Word> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& initial = words[i];
    if (i + 1 < words.size() && initial.signs == 1 && initial.letters == 1) {
      Word& rest = words[i + 1];
      const float gap = rest.box.left - initial.box.right;
      if (rest.size < kScript * initial.size &&
          rest.baseline < initial.baseline - 0.8F * rest.size &&
          rest.baseline > initial.baseline - initial.size &&
          std::fabs(gap) < rest.size) {
        rest.text = initial.text + rest.text;
        rest.first = initial.first;
        rest.first_glyph = initial.first_glyph;
        ++rest.signs;
        ++rest.letters;
        continue;
      }
    }
    kept.push_back(std::move(words[i]));
  }
  words = std::move(kept);
}

bool IsOverstrike(const Word& below, const Word& above) {
  return below.text == above.text &&
         std::fabs(below.box.left - above.box.left) <
             kOverstrike * above.size &&
         std::fabs(below.box.right - above.box.right) <
             kOverstrike * above.size;
}

// By left edge, signs drawn twice once; spaces are forgotten.
void SortByPlace(std::vector<Glyph>& glyphs) {
  std::stable_sort(
      glyphs.begin(), glyphs.end(),
      [](const Glyph& a, const Glyph& b) { return a.box.left < b.box.left; });
  std::vector<Glyph> kept;
  for (Glyph& glyph : glyphs) {
    glyph.space_before = false;
    const bool twice = std::any_of(
        kept.rbegin(),
        kept.rbegin() + std::min<std::ptrdiff_t>(3, std::ssize(kept)),
        [&](const Glyph& other) {
          return other.sign == glyph.sign &&
                 glyph.box.left - other.box.left < kOverstrike * glyph.size;
        });
    if (!twice) kept.push_back(glyph);
  }
  glyphs = std::move(kept);
}

// Some writers draw a word in portions that lie inside each other ("19" and
// the "." of "1.9"). Such words are taken apart and put together by place.
// `words` stand on one baseline, by left edge.
std::vector<Word> Untangle(std::vector<Word> words,
                           const std::vector<Glyph>& glyphs) {
  const auto tangled = [](const Word& a, const Word& b) {
    const float inside = std::min(a.box.right, b.box.right) - b.box.left;
    return inside > 0.12F * b.size && !IsOverstrike(a, b) &&
           a.right_to_left + b.right_to_left == 0;
  };
  std::vector<Word> out;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i + 1;
    while (end < words.size() && tangled(words[end - 1], words[end])) ++end;
    if (end == i + 1) {
      out.push_back(std::move(words[i++]));
      continue;
    }
    std::vector<Glyph> loose;
    for (; i < end; ++i) {
      const auto first =
          glyphs.begin() + static_cast<std::ptrdiff_t>(words[i].first_glyph);
      loose.insert(loose.end(), first, first + words[i].signs);
    }
    SortByPlace(loose);
    for (Word& word : MakeWords(loose)) out.push_back(std::move(word));
  }
  return out;
}

// Calls take(words of one baseline, by left edge) from top to bottom.
template <typename Take>
void ForEachBaseline(std::vector<Word>& words, const Take& take) {
  std::stable_sort(
      words.begin(), words.end(),
      [](const Word& a, const Word& b) { return a.baseline < b.baseline; });
  for (std::size_t first = 0; first < words.size();) {
    std::size_t last = first + 1;
    const float reach =
        words[first].baseline + kSameBaseline * words[first].size;
    while (last < words.size() && words[last].baseline <= reach) ++last;
    std::vector<Word> row(
        std::make_move_iterator(words.begin() +
                                static_cast<std::ptrdiff_t>(first)),
        std::make_move_iterator(words.begin() +
                                static_cast<std::ptrdiff_t>(last)));
    std::stable_sort(row.begin(), row.end(), [](const Word& a, const Word& b) {
      return a.box.left < b.box.left;
    });
    take(std::move(row));
    first = last;
  }
}

bool PartsPieces(const Word& last, const Word& next) {
  const float size = std::max(last.size, next.size);
  const float ratio = std::min(last.size, next.size) / size;
  const float gap = next.box.left - last.box.right;
  // Different sizes that stand apart are different things.
  return gap > kPieceGap * size || (ratio < 0.6F && gap > 0.5F * size) ||
         gap < -2.0F * size;
}

// The first and last characters of neighbours touch without a space in scripts
// that have none.
bool Joined(const Word& last, const Word& next) {
  return IsIdeograph(last.last) && IsIdeograph(next.first) &&
         next.box.left - last.box.right < 0.5F * next.size;
}

bool IsDots(const Word& word) {
  return word.text.find_first_not_of('.') == std::string::npos;
}

// How many words from `first` on are one leader, "Scope . . . . . . 3" or
// "Scope......3"; 0: none.
std::size_t LeaderWords(const std::vector<const Word*>& reading,
                        std::size_t first) {
  std::size_t end = first;
  std::size_t dots = 0;
  while (end < reading.size() && IsDots(*reading[end])) {
    dots += reading[end++]->text.size();
  }
  return dots >= kLeaderDots ? end - first : 0;
}

void AddWord(Piece& piece, const Word& word, std::string_view text) {
  PieceWord part;
  part.left = word.box.left;
  part.right = word.box.right;
  part.begin = static_cast<std::uint32_t>(piece.text.size());
  piece.text += text;
  part.end = static_cast<std::uint32_t>(piece.text.size());
  piece.parts.push_back(part);
}

// `reading` is in reading order.
Piece ToPiece(const std::vector<const Word*>& reading) {
  Piece piece;
  std::uint32_t most = 0;
  std::size_t leader = 0;
  piece.box = reading.front()->box;
  piece.parts.reserve(reading.size());
  for (std::size_t i = 0; i < reading.size(); ++i) {
    const Word& word = *reading[i];
    const bool led = leader > 0;
    if (leader == 0) leader = LeaderWords(reading, i);
    if (leader > 0 && led) {
      piece.parts.back().left =
          std::min(piece.parts.back().left, word.box.left);
      piece.parts.back().right =
          std::max(piece.parts.back().right, word.box.right);
    } else {
      const std::string_view text = word.text;
      if (i > 0 && !Joined(*reading[i - 1], word)) piece.text += ' ';
      AddWord(piece, word, leader > 0 ? "..." : text);
      piece.parts.back().leader = leader > 0;
    }
    if (leader > 0) --leader;
    piece.box.Include(word.box);
    if (word.signs > most) {
      most = word.signs;
      piece.baseline = word.baseline;
      piece.size = word.size;
    }
    piece.signs += word.signs;
    piece.letters += word.letters;
    piece.bold += word.bold;
    piece.monospaced += word.monospaced;
    piece.right_to_left += word.right_to_left;
    ++piece.words;
  }
  return piece;
}

// In right-to-left text words run leftward, but runs of numbers and Latin words
// inside it rightward.
void PutRightToLeft(std::vector<const Word*>& words) {
  std::reverse(words.begin(), words.end());
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i;
    while (end < words.size() && words[end]->right_to_left == 0 &&
           words[end]->letters > 0) {
      ++end;
    }
    std::reverse(words.begin() + static_cast<std::ptrdiff_t>(i),
                 words.begin() + static_cast<std::ptrdiff_t>(end));
    i = std::max(end, i + 1);
  }
}

Piece PieceOf(std::vector<const Word*>& words) {
  std::uint32_t letters = 0;
  std::uint32_t right_to_left = 0;
  for (const Word* word : words) {
    letters += word->letters;
    right_to_left += word->right_to_left;
  }
  if (right_to_left * 2 > letters) PutRightToLeft(words);
  return ToPiece(words);
}

}  // namespace

std::vector<Piece> MakePieces(std::vector<Glyph> glyphs) {
  std::vector<Word> words = MakeWords(glyphs);
  TakeInitials(words);
  SettleScripts(words);
  std::vector<Piece> pieces;
  ForEachBaseline(words, [&](std::vector<Word> tangled) {
    const std::vector<Word> row = Untangle(std::move(tangled), glyphs);
    std::vector<const Word*> open;
    for (const Word& word : row) {
      if (!open.empty()) {
        if (IsOverstrike(*open.back(), word)) continue;
        if (PartsPieces(*open.back(), word)) {
          pieces.push_back(PieceOf(open));
          open.clear();
        }
      }
      open.push_back(&word);
    }
    if (!open.empty()) pieces.push_back(PieceOf(open));
  });
  return pieces;
}

}  // namespace cairn::pdf
