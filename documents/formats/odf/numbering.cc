#include "documents/formats/odf/numbering.h"

#include <algorithm>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/package/ordinal.h"

namespace cairn {
namespace {

constexpr std::size_t kListsMax = 20'000;  // Whose counts are remembered.

std::size_t LevelIndex(int level) {
  return static_cast<std::size_t>(
      std::clamp(level, 1, static_cast<int>(kOdfLevels)) - 1);
}

std::string_view OrdinalOf(std::string_view format) {
  if (format == "a") return "lowerLetter";
  if (format == "A") return "upperLetter";
  if (format == "i") return "lowerRoman";
  return format == "I" ? "upperRoman" : "decimal";
}

}  // namespace

void OdfNumbering::ReadLevels(XmlNode style, Levels& levels) {
  for (const XmlNode node : style.children()) {
    if (!Is(node, "list-level-style-number") &&
        !Is(node, "outline-level-style")) {
      continue;
    }
    Level& level = levels[LevelIndex(NumberOf(AttributeOf(node, "level"), 1))];
    level.format = AttributeOf(node, "num-format");
    level.prefix = AttributeOf(node, "num-prefix");
    level.suffix = AttributeOf(node, "num-suffix");
    level.start = NumberOf(AttributeOf(node, "start-value"), 1);
    level.shown = NumberOf(AttributeOf(node, "display-levels"), 1);
  }
}

OdfNumbering::OdfNumbering(const std::vector<XmlNode>& roots) {
  for (const XmlNode root : roots) {
    for (const std::string_view group : {"automatic-styles", "styles"}) {
      for (const XmlNode node : ChildOf(root, group).children()) {
        if (Is(node, "outline-style")) ReadLevels(node, outline_);
        if (!Is(node, "list-style")) continue;
        const auto [at, is_new] =
            styles_.try_emplace(std::string(AttributeOf(node, "name")));
        if (is_new) ReadLevels(node, at->second);
      }
    }
  }
}

void OdfNumbering::BeginList(XmlNode list) {
  std::string style(AttributeOf(list, "style-name"));
  const bool goes_on = IsTrue(AttributeOf(list, "continue-numbering"));
  if (open_.empty()) {
    id_ = PrefixedAttributeOf(list, "id");
    const auto by_id =
        by_id_.find(std::string(AttributeOf(list, "continue-list")));
    const auto by_style = by_style_.find(style);
    if (by_id != by_id_.end()) {
      counter_ = by_id->second;
    } else if (goes_on && by_style != by_style_.end()) {
      counter_ = by_style->second;
    } else {
      counter_ = Counter();
    }
  } else if (open_.size() < kOdfLevels && !goes_on) {
    counter_.begun[open_.size()] = false;
  }
  if (style.empty() && !open_.empty()) style = open_.back();
  open_.push_back(std::move(style));
}

void OdfNumbering::EndList() {
  if (open_.empty()) return;
  if (open_.size() == 1) {
    if (by_style_.size() < kListsMax) by_style_[open_.back()] = counter_;
    if (!id_.empty() && by_id_.size() < kListsMax) by_id_[id_] = counter_;
  }
  open_.pop_back();
}

std::string OdfNumbering::Next(XmlNode item) {
  if (open_.empty()) return {};
  const auto style = styles_.find(open_.back());
  if (style == styles_.end()) return {};
  return Count(style->second, item,
               LevelIndex(static_cast<int>(std::min(open_.size(), kOdfLevels))),
               counter_);
}

std::string OdfNumbering::NextHeading(XmlNode heading, int level) {
  if (IsTrue(AttributeOf(heading, "is-list-header"))) return {};
  return Count(outline_, heading, LevelIndex(level), headings_);
}

std::string OdfNumbering::Count(const Levels& levels, XmlNode node,
                                std::size_t level, Counter& counter) {
  for (std::size_t i = 0; i <= level; ++i) {
    // Levels above that were skipped count as begun.
    if (counter.begun[i]) continue;
    counter.values[i] = levels[i].start - (i == level ? 1 : 0);
    counter.begun[i] = true;
  }
  const std::string_view start = AttributeOf(node, "start-value");
  counter.values[level] = start.empty()
                              ? counter.values[level] + 1
                              : NumberOf(start, counter.values[level] + 1);
  for (std::size_t i = level + 1; i < kOdfLevels; ++i) counter.begun[i] = false;
  const Level& own = levels[level];
  if (own.format.empty()) return {};
  std::string out = own.prefix;
  const auto shown =
      static_cast<std::size_t>(std::clamp(own.shown, 1, int{kOdfLevels}));
  bool first = true;
  for (std::size_t i = level + 1 - std::min(shown, level + 1); i <= level;
       ++i) {
    if (levels[i].format.empty()) continue;
    if (!first) out += '.';
    first = false;
    out += FormatOrdinal(counter.values[i], OrdinalOf(levels[i].format));
  }
  out += own.suffix;
  return CollapseWhiteSpace(out) + " ";
}

}  // namespace cairn
