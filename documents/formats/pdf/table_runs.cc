#include "documents/formats/pdf/table_runs.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace cairn::pdf {
namespace {

constexpr float kStepMax = 3.2F;  // Of the size, between lines of one run.

std::size_t Words(const TextRow& row) {
  std::size_t words = 0;
  for (const Item& item : row.items) words += item.last - item.first;
  return words;
}

// Items parted by clear gaps; a justified line has many small ones.
std::size_t ClearGaps(const TextRow& row) {
  std::size_t gaps = 0;
  for (std::size_t i = 1; i < row.items.size(); ++i) {
    gaps +=
        row.items[i].box.left - row.items[i - 1].box.right > 0.95F * row.size
            ? 1
            : 0;
  }
  return gaps;
}

bool BeginsCaption(const std::string& text) {
  for (const char* word :
       {"Table ", "TABLE ", "Figure ", "FIGURE ", "Fig. ", "Chart ", "Source",
        "SOURCE", "Note", "NOTE", "Exhibit "}) {
    if (text.rfind(word, 0) == 0) return true;
  }
  return false;
}

// A row with a value beside something else.
bool IsBodyRow(const TextRow& row) {
  std::size_t values = 0;
  for (std::size_t i = 1; i < row.items.size(); ++i) {
    values += row.items[i].value ? 1 : 0;
  }
  return values > 0 && ClearGaps(row) > 0 && Words(row) < 12 + 4 * values;
}

bool IsTextRow(const TextRow& row) {
  return ClearGaps(row) > 0 && Words(row) <= 4 * row.items.size() + 4;
}

class RunFinder {
 public:
  explicit RunFinder(const std::vector<TextRow>& rows) : rows_(rows) {}

  std::vector<std::vector<const TextRow*>> Find() {
    std::vector<std::vector<const TextRow*>> runs;
    std::size_t free = 0;  // First row that no run has.
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!IsBodyRow(rows_[i])) continue;
      const std::size_t end = EndOf(i);
      std::size_t body = 0;
      for (std::size_t k = i; k < end; ++k) body += IsBodyRow(rows_[k]) ? 1 : 0;
      if (body >= 2) {
        const std::size_t begin = BeginOf(i, end, free);
        runs.emplace_back();
        for (std::size_t k = begin; k < end; ++k) {
          runs.back().push_back(&rows_[k]);
        }
      }
      free = end;
      i = end - 1;
    }
    return runs;
  }

 private:
  float Step(std::size_t i) const {
    return rows_[i].baseline - rows_[i - 1].baseline;
  }
  bool Near(std::size_t i) const {
    return Step(i) < kStepMax * std::max(rows_[i].size, rows_[i - 1].size);
  }
  std::size_t EndOf(std::size_t first) const;
  std::size_t BeginOf(std::size_t first, std::size_t end,
                      std::size_t free) const;

  const std::vector<TextRow>& rows_;
};

// A run goes on over lines with one item when rows follow them.
std::size_t RunFinder::EndOf(std::size_t first) const {
  constexpr std::size_t kBetweenMax = 3;
  std::size_t end = first + 1;
  float right = rows_[first].box.right;
  for (std::size_t i = first + 1; i < rows_.size() && Near(i); ++i) {
    const TextRow& row = rows_[i];
    if (IsBodyRow(row)) {
      end = i + 1;
      right = std::max(right, row.box.right);
      continue;
    }
    if (i + 1 - end > kBetweenMax || BeginsCaption(row.items.front().text)) {
      break;
    }
    const bool prose = Words(row) > 10 && !IsTextRow(row);
    if (prose) break;
  }
  // The rest of a wrapped last cell.
  while (end < rows_.size() && rows_[end].items.size() == 1 &&
         Step(end) < 1.35F * rows_[end].size && Words(rows_[end]) < 6 &&
         !BeginsCaption(rows_[end].items.front().text) &&
         IsLowerCase(
             DecodeUtf8(rows_[end].items.front().text.substr(0, 4)).front())) {
    ++end;
  }
  return end;
}

// The head above the first row: short pieces within the table's width.
std::size_t RunFinder::BeginOf(std::size_t first, std::size_t end,
                               std::size_t free) const {
  constexpr std::size_t kHeadMax = 8;
  float left = rows_[first].box.left;
  float right = rows_[first].box.right;
  for (std::size_t k = first; k < end; ++k) {
    left = std::min(left, rows_[k].box.left);
    right = std::max(right, rows_[k].box.right);
  }
  std::size_t begin = first;
  while (begin > free && first - begin < kHeadMax) {
    const TextRow& row = rows_[begin - 1];
    if (!Near(begin) || BeginsCaption(row.items.front().text)) break;
    if (row.box.left < left - 3 * row.size ||
        row.box.right > right + 3 * row.size) {
      break;
    }
    const bool wide =
        row.items.size() == 1 && (row.box.width() > 0.6F * (right - left) ||
                                  row.box.left < left + row.size);
    if (wide && !IsTextRow(row)) break;
    if (Words(row) > 14 + 3 * row.items.size()) break;
    --begin;
  }
  // A single line over the first columns is the table's title.
  const float stub = rows_[first].items[0].box.right;
  const float values = rows_[first].items[1].box.left;
  while (begin < first && rows_[begin].items.size() == 1 &&
         rows_[begin].box.left < stub && rows_[begin].box.right > values) {
    ++begin;
  }
  return begin;
}

}  // namespace

std::vector<std::vector<const TextRow*>> FindRuns(
    const std::vector<TextRow>& rows) {
  return RunFinder(rows).Find();
}

}  // namespace cairn::pdf
