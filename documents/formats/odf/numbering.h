// OdfNumbering: the numbers before list items and headings of OpenDocument.
//
// Life cycle: one document; lists and headings are told in reading order, since
// each number follows from those before it. Levels beyond kOdfLevels count as
// the last one.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/formats/package/xml.h"

namespace cairn {

inline constexpr std::size_t kOdfLevels = 10;

class OdfNumbering {
 public:
  // `roots`: elements that hold office:styles or office:automatic-styles.
  explicit OdfNumbering(const std::vector<XmlNode>& roots);

  // A text:list, which may stand inside another one.
  void BeginList(XmlNode list);
  void EndList();
  // One more text:list-item of the innermost list, "2.1. " or "b) "; empty for
  // bullets, and outside of lists.
  std::string Next(XmlNode item);
  // The same of a text:h that stands in no list. `level`: from 1.
  std::string NextHeading(XmlNode heading, int level);

 private:
  struct Level {
    std::string format;  // "1", "a", "I"; empty: no number.
    std::string prefix, suffix;
    int start = 1;
    int shown = 1;  // How many levels the number tells.
  };
  using Levels = std::array<Level, kOdfLevels>;
  struct Counter {
    std::array<int, kOdfLevels> values{};
    std::array<bool, kOdfLevels> begun{};
  };

  static void ReadLevels(XmlNode style, Levels& levels);
  static std::string Count(const Levels& levels, XmlNode node,
                           std::size_t level, Counter& counter);

  std::unordered_map<std::string, Levels> styles_;
  Levels outline_;
  Counter headings_;
  std::vector<std::string> open_;  // Styles of the lists around this place.
  std::string id_;                 // Of the outermost one.
  Counter counter_;                // Of the outermost one and those in it.
  std::unordered_map<std::string, Counter> by_style_, by_id_;
};

}  // namespace cairn
