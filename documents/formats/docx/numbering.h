// DocxNumbering: the numbers that Word shows before list items and headings.
//
// Life cycle: one document; Next is asked in reading order, since each number
// follows from those before it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "documents/formats/package/xml.h"

namespace cairn {

class DocxNumbering {
 public:
  // `numbering`: the root of numbering.xml; false: there is none.
  explicit DocxNumbering(XmlNode numbering);

  // Counts one more item. "2.1." or "b)"; empty for bullets and for lists
  // whose items show nothing.
  std::string Next(int list, int level);

  // The level that a list gives to a style; -1: none.
  int LevelOfStyle(int list, std::string_view style) const;

 private:
  struct Level {
    std::string format = "decimal";
    std::string text;
    std::string style;
    int start = 1;
    bool plain_digits = false;  // All numbers in it are shown as digits.
  };
  using Levels = std::array<Level, 9>;
  struct List {
    int definition = -1;
    std::array<int, 9> starts{};  // 0 or more: overrides; -1: none.
    bool restarts = false;        // Overrides not yet applied.
  };
  struct Counter {
    std::array<int, 9> values{};
    std::array<bool, 9> begun{};
  };

  static Level ReadLevel(XmlNode node);
  std::string Label(const Levels& levels, const Counter& counter,
                    int level) const;

  std::unordered_map<int, Levels> definitions_;
  std::unordered_map<int, List> lists_;
  std::unordered_map<int, Counter> counters_;  // By definition.
};

}  // namespace cairn
