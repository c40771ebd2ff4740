#include "documents/formats/pdf/table_layout.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <utility>

#include "documents/formats/pdf/table_columns.h"
#include "documents/formats/pdf/table_heads.h"
#include "documents/formats/pdf/table_rows.h"

namespace cairn::pdf {
namespace {

constexpr float kClearSpace = 0.38F;       // Of the size; word spaces are less.
constexpr std::size_t kSlotsMax = 50'000;  // Rows times columns of a table.

// A row of the table: its lines and the band between rulings it stands in.
struct Row {
  std::vector<const TextRow*> lines;
  std::size_t band = 0;
};

std::size_t PlaceIn(const std::vector<float>& borders, float at) {
  const auto it = std::upper_bound(borders.begin(), borders.end(), at);
  const std::ptrdiff_t index = it - borders.begin() - 1;
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(
      index, 0, std::max<std::ptrdiff_t>(std::ssize(borders) - 2, 0)));
}

class Layout {
 public:
  Layout(const std::vector<const TextRow*>& lines, const Grid* grid,
         const std::vector<Ruling>& rulings)
      : grid_(grid), rulings_(rulings) {
    own_.reserve(lines.size());
    for (const TextRow* line : lines) own_.push_back(*line);
    for (const TextRow& line : own_) lines_.push_back(&line);
  }

  std::optional<LaidOut> Run();

 private:
  using Slots = std::vector<std::vector<const Item*>>;

  bool closed() const { return grid_ != nullptr && !grid_->open; }
  void FindColumns();
  void DropEmptyColumns();
  bool StripSplits(float left, float right, float river) const;
  void PartItems();
  void FindRows();
  void FindOwners();
  Slots ItemsBySlot() const;
  void JoinAcross(const Slots& slots, std::size_t row);
  void JoinDown(const Slots& slots, std::size_t column);
  static bool GoesOn(const std::vector<const Item*>& above,
                     const std::vector<const Item*>& below);
  void JoinSpans(std::size_t row);
  void JoinHeads();
  void Unite(std::size_t a, std::size_t b);
  std::size_t Slot(std::size_t row, std::size_t column) const {
    return row * columns() + column;
  }
  std::size_t columns() const { return xs_.size() - 1; }
  std::size_t Find(std::size_t slot);
  void MakeRectangles();
  LaidOut Finish();
  void CountHeaderRows(LaidOut& out) const;

  std::vector<TextRow> own_;
  std::vector<const TextRow*> lines_;  // Of own_.
  const Grid* const grid_;
  const std::vector<Ruling>& rulings_;
  std::vector<float> ruled_xs_, ys_;  // Borders from rulings.
  std::vector<float> xs_;             // All borders of columns.
  std::vector<Row> rows_;
  std::vector<std::size_t> owners_;  // A forest over the slots.
};

// Inside a ruled column white space counts only where it parts values, or goes
// through many lines.
bool Layout::StripSplits(float left, float right, float river) const {
  std::size_t both = 0;
  std::size_t crossing = 0;
  std::size_t values = 0;
  for (const TextRow* line : lines_) {
    bool before = false;
    bool after = false;
    bool value = false;
    for (const Item& item : line->items) {
      if (item.middle() < left || item.middle() > right) continue;
      before = before || item.box.right <= river + 1;
      after = after || item.box.left >= river - 1;
      value = value || item.value;
      crossing += item.box.left < river - 1 && item.box.right > river + 1;
    }
    both += before && after;
    values += before && after && value;
  }
  return (values >= 2 && values * 10 >= both * 5 && crossing <= both) ||
         (both >= 5 && crossing * 3 <= both);
}

void Layout::FindColumns() {
  Rect box = lines_.front()->box;
  for (const TextRow* line : lines_) box.Include(line->box);
  if (grid_ != nullptr) box.Include(grid_->box);
  ruled_xs_ = closed() ? grid_->xs : std::vector<float>{box.left, box.right};
  ruled_xs_.front() = std::min(ruled_xs_.front(), box.left);
  ruled_xs_.back() = std::max(ruled_xs_.back(), box.right);
  ys_ = grid_ != nullptr ? grid_->ys : std::vector<float>{box.top, box.bottom};
  ys_.front() = std::min(ys_.front(), box.top);
  ys_.back() = std::max(ys_.back(), box.bottom);
  for (std::size_t i = 0; i + 1 < ruled_xs_.size(); ++i) {
    xs_.push_back(ruled_xs_[i]);
    RiverOptions options{ruled_xs_[i], ruled_xs_[i + 1], 2, 0.2F};
    const bool inner = ruled_xs_.size() > 2;
    if (inner) options.rows_min = 3;
    for (const float river : FindRivers(lines_, options)) {
      if (inner && !StripSplits(options.left, options.right, river)) continue;
      xs_.push_back(river);
    }
  }
  xs_.push_back(ruled_xs_.back());
  DropEmptyColumns();
  PartItems();
}

// Heads of neighbouring columns may stand so close that they were one item: it
// is parted where a space wider than usual lies on a border.
void Layout::PartItems() {
  constexpr float kSlack = 2;
  for (TextRow& line : own_) {
    for (std::size_t i = 0; i < line.items.size(); ++i) {
      const Item item = line.items[i];
      if (item.turned) continue;
      for (std::uint32_t k = item.first; k + 1 < item.last; ++k) {
        const float left = item.source->parts[k].right;
        const float right = item.source->parts[k + 1].left;
        const auto border =
            std::lower_bound(xs_.begin(), xs_.end(), left - kSlack);
        if (right - left < kClearSpace * item.size || border == xs_.end() ||
            *border > right + kSlack) {
          continue;
        }
        line.items[i] =
            MakeItem(*item.source, item.line, item.piece, item.first, k + 1);
        line.items.insert(
            line.items.begin() + static_cast<std::ptrdiff_t>(i) + 1,
            MakeItem(*item.source, item.line, item.piece, k + 1, item.last));
        break;
      }
    }
  }
}

// Double lines and the padding of cells make columns that hold nothing.
void Layout::DropEmptyColumns() {
  std::vector<bool> filled(xs_.size() - 1);
  for (const TextRow* line : lines_) {
    for (const Item& item : line->items) {
      filled[PlaceIn(xs_, item.middle())] = true;
    }
  }
  std::vector<float> kept = {xs_.front()};
  bool before = false;  // The column that is open holds something.
  for (std::size_t i = 0; i + 1 < xs_.size(); ++i) {
    if (filled[i] && before) kept.push_back(xs_[i]);
    before = before || filled[i];
  }
  kept.push_back(xs_.back());
  xs_ = std::move(kept);
}

void Layout::FindRows() {
  std::vector<std::vector<const TextRow*>> bands(ys_.size() - 1);
  for (const TextRow* line : lines_) {
    bands[PlaceIn(ys_, line->middle())].push_back(line);
  }
  // Rules between all rows, or only here and there?
  std::size_t full = 0;
  std::size_t single = 0;
  for (const auto& band : bands) {
    full += band.empty() ? 0 : 1;
    single += !band.empty() && CountValueLines(band, xs_) <= 1 ? 1 : 0;
  }
  const bool ruled_rows =
      grid_ != nullptr && full >= 5 && single * 10 >= full * 8;
  bool head = true;
  for (std::size_t band = 0; band < bands.size(); ++band) {
    if (bands[band].empty()) continue;
    RowOptions options;
    options.values_only = (closed() && ruled_xs_.size() > 2) || ruled_rows;
    options.may_have_head = head && !options.values_only;
    options.rulings = &rulings_;
    for (auto& lines : SplitRows(bands[band], xs_, options)) {
      rows_.push_back({std::move(lines), band});
    }
    head = false;
  }
}

std::size_t Layout::Find(std::size_t slot) {
  while (owners_[slot] != slot) slot = owners_[slot] = owners_[owners_[slot]];
  return slot;
}

void Layout::Unite(std::size_t a, std::size_t b) {
  a = Find(a);
  b = Find(b);
  owners_[std::max(a, b)] = std::min(a, b);
}

// An item that covers several columns is one cell over them.
void Layout::JoinSpans(std::size_t row) {
  for (const TextRow* line : rows_[row].lines) {
    for (const Item& item : line->items) {
      const ColumnRange range = ColumnsOf(item, xs_);
      for (std::uint32_t c = range.first; c < range.last; ++c) {
        Unite(Slot(row, c), Slot(row, c + 1));
      }
    }
  }
}

// Heads that are narrower than the columns they stand over.
void Layout::JoinHeads() {
  const auto is_body = [](const Row& row) {
    for (const TextRow* line : row.lines) {
      for (const Item& item : line->items) {
        if (item.value && !IsYear(item.text)) return true;
      }
    }
    return false;
  };
  std::size_t body = 0;
  while (body < rows_.size() && !is_body(rows_[body])) ++body;
  if (body == rows_.size()) return;
  // From below, so that each row sees all lines under it.
  std::vector<const TextRow*> below = rows_[body].lines;
  for (std::size_t row = body; row-- > 0;) {
    for (const ColumnRange& range :
         FindWideHeads(rows_[row].lines, below, xs_, rulings_)) {
      for (std::uint32_t c = range.first; c < range.last; ++c) {
        Unite(Slot(row, c), Slot(row, c + 1));
      }
    }
    below.insert(below.begin(), rows_[row].lines.begin(),
                 rows_[row].lines.end());
  }
}

// Items in each slot, by their middles.
Layout::Slots Layout::ItemsBySlot() const {
  Slots slots(owners_.size());
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (const TextRow* line : rows_[row].lines) {
      for (const Item& item : line->items) {
        slots[Slot(row, PlaceIn(xs_, item.middle()))].push_back(&item);
      }
    }
  }
  return slots;
}

// Runs of slots in a row without vertical rulings between them: where only one
// has text, it is a cell over all.
void Layout::JoinAcross(const Slots& slots, std::size_t row) {
  const float top = ys_[rows_[row].band];
  const float bottom = ys_[rows_[row].band + 1];
  const auto ruled_column = [&](float x) {
    return std::find(ruled_xs_.begin(), ruled_xs_.end(), x) != ruled_xs_.end();
  };
  for (std::size_t first = 0; first < columns();) {
    std::size_t last = first;
    std::size_t full = slots[Slot(row, first)].empty() ? 0 : 1;
    bool ruled_inside = false;
    while (last + 1 < columns() &&
           !IsRuled(grid_->down, xs_[last + 1], top, bottom)) {
      ++last;
      full += slots[Slot(row, last)].empty() ? 0 : 1;
      ruled_inside = ruled_inside || ruled_column(xs_[last]);
    }
    for (std::size_t c = first; full == 1 && ruled_inside && c < last; ++c) {
      Unite(Slot(row, c), Slot(row, c + 1));
    }
    first = last + 1;
  }
}

// The second slot goes on with the words of the first.
bool Layout::GoesOn(const std::vector<const Item*>& above,
                    const std::vector<const Item*>& below) {
  if (above.empty() || below.empty()) return false;
  const Item& last = *above.back();
  const Item& next = *below.front();
  const std::u32string signs = DecodeUtf8(next.text.substr(0, 4));
  return !last.value && !signs.empty() && IsLowerCase(signs.front()) &&
         next.baseline - last.baseline < 1.7F * next.size;
}

// Runs of slots in a column without horizontal rulings between them: wrapped
// text is one cell, and one cell over all when nothing else is there.
void Layout::JoinDown(const Slots& slots, std::size_t column) {
  for (std::size_t first = 0; first < rows_.size();) {
    std::size_t last = first;
    std::size_t full = slots[Slot(first, column)].empty() ? 0 : 1;
    while (last + 1 < rows_.size() &&
           rows_[last + 1].band != rows_[last].band &&
           !IsRuled(grid_->across, ys_[rows_[last + 1].band], xs_[column],
                    xs_[column + 1])) {
      const auto& above = slots[Slot(last, column)];
      const auto& below = slots[Slot(last + 1, column)];
      const bool goes_on = GoesOn(above, below);
      if (goes_on) Unite(Slot(last, column), Slot(last + 1, column));
      full += below.empty() || goes_on ? 0 : 1;
      ++last;
    }
    for (std::size_t row = first; full == 1 && row < last; ++row) {
      Unite(Slot(row, column), Slot(row + 1, column));
    }
    first = last + 1;
  }
}

// Joined slots must be rectangles: rows and columns of each are filled up.
void Layout::MakeRectangles() {
  for (int round = 0; round < 8; ++round) {
    struct Extent {
      std::size_t top, left, bottom, right, slots;
    };
    std::map<std::size_t, Extent> extents;
    for (std::size_t slot = 0; slot < owners_.size(); ++slot) {
      const std::size_t row = slot / columns();
      const std::size_t column = slot % columns();
      const auto [it, fresh] =
          extents.try_emplace(Find(slot), Extent{row, column, row, column, 0});
      Extent& extent = it->second;
      extent.top = std::min(extent.top, row);
      extent.bottom = std::max(extent.bottom, row);
      extent.left = std::min(extent.left, column);
      extent.right = std::max(extent.right, column);
      ++extent.slots;
    }
    bool changed = false;
    for (const auto& [root, e] : extents) {
      if (e.slots == (e.bottom - e.top + 1) * (e.right - e.left + 1)) continue;
      changed = true;
      for (std::size_t row = e.top; row <= e.bottom; ++row) {
        for (std::size_t column = e.left; column <= e.right; ++column) {
          Unite(Slot(row, column), Slot(e.top, e.left));
        }
      }
    }
    if (!changed) return;
  }
  // Too tangled: every slot stands for itself.
  std::iota(owners_.begin(), owners_.end(), std::size_t{0});
}

void Layout::FindOwners() {
  owners_.resize(rows_.size() * columns());
  std::iota(owners_.begin(), owners_.end(), std::size_t{0});
  for (std::size_t row = 0; row < rows_.size(); ++row) JoinSpans(row);
  if (!closed()) JoinHeads();
  if (closed()) {
    const Slots slots = ItemsBySlot();
    for (std::size_t row = 0; row < rows_.size(); ++row) JoinAcross(slots, row);
    for (std::size_t c = 0; c < columns(); ++c) JoinDown(slots, c);
  }
  MakeRectangles();
}

LaidOut Layout::Finish() {
  LaidOut out;
  std::map<std::size_t, PageCell> cells;  // By owner.
  const std::size_t count = owners_.size();
  std::vector<std::pair<std::size_t, std::size_t>> last(count);
  for (std::size_t slot = 0; slot < count; ++slot) {
    auto& [row, column] = last[Find(slot)];
    row = std::max(row, slot / columns());
    column = std::max(column, slot % columns());
  }
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (const TextRow* line : rows_[row].lines) {
      std::size_t open = count;
      for (const Item& item : line->items) {
        const std::size_t owner = Find(Slot(row, PlaceIn(xs_, item.middle())));
        PageCell& cell = cells[owner];
        if (cell.lines.empty()) cell.box = item.box;
        cell.box.Include(item.box);
        if (open == owner) {
          cell.lines.back() += " " + item.text;
        } else {
          cell.lines.push_back(item.text);
        }
        open = owner;
        out.items.push_back(item);
        out.words += item.last - item.first;
        out.monospaced += item.source->monospaced > 0 ? 1 : 0;
      }
    }
  }
  PageTable& table = out.table;
  table.rows = static_cast<std::uint32_t>(rows_.size());
  table.columns = static_cast<std::uint32_t>(columns());
  table.xs = xs_;
  for (auto& [owner, cell] : cells) {
    cell.row = static_cast<std::uint32_t>(owner / columns());
    cell.column = static_cast<std::uint32_t>(owner % columns());
    cell.row_span =
        static_cast<std::uint32_t>(last[owner].first) - cell.row + 1;
    cell.column_span =
        static_cast<std::uint32_t>(last[owner].second) - cell.column + 1;
    if (table.cells.empty()) table.box = cell.box;
    table.box.Include(cell.box);
    if (cell.column > 0) {
      const bool value = std::all_of(cell.lines.begin(), cell.lines.end(),
                                     [](const auto& l) { return IsValue(l); });
      ++(value ? out.values : out.others);
    }
    table.cells.push_back(std::move(cell));
  }
  CountHeaderRows(out);
  return out;
}

// Rows above the first with values that are no years.
void Layout::CountHeaderRows(LaidOut& out) const {
  PageTable& table = out.table;
  std::uint32_t first = table.rows;
  for (const PageCell& cell : table.cells) {
    const std::string& text = cell.lines.front();
    if (cell.column > 0 && IsValue(text) && !IsYear(text)) {
      first = std::min(first, cell.row);
    }
  }
  if (first == table.rows) first = 1;
  table.header_rows = std::min(first, table.rows - 1);
}

std::optional<LaidOut> Layout::Run() {
  if (lines_.empty()) return std::nullopt;
  FindColumns();
  if (xs_.size() < 3) return std::nullopt;
  FindRows();
  if (rows_.size() < 2 || rows_.size() * columns() > kSlotsMax) {
    return std::nullopt;
  }
  FindOwners();
  return Finish();
}

}  // namespace

std::optional<LaidOut> LayOutTable(const std::vector<const TextRow*>& lines,
                                   const Grid* grid,
                                   const std::vector<Ruling>& rulings) {
  return Layout(lines, grid, rulings).Run();
}

}  // namespace cairn::pdf
