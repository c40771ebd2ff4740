#include "index/dense/sentence_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "index/dense/kernels.h"

namespace cairn {
namespace {

// The order of hits: best first, ties by chunk, then by sentence.
bool HitBefore(const SentenceHit& a, const SentenceHit& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.chunk != b.chunk) return a.chunk < b.chunk;
  return a.sentence < b.sentence;
}

float ScaleOf(std::span<const std::int8_t> codes) {
  std::int64_t squares = 0;
  for (const std::int8_t code : codes) squares += code * code;
  return squares > 0
             ? static_cast<float>(1 / std::sqrt(static_cast<double>(squares)))
             : 0.0F;
}

}  // namespace

std::span<const float> SentenceView::Scores(
    const RowQuery& query, std::size_t entry,
    std::array<float, kChunkSentencesMax>& scores) const {
  const SentenceEntry& e = at(entry);
  std::array<std::int32_t, kChunkSentencesMax> dots;
  DotRows(query.codes.data(), codes(e.row), stride_, e.count, dots.data());
  for (std::uint32_t i = 0; i < e.count; ++i) {
    scores[i] = static_cast<float>(dots[i]) * (query.scale * scale(e.row + i));
  }
  return {scores.data(), e.count};
}

SentenceHit SentenceView::BestOf(std::size_t entry,
                                 std::span<const float> scores) const {
  const auto best = static_cast<std::uint32_t>(
      std::max_element(scores.begin(), scores.end()) - scores.begin());
  const SentenceEntry& e = at(entry);
  return {.chunk = e.chunk,
          .sentence = best,
          .span = span(e.row + best),
          .score = scores[best]};
}

std::vector<SentenceHit> SentenceView::Scan(const RowQuery& query,
                                            std::size_t limit,
                                            const ChunkFilter& filter) const {
  std::vector<SentenceHit> heap;  // The worst kept hit on top.
  if (limit == 0) return heap;
  std::array<std::int32_t, kBlockRows> dots;
  std::size_t begin = 0, end = 0;  // Rows whose products are in `dots`.
  for (std::size_t entry = 0; entry < entries_; ++entry) {
    const SentenceEntry& e = at(entry);
    if (e.row >= end) {
      begin = e.row;
      end = std::min(rows_, (begin / kBlockRows + 1) * kBlockRows);
      DotRows(query.codes.data(), codes(begin), stride_, end - begin,
              dots.data());
    }
    const SentenceBlock& rows = block(e.row);
    std::array<float, kChunkSentencesMax> scores;
    float best = -std::numeric_limits<float>::infinity();
    for (std::uint32_t i = 0; i < e.count; ++i) {
      scores[i] = static_cast<float>(dots[e.row - begin + i]) *
                  (query.scale * rows.scale[e.row % kBlockRows + i]);
      best = std::max(best, scores[i]);
    }
    if (heap.size() == limit && best < heap.front().score) continue;
    if (dead(entry) || (filter && !filter(e.chunk))) continue;
    const SentenceHit hit = BestOf(entry, {scores.data(), e.count});
    if (heap.size() == limit) {
      if (!HitBefore(hit, heap.front())) continue;
      std::pop_heap(heap.begin(), heap.end(), HitBefore);
      heap.pop_back();
    }
    heap.push_back(hit);
    std::push_heap(heap.begin(), heap.end(), HitBefore);
  }
  std::sort_heap(heap.begin(), heap.end(), HitBefore);
  return heap;
}

SentenceTable::SentenceTable(std::size_t dimension)
    : dimension_(dimension),
      stride_((dimension + kCodePadding - 1) / kCodePadding * kCodePadding) {}

Status SentenceTable::Add(const ChunkId& chunk,
                          std::span<const SentenceVector> sentences) {
  if (sentences.size() > kChunkSentencesMax) {
    return InvalidArgumentError(
        "a chunk has " + std::to_string(sentences.size()) +
            " sentences, at most " + std::to_string(kChunkSentencesMax) +
            " are kept",
        "TOO_MANY_SENTENCES");
  }
  for (const SentenceVector& sentence : sentences) {
    if (sentence.codes.size() != dimension_) {
      return InvalidArgumentError(
          "a sentence's vector has " + std::to_string(sentence.codes.size()) +
              " values, want " + std::to_string(dimension_),
          "WRONG_DIMENSION");
    }
  }
  Remove(chunk);
  if (sentences.empty()) return OkStatus();
  Append(
      chunk, sentences.size(),
      [&](std::size_t i) { return sentences[i].codes.data(); },
      [&](std::size_t i) { return sentences[i].span; });
  return OkStatus();
}

SentenceBlock& SentenceTable::BlockFor(std::size_t count) {
  const std::size_t used = rows_ % kBlockRows;
  if (used > 0 && used + count > kBlockRows) rows_ += kBlockRows - used;
  const std::size_t at = rows_ % kBlockRows;
  if (rows_ / kBlockRows == blocks_.size()) {
    // Many collections are small.
    const std::size_t capacity =
        blocks_.empty() ? 2 * kChunkSentencesMax : kBlockRows;
    blocks_.push_back(std::make_shared<SentenceBlock>(stride_, capacity));
  } else if (at + count > blocks_.back()->capacity()) {
    auto roomier = std::make_shared<SentenceBlock>(*blocks_.back());
    roomier->Resize(stride_, 2 * blocks_.back()->capacity());
    blocks_.back() = std::move(roomier);
  }
  return *blocks_.back();
}

SentenceEntry& SentenceTable::NextEntry() {
  const std::size_t at = entries_++ % kBlockRows;
  if (at == 0) {
    entry_blocks_.push_back(std::make_shared<SentenceEntryBlock>(
        entry_blocks_.empty() ? kChunkSentencesMax : kBlockRows));
    dead_.push_back(nullptr);
  } else if (at == entry_blocks_.back()->entries.size()) {
    auto roomier = std::make_shared<SentenceEntryBlock>(*entry_blocks_.back());
    roomier->entries.resize(2 * at);
    entry_blocks_.back() = std::move(roomier);
  }
  return entry_blocks_.back()->entries[at];
}

void SentenceTable::Append(
    const ChunkId& chunk, std::size_t count,
    const std::function<const std::int8_t*(std::size_t)>& codes,
    const std::function<ByteSpan(std::size_t)>& span) {
  SentenceBlock& block = BlockFor(count);
  const std::size_t first = rows_ % kBlockRows;
  for (std::size_t i = 0; i < count; ++i) {
    const std::span<const std::int8_t> from(codes(i), dimension_);
    std::copy(from.begin(), from.end(),
              block.codes.begin() +
                  static_cast<std::ptrdiff_t>((first + i) * stride_));
    block.scale[first + i] = ScaleOf(from);
    block.span[first + i] = span(i);
  }
  entry_of_[chunk] = entries_;
  NextEntry() = {.chunk = chunk,
                 .row = static_cast<std::uint32_t>(rows_),
                 .count = static_cast<std::uint32_t>(count)};
  rows_ += count;
  live_sentences_ += count;
}

void SentenceTable::Remove(const ChunkId& chunk) {
  const auto it = entry_of_.find(chunk);
  if (it == entry_of_.end()) return;
  const std::size_t entry = it->second;
  entry_of_.erase(it);
  live_sentences_ -=
      entry_blocks_[entry / kBlockRows]->entries[entry % kBlockRows].count;
  MarkDead(dead_[entry / kBlockRows], entry % kBlockRows);
}

bool SentenceTable::Sparse() const {
  return rows_ > kBlockRows && live_sentences_ * 2 < rows_;
}

void SentenceTable::Compact() {
  const std::shared_ptr<const SentenceView> old = View();
  blocks_.clear();
  entry_blocks_.clear();
  dead_.clear();
  entry_of_.clear();
  directory_ = {};
  rows_ = entries_ = live_sentences_ = 0;
  for (std::size_t entry = 0; entry < old->rows(); ++entry) {
    if (old->dead(entry)) continue;
    const SentenceEntry& e = old->at(entry);
    Append(
        e.chunk, e.count, [&](std::size_t i) { return old->codes(e.row + i); },
        [&](std::size_t i) { return old->span(e.row + i); });
  }
}

std::shared_ptr<const SentenceView> SentenceTable::View() {
  auto view = std::make_shared<SentenceView>();
  view->dimension_ = dimension_;
  view->stride_ = stride_;
  view->rows_ = rows_;
  view->entries_ = entries_;
  view->live_entries_ = entry_of_.size();
  view->live_sentences_ = live_sentences_;
  view->blocks_.assign(blocks_.begin(), blocks_.end());
  view->entry_blocks_.assign(entry_blocks_.begin(), entry_blocks_.end());
  view->dead_ = dead_;
  directory_.Extend(*view);
  view->directory_ = directory_;
  return view;
}

}  // namespace cairn
