// TokenSpeller: the token that was meant by one with a slip in it.
//
// Place: GraphView asks it for words of a question that stand nowhere in the
// collection. One edit is an insertion, a deletion, a replacement or a swap of
// neighbours, counted in bytes.
// How: an edit leaves one half of a token as it was, so the tokens that begin
// or end like it are all that can be meant; the swap over the middle is looked
// up by itself. Cost: logarithmic, plus the tokens that share a half.
// Memory: the bytes of the tokens and 16 a token.
// Threads: immutable once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

class TokenSpeller {
 public:
  // Shorter ones are one edit from too many others.
  static constexpr std::size_t kBytesMin = 5;
  static constexpr std::size_t kBytesMax = 64;

  // Tokens in any order, each once, with the number of chunks that hold them;
  // those of other sizes, with digits or in no chunk are left out.
  void Add(std::string_view token, std::size_t chunks);
  // Once, after the last Add.
  void Finish();

  bool Has(std::string_view token) const;
  // The one that begins with the same letter, if any does, and is in the most
  // chunks; of equals the first by bytes. nullopt: none, or `token` is one.
  std::optional<std::string_view> Nearest(std::string_view token) const;

 private:
  struct Row {
    std::uint32_t begin = 0, size = 0, chunks = 0;
  };
  class Choice;

  std::string_view TokenOf(const Row& row) const {
    return std::string_view(bytes_).substr(row.begin, row.size);
  }
  const Row* Find(std::string_view token) const;
  void OfferBeginning(std::string_view beginning, Choice& choice) const;
  void OfferEnding(std::string_view ending, Choice& choice) const;

  std::string bytes_;
  std::vector<Row> rows_;              // By token.
  std::vector<std::uint32_t> by_end_;  // Of rows_, by the token from behind.
};

// True for tokens that one edit parts; equal ones are not.
bool OneEditApart(std::string_view a, std::string_view b);

}  // namespace cairn
