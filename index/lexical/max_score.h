// Block-max MaxScore over windows: the best chunks of a segment without scoring
// those that cannot reach the best `limit` found so far.
//
// The segment is gone through in windows of chunks. Block maxima bound what
// each term can give in a window; the terms that together stay below the worst
// kept score are only looked up for chunks that one of the others has. (Turtle
// and Flood 1995; block maxima by Ding and Suel 2011; windows because a
// question with dozens of terms is summed faster into an array than merged by a
// heap.) Exactness: a chunk is skipped only when its bound is below the worst
// kept score; equal is not skipped, so ties by id come out as in a full scan.
// What a term gives is a whole number of 2^-32, so that a sum is the same in
// any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "index/lexical/segment.h"
#include "index/scored_chunk.h"

namespace cairn {

struct Bm25 {
  double k1 = 0, b = 0, average_length = 1;
  // What a term of this weight gives, in units of 2^-32.
  std::int64_t Gain(double weight, double tf, double length) const {
    const double norm = k1 * (1 - b + b * length / average_length);
    const double gain = tf > 0 ? weight * tf * (k1 + 1) / (tf + norm) : 0;
    return static_cast<std::int64_t>(gain * 0x1p32);
  }
};
inline float ScoreOf(std::int64_t gains) {
  return static_cast<float>(static_cast<double>(gains) * 0x1p-32);
}

// A term of a query by its number in one segment.
struct NumberedTerm {
  std::uint32_t number = 0;
  double weight = 0;  // idf * times given.
};

// The best `limit`, as a heap with the worst in front.
class TopChunks {
 public:
  explicit TopChunks(std::size_t limit) : limit_(limit) {}
  void Offer(const ScoredChunk& hit);
  // Fewer gains than these do not enter.
  std::int64_t least() const { return least_; }
  std::vector<ScoredChunk> Take();

 private:
  const std::size_t limit_;
  std::int64_t least_ = 0;
  std::vector<ScoredChunk> heap_;
};

// `terms` ascending, distinct.
void SearchSegment(const SegmentState& state, const Bm25& bm25,
                   const std::vector<NumberedTerm>& terms,
                   const ChunkFilter& filter, TopChunks& top);
float ScoreChunk(const Segment& segment, std::uint32_t doc, const Bm25& bm25,
                 const std::vector<NumberedTerm>& terms);

}  // namespace cairn
