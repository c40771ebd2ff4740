#include "index/lexical/max_score.h"

#include <algorithm>
#include <array>
#include <bit>

namespace cairn {
namespace {

// Above the rounding of a gain: bounds are raised by so many units, and a score
// as float lowered by this share.
constexpr std::int64_t kRoundUp = 2;
constexpr double kRoundDown = 1 - 1e-6;
// Chunks of a window: the sums of one fit the first cache.
constexpr std::uint32_t kWindow = 2048;

// The postings of one term, from window to window.
class Cursor {
 public:
  Cursor(const Segment& segment, const Bm25& bm25, const NumberedTerm& term)
      : bm25_(&bm25),
        weight_(term.weight),
        docs_(segment.docs.data()),
        tfs_(segment.tfs.data()),
        length_(segment.length.data()),
        at_(segment.begin[term.number]),
        first_(at_),
        end_(segment.begin[term.number + 1]),
        blocks_(segment.blocks.data() + segment.block_begin[term.number]),
        block_(blocks_),
        blocks_end_(segment.blocks.data() +
                    segment.block_begin[term.number + 1]) {}

  // To the first posting of the window, and what its best one can give.
  void Enter(std::uint32_t first, std::uint32_t end) {
    Seek(first);
    bound_ = 0;
    if (at_ == end_ || docs_[at_] >= end) return;
    for (const BlockMax* b = block_; b < blocks_end_; ++b) {
      bound_ = std::max(bound_, Gain(b->tf, b->length) + kRoundUp);
      if (b->last + 1 >= end) break;
    }
  }
  // 0: no posting in the window.
  std::int64_t bound() const { return bound_; }

  // Calls `take(chunk, gain)` for the postings before `end`.
  template <typename Take>
  void Drain(std::uint32_t end, const Take& take) {
    for (; at_ < end_ && docs_[at_] < end; ++at_) take(docs_[at_], GainHere());
  }
  std::int64_t GainOf(std::uint32_t doc) {
    Seek(doc);
    return at_ < end_ && docs_[at_] == doc ? GainHere() : 0;
  }

 private:
  std::int64_t Gain(float tf, float length) const {
    return bm25_->Gain(weight_, tf, length);
  }
  std::int64_t GainHere() const { return Gain(tfs_[at_], length_[docs_[at_]]); }

  // To the first posting at or after `target`.
  void Seek(std::uint32_t target) {
    if (at_ == end_ || docs_[at_] >= target) return;
    while (block_ < blocks_end_ && block_->last < target) ++block_;
    if (block_ == blocks_end_) {
      at_ = end_;
      return;
    }
    const std::size_t start =
        first_ + static_cast<std::size_t>(block_ - blocks_) * kPostingBlock;
    const std::size_t stop = std::min(start + kPostingBlock, end_);
    at_ = static_cast<std::size_t>(
        std::lower_bound(docs_ + std::max(at_, start), docs_ + stop, target) -
        docs_);
  }

  const Bm25* bm25_;
  double weight_;
  std::int64_t bound_ = 0;
  const std::uint32_t* docs_;
  const float* tfs_;
  const float* length_;
  std::size_t at_, first_, end_;  // Postings.
  const BlockMax *blocks_, *block_, *blocks_end_;
};

class MaxScore {
 public:
  MaxScore(const SegmentState& state, const Bm25& bm25,
           const std::vector<NumberedTerm>& terms, const ChunkFilter& filter,
           TopChunks& top)
      : state_(state), filter_(filter), top_(top) {
    for (const NumberedTerm& term : terms) {
      if (state.df[term.number] == 0) continue;
      cursors_.emplace_back(*state.segment, bm25, term);
    }
  }

  void Run() {
    if (cursors_.empty()) return;
    const auto chunks = static_cast<std::uint32_t>(state_.dead.size());
    for (first_ = 0; first_ < chunks; first_ += kWindow) {
      end_ = std::min(first_ + kWindow, chunks);
      EnterWindow();
      if (optional_ == ordered_.size()) continue;
      for (std::size_t i = optional_; i < ordered_.size(); ++i) {
        ordered_[i]->Drain(end_, [this](std::uint32_t doc, std::int64_t gain) {
          const std::uint32_t place = doc - first_;
          sums_[place] += gain;
          met_[place / 64] |= std::uint64_t{1} << (place % 64);
        });
      }
      JudgeMet();
    }
  }

 private:
  // The terms of the window by what they can give, the least first; the first
  // `optional_` of them cannot bring a chunk in by themselves.
  void EnterWindow() {
    ordered_.clear();
    for (Cursor& cursor : cursors_) {
      cursor.Enter(first_, end_);
      if (cursor.bound() > 0) ordered_.push_back(&cursor);
    }
    std::sort(ordered_.begin(), ordered_.end(),
              [](const Cursor* a, const Cursor* b) {
                return a->bound() < b->bound();
              });
    below_.assign(1, 0);
    optional_ = 0;
    for (const Cursor* cursor : ordered_) {
      below_.push_back(below_.back() + cursor->bound());
      if (below_.back() < top_.least()) ++optional_;
    }
  }

  // Those met in the window, ascending; leaves the sums at 0.
  void JudgeMet() {
    for (std::size_t word = 0; word < met_.size(); ++word) {
      for (std::uint64_t bits = met_[word]; bits != 0; bits &= bits - 1) {
        const std::size_t place =
            word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        const std::int64_t sum = sums_[place];
        sums_[place] = 0;
        Judge(first_ + static_cast<std::uint32_t>(place), sum);
      }
      met_[word] = 0;
    }
  }

  void Judge(std::uint32_t doc, std::int64_t sum) {
    for (std::size_t i = optional_; i > 0; --i) {
      if (sum + below_[i] < top_.least()) return;
      sum += ordered_[i - 1]->GainOf(doc);
    }
    if (sum < top_.least()) return;
    const ChunkId& id = state_.segment->chunks[doc];
    if (state_.dead[doc] || (filter_ && !filter_(id))) return;
    top_.Offer({.chunk = id, .score = ScoreOf(sum)});
  }

  const SegmentState& state_;
  const ChunkFilter& filter_;
  TopChunks& top_;
  std::vector<Cursor> cursors_;
  // Of the window.
  std::uint32_t first_ = 0, end_ = 0;
  std::vector<Cursor*> ordered_;
  std::vector<std::int64_t> below_;  // [i]: the sum of the bounds before i.
  std::size_t optional_ = 0;
  std::array<std::int64_t, kWindow> sums_{};
  std::array<std::uint64_t, kWindow / 64> met_{};
};

}  // namespace

void TopChunks::Offer(const ScoredChunk& hit) {
  if (limit_ == 0) return;
  if (heap_.size() == limit_) {
    if (!RanksBefore(hit, heap_.front())) return;
    std::pop_heap(heap_.begin(), heap_.end(), RanksBefore);
    heap_.pop_back();
  }
  heap_.push_back(hit);
  std::push_heap(heap_.begin(), heap_.end(), RanksBefore);
  if (heap_.size() < limit_) return;
  const double worst = heap_.front().score;
  least_ = static_cast<std::int64_t>(worst * kRoundDown * 0x1p32);
}

std::vector<ScoredChunk> TopChunks::Take() {
  std::sort(heap_.begin(), heap_.end(), RanksBefore);
  return std::move(heap_);
}

void SearchSegment(const SegmentState& state, const Bm25& bm25,
                   const std::vector<NumberedTerm>& terms,
                   const ChunkFilter& filter, TopChunks& top) {
  MaxScore(state, bm25, terms, filter, top).Run();
}

float ScoreChunk(const Segment& segment, std::uint32_t doc, const Bm25& bm25,
                 const std::vector<NumberedTerm>& terms) {
  const auto begin = segment.forward.begin();
  auto at = begin + static_cast<std::ptrdiff_t>(segment.forward_begin[doc]);
  const auto end =
      begin + static_cast<std::ptrdiff_t>(segment.forward_begin[doc + 1]);
  std::int64_t sum = 0;
  for (const NumberedTerm& t : terms) {
    at = std::lower_bound(at, end, t.number,
                          [](const auto& entry, std::uint32_t number) {
                            return entry.first < number;
                          });
    if (at == end) break;
    if (at->first != t.number) continue;
    sum += bm25.Gain(t.weight, at->second, segment.length[doc]);
  }
  return ScoreOf(sum);
}

}  // namespace cairn
