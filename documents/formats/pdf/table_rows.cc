#include "documents/formats/pdf/table_rows.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "documents/formats/pdf/table_heads.h"

namespace cairn::pdf {
namespace {

constexpr float kTight = 1.4F;  // Of the font size: lines of one wrapped cell.

// What a line looks like to the rows around it.
struct LineFacts {
  bool stub = false;          // Something in the first column.
  std::size_t filled = 0;     // Columns with something, but the first.
  std::size_t values = 0;     // Of these, with a value.
  bool years = false;         // All of these are years.
  bool wrapped_stub = false;  // The first column begins in lower case.
  float stub_left = 0;
  bool spans = false;  // An item covers several columns.
};

bool BeginsLower(const std::string& text) {
  const std::u32string signs = DecodeUtf8(text.substr(0, 4));
  return !signs.empty() && (IsLowerCase(signs.front()) ||
                            signs.front() == '(' || signs.front() == '&');
}

LineFacts FactsOf(const TextRow& line, const std::vector<float>& xs) {
  LineFacts facts;
  std::set<std::uint32_t> columns;
  bool years = true;
  for (const Item& item : line.items) {
    const ColumnRange range = ColumnsOf(item, xs);
    facts.spans = facts.spans || range.last > range.first;
    if (range.first == 0) {
      if (!facts.stub) {
        facts.wrapped_stub = BeginsLower(item.text);
        facts.stub_left = item.box.left;
      }
      facts.stub = true;
      continue;
    }
    columns.insert(range.first);
    if (item.value) ++facts.values;
    years = years && IsYear(item.text);
  }
  facts.filled = columns.size();
  facts.years = years && facts.filled > 0;
  return facts;
}

class Splitter {
 public:
  Splitter(const std::vector<const TextRow*>& lines,
           const std::vector<float>& xs, const RowOptions& options)
      : lines_(lines), xs_(xs), options_(options) {
    for (const TextRow* line : lines) facts_.push_back(FactsOf(*line, xs));
  }

  std::vector<std::vector<const TextRow*>> Split() {
    std::size_t anchors = 0;
    for (const LineFacts& facts : facts_) anchors += IsAnchor(facts) ? 1 : 0;
    if (options_.values_only) {
      if (anchors < 2 || !ValuesLineUp()) return {lines_};
    }
    std::size_t at = 0;
    if (options_.may_have_head) {
      at = HeadEnd();
      AddHead(at);
    }
    for (bool first = true; at < lines_.size(); ++at, first = false) {
      if (first || Begins(at)) rows_.emplace_back();
      rows_.back().push_back(lines_[at]);
    }
    return std::move(rows_);
  }

 private:
  bool IsAnchor(const LineFacts& facts) const { return facts.values > 0; }
  bool Tight(std::size_t i) const {
    return i > 0 && lines_[i]->baseline - lines_[i - 1]->baseline <
                        kTight * std::max(lines_[i]->size, lines_[i - 1]->size);
  }
  bool ValuesLineUp() const;
  std::size_t HeadEnd() const;
  void AddHead(std::size_t end);
  bool Begins(std::size_t i) const;
  bool IsRuledOff(std::size_t i) const;
  std::vector<ColumnRange> WideHeadsOf(std::size_t i, std::size_t end) const;

  const std::vector<const TextRow*>& lines_;
  const std::vector<float>& xs_;
  const RowOptions options_;
  std::vector<LineFacts> facts_;
  std::vector<std::vector<const TextRow*>> rows_;
};

// In ruled cells: nearly every line has values, in two columns or beside a
// label; else they are numbers within wrapped text.
bool Splitter::ValuesLineUp() const {
  std::size_t rows = 0;
  for (const LineFacts& facts : facts_) {
    const bool all = facts.values == facts.filled;
    const bool most = facts.values > 1 && facts.values + 1 >= facts.filled;
    rows +=
        facts.values > 0 && (all || most) && (facts.stub || facts.values > 1);
  }
  return rows >= 2 && rows * 10 >= facts_.size() * 6;
}

// The first line that is no head; 0 when no line has values.
std::size_t Splitter::HeadEnd() const {
  std::size_t first = 0;
  while (first < facts_.size() && !IsAnchor(facts_[first])) ++first;
  if (first == facts_.size()) return 0;
  // Years above other values are heads, and so is what is wrapped above them.
  std::size_t after = first;
  while (after < facts_.size() && facts_[after].years &&
         (after == first || facts_[after].values < facts_[first].values)) {
    ++after;
  }
  const bool others = std::any_of(
      facts_.begin() + static_cast<std::ptrdiff_t>(after), facts_.end(),
      [&](const LineFacts& facts) { return IsAnchor(facts) && !facts.years; });
  if (after > first && others) first = after;
  // A label alone right above the first values is a subheading or wrapped.
  while (first > 0 && facts_[first - 1].filled == 0 && facts_[first - 1].stub &&
         !facts_[first - 1].spans && first > 1) {
    --first;
  }
  return first;
}

// A rule under a head parts it from what is below, "2007" from its months.
bool Splitter::IsRuledOff(std::size_t i) const {
  if (options_.rulings == nullptr) return false;
  const TextRow& above = *lines_[i - 1];
  return std::any_of(
      above.items.begin(), above.items.end(), [&](const Item& item) {
        return RuleUnder(item, lines_[i]->middle(), xs_, *options_.rulings) !=
               nullptr;
      });
}

// Of a line of the head, over the lines below it and the first row.
std::vector<ColumnRange> Splitter::WideHeadsOf(std::size_t i,
                                               std::size_t end) const {
  constexpr std::size_t kBelowMax = 16;
  if (options_.rulings == nullptr) return {};
  const std::size_t last = std::min({end + 1, lines_.size(), i + kBelowMax});
  const std::vector<const TextRow*> below(
      lines_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
      lines_.begin() + static_cast<std::ptrdiff_t>(last));
  return FindWideHeads({lines_[i]}, below, xs_, *options_.rulings);
}

// Lines of the head are one row until something stands under a wider cell.
void Splitter::AddHead(std::size_t end) {
  std::vector<ColumnRange> above;
  for (std::size_t i = 0; i < end; ++i) {
    std::vector<ColumnRange> here;
    for (const Item& item : lines_[i]->items) {
      here.push_back(ColumnsOf(item, xs_));
    }
    bool under = i > 0 && IsRuledOff(i);
    for (const ColumnRange& wide : above) {
      std::size_t parts = 0;
      for (const ColumnRange& range : here) {
        const bool inside =
            range.first >= wide.first && range.last <= wide.last;
        parts += inside && range.last - range.first < wide.last - wide.first;
      }
      under = under || parts > 1;
    }
    // A wide cell over nothing yet: only what is below can be its parts.
    const bool loose =
        i > 0 && lines_[i]->baseline - lines_[i - 1]->baseline >
                     1.8F * std::max(lines_[i]->size, lines_[i - 1]->size);
    if (i == 0 || under || (loose && here.size() > 1)) {
      rows_.emplace_back();
      above.clear();
    }
    rows_.back().push_back(lines_[i]);
    above.insert(above.end(), here.begin(), here.end());
    const std::vector<ColumnRange> wide = WideHeadsOf(i, end);
    above.insert(above.end(), wide.begin(), wide.end());
  }
}

bool Splitter::Begins(std::size_t i) const {
  const LineFacts& here = facts_[i];
  const LineFacts* const before = i > 0 ? &facts_[i - 1] : nullptr;
  const LineFacts* const after =
      i + 1 < facts_.size() ? &facts_[i + 1] : nullptr;
  if (before == nullptr) return true;
  const bool row_before_open = before->filled == 0 && before->stub;
  if (here.values > 0) {
    // The values of a label that was wrapped above them.
    if (row_before_open && Tight(i) && (!here.stub || here.wrapped_stub)) {
      return false;
    }
    return true;
  }
  // The first half of a label whose values stand beside the second.
  if (here.stub && here.filled == 0 && !here.wrapped_stub &&
      before->values > 0 && after != nullptr && after->values > 0 &&
      after->wrapped_stub) {
    return true;
  }
  if (options_.values_only) return false;
  if (here.stub && here.filled == 0) {
    if (here.spans) return true;
    if (here.wrapped_stub && Tight(i)) return false;
    // "Net operating / surplus" with the values on the first line.
    const bool hangs =
        Tight(i) && before->stub && before->filled > 0 &&
        here.stub_left > before->stub_left + 2 &&
        (after == nullptr || after->stub_left < here.stub_left - 2);
    return !hangs;
  }
  if (!here.stub) {
    if (here.spans) return true;
    return !Tight(i);
  }
  return !(here.wrapped_stub && Tight(i));
}

}  // namespace

ColumnRange ColumnsOf(const Item& item, const std::vector<float>& xs) {
  const float width = item.box.width();
  const float slack = std::min(0.35F * item.size + 1, width / 3);
  const auto column = [&](float x) {
    const auto it = std::upper_bound(xs.begin(), xs.end(), x);
    const auto index = static_cast<std::ptrdiff_t>(it - xs.begin()) - 1;
    return static_cast<std::uint32_t>(std::clamp<std::ptrdiff_t>(
        index, 0, std::max<std::ptrdiff_t>(std::ssize(xs) - 2, 0)));
  };
  return {column(item.box.left + slack), column(item.box.right - slack)};
}

std::size_t CountValueLines(const std::vector<const TextRow*>& lines,
                            const std::vector<float>& xs) {
  std::size_t count = 0;
  for (const TextRow* line : lines) {
    count += FactsOf(*line, xs).values > 0 ? 1 : 0;
  }
  return count;
}

std::vector<std::vector<const TextRow*>> SplitRows(
    const std::vector<const TextRow*>& lines, const std::vector<float>& xs,
    const RowOptions& options) {
  if (lines.empty()) return {};
  return Splitter(lines, xs, options).Split();
}

}  // namespace cairn::pdf
