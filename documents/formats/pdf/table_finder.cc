#include "documents/formats/pdf/table_finder.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "documents/formats/pdf/rulings.h"
#include "documents/formats/pdf/table_judge.h"
#include "documents/formats/pdf/table_runs.h"

namespace cairn::pdf {
namespace {

constexpr std::size_t kGridsMax = 300;
constexpr float kMargin = 2;  // Points that text may stand out of its frame.

class Finder {
 public:
  Finder(const std::vector<Line>& lines, const std::vector<Ruling>& rulings)
      : lines_(lines), rulings_(rulings), used_(lines) {}

  PageTables Find() {
    TakeGrids();
    TakeRuns();
    if (!out_.tables.empty()) KeepRest();
    return std::move(out_);
  }

 private:
  void TakeGrids();
  void TakeGrid(Grid grid);
  bool Extend(Grid& grid, bool up) const;
  void TakeOpenGrid(const Grid& grid);
  bool HasLabelsBeside(const std::vector<TextRow>& rows,
                       const Rect& within) const;
  bool HoldsChart(const Rect& box) const;
  void TakeRuns();
  void Take(LaidOut laid_out);
  void KeepRest();
  void KeepAside(std::size_t i);

  const std::vector<Line>& lines_;
  const std::vector<Ruling>& rulings_;
  UsedWords used_;
  std::vector<Rect> charts_;
  PageTables out_;
};

std::vector<const TextRow*> Pointers(const std::vector<TextRow>& rows) {
  std::vector<const TextRow*> out;
  out.reserve(rows.size());
  for (const TextRow& row : rows) out.push_back(&row);
  return out;
}

bool IsRightToLeftTable(const PageTable& table) {
  std::size_t letters = 0;
  std::size_t right_to_left = 0;
  for (const PageCell& cell : table.cells) {
    for (const std::string& line : cell.lines) {
      for (const char32_t sign : DecodeUtf8(line)) {
        letters += IsLetter(sign) ? 1 : 0;
        right_to_left += IsRightToLeft(sign) ? 1 : 0;
      }
    }
  }
  return right_to_left * 2 > letters;
}

// The first column of such a table is the rightmost.
void Mirror(PageTable& table) {
  for (PageCell& cell : table.cells) {
    cell.column = table.columns - cell.column - cell.column_span;
  }
  std::stable_sort(table.cells.begin(), table.cells.end(),
                   [](const PageCell& a, const PageCell& b) {
                     return a.row != b.row ? a.row < b.row
                                           : a.column < b.column;
                   });
}

void Finder::Take(LaidOut laid_out) {
  if (IsRightToLeftTable(laid_out.table)) Mirror(laid_out.table);
  for (const Item& item : laid_out.items) used_.Add(item);
  out_.tables.push_back(std::move(laid_out.table));
}

void Finder::TakeGrids() {
  std::vector<Grid> grids = FindGrids(rulings_);
  if (grids.size() > kGridsMax) return;
  // Small ones first: a frame may hold several. Open ones last.
  std::stable_sort(
      grids.begin(), grids.end(), [](const Grid& a, const Grid& b) {
        if (a.open != b.open) return b.open;
        return a.box.width() * a.box.height() < b.box.width() * b.box.height();
      });
  for (const Grid& grid : grids) {
    if (grid.open) {
      TakeOpenGrid(grid);
    } else {
      TakeGrid(grid);
    }
  }
}

// Rules of the same width above or below a grid, with rows in between, belong
// to it: heads are often ruled off from the lines between the columns.
bool Finder::Extend(Grid& grid, bool up) const {
  constexpr float kFar = 80;
  constexpr float kSameEnd = 8;
  const Ruling* nearest = nullptr;
  bool& loose = up ? grid.loose_top : grid.loose_bottom;
  const float edge = up ? grid.ys.front() : grid.ys.back();
  for (const Ruling& ruling : rulings_) {
    const float away = up ? edge - ruling.at : ruling.at - edge;
    if (!ruling.horizontal || away < 0 || (away < 4 && !loose) || away > kFar ||
        std::fabs(ruling.from - grid.box.left) > kSameEnd ||
        std::fabs(ruling.to - grid.box.right) > kSameEnd) {
      continue;
    }
    if (nearest == nullptr || std::fabs(edge - nearest->at) > away) {
      nearest = &ruling;
    }
  }
  if (nearest == nullptr) return false;
  const Rect band{grid.box.left - kMargin, std::min(edge, nearest->at),
                  grid.box.right + kMargin, std::max(edge, nearest->at)};
  const std::vector<TextRow> rows = MakeTextRows(lines_, used_, band, {});
  if ((rows.empty() && !loose) || !IsTableBand(Pointers(rows))) return false;
  grid.across.push_back(*nearest);
  if (loose) {
    (up ? grid.ys.front() : grid.ys.back()) = nearest->at;
  } else {
    grid.ys.insert(up ? grid.ys.begin() : grid.ys.end(), nearest->at);
  }
  loose = false;
  grid.box.top = grid.ys.front();
  grid.box.bottom = grid.ys.back();
  return true;
}

void Finder::TakeGrid(Grid grid) {
  if (HoldsChart(grid.box)) return;
  constexpr int kExtensionsMax = 60;
  if (grid.xs.size() > 2 && grid.ys.size() > 1) {
    for (int i = 0; i < kExtensionsMax && Extend(grid, true); ++i) {
    }
    for (int i = 0; i < kExtensionsMax && Extend(grid, false); ++i) {
    }
  }
  Rect within = grid.box;
  within = {within.left - kMargin, within.top - kMargin, within.right + kMargin,
            within.bottom + kMargin};
  const bool ruled = grid.xs.size() > 2 && grid.ys.size() > 2;
  const std::vector<TextRow> rows =
      ruled ? MakeTurnedRows(lines_, used_, within, grid.down)
            : MakeTextRows(lines_, used_, within, grid.down);
  std::optional<LaidOut> laid_out =
      LayOutTable(Pointers(rows), &grid, rulings_);
  if (!laid_out.has_value()) return;
  if (IsGridTable(*laid_out, grid)) {
    Take(*std::move(laid_out));
  } else if (IsChartLabels(*laid_out)) {
    charts_.push_back(grid.box);
  }
}

// What holds or overlaps a chart, legend and all, is no table either.
bool Finder::HoldsChart(const Rect& box) const {
  return std::any_of(charts_.begin(), charts_.end(), [&](const Rect& chart) {
    const float width =
        std::min(box.right, chart.right) - std::max(box.left, chart.left);
    const float height =
        std::min(box.bottom, chart.bottom) - std::max(box.top, chart.top);
    return width > 0 && height > 0.3F * std::min(box.height(), chart.height());
  });
}

// Rules over the sums of columns have the same ends too, but labels stand to
// their left: they do not bound the table.
bool Finder::HasLabelsBeside(const std::vector<TextRow>& rows,
                             const Rect& within) const {
  std::size_t labels = 0;
  for (const TextRow& row : rows) {
    const Item& first = row.items.front();
    const Line& line = lines_[first.line];
    labels += line.box.left < within.left - 2 * line.size ? 1 : 0;
  }
  return labels * 2 > rows.size();
}

// The rules of a page's head and foot may have the same ends as those of a
// table: bands of prose between rules are cut away.
void Finder::TakeOpenGrid(const Grid& grid) {
  Rect within = grid.box;
  within.left -= kMargin;
  within.right += kMargin;
  const std::vector<TextRow> rows = MakeTextRows(lines_, used_, within, {});
  if (HasLabelsBeside(rows, within)) return;
  std::vector<std::vector<const TextRow*>> bands(grid.ys.size());
  for (const TextRow& row : rows) {
    const auto it =
        std::upper_bound(grid.ys.begin(), grid.ys.end(), row.middle());
    if (it == grid.ys.begin() || it == grid.ys.end()) continue;
    bands[static_cast<std::size_t>(it - grid.ys.begin()) - 1].push_back(&row);
  }
  const auto is_part = [&](std::size_t band, bool inside) {
    return IsTableBand(bands[band]) ||
           (inside && band + 2 < grid.ys.size() && IsSubheading(bands[band]) &&
            !bands[band + 1].empty() && IsTableBand(bands[band + 1]));
  };
  for (std::size_t first = 0; first + 1 < grid.ys.size();) {
    std::size_t last = first;
    while (last + 1 < grid.ys.size() && is_part(last, last > first)) ++last;
    if (last > first) {
      Grid part = grid;
      part.ys.assign(grid.ys.begin() + static_cast<std::ptrdiff_t>(first),
                     grid.ys.begin() + static_cast<std::ptrdiff_t>(last) + 1);
      part.box.top = part.ys.front();
      part.box.bottom = part.ys.back();
      std::vector<const TextRow*> lines;
      for (std::size_t band = first; band < last; ++band) {
        lines.insert(lines.end(), bands[band].begin(), bands[band].end());
      }
      std::optional<LaidOut> laid_out = LayOutTable(lines, &part, rulings_);
      if (laid_out.has_value() && IsGridTable(*laid_out, part)) {
        Take(*std::move(laid_out));
      }
    }
    first = std::max(last, first + 1);
  }
}

// Whether the page as a whole is set in a monospaced font, as typed reports
// are.
bool IsTyped(const std::vector<Line>& lines) {
  std::size_t all = 0;
  std::size_t monospaced = 0;
  for (const Line& line : lines) {
    for (const Piece& piece : line.pieces) {
      all += piece.signs;
      monospaced += piece.monospaced;
    }
  }
  return monospaced * 10 >= all * 9;
}

void Finder::TakeRuns() {
  constexpr float kFar = 1e6F;
  const bool typed = IsTyped(lines_);
  // Columns of prose are read apart: a run stays within one region.
  for (std::size_t first = 0; first < lines_.size();) {
    std::size_t last = first + 1;
    while (last < lines_.size() &&
           lines_[last].region == lines_[first].region) {
      ++last;
    }
    std::vector<TextRow> rows;
    if (lines_[first].main) {
      rows = MakeTextRows(lines_, used_, {-kFar, -kFar, kFar, kFar}, {}, first,
                          last);
    }
    for (const auto& run : FindRuns(rows)) {
      std::optional<LaidOut> laid_out = LayOutTable(run, nullptr, rulings_);
      if (laid_out.has_value() && IsFreeTable(*laid_out) &&
          (typed || !IsListing(*laid_out)) &&
          !HoldsChart(laid_out->table.box)) {
        Take(*std::move(laid_out));
      }
    }
    first = last;
  }
}

// Pieces of turned lines belong to tables as a whole or not at all.
void Finder::KeepAside(std::size_t i) {
  Line line = lines_[i];
  line.pieces.clear();
  for (std::size_t k = 0; k < lines_[i].pieces.size(); ++k) {
    const Piece& piece = lines_[i].pieces[k];
    if (piece.parts.empty() || !used_.Has(i, k, 0))
      line.pieces.push_back(piece);
  }
  if (!line.pieces.empty()) out_.aside.push_back(std::move(line));
}

void Finder::KeepRest() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!lines_[i].main) {
      KeepAside(i);
      continue;
    }
    for (std::size_t k = 0; k < lines_[i].pieces.size(); ++k) {
      const Piece& piece = lines_[i].pieces[k];
      const std::size_t parts = piece.parts.size();
      std::size_t first = 0;
      for (std::size_t part = 0; part <= parts; ++part) {
        if (part < parts && !used_.Has(i, k, part)) continue;
        // Leaders between cells belong to nobody.
        while (first < part && piece.parts[first].leader) ++first;
        if (first == 0 && part == parts) {
          out_.rest.push_back(piece);
        } else if (first < part) {
          out_.rest.push_back(PartOf(piece, first, part));
        }
        first = part + 1;
      }
    }
  }
  for (std::size_t i = 0; i < out_.tables.size(); ++i) {
    Piece stand_in;
    stand_in.table = static_cast<std::int32_t>(i);
    stand_in.box = out_.tables[i].box;
    stand_in.size = 10;
    stand_in.box.bottom = stand_in.box.top + 1;
    stand_in.baseline = stand_in.box.bottom;
    out_.rest.push_back(std::move(stand_in));
  }
}

}  // namespace

PageTables FindTables(const std::vector<Line>& lines,
                      const std::vector<Ruling>& rulings) {
  if (lines.empty()) return {};
  return Finder(lines, rulings).Find();
}

}  // namespace cairn::pdf
