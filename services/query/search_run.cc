#include "services/query/search_run.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "services/query/select.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kCandidates = 100;  // From each index, at least.
constexpr std::size_t kBackground = 1000;
// Hits looked at for one that leaves, before deduplication gives up.
constexpr std::size_t kOverfetch = 4;

std::vector<std::string> TermsOf(std::string_view question) {
  std::vector<std::string> terms;
  for (Word& word : AnalyzeWords(question, GuessLanguage(question))) {
    terms.push_back(std::move(word.term));
  }
  return terms;
}

std::size_t Breadth(const SearchRequest& request) {
  return std::max<std::size_t>(kCandidates, request.limit * 2UL);
}

void Merge(const std::vector<ScoredChunk>& scored,
           std::vector<Candidate>& candidates) {
  std::unordered_set<ChunkId> known;
  for (const Candidate& candidate : candidates) known.insert(candidate.chunk);
  for (const ScoredChunk& chunk : scored) {
    if (known.insert(chunk.chunk).second) {
      candidates.push_back({.chunk = chunk.chunk, .parts = {}});
    }
  }
}

}  // namespace

Needs NeedsOf(const SearchRequest& request) {
  const SearchMode mode = request.mode;
  const bool graph = mode == SearchMode::kAuto || mode == SearchMode::kGraph;
  return {.dense = mode != SearchMode::kLexical,
          .lexical = mode != SearchMode::kDense,
          .graph = graph,
          .catalog =
              mode == SearchMode::kTable || !request.filter.metadata.empty()};
}

StatusOr<std::vector<Found>> SearchRun::Run(const Needs& needs) {
  needs_ = needs;
  filter_ = MakeChunkFilter(
      request_.filter, request_.mode == SearchMode::kTable, state_.catalog);
  if (needs_.lexical) {
    CAIRN_RETURN_IF_ERROR(
        budget_.Time("lexical", [&] { return AddLexical(); }));
  }
  if (needs_.dense) {
    CAIRN_RETURN_IF_ERROR(budget_.Time("dense", [&] { return AddDense(); }));
  }
  const Stopwatch fusing;
  CAIRN_RETURN_IF_ERROR(ScoreAll(candidates_));
  dense_scale_ = DenseScale(
      vector_.empty() ? std::vector<float>{}
                      : state_.dense->BackgroundScores(vector_, kBackground),
      candidates_);
  lexical_scale_ = LexicalScale(candidates_);
  FuseAll(candidates_);
  SortByScore(candidates_);
  budget_.Note("fuse", fusing.ElapsedMs());
  if (needs_.graph && state_.graph != nullptr) {
    CAIRN_RETURN_IF_ERROR(budget_.Time("graph", [&] { return AddGraph(); }));
  }
  return budget_.Time("select", [&] { return Materialise(); });
}

Status SearchRun::AddLexical() {
  terms_ = TermsOf(request_.query);
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<ScoredChunk> scored,
      state_.lexical->Search(terms_,
                             {.limit = Breadth(request_), .filter = filter_}));
  Merge(scored, candidates_);
  return OkStatus();
}

Status SearchRun::AddDense() {
  CAIRN_ASSIGN_OR_RETURN(vector_,
                         embedder_.Embed(request_.query, EmbedKind::kQuery));
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<ScoredChunk> scored,
      state_.dense->Search(vector_,
                           {.limit = Breadth(request_), .filter = filter_}));
  Merge(scored, candidates_);
  return OkStatus();
}

// Exact scores of both indexes, whichever proposed the chunk.
Status SearchRun::ScoreAll(std::vector<Candidate>& candidates) const {
  std::vector<ChunkId> ids;
  std::unordered_map<ChunkId, Candidate*> by_id;
  for (Candidate& candidate : candidates) {
    ids.push_back(candidate.chunk);
    by_id[candidate.chunk] = &candidate;
  }
  if (!vector_.empty()) {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<ScoredChunk> scored,
                           state_.dense->Score(vector_, ids));
    for (const ScoredChunk& chunk : scored) {
      by_id[chunk.chunk]->dense_raw = chunk.score;
    }
  }
  if (needs_.lexical) {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<ScoredChunk> scored,
                           state_.lexical->Score(terms_, ids));
    for (const ScoredChunk& chunk : scored) {
      by_id[chunk.chunk]->lexical_raw = chunk.score;
    }
  }
  return OkStatus();
}

// A single index keeps its own scores: cosine or BM25.
void SearchRun::FuseAll(std::vector<Candidate>& candidates) {
  if (!vector_.empty() && needs_.lexical) {
    Fuse(dense_scale_, lexical_scale_, {}, candidates);
    return;
  }
  for (Candidate& candidate : candidates) {
    if (!vector_.empty()) {
      candidate.parts["dense"] = candidate.dense_raw;
    } else {
      // With the graph to come, the scale must be that of its parts.
      candidate.parts["lexical"] = needs_.graph
                                       ? lexical_scale_(candidate.lexical_raw)
                                       : candidate.lexical_raw;
    }
  }
}

// Adds chunks that the graph speaks for, scored like all others.
Status SearchRun::ProposeFrom(const ChunkScores& scores, std::size_t limit) {
  std::vector<ScoredChunk> best;
  for (const auto& [chunk, score] : scores) {
    if (filter_ == nullptr || filter_(chunk)) {
      best.push_back({chunk, static_cast<float>(score)});
    }
  }
  std::sort(best.begin(), best.end(), RanksBefore);
  if (best.size() > limit) best.resize(limit);
  const std::size_t known = candidates_.size();
  Merge(best, candidates_);
  std::vector<Candidate> fresh(
      candidates_.begin() + static_cast<std::ptrdiff_t>(known),
      candidates_.end());
  CAIRN_RETURN_IF_ERROR(ScoreAll(fresh));
  FuseAll(fresh);
  std::copy(fresh.begin(), fresh.end(),
            candidates_.begin() + static_cast<std::ptrdiff_t>(known));
  return OkStatus();
}

Status SearchRun::AddGraph() {
  const GraphStageOptions options;
  const bool graph_only = request_.mode == SearchMode::kGraph;
  names_ = FindQuestionNames(*state_.graph, request_.query, options);
  CAIRN_RETURN_IF_ERROR(ProposeFrom(names_.strength, options.proposals_max));
  AddLinkParts(names_, options, candidates_);
  const bool from_names = graph_only && !names_.links.empty();
  const ChunkScores walk =
      Walk(*state_.graph, names_, candidates_, options, from_names);
  CAIRN_RETURN_IF_ERROR(ProposeFrom(walk, options.proposals_max));
  const double weight =
      options.walk_weight * (names_.open ? 1 : options.closed_gate);
  for (Candidate& candidate : candidates_) {
    const auto found = walk.find(candidate.chunk);
    const double score = found == walk.end() ? 0 : found->second;
    if (graph_only) {
      candidate.parts = {{"graph", score}};
    } else if (score > 0) {
      candidate.parts["graph"] = weight * score;
    }
  }
  SortByScore(candidates_);
  if (graph_only) {
    while (!candidates_.empty() && candidates_.back().score() <= 0) {
      candidates_.pop_back();
    }
  }
  return OkStatus();
}

// False: the chunk is not in the store any more (never, at one sequence).
StatusOr<bool> SearchRun::Fill(const Candidate& candidate, Found& found,
                               std::uint32_t& section) {
  const DocumentKey key = candidate.chunk.document;
  auto [entry, fresh] = documents_.try_emplace(key.value());
  LoadedDocument& document = entry->second;
  if (fresh) {
    CAIRN_ASSIGN_OR_RETURN(document.record,
                           LoadDocument(*state_.store, state_.collection, key));
    CAIRN_ASSIGN_OR_RETURN(document.text,
                           LoadText(*state_.store, state_.collection, key));
  }
  CAIRN_ASSIGN_OR_RETURN(
      const Chunk chunk,
      LoadChunk(*state_.store, state_.collection, candidate.chunk));
  section = chunk.section;
  found.hit = {.chunk = candidate.chunk,
               .document = document.record.id,
               .version = document.record.version,
               .title = document.record.title,
               .context = chunk.context,
               .text = std::string(chunk.span.Of(document.text)),
               .span = chunk.span,
               .page = chunk.page,
               .tokens = chunk.tokens,
               .table = chunk.table != UINT32_MAX,
               .score = candidate.score(),
               .scores = candidate.parts};
  found.similarity = candidate.dense_raw;
  const auto link = names_.strength.find(candidate.chunk);
  found.linked = link != names_.strength.end() && link->second > 0.5;
  return true;
}

StatusOr<std::vector<Found>> SearchRun::Materialise() {
  const bool global = request_.mode == SearchMode::kGlobal;
  Selection selection({.limit = request_.limit,
                       .one_per_document = request_.one_per_document,
                       .one_per_section = global});
  std::vector<Found> chosen;
  const std::size_t looks =
      std::max<std::size_t>(kCandidates, request_.limit * kOverfetch);
  for (std::size_t i = 0; i < candidates_.size() && i < looks; ++i) {
    if (selection.full()) break;
    Found found;
    std::uint32_t section = 0;
    CAIRN_ASSIGN_OR_RETURN(const bool there,
                           Fill(candidates_[i], found, section));
    if (there && selection.Take(found.hit, section, found.hit.text)) {
      chosen.push_back(std::move(found));
    }
  }
  Arrange(chosen);
  return chosen;
}

void SearchRun::Arrange(std::vector<Found>& found) const {
  const bool global = request_.mode == SearchMode::kGlobal;
  if (!global && request_.token_budget == 0) return;
  std::unordered_map<ChunkId, Found> by_chunk;
  std::vector<Hit> hits;
  for (Found& one : found) {
    hits.push_back(one.hit);
    by_chunk.emplace(one.hit.chunk, std::move(one));
  }
  if (global) hits = SpreadOverDocuments(std::move(hits));
  if (request_.token_budget > 0) {
    hits = Pack(std::move(hits), request_.token_budget);
  }
  found.clear();
  for (const Hit& hit : hits) found.push_back(std::move(by_chunk[hit.chunk]));
}

}  // namespace cairn
