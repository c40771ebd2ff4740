#include "documents/formats/docx/numbering.h"

#include <algorithm>
#include <utility>

#include "documents/formats/package/ordinal.h"

namespace cairn {
namespace {

std::size_t Index(int level) {
  return static_cast<std::size_t>(std::clamp(level, 0, 8));
}

}  // namespace

DocxNumbering::Level DocxNumbering::ReadLevel(XmlNode node) {
  Level level;
  level.start = NumberOf(AttributeOf(ChildOf(node, "start"), "val"), 1);
  XmlNode format = ChildOf(node, "numFmt");
  if (!format) format = FindBelow(node, "numFmt");
  if (format) level.format = AttributeOf(format, "val");
  level.text = AttributeOf(ChildOf(node, "lvlText"), "val");
  level.style = AttributeOf(ChildOf(node, "pStyle"), "val");
  const XmlNode legal = ChildOf(node, "isLgl");
  level.plain_digits = legal && (!HasAttribute(legal, "val") ||
                                 IsTrue(AttributeOf(legal, "val")));
  return level;
}

DocxNumbering::DocxNumbering(XmlNode numbering) {
  for (const XmlNode node : numbering.children()) {
    if (Is(node, "abstractNum")) {
      Levels& levels =
          definitions_[NumberOf(AttributeOf(node, "abstractNumId"), -1)];
      for (const XmlNode child : node.children()) {
        if (!Is(child, "lvl")) continue;
        levels[Index(NumberOf(AttributeOf(child, "ilvl"), 0))] =
            ReadLevel(child);
      }
    }
    if (!Is(node, "num")) continue;
    List list;
    list.starts.fill(-1);
    list.definition =
        NumberOf(AttributeOf(ChildOf(node, "abstractNumId"), "val"), -1);
    for (const XmlNode child : node.children()) {
      const XmlNode start = ChildOf(child, "startOverride");
      if (!Is(child, "lvlOverride") || !start) continue;
      list.starts[Index(NumberOf(AttributeOf(child, "ilvl"), 0))] =
          std::max(NumberOf(AttributeOf(start, "val"), 1), 0);
      list.restarts = true;
    }
    lists_.emplace(NumberOf(AttributeOf(node, "numId"), -1), list);
  }
}

std::string DocxNumbering::Next(int list_id, int level) {
  const auto list = lists_.find(list_id);
  if (list == lists_.end()) return {};
  const auto definition = definitions_.find(list->second.definition);
  if (definition == definitions_.end()) return {};
  const Levels& levels = definition->second;
  Counter& counter = counters_[definition->first];
  const std::size_t at = Index(level);
  if (list->second.restarts) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (list->second.starts[i] < 0) continue;
      counter.values[i] = list->second.starts[i] - 1;
      counter.begun[i] = true;
    }
    list->second.restarts = false;
  }
  // Levels above that were skipped count as begun; those below begin anew.
  for (std::size_t i = 0; i <= at; ++i) {
    if (!counter.begun[i]) {
      counter.values[i] = levels[i].start - (i == at ? 1 : 0);
      counter.begun[i] = true;
    }
  }
  ++counter.values[at];
  for (std::size_t i = at + 1; i < levels.size(); ++i) counter.begun[i] = false;
  return Label(levels, counter, static_cast<int>(at));
}

std::string DocxNumbering::Label(const Levels& levels, const Counter& counter,
                                 int level) const {
  const Level& own = levels[Index(level)];
  if (own.format == "bullet" || own.format == "none") return {};
  std::string out;
  for (std::size_t i = 0; i < own.text.size(); ++i) {
    const char next = i + 1 < own.text.size() ? own.text[i + 1] : ' ';
    if (own.text[i] != '%' || next < '1' || next > '9') {
      out.push_back(own.text[i]);
      continue;
    }
    ++i;
    const auto other = static_cast<std::size_t>(next - '1');
    const std::string_view format =
        own.plain_digits ? "decimal" : std::string_view(levels[other].format);
    out += FormatOrdinal(counter.values[other], format);
  }
  return out;
}

int DocxNumbering::LevelOfStyle(int list_id, std::string_view style) const {
  const auto list = lists_.find(list_id);
  if (list == lists_.end() || style.empty()) return -1;
  const auto definition = definitions_.find(list->second.definition);
  if (definition == definitions_.end()) return -1;
  for (std::size_t i = 0; i < definition->second.size(); ++i) {
    if (definition->second[i].style == style) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace cairn
