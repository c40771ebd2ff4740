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
    const bool plain = IsSmallWord(LowerLetters(word.span.Of(text)), language);
    (plain ? small : terms).push_back(std::move(word.term));
  }
  return terms.empty() ? small : terms;
}

// Scores of the same chunks under several probes, part by part.
class ScoreTable {
 public:
  ScoreTable(std::size_t probes, std::span<const ChunkId> chunks)
      : scores_(probes, std::vector<ProbeScore>(chunks.size())) {
    for (std::size_t i = 0; i < chunks.size(); ++i) places_[chunks[i]] = i;
  }
  template <typename Hit>
  void Set(std::size_t probe, const std::vector<Hit>& hits,
           double ProbeScore::*part) {
    for (const Hit& hit : hits) {
      scores_[probe][places_[hit.chunk]].*part = hit.score;
    }
  }
  std::vector<std::vector<ProbeScore>> Take() && { return std::move(scores_); }

 private:
  std::vector<std::vector<ProbeScore>> scores_;
  std::unordered_map<ChunkId, std::size_t> places_;
};

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
  const std::string alone(text);
  CAIRN_ASSIGN_OR_RETURN(
      std::vector<Probe> probes,
      MakeMany(std::span(&alone, 1), embedder, state, filter, options));
  return std::move(probes.front());
}

StatusOr<std::vector<Probe>> Probe::MakeMany(std::span<const std::string> texts,
                                             const Embedder& embedder,
                                             const ReadState& state,
                                             const ChunkFilter& filter,
                                             const ProbeOptions& options) {
  const std::size_t count = texts.size();
  std::vector<Probe> probes(count);
  std::vector<std::vector<float>> vectors(count);
  const bool dense = options.dense && state.dense != nullptr;
  if (dense) {
    CAIRN_ASSIGN_OR_RETURN(
        vectors, embedder.EmbedMany(texts, EmbedKind::kQuery, options.threads));
  }
  for (std::size_t i = 0; i < count; ++i) {
    Probe& probe = probes[i];
    probe.state_ = &state;
    probe.vector_ = std::move(vectors[i]);
    probe.lexical_ = options.lexical && state.lexical != nullptr;
    if (probe.lexical_) probe.terms_ = TermsOf(texts[i]);
    probe.sentences_ = dense && options.sentences &&
                       state.sentences != nullptr &&
                       state.sentences->chunks() > 0;
  }
  const std::size_t shares = dense ? std::min(options.threads, count) : 0;
  CAIRN_RETURN_IF_ERROR(AskAll(probes, shares, filter, options));
  for (Probe& probe : probes) {
    CAIRN_RETURN_IF_ERROR(probe.ProposeAll(filter, options));
  }
  return probes;
}

// The vectors go through the dense index in `shares`, each on one thread.
Status Probe::AskAll(std::span<Probe> probes, std::size_t shares,
                     const ChunkFilter& filter, const ProbeOptions& options) {
  const auto ask = [&](std::size_t work) -> Status {
    if (work < shares) {
      const auto [first, count] = ShareOf(probes.size(), work, shares);
      return AskDense(probes.subspan(first, count), filter, options);
    }
    Probe& probe = probes[(work - shares) / 2];
    const bool words = (work - shares) % 2 == 0;
    if (words && probe.lexical_) return probe.AskLexical(filter, options);
    if (!words && probe.scans_sentences()) {
      return probe.AskSentences(filter, options);
    }
    return OkStatus();
  };
  return OnThreads(options.threads, shares + 2 * probes.size(), ask);
}

bool Probe::scans_sentences() const {
  return sentences_ && state_->sentences->scans();
}

void Probe::Propose(const ChunkId& chunk) {
  if (std::find(proposals_.begin(), proposals_.end(), chunk) ==
      proposals_.end()) {
    proposals_.push_back(chunk);
  }
}

// Too many sentences to scan: only those of the chunks proposed so far count.
Status Probe::ProposeAll(const ChunkFilter& filter,
                         const ProbeOptions& options) {
  for (const ScoredChunk& one : hits_.words) Propose(one.chunk);
  for (const ScoredChunk& one : hits_.chunks) Propose(one.chunk);
  if (sentences_ && !scans_sentences()) {
    CAIRN_RETURN_IF_ERROR(AskSentences(filter, options));
  }
  for (const SentenceHit& hit : hits_.sentences) Propose(hit.chunk);
  hits_ = {};
  return OkStatus();
}

Status Probe::AskDense(std::span<Probe> probes, const ChunkFilter& filter,
                       const ProbeOptions& options) {
  std::vector<std::span<const float>> vectors;
  for (const Probe& probe : probes) vectors.emplace_back(probe.vector_);
  const DenseSnapshot& index = *probes.front().state_->dense;
  CAIRN_ASSIGN_OR_RETURN(
      std::vector<std::vector<ScoredChunk>> found,
      index.SearchMany(vectors, {.limit = options.limit, .filter = filter}));
  for (std::size_t i = 0; i < probes.size(); ++i) {
    probes[i].dense_scale_ = ScaleOver(
        index.BackgroundScores(vectors[i], options.background),
        found[i].empty() ? 0 : found[i].front().score, options.zero_quantile);
    probes[i].hits_.chunks = std::move(found[i]);
  }
  return OkStatus();
}

Status Probe::AskSentences(const ChunkFilter& filter,
                           const ProbeOptions& options) {
  std::vector<SentenceHit>& found = hits_.sentences;
  if (scans_sentences()) {
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

Status Probe::AskLexical(const ChunkFilter& filter,
                         const ProbeOptions& options) {
  std::vector<ScoredChunk>& found = hits_.words;
  CAIRN_ASSIGN_OR_RETURN(
      found, state_->lexical->Search(
                 terms_, {.limit = options.limit, .filter = filter}));
  lexical_scale_ = {.zero = 0,
                    .one = found.empty() ? 0.0 : found.front().score};
  return OkStatus();
}

StatusOr<std::vector<ProbeScore>> Probe::Score(
    std::span<const ChunkId> chunks) const {
  const Probe* const alone = this;
  CAIRN_ASSIGN_OR_RETURN(std::vector<std::vector<ProbeScore>> scores,
                         ScoreMany(std::span(&alone, 1), chunks));
  return std::move(scores.front());
}

StatusOr<std::vector<std::vector<ProbeScore>>> Probe::ScoreMany(
    std::span<const Probe* const> probes, std::span<const ChunkId> chunks) {
  ScoreTable table(probes.size(), chunks);
  std::vector<std::size_t> dense, lexical;
  std::vector<std::span<const float>> vectors;
  std::vector<std::span<const std::string>> terms;
  const ReadState* state = nullptr;
  for (std::size_t i = 0; i < probes.size(); ++i) {
    const Probe& probe = *probes[i];
    if (probe.state_ != nullptr) state = probe.state_;
    if (probe.has_dense()) {
      dense.push_back(i);
      vectors.emplace_back(probe.vector_);
    }
    if (probe.has_lexical()) {
      lexical.push_back(i);
      terms.emplace_back(probe.terms_);
    }
    if (!probe.has_sentences()) continue;
    CAIRN_ASSIGN_OR_RETURN(
        const std::vector<SentenceHit> hits,
        probe.state_->sentences->Score(probe.vector_, chunks));
    table.Set(i, hits, &ProbeScore::sentence);
  }
  if (!dense.empty()) {
    CAIRN_ASSIGN_OR_RETURN(const auto hits,
                           state->dense->ScoreMany(vectors, chunks));
    for (std::size_t i = 0; i < dense.size(); ++i) {
      table.Set(dense[i], hits[i], &ProbeScore::dense);
    }
  }
  if (!lexical.empty()) {
    CAIRN_ASSIGN_OR_RETURN(const auto hits,
                           state->lexical->ScoreMany(terms, chunks));
    for (std::size_t i = 0; i < lexical.size(); ++i) {
      table.Set(lexical[i], hits[i], &ProbeScore::lexical);
    }
  }
  return std::move(table).Take();
}

}  // namespace cairn
