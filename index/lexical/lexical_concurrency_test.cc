// Readers search snapshots while one writer goes on. Meant for the thread
// sanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "index/lexical/lexical_for_test.h"

namespace cairn {
namespace {

TEST(LexicalConcurrency, IndexIsReadWhileWritten) {
  auto index = MakeLexicalIndex({.segment_chunks = 32});
  std::mutex mutex;
  std::shared_ptr<const LexicalSnapshot> published = *index->Snapshot();
  std::atomic<bool> done = false;
  const auto read = [&](std::uint64_t seed) {
    ZipfWords words(seed, 200);
    do {
      std::shared_ptr<const LexicalSnapshot> snapshot;
      {
        const std::lock_guard lock(mutex);
        snapshot = published;
      }
      const std::vector<std::string> terms = {words.Word(), words.Word()};
      const auto hits = snapshot->Search(terms, {.limit = 10});
      ASSERT_TRUE(hits.ok());
      std::vector<ChunkId> ids;
      for (const ScoredChunk& hit : *hits) ids.push_back(hit.chunk);
      // All hits belong to the snapshot, with its scores.
      ASSERT_EQ(*snapshot->Score(terms, ids), *hits);
    } while (!done);
  };
  std::vector<std::thread> readers;
  for (std::uint64_t i = 0; i < 3; ++i) readers.emplace_back(read, i);

  ZipfWords words(7, 200);
  for (int i = 0; i < 5000; ++i) {
    const ChunkId id = IdForTest(words.random()() % 800);
    if (words.random()() % 4 == 0) {
      ASSERT_TRUE(index->Remove(id).ok());
    } else {
      ASSERT_TRUE(index->Add(id, words.Chunk(20)).ok());
    }
    if (i % 20 == 0) {
      auto snapshot = *index->Snapshot();
      const std::lock_guard lock(mutex);
      published = std::move(snapshot);
    }
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace cairn
