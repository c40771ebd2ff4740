#include "documents/formats/ooxml/chart.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <utility>

#include "documents/formats/ooxml/math_text.h"
#include "documents/formats/ooxml/number_format.h"
#include "documents/formats/ooxml/opc_package.h"

namespace cairn {
namespace {

constexpr std::size_t kPointsMax = 20'000;  // Of one series.
constexpr std::size_t kSeriesMax = 500;

// By index, since empty points are not written.
using Points = std::map<int, std::string>;

std::string PointText(std::string_view text, const NumberFormat& format) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::string(text);
  }
  return format.Apply(number, false);
}

void AddPoints(XmlNode cache, const NumberFormat* format, Points& points) {
  for (const XmlNode point : cache.children()) {
    if (!Is(point, "pt") || points.size() >= kPointsMax) continue;
    const int index = NumberOf(AttributeOf(point, "idx"), -1);
    if (index < 0) continue;
    const std::string text = AllText(ChildOf(point, "v"));
    std::string& out = points[index];
    // Outer levels of a category come after the inner ones.
    const std::string shown =
        format == nullptr ? text : PointText(text, *format);
    out = out.empty() ? shown : shown + ", " + out;
  }
}

// c:cat, c:val and the like: a reference with a cache, or literals.
Points PointsOf(XmlNode node) {
  Points points;
  for (const XmlNode source : node.children()) {
    for (const XmlNode cache : {source, ChildOf(source, "strCache")}) {
      AddPoints(cache, nullptr, points);
    }
    const XmlNode levels = ChildOf(source, "multiLvlStrCache");
    for (const XmlNode level : levels.children()) {
      if (Is(level, "lvl")) AddPoints(level, nullptr, points);
    }
    if (const XmlNode numbers = ChildOf(source, "numCache")) {
      const NumberFormat format(AllText(ChildOf(numbers, "formatCode")));
      AddPoints(numbers, &format, points);
    }
  }
  return points;
}

struct Series {
  std::string name;
  Points values, sizes;
};

void AddRow(const std::string& label, const std::vector<Series>& series,
            int index, TableDraft& table) {
  std::vector<DraftCell> row;
  row.push_back({.text = label, .column = 0});
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto found = series[i].values.find(index);
    row.push_back({.text = found == series[i].values.end() ? "" : found->second,
                   .column = static_cast<std::uint32_t>(i + 1)});
  }
  table.rows.push_back(std::move(row));
}

void FindSeries(XmlNode node, std::vector<XmlNode>& out) {
  for (const XmlNode child : node.children()) {
    if (out.size() >= kSeriesMax) return;
    if (Is(child, "ser")) {
      out.push_back(child);
    } else {
      FindSeries(child, out);
    }
  }
}

void AddParagraph(XmlNode node, std::string& out) {
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name == "t") {
      out += AllText(child);
    } else if (name == "br" || name == "tab") {
      out += ' ';
    } else if (name == "oMath" || name == "oMathPara") {
      out += MathText(child);
    } else if (name == "AlternateContent") {
      AddParagraph(PreferredContent(child), out);
    } else if (name != "rPr" && name != "pPr" && name != "endParaRPr") {
      AddParagraph(child, out);
    }
  }
}

void FindParagraphs(XmlNode node, std::vector<std::string>& out) {
  for (const XmlNode child : node.children()) {
    if (Is(child, "p")) {
      std::string text;
      AddParagraph(child, text);
      if (!TrimWhiteSpace(text).empty()) out.push_back(std::move(text));
    } else {
      FindParagraphs(child, out);
    }
  }
}

}  // namespace

TableDraft ReadChart(XmlNode chart_space) {
  TableDraft table;
  const XmlNode chart = ChildOf(chart_space, "chart");
  table.caption = CollapseWhiteSpace(DrawingText(ChildOf(chart, "title")));
  std::vector<XmlNode> nodes;
  FindSeries(ChildOf(chart, "plotArea"), nodes);
  std::vector<Series> series;
  Points labels;
  for (const XmlNode node : nodes) {
    Series one;
    const Points names = PointsOf(ChildOf(node, "tx"));
    one.name = names.empty() ? AllText(ChildAt(node, "tx", "v"))
                             : names.begin()->second;
    XmlNode categories = ChildOf(node, "cat");
    if (!categories) categories = ChildOf(node, "xVal");
    XmlNode values = ChildOf(node, "val");
    if (!values) values = ChildOf(node, "yVal");
    labels.merge(PointsOf(categories));
    one.values = PointsOf(values);
    if (!one.values.empty()) series.push_back(std::move(one));
  }
  if (series.empty()) return table;
  std::vector<DraftCell> header = {{.text = "", .column = 0}};
  for (std::size_t i = 0; i < series.size(); ++i) {
    header.push_back({.text = series[i].name.empty()
                                  ? "series " + std::to_string(i + 1)
                                  : series[i].name,
                      .column = static_cast<std::uint32_t>(i + 1)});
  }
  table.rows.push_back(std::move(header));
  table.header_rows = 1;
  Points rows = labels;
  for (const Series& one : series) {
    for (const auto& [index, text] : one.values) rows.try_emplace(index);
  }
  for (const auto& [index, label] : rows) {
    AddRow(label, series, index, table);
  }
  return table;
}

std::vector<std::string> ReadDiagram(XmlNode data_model) {
  std::vector<std::string> out;
  FindParagraphs(ChildOf(data_model, "ptLst"), out);
  return out;
}

std::string DrawingParagraph(XmlNode paragraph) {
  std::string out;
  AddParagraph(paragraph, out);
  return out;
}

std::string DrawingText(XmlNode body) {
  std::vector<std::string> paragraphs;
  FindParagraphs(body, paragraphs);
  std::string out;
  for (const std::string& paragraph : paragraphs) {
    if (!out.empty()) out += '\n';
    out += paragraph;
  }
  return out;
}

}  // namespace cairn
