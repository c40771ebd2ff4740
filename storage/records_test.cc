#include "storage/records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "storage/document_codec.h"
#include "storage/follower.h"
#include "storage/keys.h"
#include "storage/store_for_test.h"
#include "tests/contract/store_dump.h"

namespace cairn {
namespace {

class RecordsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = OpenForTest(folder_.path(), clock_);
    ASSERT_NE(store_, nullptr);
    collection_ = MakeCollectionForTest(*store_, "c");
  }
  TemporaryFolder folder_;
  FakeClock clock_{1000};
  std::unique_ptr<Store> store_;
  CollectionRecord collection_;
};

TEST_F(RecordsTest, GivesBackWhatWasPut) {
  PreparedDocument prepared = PrepareForTest("d", "one\ntwo\n");
  prepared.original_bytes = "original";
  prepared.document.metadata = {{"year", "2023"}};
  ASSERT_TRUE(PutForTest(*store_, collection_, prepared).ok());
  const auto pinned = store_->Pin();
  EXPECT_EQ(LoadDocument(*pinned, collection_.key, "d").value(),
            prepared.document);
  const DocumentKey key = DocumentKeyOf("d");
  EXPECT_EQ(LoadText(*pinned, collection_.key, key).value(), "one\ntwo\n");
  EXPECT_EQ(LoadOriginal(*pinned, collection_.key, key).value(), "original");
  EXPECT_EQ(LoadParsed(*pinned, collection_.key, key)->blocks,
            prepared.parsed.blocks);
  EXPECT_EQ(LoadChunks(*pinned, collection_.key, key).value(), prepared.chunks);
  EXPECT_EQ(LoadChunk(*pinned, collection_.key, {key, 1}).value(),
            prepared.chunks[1]);
  EXPECT_EQ(LoadVector(*pinned, collection_.key, {key, 1}).value(),
            (std::vector<float>{1, 4}));
  const auto stats = LoadCollectionStats(*pinned, collection_.key).value();
  EXPECT_EQ(stats.documents, 1);
  EXPECT_EQ(stats.chunks, 2);
}

TEST_F(RecordsTest, ANewVersionTakesThePlaceOfTheOlderOne) {
  ASSERT_TRUE(
      PutForTest(*store_, collection_, PrepareForTest("d", "a\nb\nc\n")).ok());
  ASSERT_TRUE(
      PutForTest(*store_, collection_, PrepareForTest("d", "x\n")).ok());
  const auto pinned = store_->Pin();
  EXPECT_EQ(LoadChunks(*pinned, collection_.key, DocumentKeyOf("d"))->size(),
            1U);
  const auto report = VerifyCollection(*pinned, collection_);
  EXPECT_TRUE(report->problems.empty()) << report->problems.front();
}

TEST_F(RecordsTest, TellsWhatIsMissing) {
  const auto pinned = store_->Pin();
  EXPECT_EQ(ReasonOf(LoadDocument(*pinned, collection_.key, "no").status()),
            "DOCUMENT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(FindCollection(*pinned, TenantId(0), "no").status()),
            "COLLECTION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(FindCollection(*pinned, TenantId(1), "c").status()),
            "COLLECTION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(RemoveForTest(*store_, collection_, "no").status()),
            "DOCUMENT_NOT_FOUND");
  EXPECT_EQ(
      ReasonOf(CreateCollection(*store_, TenantId(0), collection_).status()),
      "COLLECTION_EXISTS");
  CollectionRecord bad;
  bad.name = "No Spaces";
  EXPECT_EQ(ReasonOf(CreateCollection(*store_, TenantId(0), bad).status()),
            "BAD_COLLECTION_NAME");
}

TEST_F(RecordsTest, DeletingACollectionLeavesItsNeighboursAlone) {
  const CollectionRecord other = MakeCollectionForTest(*store_, "other");
  const auto before = DumpStore(*store_->Pin());
  const CollectionRecord third = MakeCollectionForTest(*store_, "third");
  ASSERT_TRUE(PutForTest(*store_, third, PrepareForTest("d", "a\n")).ok());
  ASSERT_TRUE(DeleteCollection(*store_, third).ok());
  auto after = DumpStore(*store_->Pin());
  // The counter of collection ids goes on: ids are never used again.
  const std::string counter = "meta/" + std::string(8, '\0') + "N";
  after[counter] = before.at(counter);
  EXPECT_EQ(DifferenceOf(before, after), "");
}

TEST_F(RecordsTest, ListsDocumentsByPages) {
  for (int i = 0; i < 25; ++i) {
    ASSERT_TRUE(PutForTest(*store_, collection_,
                           PrepareForTest("d" + std::to_string(i), "a\n"))
                    .ok());
  }
  std::vector<std::string> ids;
  std::optional<DocumentKey> after;
  for (;;) {
    const auto page =
        ListDocuments(*store_->Pin(), collection_.key, after, 10).value();
    if (page.empty()) break;
    for (const Document& document : page) ids.push_back(document.id);
    after = DocumentKeyOf(page.back().id);
  }
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(ids.size(), 25U);
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

TEST_F(RecordsTest, VerificationFindsWhatIsWrong) {
  ASSERT_TRUE(
      PutForTest(*store_, collection_, PrepareForTest("d", "a\nb\n")).ok());
  ASSERT_TRUE(store_
                  ->Commit([&](Transaction& transaction) {
                    transaction.Delete(
                        Family::kTerms,
                        ChunkKey(collection_.key, {DocumentKeyOf("d"), 0}));
                    transaction.Put(
                        Family::kChunks,
                        ChunkKey(collection_.key, {DocumentKey(5), 0}), "x");
                    return OkStatus();
                  })
                  .ok());
  EXPECT_EQ(VerifyCollection(*store_->Pin(), collection_)->problems.size(), 2U);
}

// What ScanSentences tells of a collection.
std::map<ChunkId, std::vector<SentenceVector>> SentencesOf(
    const StoreReader& reader, const CollectionKey& collection) {
  std::map<ChunkId, std::vector<SentenceVector>> all;
  const Status scanned = ScanSentences(
      reader, collection, std::nullopt,
      [&](const ChunkId& chunk, std::span<const SentenceVector> sentences) {
        all[chunk].assign(sentences.begin(), sentences.end());
      });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return all;
}

TEST_F(RecordsTest, SentencesComeAndGoWithTheirDocument) {
  const auto with = MakeCollectionForTest(*store_, "with", true);
  PreparedDocument prepared = PrepareSentencesForTest("d", "one two\nthree\n");
  prepared.sentences[0] = {{.span = {0, 3}, .codes = {127, -127}},
                           {.span = {4, 7}, .codes = {-5, 127}}};
  ASSERT_TRUE(PutForTest(*store_, with, prepared).ok());
  const DocumentKey key = DocumentKeyOf("d");
  auto stored = SentencesOf(*store_->Pin(), with.key);
  EXPECT_EQ(stored[ChunkId(key, 0)], prepared.sentences[0]);
  EXPECT_EQ(stored[ChunkId(key, 1)], prepared.sentences[1]);
  EXPECT_EQ(stored.size(), 2U);
  const auto report = VerifyCollection(*store_->Pin(), with);
  EXPECT_TRUE(report->problems.empty()) << report->problems.front();
  EXPECT_EQ(report->sentences, 3U);
  ASSERT_TRUE(
      PutForTest(*store_, with, PrepareSentencesForTest("d", "x\n")).ok());
  EXPECT_EQ(SentencesOf(*store_->Pin(), with.key).size(), 1U);
  ASSERT_TRUE(RemoveForTest(*store_, with, "d").ok());
  EXPECT_TRUE(SentencesOf(*store_->Pin(), with.key).empty());
}

TEST_F(RecordsTest, ACollectionTakesTheSentencesItKeepsAndNoOthers) {
  const auto with = MakeCollectionForTest(*store_, "with", true);
  EXPECT_FALSE(PutForTest(*store_, with, PrepareForTest("d", "a\n")).ok());
  EXPECT_FALSE(
      PutForTest(*store_, collection_, PrepareSentencesForTest("d", "a\n"))
          .ok());
  PreparedDocument outside = PrepareSentencesForTest("d", "a\nb\n");
  outside.sentences[0][0].span = {0, 2};
  EXPECT_FALSE(PutForTest(*store_, with, outside).ok());
}

TEST_F(RecordsTest, VerificationFindsLostAndDamagedSentences) {
  const auto with = MakeCollectionForTest(*store_, "with", true);
  for (const char* id : {"lost", "damaged", "sound"}) {
    ASSERT_TRUE(
        PutForTest(*store_, with, PrepareSentencesForTest(id, "a\nb\n")).ok());
  }
  const auto key = [&](const char* id) {
    return ChunkKey(with.key, {DocumentKeyOf(id), 0});
  };
  ASSERT_TRUE(store_
                  ->Commit([&](Transaction& transaction) {
                    transaction.Delete(Family::kSentences, key("lost"));
                    transaction.Put(Family::kSentences, key("damaged"), "x");
                    return OkStatus();
                  })
                  .ok());
  const auto report = VerifyCollection(*store_->Pin(), with);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->problems.size(), 2U);
}

// Format 1 knew no sentences; its collections go on without.
TEST_F(RecordsTest, ADataFolderOfTheFirstFormatIsReadAndRaised) {
  const std::string format = MetaKey(kStoreScope, MetaKind::kFormat);
  const std::string current =
      *store_->Pin()->Get(Family::kMeta, format).value();
  std::string record = EncodeCollection(collection_);
  record.pop_back();
  ASSERT_TRUE(store_
                  ->Commit([&](Transaction& transaction) {
                    transaction.Put(Family::kMeta, format, "\x01");
                    transaction.Put(
                        Family::kMeta,
                        MetaKey({TenantId(0), kTenantScope},
                                MetaKind::kCollection, collection_.name),
                        record);
                    return OkStatus();
                  })
                  .ok());
  store_.reset();
  store_ = OpenForTest(folder_.path(), clock_);
  ASSERT_NE(store_, nullptr);
  const auto pinned = store_->Pin();
  EXPECT_EQ(*pinned->Get(Family::kMeta, format).value(), current);
  EXPECT_EQ(FindCollection(*pinned, TenantId(0), "c").value(), collection_);
}

TEST_F(RecordsTest, ListsChangesForFollowers) {
  ASSERT_TRUE(
      PutForTest(*store_, collection_, PrepareForTest("d", "a\nb\n")).ok());
  ASSERT_TRUE(
      PutForTest(*store_, collection_, PrepareForTest("d", "a\n")).ok());
  ASSERT_TRUE(RemoveForTest(*store_, collection_, "d").ok());
  const auto changes = ListChanges(*store_->Pin(), Sequence(1)).value();
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].chunks_added, 2U);
  EXPECT_EQ(changes[1].chunks_removed, 2U);
  EXPECT_EQ(changes[2].kind, ChangeKind::kDocumentDeleted);
  EXPECT_EQ(changes[2].collection, collection_.key);
}

TEST_F(RecordsTest, JobsAreKept) {
  JobRecord job{.id = "j1", .collection = "c", .state = "running"};
  ASSERT_TRUE(PutJob(*store_, job).ok());
  job.state = "done";
  ASSERT_TRUE(PutJob(*store_, job).ok());
  EXPECT_EQ(LoadJob(*store_->Pin(), TenantId(0), "j1")->state, "done");
  EXPECT_EQ(ListJobs(*store_->Pin(), TenantId(0))->size(), 1U);
  EXPECT_FALSE(LoadJob(*store_->Pin(), TenantId(3), "j1").ok());
}

// Remembers the chunks with terms; the simplest follower there is.
class ChunkSet final : public Follower {
 public:
  explicit ChunkSet(const CollectionKey& collection)
      : collection_(collection) {}
  std::string_view name() const override { return "chunks"; }
  Sequence applied() const override { return applied_; }
  Status Rebuild(const StoreSnapshot& snapshot) override {
    ++rebuilds;
    chunks.clear();
    return ScanTerms(snapshot, collection_, std::nullopt,
                     [&](const ChunkId& chunk, const TermCounts& counts) {
                       chunks[chunk] = counts;
                     });
  }
  Status Apply(const Change& change, const StoreSnapshot& snapshot) override {
    for (std::uint32_t i = 0; i < change.chunks_removed; ++i) {
      chunks.erase({change.document, i});
    }
    return ScanTerms(snapshot, collection_, change.document,
                     [&](const ChunkId& chunk, const TermCounts& counts) {
                       chunks[chunk] = counts;
                     });
  }
  Status Finish(Sequence reached) override {
    applied_ = reached;
    return OkStatus();
  }
  std::map<ChunkId, TermCounts> chunks;
  int rebuilds = 0;

 private:
  const CollectionKey collection_;
  Sequence applied_;
};

TEST_F(RecordsTest, CatchingUpByChangesEqualsRebuilding) {
  const unsigned seed = 1234;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  ChunkSet follower(collection_.key);
  for (int round = 0; round < 60; ++round) {
    const std::string id = "d" + std::to_string(random() % 8);
    if (random() % 3 == 0) {
      RemoveForTest(*store_, collection_, id).status().IgnoreError();
    } else {
      std::string text;
      for (unsigned i = 0; i <= random() % 4; ++i) {
        text += std::to_string(random() % 10) + "\n";
      }
      ASSERT_TRUE(
          PutForTest(*store_, collection_, PrepareForTest(id, text)).ok());
    }
    if (random() % 4 != 0) continue;
    ASSERT_TRUE(CatchUp(follower, collection_.key, *store_->Pin()).ok());
    ChunkSet fresh(collection_.key);
    ASSERT_TRUE(CatchUp(fresh, collection_.key, *store_->Pin()).ok());
    ASSERT_EQ(follower.chunks, fresh.chunks);
  }
  EXPECT_EQ(follower.rebuilds, 1);
}

// The promise of the product, for the families of this room.
TEST(Forgetting, BuildOfBothLessOneEqualsBuildOfTheOther) {
  const unsigned seed = 5678;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const FakeClock clock(1000);
  for (int round = 0; round < 5; ++round) {
    std::map<std::string, std::string> live;
    const TemporaryFolder long_way;
    auto store = OpenForTest(long_way.path(), clock);
    const CollectionRecord collection =
        MakeCollectionForTest(*store, "c", true);
    for (int i = 0; i < 60; ++i) {
      const std::string id = "d" + std::to_string(random() % 10);
      if (random() % 3 == 0) {
        const auto removed = RemoveForTest(*store, collection, id);
        EXPECT_EQ(removed.ok(), live.erase(id) > 0);
        continue;
      }
      std::string text;
      for (unsigned line = 0; line <= random() % 4; ++line) {
        text += std::to_string(random() % 10) + "\n";
      }
      ASSERT_TRUE(
          PutForTest(*store, collection, PrepareSentencesForTest(id, text))
              .ok());
      live[id] = text;
    }
    const TemporaryFolder short_way;
    auto fresh = OpenForTest(short_way.path(), clock);
    const CollectionRecord again = MakeCollectionForTest(*fresh, "c", true);
    for (const auto& [id, text] : live) {
      ASSERT_TRUE(
          PutForTest(*fresh, again, PrepareSentencesForTest(id, text)).ok());
    }
    EXPECT_EQ(DifferenceOf(DumpStore(*store->Pin()), DumpStore(*fresh->Pin())),
              "");
  }
}

}  // namespace
}  // namespace cairn
