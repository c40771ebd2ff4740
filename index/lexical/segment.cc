#include "index/lexical/segment.h"

#include <algorithm>
#include <unordered_map>

namespace cairn {
namespace {

// The sorted dictionary, and the number of each term in it.
std::unordered_map<std::string_view, std::uint32_t> MakeDictionary(
    const std::vector<const SegmentChunk*>& chunks, Segment& segment) {
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  for (const SegmentChunk* chunk : chunks) {
    for (const auto& [term, tf] : chunk->terms) numbers.emplace(term, 0);
  }
  std::vector<std::string_view> sorted;
  sorted.reserve(numbers.size());
  for (const auto& entry : numbers) sorted.push_back(entry.first);
  std::sort(sorted.begin(), sorted.end());
  for (std::uint32_t i = 0; i < sorted.size(); ++i) numbers[sorted[i]] = i;
  segment.terms.assign(sorted.begin(), sorted.end());
  return numbers;
}

void FillPostings(Segment& s) {
  s.begin.assign(s.terms.size() + 1, 0);
  for (const auto& entry : s.forward) ++s.begin[entry.first + 1];
  for (std::size_t t = 0; t < s.terms.size(); ++t) s.begin[t + 1] += s.begin[t];
  s.docs.resize(s.forward.size());
  s.tfs.resize(s.forward.size());
  std::vector<std::size_t> next(s.begin.begin(), s.begin.end());
  for (std::uint32_t doc = 0; doc < s.chunks.size(); ++doc) {
    for (std::size_t i = s.forward_begin[doc]; i < s.forward_begin[doc + 1];
         ++i) {
      const std::size_t at = next[s.forward[i].first]++;
      s.docs[at] = doc;
      s.tfs[at] = s.forward[i].second;
    }
  }
}

void FillBlocks(Segment& s) {
  s.block_begin.assign(1, 0);
  for (std::size_t t = 0; t < s.terms.size(); ++t) {
    for (std::size_t at = s.begin[t]; at < s.begin[t + 1];) {
      const std::size_t end = std::min(at + kPostingBlock, s.begin[t + 1]);
      BlockMax max{.last = s.docs[end - 1],
                   .tf = s.tfs[at],
                   .length = s.length[s.docs[at]]};
      for (; at < end; ++at) {
        max.tf = std::max(max.tf, s.tfs[at]);
        max.length = std::min(max.length, s.length[s.docs[at]]);
      }
      s.blocks.push_back(max);
    }
    s.block_begin.push_back(s.blocks.size());
  }
}

// The terms that live in any part, and for each part the new numbers.
std::vector<std::vector<std::uint32_t>> MergeDictionaries(
    const std::vector<const SegmentState*>& parts, Segment& segment) {
  std::vector<std::string_view> all;
  for (const SegmentState* p : parts) {
    for (std::size_t t = 0; t < p->df.size(); ++t) {
      if (p->df[t] > 0) all.push_back(p->segment->terms[t]);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  segment.terms.assign(all.begin(), all.end());
  std::vector<std::vector<std::uint32_t>> numbers;
  for (const SegmentState* p : parts) {
    auto& of_part = numbers.emplace_back(p->df.size());
    std::uint32_t next = 0;
    for (std::size_t t = 0; t < p->df.size(); ++t) {
      if (p->df[t] == 0) continue;
      while (all[next] != p->segment->terms[t]) ++next;
      of_part[t] = next;
    }
  }
  return numbers;
}

struct ChunkPlace {
  ChunkId id;
  std::size_t part = 0;
  std::uint32_t doc = 0;
};

std::vector<ChunkPlace> LiveChunks(
    const std::vector<const SegmentState*>& parts) {
  std::vector<ChunkPlace> live;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const SegmentState& p = *parts[part];
    for (std::uint32_t doc = 0; doc < p.dead.size(); ++doc) {
      if (!p.dead[doc]) live.push_back({p.segment->chunks[doc], part, doc});
    }
  }
  std::sort(live.begin(), live.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return live;
}

}  // namespace

std::shared_ptr<const Segment> BuildSegment(
    const std::vector<const SegmentChunk*>& chunks) {
  auto segment = std::make_shared<Segment>();
  Segment& s = *segment;
  const auto numbers = MakeDictionary(chunks, s);
  s.forward_begin.push_back(0);
  for (const SegmentChunk* chunk : chunks) {
    s.chunks.push_back(chunk->id);
    s.lengths.push_back(chunk->lengths);
    s.length.push_back(chunk->length);
    for (const auto& [term, tf] : chunk->terms) {
      s.forward.emplace_back(numbers.at(term), tf);
    }
    s.forward_begin.push_back(s.forward.size());
  }
  FillPostings(s);
  FillBlocks(s);
  return segment;
}

std::shared_ptr<const Segment> MergeSegments(
    const std::vector<const SegmentState*>& parts) {
  auto segment = std::make_shared<Segment>();
  Segment& s = *segment;
  const auto numbers = MergeDictionaries(parts, s);
  s.forward_begin.push_back(0);
  for (const auto& [id, part, doc] : LiveChunks(parts)) {
    const Segment& from = *parts[part]->segment;
    s.chunks.push_back(id);
    s.lengths.push_back(from.lengths[doc]);
    s.length.push_back(from.length[doc]);
    for (std::size_t i = from.forward_begin[doc];
         i < from.forward_begin[doc + 1]; ++i) {
      const auto& [term, tf] = from.forward[i];
      s.forward.emplace_back(numbers[part][term], tf);
    }
    s.forward_begin.push_back(s.forward.size());
  }
  FillPostings(s);
  FillBlocks(s);
  return segment;
}

std::uint32_t Segment::FindChunk(const ChunkId& id) const {
  const auto it = std::lower_bound(chunks.begin(), chunks.end(), id);
  if (it == chunks.end() || *it != id) return kNoDoc;
  return static_cast<std::uint32_t>(it - chunks.begin());
}

std::size_t Segment::FindTerm(std::string_view term) const {
  const auto it = std::lower_bound(terms.begin(), terms.end(), term);
  if (it == terms.end() || *it != term) return std::string_view::npos;
  return static_cast<std::size_t>(it - terms.begin());
}

SegmentState::SegmentState(std::shared_ptr<const Segment> all_alive)
    : segment(std::move(all_alive)),
      dead(segment->chunks.size()),
      df(segment->terms.size()),
      live(segment->chunks.size()) {
  for (std::size_t t = 0; t < df.size(); ++t) {
    df[t] =
        static_cast<std::uint32_t>(segment->begin[t + 1] - segment->begin[t]);
  }
  for (const FieldLengths& l : segment->lengths) {
    for (std::size_t f = 0; f < l.size(); ++f) lengths[f] += l[f];
  }
}

void SegmentState::Kill(std::uint32_t doc) {
  dead[doc] = true;
  --live;
  const FieldLengths& gone = segment->lengths[doc];
  for (std::size_t f = 0; f < gone.size(); ++f) lengths[f] -= gone[f];
  for (std::size_t i = segment->forward_begin[doc];
       i < segment->forward_begin[doc + 1]; ++i) {
    --df[segment->forward[i].first];
  }
}

}  // namespace cairn
