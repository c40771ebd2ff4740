#include "index/lexical/lexical_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "index/lexical/max_score.h"
#include "index/lexical/segment.h"

namespace cairn {
namespace {

// Segments of one tier, the powers of this in live chunks, before a merge.
constexpr std::size_t kMergeFactor = 8;

using States = std::vector<std::shared_ptr<const SegmentState>>;

class Snapshot final : public LexicalSnapshot {
 public:
  Snapshot(const LexicalIndexOptions& options, States states)
      : states_(std::move(states)) {
    FieldLengths sum{};
    for (const auto& s : states_) {
      live_ += s->live;
      for (std::size_t f = 0; f < sum.size(); ++f) sum[f] += s->lengths[f];
    }
    const double length = options.title_weight * static_cast<double>(sum[0]) +
                          options.header_weight * static_cast<double>(sum[1]) +
                          options.body_weight * static_cast<double>(sum[2]);
    bm25_.k1 = options.k1;
    bm25_.b = options.b;
    bm25_.average_length = length > 0 ? length / static_cast<double>(live_) : 1;
  }

  std::size_t size() const override { return live_; }

  std::size_t DocumentFrequency(std::string_view term) const override {
    std::size_t df = 0;
    for (const auto& s : states_) {
      const std::size_t t = s->segment->FindTerm(term);
      if (t != std::string_view::npos) df += s->df[t];
    }
    return df;
  }

  StatusOr<std::vector<ScoredChunk>> Search(
      std::span<const std::string> terms,
      const LexicalSearchOptions& options) const override {
    TopChunks top(std::min<std::size_t>(options.limit, 10'000));
    if (options.limit == 0) return top.Take();
    const auto numbered = Number(terms);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      SearchSegment(*states_[i], bm25_, numbered[i], options.filter, top);
    }
    return top.Take();
  }

  StatusOr<std::vector<std::vector<ScoredChunk>>> ScoreMany(
      std::span<const std::span<const std::string>> queries,
      std::span<const ChunkId> chunks) const override {
    std::vector<std::vector<std::vector<NumberedTerm>>> numbered;
    for (const auto& terms : queries) numbered.push_back(Number(terms));
    std::vector<std::vector<ScoredChunk>> scores(queries.size());
    for (const ChunkId& id : chunks) {
      for (std::size_t i = 0; i < states_.size(); ++i) {
        const Segment& segment = *states_[i]->segment;
        const std::uint32_t doc = segment.FindChunk(id);
        if (doc == kNoDoc || states_[i]->dead[doc]) continue;
        for (std::size_t q = 0; q < queries.size(); ++q) {
          const float score = ScoreChunk(segment, doc, bm25_, numbered[q][i]);
          scores[q].push_back({.chunk = id, .score = score});
        }
        break;
      }
    }
    return scores;
  }

 private:
  // The terms by their numbers in each segment, ascending and distinct.
  std::vector<std::vector<NumberedTerm>> Number(
      std::span<const std::string> terms) const {
    std::map<std::string_view, int> times;
    for (const std::string& term : terms) ++times[term];
    std::vector<std::vector<NumberedTerm>> numbered(states_.size());
    std::vector<std::size_t> numbers(states_.size());
    for (const auto& [term, count] : times) {
      std::size_t df = 0;
      for (std::size_t i = 0; i < states_.size(); ++i) {
        numbers[i] = states_[i]->segment->FindTerm(term);
        if (numbers[i] != std::string_view::npos) {
          df += states_[i]->df[numbers[i]];
        }
      }
      if (df == 0) continue;
      for (std::size_t i = 0; i < states_.size(); ++i) {
        if (numbers[i] == std::string_view::npos) continue;
        numbered[i].push_back({.number = static_cast<std::uint32_t>(numbers[i]),
                               .weight = Idf(df) * count});
      }
    }
    return numbered;
  }

  double Idf(std::size_t df) const {
    const auto n = static_cast<double>(live_), with = static_cast<double>(df);
    return std::log1p((n - with + 0.5) / (with + 0.5));
  }

  States states_;
  std::size_t live_ = 0;
  Bm25 bm25_;
};

class Index final : public LexicalIndex {
 public:
  explicit Index(const LexicalIndexOptions& options) : options_(options) {}

  Status Add(const ChunkId& chunk, const TermCounts& counts) override {
    CAIRN_RETURN_IF_ERROR(Remove(chunk));
    SegmentChunk& c = tail_[chunk];
    c.id = chunk;
    for (const auto& [term, fields] : counts.terms) {
      c.lengths[0] += fields.title;
      c.lengths[1] += fields.header;
      c.lengths[2] += fields.body;
      const double tf = Weighted(fields.title, fields.header, fields.body);
      if (tf > 0) c.terms.emplace_back(term, static_cast<float>(tf));
    }
    c.length =
        static_cast<float>(Weighted(c.lengths[0], c.lengths[1], c.lengths[2]));
    if (tail_.size() >= options_.segment_chunks) FreezeTail();
    return OkStatus();
  }

  Status Remove(const ChunkId& chunk) override {
    if (tail_.erase(chunk) > 0) return OkStatus();
    for (Entry& entry : entries_) {
      const std::uint32_t doc = entry.state->segment->FindChunk(chunk);
      if (doc == kNoDoc || entry.state->dead[doc]) continue;
      if (entry.shared) {
        entry = {std::make_shared<SegmentState>(*entry.state), false};
      }
      entry.state->Kill(doc);
      return OkStatus();
    }
    return OkStatus();
  }

  StatusOr<std::shared_ptr<const LexicalSnapshot>> Snapshot() override {
    FreezeTail();
    DropDead();
    States states;
    for (Entry& entry : entries_) {
      entry.shared = true;
      states.push_back(entry.state);
    }
    return std::make_shared<class Snapshot>(options_, std::move(states));
  }

 private:
  struct Entry {
    std::shared_ptr<SegmentState> state;
    bool shared = false;  // With a snapshot: copied before it is changed.
  };

  template <typename Count>
  double Weighted(Count title, Count header, Count body) const {
    return options_.title_weight * static_cast<double>(title) +
           options_.header_weight * static_cast<double>(header) +
           options_.body_weight * static_cast<double>(body);
  }

  void FreezeTail() {
    if (tail_.empty()) return;
    std::vector<const SegmentChunk*> chunks;
    for (const auto& entry : tail_) chunks.push_back(&entry.second);
    entries_.push_back({std::make_shared<SegmentState>(BuildSegment(chunks))});
    tail_.clear();
    MergeTiers();
  }

  static std::size_t Tier(const SegmentState& s) {
    std::size_t tier = 0;
    for (std::size_t n = s.live; n >= kMergeFactor; n /= kMergeFactor) ++tier;
    return tier;
  }

  // A chunk is merged once a tier, so small commits stay cheap.
  void MergeTiers() {
    for (std::size_t tier = 0; tier < 32; ++tier) {
      std::vector<Entry> others;
      std::vector<const SegmentState*> same;
      for (const Entry& entry : entries_) {
        if (Tier(*entry.state) == tier) {
          same.push_back(entry.state.get());
        } else {
          others.push_back(entry);
        }
      }
      if (same.size() < kMergeFactor) continue;
      others.push_back({std::make_shared<SegmentState>(MergeSegments(same))});
      entries_ = std::move(others);
    }
  }

  // A segment more than half dead is written again.
  void DropDead() {
    for (Entry& entry : entries_) {
      const SegmentState& s = *entry.state;
      if (s.live * 2 >= s.dead.size()) continue;
      entry = {std::make_shared<SegmentState>(MergeSegments({&s}))};
    }
    std::erase_if(entries_, [](const Entry& e) { return e.state->live == 0; });
  }

  const LexicalIndexOptions options_;
  std::map<ChunkId, SegmentChunk> tail_;
  std::vector<Entry> entries_;
};

}  // namespace

std::unique_ptr<LexicalIndex> MakeLexicalIndex(
    const LexicalIndexOptions& options) {
  return std::make_unique<Index>(options);
}

}  // namespace cairn
