// BertUnicode: what BERT's uncased normaliser does with a code point.
//
// Place: WordPieceTokenizer asks it for every sign that is not ASCII.
// The reference works on whole strings: clean, space out ideographs, NFD, drop
// marks, lower case, split. All of it can be told sign by sign, but for the
// order of marks, and marks are dropped.
// Threads: safe after Get(); immutable.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cairn {

enum class SignKind : std::uint8_t {
  kLetter,       // Part of a word, as it is.
  kSpace,        // Ends a word.
  kRemoved,      // As if it were not there; does not end a word.
  kPunctuation,  // A word of its own.
  kIdeograph,    // A word of its own, after Map.
  kMapped,       // Becomes what Map says; ask the kind of each.
};

// One to three signs.
struct MappedSigns {
  std::array<char32_t, 3> signs = {};
  std::size_t size = 0;
};

class BertUnicode {
 public:
  // The one table; made at the first call.
  static const BertUnicode& Get();

  SignKind KindOf(char32_t sign) const {
    return sign < kTableSize ? kinds_[sign] : KindOfRare(sign);
  }
  // Decomposed, without marks, in lower case; the sign itself when nothing
  // changes. Never a sign that is kRemoved, kSpace or kMapped.
  MappedSigns Map(char32_t sign) const;

 private:
  // Planes 0 and 1; above stand ideographs and little else.
  static constexpr std::size_t kTableSize = 0x20000;

  BertUnicode();
  static SignKind KindOfRare(char32_t sign);

  std::vector<SignKind> kinds_;
};

}  // namespace cairn
