// Temporary stores and small documents for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/hash.h"
#include "storage/records.h"
#include "storage/store.h"

namespace cairn {

// A folder that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int counter = 0;
    path_ = ::testing::TempDir() + "/cairn_test_" + std::to_string(::getpid()) +
            "_" + std::to_string(counter++);
    std::filesystem::remove_all(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::unique_ptr<Store> OpenForTest(const std::string& folder,
                                          const Clock& clock) {
  StoreOptions options;
  options.clock = &clock;
  auto store = Store::Open(folder, options);
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? std::move(store).value() : nullptr;
}

inline CollectionRecord MakeCollectionForTest(Store& store,
                                              const std::string& name,
                                              bool sentence_vectors = false) {
  CollectionRecord wanted;
  wanted.name = name;
  wanted.sentence_vectors = sentence_vectors;
  wanted.embedder = "test";
  wanted.dimension = 2;
  auto made = CreateCollection(store, TenantId(0), wanted);
  EXPECT_TRUE(made.ok()) << made.status();
  return made.ok() ? *made : CollectionRecord();
}

// One chunk a line of the text.
inline PreparedDocument PrepareForTest(const std::string& id,
                                       const std::string& text) {
  PreparedDocument prepared;
  prepared.parsed.text = text;
  prepared.parsed.format = "text";
  prepared.parsed.blocks = {
      {.span = {0, static_cast<std::uint32_t>(text.size())}, .boxes = {}}};
  std::uint32_t begin = 0;
  while (begin < text.size()) {
    const std::size_t line = text.find('\n', begin);
    const auto end = static_cast<std::uint32_t>(
        line == std::string::npos ? text.size() : line);
    Chunk chunk;
    chunk.ordinal = static_cast<std::uint32_t>(prepared.chunks.size());
    chunk.span = {begin, end};
    chunk.context = id;
    chunk.tokens = end - begin;
    prepared.document.tokens += chunk.tokens;
    prepared.chunks.push_back(chunk);
    prepared.vectors.push_back({1, static_cast<float>(begin)});
    TermCounts counts;
    counts.terms[text.substr(begin, end - begin)].body = 1;
    prepared.terms.push_back(counts);
    begin = end + 1;
  }
  Document& document = prepared.document;
  document.id = id;
  document.title = id;
  document.source_sha256 = Sha256Hex(id + text);
  document.version = document.source_sha256.substr(0, 16);
  document.text_sha256 = Sha256Hex(text);
  document.format = "text";
  document.text_bytes = text.size();
  document.chunks = static_cast<std::uint32_t>(prepared.chunks.size());
  return prepared;
}

// The same with every chunk as one sentence.
inline PreparedDocument PrepareSentencesForTest(const std::string& id,
                                                const std::string& text) {
  PreparedDocument prepared = PrepareForTest(id, text);
  for (const Chunk& chunk : prepared.chunks) {
    const auto code = static_cast<std::int8_t>(chunk.span.begin % 100);
    prepared.sentences.push_back({{.span = chunk.span, .codes = {127, code}}});
  }
  return prepared;
}

inline StatusOr<Sequence> PutForTest(Store& store,
                                     const CollectionRecord& collection,
                                     const PreparedDocument& prepared) {
  return store.Commit([&](Transaction& transaction) {
    return PutDocument(transaction, collection, prepared);
  });
}

inline StatusOr<Sequence> RemoveForTest(Store& store,
                                        const CollectionRecord& collection,
                                        const std::string& id) {
  return store.Commit([&](Transaction& transaction) {
    return RemoveDocument(transaction, collection, id);
  });
}

}  // namespace cairn
