#include "documents/formats/sheet/regions.h"

#include <algorithm>
#include <utility>

namespace cairn {
namespace {

using Cells = std::vector<SheetCell>;

bool ByRow(const SheetCell& a, const SheetCell& b) {
  return a.area.top != b.area.top ? a.area.top < b.area.top
                                  : a.area.left < b.area.left;
}

bool ByColumn(const SheetCell& a, const SheetCell& b) {
  return a.area.left != b.area.left ? a.area.left < b.area.left
                                    : a.area.top < b.area.top;
}

// Cuts where no cell reaches from one side to the other.
std::vector<Cells> Cut(Cells cells, bool rows) {
  std::sort(cells.begin(), cells.end(), rows ? ByRow : ByColumn);
  std::vector<Cells> pieces;
  std::uint32_t end = 0;
  for (SheetCell& cell : cells) {
    const std::uint32_t first = rows ? cell.area.top : cell.area.left;
    const std::uint32_t last = rows ? cell.area.bottom : cell.area.right;
    if (pieces.empty() || first > end + 1) pieces.emplace_back();
    end = pieces.back().empty() ? last : std::max(end, last);
    pieces.back().push_back(cell);
  }
  return pieces;
}

CellRange BoundsOf(const Cells& cells) {
  CellRange bounds = cells.front().area;
  for (const SheetCell& cell : cells) {
    bounds.top = std::min(bounds.top, cell.area.top);
    bounds.left = std::min(bounds.left, cell.area.left);
    bounds.bottom = std::max(bounds.bottom, cell.area.bottom);
    bounds.right = std::max(bounds.right, cell.area.right);
  }
  return bounds;
}

struct Piece {
  Cells cells;
  bool by_rows = true;  // How to cut it next.
  int tries = 0;        // Ways that did not cut it any more; 2: none is left.
  int rounds = 0;
};

}  // namespace

std::vector<Region> FindRegions(std::vector<SheetCell> cells) {
  std::vector<Region> regions;
  std::vector<Piece> work;
  if (!cells.empty()) work.push_back({std::move(cells)});
  while (!work.empty()) {
    Piece piece = std::move(work.back());
    work.pop_back();
    if (piece.tries == 2 || piece.rounds >= kRegionRoundsMax ||
        piece.cells.size() == 1) {
      Region region;
      region.bounds = BoundsOf(piece.cells);
      std::sort(piece.cells.begin(), piece.cells.end(), ByRow);
      region.cells = std::move(piece.cells);
      regions.push_back(std::move(region));
      continue;
    }
    std::vector<Cells> parts = Cut(std::move(piece.cells), piece.by_rows);
    const int tries = parts.size() == 1 ? piece.tries + 1 : 0;
    for (Cells& part : parts) {
      work.push_back(
          {std::move(part), !piece.by_rows, tries, piece.rounds + 1});
    }
  }
  std::sort(
      regions.begin(), regions.end(), [](const Region& a, const Region& b) {
        return a.bounds.top != b.bounds.top ? a.bounds.top < b.bounds.top
                                            : a.bounds.left < b.bounds.left;
      });
  return regions;
}

}  // namespace cairn
