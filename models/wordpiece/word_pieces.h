// WordPieces: one normalised word to the ids of its pieces.
//
// Place: the vocabulary of WordPieceTokenizer. A word is cut greedily: the
// longest piece of the vocabulary that starts it, then the longest "##" piece
// that goes on; when a rest has none, the whole word is one unknown.
// Speed: flat open-addressing tables under one rolling hash, so that a word
// hashed while it was read needs a single probe when it is in the vocabulary;
// cut words are remembered in a small table of each thread.
// Threads: Split is safe; Add only before the first Split.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

// Rolling: the hash of a word grows with each byte.
class WordHash {
 public:
  void Append(char byte) {
    state_ = (state_ ^ static_cast<unsigned char>(byte)) * 0x9e3779b97f4a7c15u;
    state_ ^= state_ >> 29;
  }
  std::uint64_t value() const { return state_; }

  static std::uint64_t Of(std::string_view bytes) {
    WordHash hash;
    for (const char byte : bytes) hash.Append(byte);
    return hash.value();
  }

 private:
  std::uint64_t state_ = 0x6361697265u;
};

// Strings to ids, without deletion.
class PieceTable {
 public:
  // `pieces`: how many will be added.
  void Reserve(std::size_t pieces);
  // False when the piece is there already.
  bool Add(std::string_view piece, std::int32_t id);
  // -1 when absent. `hash` is WordHash::Of(piece).
  std::int32_t Find(std::string_view piece, std::uint64_t hash) const;
  std::size_t longest() const { return longest_; }

 private:
  struct Slot {
    std::uint32_t check = 0;  // Of the hash: saves most comparisons.
    std::int32_t id = -1;     // -1: free.
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };

  std::vector<Slot> slots_;  // A power of two, at most half full.
  std::string bytes_;
  std::size_t longest_ = 0;
};

class WordPieces {
 public:
  static constexpr std::size_t kWordSignsMax = 100;
  static constexpr std::size_t kWordBytesMax = 4 * kWordSignsMax;

  // Room for the pieces of one word: no more than it has signs.
  using Buffer = std::array<std::int32_t, kWordSignsMax>;

  explicit WordPieces(std::size_t pieces);
  // `piece` as in the vocabulary, "##" included. False: it is there already.
  bool Add(std::string_view piece, std::int32_t id);
  void set_unknown(std::int32_t id) { unknown_ = id; }
  std::int32_t unknown() const { return unknown_; }
  // -1 when absent.
  std::int32_t Find(std::string_view piece) const;

  // Writes the ids, at least one; returns how many. `word` is not empty, has
  // at most kWordSignsMax signs, and `hash` is WordHash::Of(word).
  std::size_t Split(std::string_view word, std::uint64_t hash,
                    Buffer& ids) const;

 private:
  std::size_t SplitGreedily(std::string_view word, Buffer& ids) const;

  const std::uint64_t identity_;  // Tells apart the words that threads keep.
  PieceTable starts_;
  PieceTable continuations_;  // Without their "##".
  std::int32_t unknown_ = -1;
};

}  // namespace cairn
