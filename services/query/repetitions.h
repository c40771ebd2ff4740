// Repetitions: texts that say nothing that an earlier one did not say.
//
// A text repeats another one when their folded words are the same, or when
//   - at least kContained of its shingles (runs of kShingleWords folded words)
//     stand in the other (containment, Broder 1997), and
//   - every word of it that stands out (a capital, a digit, a script without
//     capitals) stands in the other too: pages of one template that differ in a
//     name or a number are not repetitions.
// The other way round does not count: a text that says more is kept.
// Place: Selection asks it for every hit, best first.
// Cost: a shingle is looked up by its hash; a text is compared with those that
// share a shingle only.
// Threads: one object belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cairn {

class Repetitions {
 public:
  static constexpr std::size_t kShingleWords = 4;
  static constexpr double kContained = 0.9;

  // Whether `text` repeats one that was added. A text without words repeats
  // its own bytes only.
  bool Repeats(std::string_view text) const;
  // Later texts are compared with it.
  void Add(std::string_view text);

 private:
  // Hashes of what counts in a text.
  struct Content {
    std::uint64_t whole = 0;              // All words, in order.
    std::vector<std::uint64_t> shingles;  // Each once; none in short texts.
    std::vector<std::uint64_t> standing_out;
    std::vector<std::uint64_t> words;
  };
  static Content Read(std::string_view text);

  std::unordered_set<std::uint64_t> wholes_;
  // By text, in the order of adding.
  std::vector<std::unordered_set<std::uint64_t>> words_;
  // Texts that have a shingle.
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> holders_;
};

}  // namespace cairn
