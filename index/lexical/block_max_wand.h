// Block-max WAND (Ding and Suel 2011): the best chunks of a segment without
// scoring those that cannot reach the best `limit` found so far.
//
// Exactness: a chunk is skipped only when its bound is below the worst kept
// score; equal is not skipped, so ties by id come out as in a full scan. Scores
// are summed in term order in doubles, whatever the segment.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "index/lexical/segment.h"
#include "index/scored_chunk.h"

namespace cairn {

struct WeightedTerm {
  std::string term;
  double weight = 0;  // idf * times given.
};

struct Bm25 {
  double k1 = 0, b = 0, average_length = 1;
  double Gain(double tf, double length) const {
    const double norm = k1 * (1 - b + b * length / average_length);
    return tf > 0 ? tf * (k1 + 1) / (tf + norm) : 0;
  }
};

// The best `limit`, as a heap with the worst in front.
class TopChunks {
 public:
  explicit TopChunks(std::size_t limit) : limit_(limit) {}
  void Offer(const ScoredChunk& hit);
  // Below this nothing enters.
  double threshold() const { return threshold_; }
  std::vector<ScoredChunk> Take();

 private:
  const std::size_t limit_;
  double threshold_ = 0;
  std::vector<ScoredChunk> heap_;
};

// `terms` sorted, distinct.
void SearchSegment(const SegmentState& state, const Bm25& bm25,
                   const std::vector<WeightedTerm>& terms,
                   const ChunkFilter& filter, TopChunks& top);

// The same terms by their numbers in one segment, ascending; those that it does
// not have are left out.
struct NumberedTerm {
  std::uint32_t number = 0;
  double weight = 0;
};
std::vector<NumberedTerm> NumberTerms(const Segment& segment,
                                      const std::vector<WeightedTerm>& terms);
double ScoreChunk(const Segment& segment, std::uint32_t doc, const Bm25& bm25,
                  const std::vector<NumberedTerm>& terms);

}  // namespace cairn
