#include "services/query/search_run.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "services/query/fitted_score.h"
#include "services/query/hop.h"
#include "services/query/mended_question.h"
#include "services/query/rank_tables.h"
#include "services/query/rerank.h"
#include "services/query/select.h"
#include "services/query/walk.h"
#include "services/query/widen.h"
#include "text/words.h"

namespace cairn {
namespace {

// Candidates looked at before deduplication gives up, at least, and for each
// hit that leaves.
constexpr std::size_t kLooksMin = 100;
constexpr std::size_t kLooksPerHit = 4;
constexpr std::size_t kLinkedMax = 100;  // Chunks that names may propose.
constexpr std::size_t kWalkedMax = 100;  // Chunks that the walk may propose.
// The scores of mode auto lie further apart than those of mode table, beside
// which the weights of MatchTables were fitted (ADR 13).
constexpr double kAutoSpread = 3;
// Beams to fall back to when the deadline is near.
constexpr std::size_t kBeams[] = {5, 3, 2};

template <typename Scores, typename ScoreOf>
std::vector<ChunkId> BestOf(const Scores& scores, std::size_t limit,
                            const ScoreOf& score_of) {
  std::vector<ScoredChunk> best;
  for (const auto& [chunk, value] : scores) {
    best.push_back({chunk, static_cast<float>(score_of(value))});
  }
  std::sort(best.begin(), best.end(), RanksBefore);
  if (best.size() > limit) best.resize(limit);
  std::vector<ChunkId> chunks;
  for (const ScoredChunk& one : best) chunks.push_back(one.chunk);
  return chunks;
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
  Mend();
  CAIRN_RETURN_IF_ERROR(
      budget_.Time("question", [&] { return AskQuestion(); }));
  if (needs_.graph && state_.graph != nullptr) {
    CAIRN_RETURN_IF_ERROR(AddGraph());
  }
  SortByScore(candidates_);
  CAIRN_RETURN_IF_ERROR(RankBestTables());
  CAIRN_RETURN_IF_ERROR(RerankBest());
  return budget_.Time("select", [&] { return Materialise(); });
}

void SearchRun::Mend() {
  if (options_.mend <= 0 || state_.graph == nullptr || !needs_.graph ||
      state_.lexical == nullptr) {
    return;
  }
  const WordsOfChunks words = {
      .language = GuessLanguage(query_),
      .chunks_with =
          [this](std::string_view term) {
            return state_.lexical->DocumentFrequency(term);
          },
      .texts_with = [this](
                        std::string_view term,
                        std::size_t limit) { return TextsWith(term, limit); },
      .is_known =
          [this](std::string_view word) {
            return embedder_.tokenizer().Knows(word);
          }};
  mended_query_ = MendQuestion(*state_.graph, query_, words);
  if (!mended_query_.empty()) query_ = mended_query_;
}

// What cannot be read is left out: without it no word is mended, and whoever
// shows the chunk will tell.
std::vector<std::string> SearchRun::TextsWith(std::string_view term,
                                              std::size_t limit) {
  std::vector<std::string> texts;
  const std::vector<std::string> terms = {std::string(term)};
  const auto found = state_.lexical->Search(terms, {.limit = limit});
  if (!found.ok()) return texts;
  for (const ScoredChunk& scored : *found) {
    const auto source = passages_.SourceOf(scored.chunk.document);
    const auto chunk = passages_.ChunkOf(scored.chunk);
    if (!source.ok() || !chunk.ok()) continue;
    texts.push_back((*source)->record.title + "\n" +
                    std::string(chunk->span.Of((*source)->text)));
  }
  return texts;
}

Status SearchRun::AskQuestion() {
  const std::size_t limit = std::max<std::size_t>(
      static_cast<std::size_t>(options_.proposals), request_.limit * 2UL);
  CAIRN_ASSIGN_OR_RETURN(
      question_,
      Probe::Make(query_, embedder_, state_, filter_,
                  {.dense = needs_.dense,
                   .lexical = needs_.lexical,
                   .limit = limit,
                   .background = static_cast<std::size_t>(options_.background),
                   .zero_quantile = options_.base_quantile,
                   .threads = 2}));
  return AddCandidates(question_.proposals());
}

// A single index keeps its own scores, cosine or BM25, unless other parts come.
void SearchRun::SetBase(const ProbeScore& score, Candidate& candidate) const {
  const bool dense = question_.has_dense();
  const bool lexical = question_.has_lexical();
  candidate.dense_raw = score.dense;
  if (!needs_.graph && dense != lexical) {
    candidate[dense ? Part::kDense : Part::kLexical] =
        dense ? score.dense : score.lexical;
    return;
  }
  if (lexical) {
    candidate[Part::kLexical] = (dense ? options_.lexical : 1) *
                                question_.lexical_scale()(score.lexical);
  }
  if (!dense) return;
  const double rest = lexical ? options_.dense + options_.sentence : 1;
  const double sentence = question_.has_sentences() ? options_.sentence : 0;
  candidate[Part::kDense] =
      (rest - sentence) * question_.dense_scale()(score.dense);
  candidate[Part::kSentence] =
      sentence * question_.sentence_scale()(score.sentence);
}

Status SearchRun::AddCandidates(std::vector<ChunkId> chunks) {
  std::unordered_set<ChunkId> known;
  for (const Candidate& candidate : candidates_) known.insert(candidate.chunk);
  std::erase_if(chunks, [&](const ChunkId& chunk) {
    return !known.insert(chunk).second ||
           (filter_ != nullptr && !filter_(chunk));
  });
  CAIRN_ASSIGN_OR_RETURN(const std::vector<ProbeScore> scores,
                         question_.Score(chunks));
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    SetBase(scores[i], candidates_.emplace_back(Candidate{.chunk = chunks[i]}));
  }
  return OkStatus();
}

Status SearchRun::AddGraph() {
  const Stopwatch watch;
  const auto words = [this](std::string_view term) {
    return state_.lexical->DocumentFrequency(term);
  };
  names_ = FindQuestionNames(*state_.graph, query_, words, options_);
  CAIRN_RETURN_IF_ERROR(AddCandidates(
      BestOf(names_.chunks, kLinkedMax,
             [](const QuestionNames::Pointer& one) { return one.strength; })));
  const double weight = options_.link * (names_.open ? 1 : options_.gate);
  AddLinkParts(names_, weight, candidates_);
  budget_.Note("names", watch.ElapsedMs());
  if (request_.mode == SearchMode::kGraph) {
    return budget_.Time("walk", [&] { return AddWalk(true); });
  }
  bool hopped = false;
  if (options_.beam > 0 && question_.has_dense()) {
    CAIRN_ASSIGN_OR_RETURN(hopped, AddHop());
  }
  if (options_.walk <= 0 || !budget_.Admit("walk")) return OkStatus();
  CAIRN_RETURN_IF_ERROR(budget_.Time("walk", [&] { return AddWalk(false); }));
  if (hopped && options_.fitted > 0) Correct();
  return OkStatus();
}

// The trees know candidates that went through every stage.
void SearchRun::Correct() {
  const Stopwatch watch;
  for (Candidate& candidate : candidates_) {
    candidate[Part::kFitted] =
        options_.fitted * FittedScore(candidate, options_);
  }
  SortByScore(candidates_);
  budget_.Note("fitted", watch.ElapsedMs());
}

// The widest beam that the deadline leaves time for; false: for none.
StatusOr<bool> SearchRun::AddHop() {
  for (const std::size_t width : kBeams) {
    const std::size_t beam =
        std::min(width, static_cast<std::size_t>(options_.beam));
    const std::string stage = "hop" + std::to_string(beam);
    if (!budget_.Admit(stage)) continue;
    CAIRN_RETURN_IF_ERROR(budget_.Time(stage, [&] { return HopOver(beam); }));
    return true;
  }
  return false;
}

Status SearchRun::HopOver(std::size_t beam) {
  Hop hop(embedder_, state_, filter_, options_, passages_);
  CAIRN_RETURN_IF_ERROR(hop.Read(query_, question_, names_, candidates_, beam));
  CAIRN_RETURN_IF_ERROR(AddCandidates(hop.Proposals()));
  CAIRN_RETURN_IF_ERROR(
      hop.Score(names_.open ? 1 : options_.gate, candidates_));
  SortByScore(candidates_);
  return OkStatus();
}

// `alone`: the walk is the whole score; from the names if there are any.
Status SearchRun::AddWalk(bool alone) {
  const bool names_only = alone && !names_.links.empty();
  const auto walk =
      Walk(*state_.graph, names_,
           names_only ? std::span<const Candidate>{} : candidates_);
  CAIRN_RETURN_IF_ERROR(AddCandidates(
      BestOf(walk, kWalkedMax, [](double score) { return score; })));
  const double weight = options_.walk * (names_.open ? 1 : options_.gate);
  for (Candidate& candidate : candidates_) {
    const auto found = walk.find(candidate.chunk);
    const double score = found == walk.end() ? 0 : found->second;
    if (alone) candidate.parts = {};
    candidate[Part::kGraph] = alone ? score : weight * score;
  }
  if (alone) {
    std::erase_if(candidates_, [](const Candidate& candidate) {
      return candidate.score() <= 0;
    });
  }
  SortByScore(candidates_);
  return OkStatus();
}

Status SearchRun::RankBestTables() {
  const bool only_tables = request_.mode == SearchMode::kTable;
  if (options_.table <= 0) return OkStatus();
  if (!only_tables) {
    if (request_.mode != SearchMode::kAuto) return OkStatus();
    CAIRN_ASSIGN_OR_RETURN(const bool asked,
                           BeginsWithTable(candidates_, passages_));
    if (!asked) return OkStatus();
  }
  if (!budget_.Admit("tables")) return OkStatus();
  return budget_.Time("tables", [&] {
    return RankTables(
        query_, options_.table * (only_tables ? 1 : kAutoSpread),
        only_tables ? TableRanking::kScores : TableRanking::kPlaces, state_,
        passages_, candidates_);
  });
}

Status SearchRun::RerankBest() {
  if (reranker_ == nullptr || options_.rerank_top < 1) return OkStatus();
  return budget_.Time("rerank", [&] {
    return Rerank({.reranker = *reranker_,
                   .query = query_,
                   .top = static_cast<std::size_t>(options_.rerank_top),
                   .deadline = request_.deadline},
                  passages_, budget_, candidates_);
  });
}

StatusOr<Found> SearchRun::Fill(const Candidate& candidate,
                                std::uint32_t& section) {
  CAIRN_ASSIGN_OR_RETURN(const Passages::Source* source,
                         passages_.SourceOf(candidate.chunk.document));
  CAIRN_ASSIGN_OR_RETURN(const Chunk chunk, passages_.ChunkOf(candidate.chunk));
  section = chunk.section;
  Found found;
  found.hit = {.chunk = candidate.chunk,
               .document = source->record.id,
               .version = source->record.version,
               .title = source->record.title,
               .context = chunk.context,
               .text = std::string(chunk.span.Of(source->text)),
               .span = chunk.span,
               .page = chunk.page,
               .tokens = chunk.tokens,
               .table = chunk.table != UINT32_MAX,
               .score = candidate.score(),
               .scores = candidate.Explain()};
  found.similarity = candidate.dense_raw;
  found.linked = names_.StrengthOf(candidate.chunk) > 0.5;
  return found;
}

StatusOr<std::vector<Found>> SearchRun::Materialise() {
  const bool global = request_.mode == SearchMode::kGlobal;
  Selection selection({.limit = request_.limit,
                       .one_per_document = request_.one_per_document,
                       .one_per_section = global,
                       .keep_repetitions = request_.keep_repetitions});
  std::vector<Found> chosen;
  const std::size_t looks =
      std::max<std::size_t>(kLooksMin, request_.limit * kLooksPerHit);
  for (std::size_t i = 0; i < candidates_.size() && i < looks; ++i) {
    if (selection.full()) break;
    std::uint32_t section = 0;
    CAIRN_ASSIGN_OR_RETURN(Found found, Fill(candidates_[i], section));
    if (selection.Take(found.hit, section, found.hit.text)) {
      chosen.push_back(std::move(found));
    }
  }
  Arrange(chosen);
  if (!request_.widen) return chosen;
  return Widen(std::move(chosen), request_.token_budget, passages_);
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
