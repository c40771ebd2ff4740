#include "documents/formats/pdf/reading_order.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace cairn::pdf {
namespace {

using Pieces = std::vector<const Piece*>;

constexpr std::size_t kPiecesMax = 6000;  // Above, no columns are looked for.
constexpr int kDepthMax = 12;
constexpr std::size_t kCandidatesMax = 8;
constexpr std::size_t kColumnLinesMin = 3;

bool SameRow(const Piece& a, const Piece& b) {
  const float overlap =
      std::min(a.box.bottom, b.box.bottom) - std::max(a.box.top, b.box.top);
  return overlap > 0.5F * std::min(a.box.height(), b.box.height());
}

// Share of letters among the signs.
float LetterShare(const Pieces& pieces) {
  std::size_t letters = 0;
  std::size_t signs = 0;
  for (const Piece* piece : pieces) {
    letters += piece->letters;
    signs += piece->signs;
  }
  return signs == 0 ? 0
                    : static_cast<float>(letters) / static_cast<float>(signs);
}

float MedianWidth(const Pieces& pieces) {
  std::vector<float> widths;
  for (const Piece* piece : pieces) {
    widths.push_back(piece->box.width() / std::max(piece->size, 1.0F));
  }
  const auto middle =
      widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return *middle;
}

// Lines of some length made of words: what a column of text looks like.
bool ReadsLikeProse(const Pieces& pieces) {
  if (pieces.size() < kColumnLinesMin) return false;
  std::size_t words = 0;
  for (const Piece* piece : pieces) words += piece->words;
  const bool wordy = words >= 3 * pieces.size() + pieces.size() / 2;
  return LetterShare(pieces) > 0.6F && MedianWidth(pieces) > 9 &&
         (wordy || MedianWidth(pieces) > 14);
}

// Most lines run the full width: no table column does that.
bool IsJustified(const Pieces& pieces) {
  if (pieces.size() < 6 || !ReadsLikeProse(pieces)) return false;
  Rect all = pieces.front()->box;
  for (const Piece* piece : pieces) all.Include(piece->box);
  std::size_t full = 0;
  for (const Piece* piece : pieces) {
    full += piece->box.width() > 0.85F * all.width() ? 1 : 0;
  }
  return full * 10 >= pieces.size() * 7;
}

// Most pieces of `a` stand beside one of `b` on the very same baseline.
bool KeepsStep(const Pieces& a, const Pieces& b) {
  std::size_t in_step = 0;
  for (const Piece* piece : a) {
    in_step += std::any_of(b.begin(), b.end(), [&](const Piece* other) {
      return std::fabs(piece->baseline - other->baseline) < 1;
    });
  }
  return in_step * 10 >= a.size() * 7;
}

bool AreColumns(const Pieces& left, const Pieces& right) {
  if (left.size() < kColumnLinesMin || right.size() < kColumnLinesMin) {
    return false;
  }
  if (ReadsLikeProse(left) && ReadsLikeProse(right)) return true;
  if (IsJustified(left) && !KeepsStep(right, left)) return true;
  return IsJustified(right) && !KeepsStep(left, right);
}

struct Gap {
  float left = 0, right = 0;
};

// For every piece the gap to its nearest neighbour on the right.
std::vector<Gap> FindGaps(const Pieces& by_top) {
  std::vector<Gap> gaps;
  for (std::size_t i = 0; i < by_top.size(); ++i) {
    const Piece& piece = *by_top[i];
    const Piece* nearest = nullptr;
    const auto look = [&](const Piece& other) {
      if (other.box.left < piece.box.right || !SameRow(piece, other)) return;
      if (nearest == nullptr || other.box.left < nearest->box.left) {
        nearest = &other;
      }
    };
    for (std::size_t k = i + 1; k < by_top.size(); ++k) {
      if (by_top[k]->box.top >= piece.box.bottom) break;
      look(*by_top[k]);
    }
    const float reach = piece.box.top - 2 * piece.box.height();
    for (std::size_t k = i; k-- > 0;) {
      if (by_top[k]->box.top < reach) break;
      look(*by_top[k]);
    }
    if (nearest != nullptr) {
      gaps.push_back({piece.box.right, nearest->box.left});
    }
  }
  return gaps;
}

// Where most gaps lie one above the other; best first.
std::vector<float> FindGutters(const Pieces& by_top) {
  std::vector<std::pair<float, int>> edges;
  for (const Gap& gap : FindGaps(by_top)) {
    edges.emplace_back(gap.left, 1);
    edges.emplace_back(gap.right, -1);
  }
  std::sort(edges.begin(), edges.end());
  struct Candidate {
    int depth;
    float place;
  };
  std::vector<Candidate> candidates;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    depth += edges[i].second;
    const bool peak = edges[i].second > 0 && edges[i + 1].second < 0;
    if (peak && depth >= static_cast<int>(kColumnLinesMin) - 1) {
      candidates.push_back({depth, (edges[i].first + edges[i + 1].first) / 2});
    }
  }
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.depth > b.depth; });
  if (candidates.size() > kCandidatesMax) candidates.resize(kCandidatesMax);
  std::vector<float> gutters;
  gutters.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    gutters.push_back(candidate.place);
  }
  return gutters;
}

// A part of a region from top to bottom: two columns, or what crosses them.
struct Band {
  Pieces left, right, across;
};

bool Crosses(const Piece& piece, float gutter) {
  return piece.box.left < gutter - 1 && piece.box.right > gutter + 1;
}

float BottomOf(const Pieces& pieces) {
  float bottom = std::numeric_limits<float>::lowest();
  for (const Piece* piece : pieces)
    bottom = std::max(bottom, piece->box.bottom);
  return bottom;
}

// A heading below two columns that end together is no part of the left one,
// though it does not reach across. Takes it, and what follows it, from `band`.
Pieces TakeTail(Band& band) {
  if (band.right.empty()) return {};
  const float right_bottom = BottomOf(band.right);
  float bottom = std::numeric_limits<float>::lowest();
  for (std::size_t i = 0; i < band.left.size(); ++i) {
    const Piece& piece = *band.left[i];
    const bool set_off = i > 0 && piece.box.top - bottom > piece.size;
    if (set_off && piece.box.top > right_bottom) {
      const bool together = std::fabs(bottom - right_bottom) < 2 * piece.size;
      const auto tail = band.left.begin() + static_cast<std::ptrdiff_t>(i);
      if (!together) return {};
      Pieces taken(tail, band.left.end());
      band.left.erase(tail, band.left.end());
      return taken;
    }
    bottom = std::max(bottom, piece.box.bottom);
  }
  return {};
}

// What stands left and right of the gutter, between the pieces that cross it.
std::vector<Band> CutAtCrossings(const Pieces& by_top, float gutter) {
  std::vector<Band> raw(1);
  for (const Piece* piece : by_top) {
    if (Crosses(*piece, gutter)) {
      if (!raw.back().left.empty() || !raw.back().right.empty()) {
        raw.emplace_back();
      }
      raw.back().across.push_back(piece);
      continue;
    }
    if (!raw.back().across.empty()) raw.emplace_back();
    (piece->box.right <= gutter + 1 ? raw.back().left : raw.back().right)
        .push_back(piece);
  }
  std::vector<Band> bands;
  for (Band& band : raw) {
    Pieces tail = TakeTail(band);
    bands.push_back(std::move(band));
    if (!tail.empty()) bands.push_back({.across = std::move(tail)});
  }
  return bands;
}

// A band that is no pair of columns becomes part of what crosses.
std::vector<Band> CutIntoBands(const Pieces& by_top, float gutter) {
  std::vector<Band> bands;
  for (Band& band : CutAtCrossings(by_top, gutter)) {
    if (AreColumns(band.left, band.right)) {
      bands.push_back(std::move(band));
      continue;
    }
    if (bands.empty() || bands.back().across.empty()) bands.emplace_back();
    Pieces& across = bands.back().across;
    for (const Pieces* part : {&band.across, &band.left, &band.right}) {
      across.insert(across.end(), part->begin(), part->end());
    }
  }
  return bands;
}

class Orderer {
 public:
  explicit Orderer(std::uint32_t& region) : region_(region) {}

  void Order(Pieces pieces, int depth) {
    if (pieces.empty()) return;
    std::stable_sort(
        pieces.begin(), pieces.end(),
        [](const Piece* a, const Piece* b) { return a->box.top < b->box.top; });
    if (depth < kDepthMax && pieces.size() <= kPiecesMax &&
        pieces.size() >= 2 * kColumnLinesMin) {
      for (const float gutter : FindGutters(pieces)) {
        if (OrderBands(CutIntoBands(pieces, gutter), depth)) return;
      }
    }
    EmitRows(pieces);
  }

  std::vector<Line> lines;

 private:
  bool OrderBands(const std::vector<Band>& bands, int depth) {
    const bool columns =
        std::any_of(bands.begin(), bands.end(),
                    [](const Band& band) { return !band.left.empty(); });
    if (!columns) return false;
    for (const Band& band : bands) {
      Order(band.across, depth + 1);
      Order(band.left, depth + 1);
      Order(band.right, depth + 1);
    }
    return true;
  }

  void EmitRows(const Pieces& by_top);
  void EmitTables(Pieces& row);
  void EmitRow(Pieces& row);

  std::uint32_t& region_;
};

void Orderer::EmitRows(const Pieces& by_top) {
  Pieces by_middle = by_top;
  std::stable_sort(
      by_middle.begin(), by_middle.end(),
      [](const Piece* a, const Piece* b) { return a->baseline < b->baseline; });
  Pieces row;
  for (const Piece* piece : by_middle) {
    if (!row.empty() && !SameRow(*row.front(), *piece)) {
      EmitRow(row);
      row.clear();
    }
    row.push_back(piece);
  }
  if (!row.empty()) EmitRow(row);
  ++region_;
}

// Takes the stand-ins of tables out of a row: each is a line of its own.
void Orderer::EmitTables(Pieces& row) {
  const auto tables = std::stable_partition(
      row.begin(), row.end(),
      [](const Piece* piece) { return piece->table < 0; });
  for (auto it = tables; it != row.end(); ++it) {
    Line line;
    line.pieces.push_back(**it);
    line.box = (*it)->box;
    line.baseline = (*it)->baseline;
    line.size = (*it)->size;
    line.region = region_;
    lines.push_back(std::move(line));
  }
  row.erase(tables, row.end());
}

void Orderer::EmitRow(Pieces& row) {
  EmitTables(row);
  if (row.empty()) return;
  std::stable_sort(row.begin(), row.end(), [](const Piece* a, const Piece* b) {
    return a->box.left < b->box.left;
  });
  Line line;
  std::uint32_t signs = 0;
  std::uint32_t letters = 0;
  std::uint32_t bold = 0;
  std::uint32_t monospaced = 0;
  std::uint32_t right_to_left = 0;
  std::uint32_t most = 0;
  line.box = row.front()->box;
  for (const Piece* piece : row) {
    line.pieces.push_back(*piece);
    line.box.Include(piece->box);
    signs += piece->signs;
    letters += piece->letters;
    bold += piece->bold;
    monospaced += piece->monospaced;
    right_to_left += piece->right_to_left;
    if (piece->signs > most) {
      most = piece->signs;
      line.size = piece->size;
      line.baseline = piece->baseline;
    }
  }
  line.region = region_;
  line.all_bold = bold * 20 >= signs * 19;
  line.monospaced = monospaced * 10 >= signs * 9;
  line.right_to_left = right_to_left * 2 > letters;
  if (line.right_to_left) std::reverse(line.pieces.begin(), line.pieces.end());
  lines.push_back(std::move(line));
}

}  // namespace

std::vector<Line> OrderLines(const std::vector<Piece>& pieces,
                             std::uint32_t& region) {
  Pieces all;
  for (const Piece& piece : pieces) all.push_back(&piece);
  Orderer orderer(region);
  orderer.Order(std::move(all), 0);
  return std::move(orderer.lines);
}

}  // namespace cairn::pdf
