// Segment: an immutable run of chunks, sorted by id, with postings by term and
// terms by chunk; SegmentState: what is alive in it.
//
// Block maxima are (greatest tf, least length) pairs, not scores, so they stay
// valid when N, df and the average length change. Lengths are kept as integer
// counts per field, so sums are exact whatever was deleted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/ids.h"

namespace cairn {

inline constexpr std::size_t kPostingBlock = 128;
inline constexpr std::uint32_t kNoDoc = 0xffffffffU;
// Occurrences in title, header, body.
using FieldLengths = std::array<std::int64_t, 3>;

struct SegmentChunk {
  ChunkId id;
  FieldLengths lengths{};
  float length = 0;                                  // Weighted.
  std::vector<std::pair<std::string, float>> terms;  // Sorted; weighted tf.
};

struct BlockMax {
  std::uint32_t last = 0;  // Greatest chunk of the block.
  float tf = 0;            // Greatest.
  float length = 0;        // Least.
};

struct Segment {
  std::vector<ChunkId> chunks;
  std::vector<FieldLengths> lengths;
  std::vector<float> length;
  std::vector<std::string> terms;  // Sorted.
  std::vector<std::size_t> begin;  // terms + 1, into docs/tfs.
  std::vector<std::uint32_t> docs;
  std::vector<float> tfs;
  std::vector<std::size_t> block_begin;  // terms + 1, into blocks.
  std::vector<BlockMax> blocks;
  std::vector<std::size_t> forward_begin;  // chunks + 1.
  std::vector<std::pair<std::uint32_t, float>>
      forward;  // Term, tf; by term in a chunk.

  // kNoDoc / npos when absent.
  std::uint32_t FindChunk(const ChunkId& id) const;
  std::size_t FindTerm(std::string_view term) const;
};

// `chunks` sorted by id, without duplicates.
std::shared_ptr<const Segment> BuildSegment(
    const std::vector<const SegmentChunk*>& chunks);

// Copied on write.
struct SegmentState {
  std::shared_ptr<const Segment> segment;
  std::vector<bool> dead;
  std::vector<std::uint32_t> df;  // Live, by term.
  FieldLengths lengths{};         // Live sums.
  std::size_t live = 0;

  explicit SegmentState(std::shared_ptr<const Segment> all_alive);
  void Kill(std::uint32_t doc);
};

// One segment of all that is alive in `parts`; no chunk is alive in two.
std::shared_ptr<const Segment> MergeSegments(
    const std::vector<const SegmentState*>& parts);

}  // namespace cairn
