#include "index/dense/sentence_index.h"

#include <algorithm>
#include <string>
#include <utility>

#include "index/dense/sentence_rows.h"

namespace cairn {
namespace {

constexpr std::size_t kLimitMax = 10'000;

}  // namespace

SentenceSnapshot::SentenceSnapshot(std::shared_ptr<const SentenceView> view,
                                   const SentenceIndexOptions& options)
    : view_(std::move(view)),
      scanned_sentences_max_(options.scanned_sentences_max) {}

SentenceSnapshot::~SentenceSnapshot() = default;

std::size_t SentenceSnapshot::sentences() const {
  return view_->live_sentences();
}

std::size_t SentenceSnapshot::chunks() const { return view_->live(); }

bool SentenceSnapshot::scans() const {
  return view_->live_sentences() <= scanned_sentences_max_;
}

StatusOr<std::vector<SentenceHit>> SentenceSnapshot::Search(
    std::span<const float> query, const SentenceSearchOptions& options) const {
  if (!scans()) {
    return FailedPreconditionError(
        "the collection has " + std::to_string(sentences()) +
            " sentences, more than are scanned; score candidates instead",
        "SENTENCES_NOT_SCANNED");
  }
  CAIRN_ASSIGN_OR_RETURN(const RowQuery prepared, view_->Prepare(query));
  return view_->Scan(prepared, std::min(options.limit, kLimitMax),
                     options.filter);
}

StatusOr<std::vector<SentenceHit>> SentenceSnapshot::Score(
    std::span<const float> query, std::span<const ChunkId> chunks) const {
  CAIRN_ASSIGN_OR_RETURN(const RowQuery prepared, view_->Prepare(query));
  std::vector<SentenceHit> hits;
  hits.reserve(chunks.size());
  std::array<float, kChunkSentencesMax> scores;
  for (const ChunkId& chunk : chunks) {
    const auto entry = view_->Find(chunk);
    if (!entry) continue;
    hits.push_back(
        view_->BestOf(*entry, view_->Scores(prepared, *entry, scores)));
  }
  return hits;
}

StatusOr<std::vector<SentenceHit>> SentenceSnapshot::ScoreChunk(
    std::span<const float> query, const ChunkId& chunk) const {
  CAIRN_ASSIGN_OR_RETURN(const RowQuery prepared, view_->Prepare(query));
  std::vector<SentenceHit> hits;
  const auto entry = view_->Find(chunk);
  if (!entry) return hits;
  std::array<float, kChunkSentencesMax> buffer;
  const auto scores = view_->Scores(prepared, *entry, buffer);
  for (std::uint32_t i = 0; i < scores.size(); ++i) {
    hits.push_back({.chunk = chunk,
                    .sentence = i,
                    .span = view_->span(view_->at(*entry).row + i),
                    .score = scores[i]});
  }
  return hits;
}

std::vector<float> SentenceSnapshot::Vector(const ChunkId& chunk,
                                            std::uint32_t sentence) const {
  const auto entry = view_->Find(chunk);
  if (!entry || sentence >= view_->at(*entry).count) return {};
  const std::size_t row = view_->at(*entry).row + sentence;
  std::vector<float> vector(view_->dimension());
  std::transform(view_->codes(row), view_->codes(row) + vector.size(),
                 vector.begin(), [scale = view_->scale(row)](std::int8_t code) {
                   return scale * static_cast<float>(code);
                 });
  return vector;
}

SentenceBackground SentenceSnapshot::Background(std::span<const float> query,
                                                std::size_t chunks) const {
  SentenceBackground background;
  const StatusOr<RowQuery> prepared = view_->Prepare(query);
  if (!prepared.ok() || view_->live() == 0) return background;
  std::array<float, kChunkSentencesMax> buffer;
  for (const std::size_t entry : *view_->Sample(chunks)) {
    const auto scores = view_->Scores(*prepared, entry, buffer);
    background.best.push_back(*std::max_element(scores.begin(), scores.end()));
    background.all.insert(background.all.end(), scores.begin(), scores.end());
  }
  return background;
}

SentenceIndex::SentenceIndex(const SentenceIndexOptions& options)
    : options_(options),
      table_(std::make_unique<SentenceTable>(options.dimension)) {}

SentenceIndex::~SentenceIndex() = default;

Status SentenceIndex::Add(const ChunkId& chunk,
                          std::span<const SentenceVector> sentences) {
  return table_->Add(chunk, sentences);
}

void SentenceIndex::Remove(const ChunkId& chunk) { table_->Remove(chunk); }

std::shared_ptr<const SentenceSnapshot> SentenceIndex::Snapshot() {
  if (table_->Sparse()) table_->Compact();
  return std::make_shared<SentenceSnapshot>(table_->View(), options_);
}

}  // namespace cairn
