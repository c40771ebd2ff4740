#include "index/dense/rows.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "base/half.h"
#include "index/dense/kernels.h"

namespace cairn {
namespace {

constexpr std::size_t kLanes = 16;
// Products below the least normal float lose their relative precision.
constexpr float kTiny = 1e-30F;

// Covers the rounding of the bound, of the approximate and of the exact score,
// relative to |query| |vector|: each lane of Exact adds stride / kLanes floats.
float Slack(std::size_t stride) {
  return 1e-6F + 1.2e-7F * static_cast<float>(stride / kLanes + kLanes);
}

Status CheckVector(std::span<const float> vector, std::size_t dimension) {
  if (vector.size() != dimension) {
    return InvalidArgumentError("vector has " + std::to_string(vector.size()) +
                                    " values, want " +
                                    std::to_string(dimension),
                                "WRONG_DIMENSION");
  }
  for (const float value : vector) {
    if (!(std::fabs(value) <= kHalfMax)) {
      return InvalidArgumentError("vector has a value that is not a number",
                                  "NOT_FINITE");
    }
  }
  return OkStatus();
}

float RoundUp(double value) { return static_cast<float>(value * (1 + 1e-6)); }

struct Candidate {
  std::size_t row;
  float upper;
};

}  // namespace

void MarkDead(std::shared_ptr<const Tombstones>& dead, std::size_t i) {
  auto next = std::make_shared<Tombstones>(dead ? *dead : Tombstones{});
  (*next)[i / 64] |= std::uint64_t{1} << (i % 64);
  dead = std::move(next);
}

StatusOr<RowQuery> PrepareQuery(std::span<const float> query,
                                std::size_t dimension, std::size_t stride) {
  CAIRN_RETURN_IF_ERROR(CheckVector(query, dimension));
  RowQuery out;
  out.values.assign(stride, 0);
  out.codes.assign(stride, 0);
  std::copy(query.begin(), query.end(), out.values.begin());
  float largest = 0;
  double norm = 0;
  for (const float v : query) {
    largest = std::max(largest, std::fabs(v));
    norm += static_cast<double>(v) * v;
  }
  // 127 * limit * stride stays below 2^31.
  const double limit =
      std::min(16383.0, std::floor(16.0e6 / static_cast<double>(stride)));
  out.scale = largest > 0 ? largest / static_cast<float>(limit) : 1;
  double error = 0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const long code = std::lround(query[i] / out.scale);
    out.codes[i] = static_cast<std::int16_t>(
        std::clamp(code, -static_cast<long>(limit), static_cast<long>(limit)));
    const double e = query[i] - static_cast<double>(out.scale) * out.codes[i];
    error += e * e;
  }
  out.error = RoundUp(std::sqrt(error));
  out.norm = RoundUp(std::sqrt(norm));
  return out;
}

StatusOr<std::vector<RowQuery>> RowView::Prepare(
    std::span<const std::span<const float>> queries) const {
  std::vector<RowQuery> prepared;
  for (const std::span<const float> query : queries) {
    CAIRN_ASSIGN_OR_RETURN(prepared.emplace_back(), Prepare(query));
  }
  return prepared;
}

float RowView::Approximate(const RowQuery& query, std::size_t row) const {
  std::int32_t dot = 0;
  DotRows(query.codes.data(), codes(row), stride_, 1, &dot);
  return static_cast<float>(dot) * (query.scale * scale(row));
}

float RowView::Exact(const RowQuery& query, std::size_t row) const {
  return DotHalves(query.values.data(), halves(row), stride_);
}

// One query on its way through the rows.
class RowView::ScanState {
 public:
  ScanState(const RowView& view, const RowQuery& query, std::size_t limit,
            const ChunkFilter& filter)
      : view_(view),
        query_(query),
        limit_(limit),
        filter_(filter),
        slack_(Slack(view.stride())) {}

  // Rows [row, row + count) of one block.
  void Take(std::size_t row, std::size_t count) {
    const RowBlock& b = view_.block(row);
    const std::size_t first = row % kBlockRows;
    DotRows(query_.codes.data(), view_.codes(row), view_.stride(), count,
            dots_.data());
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = first + i;
      const float score =
          static_cast<float>(dots_[i]) * (query_.scale * b.scale[at]);
      const float bound =
          (query_.norm * b.error[at] + query_.error * b.norm[at]) +
          slack_ * query_.norm * (b.norm[at] + b.error[at]) + kTiny;
      if (score + bound < threshold_) continue;
      if (view_.dead(row + i) || (filter_ && !filter_(b.chunks[at]))) continue;
      Keep({.row = row + i, .upper = score + bound}, score - bound);
    }
  }

  std::vector<ScoredChunk> Best() const {
    std::vector<ScoredChunk> hits;
    for (const Candidate& c : kept_) {
      if (c.upper < threshold_) continue;
      hits.push_back(
          {.chunk = view_.chunk(c.row), .score = view_.Exact(query_, c.row)});
    }
    KeepBest(limit_, hits);
    return hits;
  }

 private:
  void Keep(const Candidate& candidate, float lower) {
    kept_.push_back(candidate);
    lowers_.push_back(lower);
    std::push_heap(lowers_.begin(), lowers_.end(), std::greater<>());
    if (lowers_.size() > limit_) {
      std::pop_heap(lowers_.begin(), lowers_.end(), std::greater<>());
      lowers_.pop_back();
    }
    if (lowers_.size() == limit_) threshold_ = lowers_.front();
  }

  const RowView& view_;
  const RowQuery& query_;
  const std::size_t limit_;
  const ChunkFilter& filter_;
  const float slack_;
  float threshold_ = -std::numeric_limits<float>::infinity();
  std::vector<Candidate> kept_;
  std::vector<float> lowers_;  // Min-heap of the best `limit` lower bounds.
  std::array<std::int32_t, kBlockRows> dots_;
};

std::vector<std::vector<ScoredChunk>> RowView::Scan(
    std::span<const RowQuery> queries, std::size_t from, std::size_t limit,
    const ChunkFilter& filter) const {
  if (limit == 0) return std::vector<std::vector<ScoredChunk>>(queries.size());
  std::vector<ScanState> scans;
  scans.reserve(queries.size());
  for (const RowQuery& query : queries) {
    scans.emplace_back(*this, query, limit, filter);
  }
  for (std::size_t row = from; row < rows_;) {
    const std::size_t count =
        std::min(kBlockRows - row % kBlockRows, rows_ - row);
    for (ScanState& scan : scans) scan.Take(row, count);
    row += count;
  }
  std::vector<std::vector<ScoredChunk>> best;
  for (const ScanState& scan : scans) best.push_back(scan.Best());
  return best;
}

StatusOr<std::vector<std::vector<ScoredChunk>>> RowView::Score(
    std::span<const std::span<const float>> queries,
    std::span<const ChunkId> chunks) const {
  CAIRN_ASSIGN_OR_RETURN(const std::vector<RowQuery> prepared,
                         Prepare(queries));
  std::vector<std::vector<ScoredChunk>> scores(queries.size());
  for (const ChunkId& id : chunks) {
    const auto row = directory_.Find(*this, id);
    if (!row) continue;
    for (std::size_t i = 0; i < prepared.size(); ++i) {
      scores[i].push_back({.chunk = id, .score = Exact(prepared[i], *row)});
    }
  }
  return scores;
}

std::vector<float> RowView::Vector(const ChunkId& chunk) const {
  std::vector<float> vector;
  const auto row = directory_.Find(*this, chunk);
  if (!row) return vector;
  const std::uint16_t* half = halves(*row);
  for (std::size_t i = 0; i < dimension_; ++i) {
    vector.push_back(FromHalf(half[i]));
  }
  return vector;
}

std::vector<float> RowView::BackgroundScores(std::span<const float> query,
                                             std::size_t count) const {
  const StatusOr<RowQuery> prepared = Prepare(query);
  if (!prepared.ok() || live_ == 0) return {};
  std::vector<float> scores;
  for (const std::size_t row : *sample_.Draw(*this, count)) {
    scores.push_back(Exact(*prepared, row));
  }
  return scores;
}

RowTable::RowTable(std::size_t dimension)
    : dimension_(dimension),
      stride_((dimension + kCodePadding - 1) / kCodePadding * kCodePadding) {}

Status RowTable::Add(const ChunkId& chunk, std::span<const float> vector) {
  CAIRN_RETURN_IF_ERROR(CheckVector(vector, dimension_));
  std::vector<std::uint16_t> halves(stride_);
  std::transform(vector.begin(), vector.end(), halves.begin(), ToHalf);
  Remove(chunk);
  Append(chunk, halves);
  return OkStatus();
}

RowBlock& RowTable::LastBlock() {
  const std::size_t at = rows_ % kBlockRows;
  if (at == 0) {
    // Many collections are small.
    const std::size_t capacity = blocks_.empty() ? 16 : kBlockRows;
    blocks_.push_back(std::make_shared<RowBlock>(stride_, capacity));
    dead_.push_back(nullptr);
  } else if (at == blocks_.back()->capacity()) {
    auto roomier = std::make_shared<RowBlock>(*blocks_.back());
    roomier->Resize(stride_, 2 * at);
    blocks_.back() = std::move(roomier);
  }
  return *blocks_.back();
}

void RowTable::Append(const ChunkId& chunk,
                      std::span<const std::uint16_t> halves) {
  RowBlock& block = LastBlock();
  const std::size_t at = rows_ % kBlockRows;
  float largest = 0;
  for (const std::uint16_t h : halves) {
    largest = std::max(largest, std::fabs(FromHalf(h)));
  }
  const float scale = largest > 0 ? largest / 127 : 1;
  double error = 0, norm = 0;
  for (std::size_t i = 0; i < stride_; ++i) {
    const float value = FromHalf(halves[i]);
    const long code = std::clamp(std::lround(value / scale), -127L, 127L);
    block.codes[at * stride_ + i] = static_cast<std::int8_t>(code);
    block.halves[at * stride_ + i] = halves[i];
    const double decoded =
        static_cast<double>(scale) * static_cast<double>(code);
    error += (value - decoded) * (value - decoded);
    norm += decoded * decoded;
  }
  block.chunks[at] = chunk;
  block.scale[at] = scale;
  block.error[at] = RoundUp(std::sqrt(error));
  block.norm[at] = RoundUp(std::sqrt(norm));
  row_of_[chunk] = rows_++;
}

void RowTable::Remove(const ChunkId& chunk) {
  const auto it = row_of_.find(chunk);
  if (it == row_of_.end()) return;
  Kill(it->second);
  row_of_.erase(it);
}

std::span<const std::uint16_t> RowTable::Halves(const ChunkId& chunk) const {
  const auto it = row_of_.find(chunk);
  if (it == row_of_.end()) return {};
  const RowBlock& block = *blocks_[it->second / kBlockRows];
  return {&block.halves[(it->second % kBlockRows) * stride_], dimension_};
}

void RowTable::Kill(std::size_t row) {
  MarkDead(dead_[row / kBlockRows], row % kBlockRows);
}

void RowTable::Compact() {
  const std::shared_ptr<const RowView> old = View();
  blocks_.clear();
  dead_.clear();
  row_of_.clear();
  directory_ = {};
  rows_ = 0;
  for (std::size_t row = 0; row < old->rows(); ++row) {
    if (!old->dead(row)) Append(old->chunk(row), {old->halves(row), stride_});
  }
}

std::shared_ptr<const RowView> RowTable::View() {
  auto view = std::make_shared<RowView>();
  view->dimension_ = dimension_;
  view->stride_ = stride_;
  view->rows_ = rows_;
  view->live_ = row_of_.size();
  view->blocks_.assign(blocks_.begin(), blocks_.end());
  view->dead_ = dead_;
  directory_.Extend(*view);
  view->directory_ = directory_;
  return view;
}

}  // namespace cairn
