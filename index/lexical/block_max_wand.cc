#include "index/lexical/block_max_wand.h"

#include <algorithm>

namespace cairn {
namespace {

// Bounds are raised by this, above the rounding of sums and of the float score.
constexpr double kRoundUp = 1 + 1e-6;

class Cursor {
 public:
  Cursor(const Segment& segment, const Bm25& bm25, std::size_t term,
         double weight)
      : segment_(&segment),
        bm25_(&bm25),
        weight_(weight),
        at_(segment.begin[term]),
        first_(segment.begin[term]),
        end_(segment.begin[term + 1]),
        block_(segment.block_begin[term]),
        block_first_(block_),
        block_end_(segment.block_begin[term + 1]) {
    for (std::size_t b = block_; b < block_end_; ++b) {
      max_ = std::max(max_, Bound(segment.blocks[b]));
    }
    Read();
  }

  std::uint32_t doc() const { return doc_; }
  double max() const { return max_; }
  double Score() const {
    return weight_ * bm25_->Gain(segment_->tfs[at_], segment_->length[doc_]);
  }
  void Next() {
    ++at_;
    Read();
  }
  // To the first posting at or after `target`.
  void Seek(std::uint32_t target) {
    if (doc_ >= target) return;
    SeekBlock(target);
    if (block_ == block_end_) {
      at_ = end_;
    } else {
      const std::size_t start =
          first_ + (block_ - block_first_) * kPostingBlock;
      at_ = std::max(at_, start);
      while (segment_->docs[at_] < target) ++at_;
    }
    Read();
  }
  // Moves only the block pointer.
  void SeekBlock(std::uint32_t target) {
    while (block_ < block_end_ && segment_->blocks[block_].last < target) {
      ++block_;
    }
  }
  double block_max() const {
    return block_ < block_end_ ? Bound(segment_->blocks[block_]) : 0;
  }
  std::uint32_t block_last() const {
    return block_ < block_end_ ? segment_->blocks[block_].last : kNoDoc - 1;
  }

 private:
  double Bound(const BlockMax& max) const {
    return weight_ * bm25_->Gain(max.tf, max.length) * kRoundUp;
  }
  void Read() { doc_ = at_ < end_ ? segment_->docs[at_] : kNoDoc; }

  const Segment* segment_;
  const Bm25* bm25_;
  double weight_;
  double max_ = 0;
  std::size_t at_, first_, end_, block_, block_first_, block_end_;
  std::uint32_t doc_ = kNoDoc;
};

class Wand {
 public:
  Wand(const SegmentState& state, const ChunkFilter& filter, TopChunks& top,
       std::vector<Cursor> cursors)
      : state_(state),
        filter_(filter),
        top_(top),
        cursors_(std::move(cursors)) {
    for (Cursor& c : cursors_) order_.push_back(&c);
  }

  void Run() {
    for (;;) {
      Sort();
      std::size_t pivot = 0;
      double bound = 0;
      for (; pivot < order_.size() && order_[pivot]->doc() != kNoDoc; ++pivot) {
        bound += order_[pivot]->max();
        if (bound >= top_.threshold()) break;
      }
      if (pivot == order_.size() || order_[pivot]->doc() == kNoDoc) return;
      Step(pivot);
    }
  }

 private:
  void Sort() {  // Nearly sorted: insertion.
    for (std::size_t i = 1; i < order_.size(); ++i) {
      Cursor* moved = order_[i];
      std::size_t j = i;
      for (; j > 0 && order_[j - 1]->doc() > moved->doc(); --j) {
        order_[j] = order_[j - 1];
      }
      order_[j] = moved;
    }
  }

  void Step(std::size_t pivot) {
    const std::uint32_t doc = order_[pivot]->doc();
    while (pivot + 1 < order_.size() && order_[pivot + 1]->doc() == doc) {
      ++pivot;
    }
    double bound = 0;
    for (std::size_t i = 0; i <= pivot; ++i) {
      order_[i]->SeekBlock(doc);
      bound += order_[i]->block_max();
    }
    if (bound < top_.threshold()) return SkipBlocks(pivot);
    if (order_[0]->doc() != doc) {
      for (std::size_t i = 0; i < pivot; ++i) order_[i]->Seek(doc);
      return;
    }
    Evaluate(doc);
  }

  // No chunk before the end of the shortest block can enter.
  void SkipBlocks(std::size_t pivot) {
    std::uint32_t next = kNoDoc;
    for (std::size_t i = 0; i <= pivot; ++i) {
      next = std::min(next, order_[i]->block_last() + 1);
    }
    if (pivot + 1 < order_.size()) {
      next = std::min(next, order_[pivot + 1]->doc());
    }
    for (std::size_t i = 0; i <= pivot; ++i) order_[i]->Seek(next);
  }

  void Evaluate(std::uint32_t doc) {
    const ChunkId& id = state_.segment->chunks[doc];
    const bool wanted = !state_.dead[doc] && (!filter_ || filter_(id));
    double score = 0;
    for (Cursor& c : cursors_) {
      if (c.doc() != doc) continue;
      if (wanted) score += c.Score();
      c.Next();
    }
    if (wanted) top_.Offer({.chunk = id, .score = static_cast<float>(score)});
  }

  const SegmentState& state_;
  const ChunkFilter& filter_;
  TopChunks& top_;
  std::vector<Cursor> cursors_;  // In term order, for the sum.
  std::vector<Cursor*> order_;   // By chunk.
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
  if (heap_.size() == limit_) threshold_ = heap_.front().score;
}

std::vector<ScoredChunk> TopChunks::Take() {
  std::sort(heap_.begin(), heap_.end(), RanksBefore);
  return std::move(heap_);
}

void SearchSegment(const SegmentState& state, const Bm25& bm25,
                   const std::vector<WeightedTerm>& terms,
                   const ChunkFilter& filter, TopChunks& top) {
  std::vector<Cursor> cursors;
  for (const WeightedTerm& t : terms) {
    const std::size_t number = state.segment->FindTerm(t.term);
    if (number == std::string_view::npos || state.df[number] == 0) continue;
    cursors.emplace_back(*state.segment, bm25, number, t.weight);
  }
  if (!cursors.empty()) Wand(state, filter, top, std::move(cursors)).Run();
}

std::vector<NumberedTerm> NumberTerms(const Segment& segment,
                                      const std::vector<WeightedTerm>& terms) {
  std::vector<NumberedTerm> numbered;
  for (const WeightedTerm& t : terms) {
    const std::size_t number = segment.FindTerm(t.term);
    if (number == std::string_view::npos) continue;
    numbered.push_back({static_cast<std::uint32_t>(number), t.weight});
  }
  return numbered;
}

double ScoreChunk(const Segment& segment, std::uint32_t doc, const Bm25& bm25,
                  const std::vector<NumberedTerm>& terms) {
  const auto begin = segment.forward.begin();
  auto at = begin + static_cast<std::ptrdiff_t>(segment.forward_begin[doc]);
  const auto end =
      begin + static_cast<std::ptrdiff_t>(segment.forward_begin[doc + 1]);
  double score = 0;
  for (const NumberedTerm& t : terms) {
    at = std::lower_bound(at, end, t.number,
                          [](const auto& entry, std::uint32_t number) {
                            return entry.first < number;
                          });
    if (at == end) break;
    if (at->first != t.number) continue;
    score += t.weight * bm25.Gain(at->second, segment.length[doc]);
  }
  return score;
}

}  // namespace cairn
