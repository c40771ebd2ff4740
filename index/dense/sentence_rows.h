// SentenceTable: the sentences of a collection as rows of codes in append-only
// blocks, and SentenceView, one immutable state of it.
//
// The rows of a chunk lie one behind the other in one block; an entry per chunk
// says where. Sharing is that of RowTable (index/dense/rows.h): views read rows
// and entries below their counts while the writer writes above them.
// Threads: SentenceTable one writer; SentenceView any number of readers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "index/dense/chunk_sample.h"
#include "index/dense/row_directory.h"
#include "index/dense/rows.h"
#include "index/dense/sentence_index.h"

namespace cairn {

// Rows of a block; at its end some stay empty when the next chunk does not fit.
struct SentenceBlock {
  SentenceBlock(std::size_t stride, std::size_t capacity) {
    Resize(stride, capacity);
  }
  void Resize(std::size_t stride, std::size_t capacity) {
    codes.resize(capacity * stride);
    scale.resize(capacity);
    span.resize(capacity);
  }
  std::size_t capacity() const { return scale.size(); }

  std::vector<std::int8_t> codes;
  std::vector<float> scale;  // 1 / |codes|.
  std::vector<ByteSpan> span;
};

struct SentenceEntry {
  ChunkId chunk;
  std::uint32_t row = 0;  // The first.
  std::uint32_t count = 0;
};
struct SentenceEntryBlock {
  explicit SentenceEntryBlock(std::size_t capacity) : entries(capacity) {}
  std::vector<SentenceEntry> entries;
};

// What RowDirectory and ChunkSample call a row is an entry here.
class SentenceView {
 public:
  std::size_t rows() const { return entries_; }
  std::size_t live() const { return live_entries_; }
  std::size_t live_sentences() const { return live_sentences_; }
  std::size_t dimension() const { return dimension_; }
  const ChunkId& chunk(std::size_t entry) const { return at(entry).chunk; }
  bool dead(std::size_t entry) const {
    return IsDead(dead_[entry / kBlockRows].get(), entry % kBlockRows);
  }
  const SentenceEntry& at(std::size_t entry) const {
    return entry_blocks_[entry / kBlockRows]->entries[entry % kBlockRows];
  }
  std::optional<std::size_t> Find(const ChunkId& chunk) const {
    return directory_.Find(*this, chunk);
  }
  std::shared_ptr<const std::vector<std::size_t>> Sample(
      std::size_t count) const {
    return sample_.Draw(*this, count);
  }

  StatusOr<RowQuery> Prepare(std::span<const float> query) const {
    return PrepareQuery(query, dimension_, stride_);
  }
  const std::int8_t* codes(std::size_t row) const {
    return &block(row).codes[(row % kBlockRows) * stride_];
  }
  float scale(std::size_t row) const {
    return block(row).scale[row % kBlockRows];
  }
  const ByteSpan& span(std::size_t row) const {
    return block(row).span[row % kBlockRows];
  }
  // One score per sentence of the entry, in text order.
  std::span<const float> Scores(
      const RowQuery& query, std::size_t entry,
      std::array<float, kChunkSentencesMax>& scores) const;
  // The best `limit` chunks, best first.
  std::vector<SentenceHit> Scan(const RowQuery& query, std::size_t limit,
                                const ChunkFilter& filter) const;
  SentenceHit BestOf(std::size_t entry, std::span<const float> scores) const;

 private:
  friend class SentenceTable;
  const SentenceBlock& block(std::size_t row) const {
    return *blocks_[row / kBlockRows];
  }

  std::size_t dimension_ = 0, stride_ = 0;
  std::size_t rows_ = 0;  // Of sentences, the gaps at the ends of blocks too.
  std::size_t entries_ = 0, live_entries_ = 0, live_sentences_ = 0;
  std::vector<std::shared_ptr<const SentenceBlock>> blocks_;
  std::vector<std::shared_ptr<const SentenceEntryBlock>> entry_blocks_;
  std::vector<std::shared_ptr<const Tombstones>> dead_;  // By entry.
  RowDirectory directory_;
  ChunkSample sample_;
};

class SentenceTable {
 public:
  explicit SentenceTable(std::size_t dimension);
  Status Add(const ChunkId& chunk, std::span<const SentenceVector> sentences);
  void Remove(const ChunkId& chunk);
  // True when most rows are dead.
  bool Sparse() const;
  // Drops dead rows; changes the numbers of rows and entries.
  void Compact();
  std::shared_ptr<const SentenceView> View();

 private:
  // With room for `count` rows from rows_ on, which may move up.
  SentenceBlock& BlockFor(std::size_t count);
  SentenceEntry& NextEntry();
  void Append(const ChunkId& chunk, std::size_t count,
              const std::function<const std::int8_t*(std::size_t)>& codes,
              const std::function<ByteSpan(std::size_t)>& span);

  const std::size_t dimension_, stride_;
  std::size_t rows_ = 0, entries_ = 0, live_sentences_ = 0;
  std::vector<std::shared_ptr<SentenceBlock>> blocks_;
  std::vector<std::shared_ptr<SentenceEntryBlock>> entry_blocks_;
  std::vector<std::shared_ptr<const Tombstones>> dead_;
  std::unordered_map<ChunkId, std::size_t> entry_of_;
  RowDirectory directory_;
};

}  // namespace cairn
