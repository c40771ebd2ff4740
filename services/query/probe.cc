#include "services/query/probe.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "services/query/on_threads.h"
#include "text/language.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kSmallSample = 200;
constexpr double kFlat = 1e-9;  // Scores closer than this are equal.
// Half of the best ones of a few would be cut off by their median.
constexpr double kSmallMargin = 0.05;

// Without the small words of other languages than English: in a collection
// that holds few documents of theirs they are as rare as names.
std::vector<std::string> TermsOf(std::string_view text) {
  const std::string language = GuessLanguage(text);
  std::vector<std::string> terms, small;
  for (Word& word : AnalyzeWords(text, language)) {
    const bool plain = IsSmallWord(LowerAscii(word.span.Of(text)), language);
    (plain ? small : terms).push_back(std::move(word.term));
  }
  return terms.empty() ? small : terms;
}

}  // namespace

Scale ScaleOver(std::vector<float> background, double best, double quantile) {
  Scale scale{.zero = 0, .one = best};
  if (background.empty()) return scale;
  if (background.size() < kSmallSample) {
    scale.zero =
        *std::min_element(background.begin(), background.end()) - kSmallMargin;
    return scale;
  }
  const auto place = background.begin() +
                     static_cast<std::ptrdiff_t>(
                         quantile * static_cast<double>(background.size() - 1));
  std::nth_element(background.begin(), place, background.end());
  scale.zero = std::min<double>(*place, best);
  return scale;
}

double Scale::operator()(double raw) const {
  if (one - zero < kFlat) return raw > zero - kFlat && raw > 0 ? 1 : 0;
  return std::clamp((raw - zero) / (one - zero), 0.0, 1.0);
}

StatusOr<Probe> Probe::Make(std::string_view text, const Embedder& embedder,
                            const ReadState& state, const ChunkFilter& filter,
                            const ProbeOptions& options) {
  Probe probe;
  probe.state_ = &state;
  probe.lexical_ = options.lexical && state.lexical != nullptr;
  if (options.dense && state.dense != nullptr) {
    probe.vector_ = options.vector;
    if (probe.vector_.empty()) {
      const std::string alone(text);
      CAIRN_ASSIGN_OR_RETURN(
          std::vector<std::vector<float>> vectors,
          embedder.EmbedMany(std::span(&alone, 1), EmbedKind::kQuery,
                             options.threads));
      probe.vector_ = std::move(vectors.front());
    }
  }
  CAIRN_RETURN_IF_ERROR(probe.AskAll(text, filter, options));
  return probe;
}

void Probe::Propose(const ChunkId& chunk) {
  if (std::find(proposals_.begin(), proposals_.end(), chunk) ==
      proposals_.end()) {
    proposals_.push_back(chunk);
  }
}

// Too many sentences to scan: only those of the chunks proposed so far count.
Status Probe::AskAll(std::string_view text, const ChunkFilter& filter,
                     const ProbeOptions& options) {
  sentences_ = has_dense() && options.sentences &&
               state_->sentences != nullptr && state_->sentences->chunks() > 0;
  const bool scans = sentences_ && state_->sentences->scans();
  std::vector<ScoredChunk> words, chunks;
  std::vector<SentenceHit> sentences;
  const auto ask = [&](std::size_t index) -> Status {
    if (index == 0 && has_dense()) return AskDense(filter, options, chunks);
    if (index == 1 && lexical_) return AskLexical(text, filter, options, words);
    if (index == 2 && scans) return AskSentences(filter, options, sentences);
    return OkStatus();
  };
  CAIRN_RETURN_IF_ERROR(OnThreads(options.threads, 3, ask));
  for (const ScoredChunk& one : words) Propose(one.chunk);
  for (const ScoredChunk& one : chunks) Propose(one.chunk);
  if (sentences_ && !scans) {
    CAIRN_RETURN_IF_ERROR(AskSentences(filter, options, sentences));
  }
  for (const SentenceHit& hit : sentences) Propose(hit.chunk);
  return OkStatus();
}

Status Probe::AskDense(const ChunkFilter& filter, const ProbeOptions& options,
                       std::vector<ScoredChunk>& found) {
  CAIRN_ASSIGN_OR_RETURN(
      found, state_->dense->Search(vector_,
                                   {.limit = options.limit, .filter = filter}));
  dense_scale_ =
      ScaleOver(state_->dense->BackgroundScores(vector_, options.background),
                found.empty() ? 0 : found.front().score, options.zero_quantile);
  return OkStatus();
}

Status Probe::AskSentences(const ChunkFilter& filter,
                           const ProbeOptions& options,
                           std::vector<SentenceHit>& found) {
  if (state_->sentences->scans()) {
    CAIRN_ASSIGN_OR_RETURN(
        found, state_->sentences->Search(
                   vector_, {.limit = options.limit, .filter = filter}));
  } else {
    CAIRN_ASSIGN_OR_RETURN(found,
                           state_->sentences->Score(vector_, proposals_));
  }
  double best = 0;
  for (const SentenceHit& hit : found) best = std::max<double>(best, hit.score);
  sentence_scale_ =
      ScaleOver(state_->sentences->Background(vector_, options.background).best,
                best, options.zero_quantile);
  return OkStatus();
}

Status Probe::AskLexical(std::string_view text, const ChunkFilter& filter,
                         const ProbeOptions& options,
                         std::vector<ScoredChunk>& found) {
  terms_ = TermsOf(text);
  CAIRN_ASSIGN_OR_RETURN(
      found, state_->lexical->Search(
                 terms_, {.limit = options.limit, .filter = filter}));
  lexical_scale_ = {.zero = 0,
                    .one = found.empty() ? 0.0 : found.front().score};
  return OkStatus();
}

StatusOr<std::vector<ProbeScore>> Probe::Score(
    std::span<const ChunkId> chunks) const {
  std::vector<ProbeScore> scores(chunks.size());
  std::unordered_map<ChunkId, std::size_t> places;
  for (std::size_t i = 0; i < chunks.size(); ++i) places[chunks[i]] = i;
  if (has_dense()) {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<ScoredChunk> dense,
                           state_->dense->Score(vector_, chunks));
    for (const ScoredChunk& one : dense) {
      scores[places[one.chunk]].dense = one.score;
    }
  }
  if (sentences_) {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<SentenceHit> hits,
                           state_->sentences->Score(vector_, chunks));
    for (const SentenceHit& hit : hits) {
      scores[places[hit.chunk]].sentence = hit.score;
    }
  }
  if (has_lexical()) {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<ScoredChunk> lexical,
                           state_->lexical->Score(terms_, chunks));
    for (const ScoredChunk& one : lexical) {
      scores[places[one.chunk]].lexical = one.score;
    }
  }
  return scores;
}

}  // namespace cairn
