// DocListNumbers: the numbers that Word shows before list items and headings.
//
// Life cycle: one document; Next is asked in reading order, since each number
// follows from those before it. Threads: none. Limits: kDocListsMax lists.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/formats/doc/fib.h"

namespace cairn {

inline constexpr std::size_t kDocListsMax = 20'000;

class DocListNumbers {
 public:
  DocListNumbers(std::string_view table, const Fib& fib);

  // Counts one more item. `list` from 1, as paragraphs name it. "2.1." or
  // "b)"; empty for bullets and for lists whose items show nothing.
  std::string Next(int list, int level);

 private:
  struct Level {
    int start = 1;
    int format = 0;             // [MS-OSHARED 2.2.1.3]
    bool plain_digits = false;  // All numbers in it are shown as digits.
    std::u16string text;        // Units below 9 stand for numbers of levels.
  };
  using Levels = std::array<Level, 9>;
  struct List {
    int definition = 0;         // Id of its levels.
    std::array<int, 9> starts;  // 0 or more: overrides; -1: none.
    bool restarts = false;      // Overrides not yet applied.
  };
  struct Counter {
    std::array<int, 9> values{};
    std::array<bool, 9> begun{};
  };

  void ReadDefinitions(std::string_view table, const DocPart& part);
  void ReadUses(std::string_view table, const DocPart& part);
  static Level ReadLevel(std::string_view table, std::size_t& at);
  static std::string Label(const Levels& levels, const Counter& counter,
                           std::size_t level);

  std::unordered_map<int, Levels> definitions_;
  std::vector<List> lists_;
  std::unordered_map<int, Counter> counters_;  // By definition.
};

}  // namespace cairn
