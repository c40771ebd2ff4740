#include "storage/store.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "storage/credentials.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

const CollectionKey kSpace{TenantId(7), CollectionId(9)};

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }
  void Reopen() {
    store_.reset();
    store_ = OpenForTest(folder_.path(), clock_);
    ASSERT_NE(store_, nullptr);
  }
  std::string Key(const std::string& name) {
    return CollectionPrefix(kSpace) + name;
  }
  StatusOr<Sequence> Put(const std::string& name, const std::string& value) {
    return store_->Commit([&](Transaction& transaction) {
      transaction.Put(Family::kMeta, Key(name), value);
      AppendChange(transaction, {.sequence = transaction.sequence()});
      return OkStatus();
    });
  }
  std::optional<std::string> Get(const StoreReader& reader,
                                 const std::string& name) {
    return reader.Get(Family::kMeta, Key(name)).value();
  }

  TemporaryFolder folder_;
  FakeClock clock_{1000};
  std::unique_ptr<Store> store_;
};

TEST_F(StoreTest, KeepsCommitsAndNumbersOverReopening) {
  EXPECT_EQ(Put("a", "1").value(), Sequence(1));
  EXPECT_EQ(Put("b", "2").value(), Sequence(2));
  Reopen();
  EXPECT_EQ(store_->Pin()->sequence(), Sequence(2));
  EXPECT_EQ(Get(*store_->Pin(), "a"), "1");
  EXPECT_EQ(Put("c", "3").value(), Sequence(3));
}

// Files of this process end at so many bytes while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes)
      : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_ = {};
};

TEST_F(StoreTest, AfterAFailedWriteReadsGoOnAndNothingDurableIsLost) {
  ASSERT_TRUE(Put("a", "1").ok());
  {
    const FileSizeLimit limit(64 << 10);
    // One group: some are written before the one that fails.
    std::vector<Store::Builder> group;
    for (int i = 0; i < 40; ++i) {
      group.push_back([&, i](Transaction& transaction) {
        transaction.Put(Family::kMeta, Key("group " + std::to_string(i)),
                        std::string(4 << 10, 'x'));
        return OkStatus();
      });
    }
    for (const auto& result : store_->CommitAll(group)) {
      EXPECT_FALSE(result.ok()) << "it was not synced";
    }
    EXPECT_FALSE(Put("late", "1").ok());
  }
  EXPECT_FALSE(Put("later", "1").ok()) << "the log's end is unknown";
  EXPECT_EQ(Get(*store_->Pin(), "a"), "1");
  const Sequence durable = store_->Pin()->sequence();
  Reopen();
  EXPECT_GE(store_->Pin()->sequence(), durable);
  EXPECT_EQ(Get(*store_->Pin(), "a"), "1");
  EXPECT_TRUE(Put("again", "1").ok());
}

TEST_F(StoreTest, SnapshotsStandStill) {
  ASSERT_TRUE(Put("a", "old").ok());
  const auto pinned = store_->Pin();
  ASSERT_TRUE(Put("a", "new").ok());
  EXPECT_EQ(Get(*pinned, "a"), "old");
  EXPECT_EQ(Get(*store_->Pin(), "a"), "new");
}

TEST_F(StoreTest, AFailedBuilderLeavesNoTrace) {
  ASSERT_TRUE(Put("a", "1").ok());
  const auto failed = store_->Commit([&](Transaction& transaction) {
    transaction.Put(Family::kMeta, Key("b"), "2");
    return InvalidArgumentError("no");
  });
  EXPECT_EQ(failed.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(Get(*store_->Pin(), "b"), std::nullopt);
  EXPECT_EQ(store_->Pin()->sequence(), Sequence(1));
}

TEST_F(StoreTest, BuildersOfAGroupSeeEachOther) {
  const Store::Builder add = [&](Transaction& transaction) -> Status {
    const auto count = transaction.before().Get(Family::kMeta, Key("n"));
    CAIRN_RETURN_IF_ERROR(count.status());
    const std::string value = count->value_or("") + "x";
    transaction.Put(Family::kMeta, Key("n"), value);
    AppendChange(transaction, {.sequence = transaction.sequence()});
    return OkStatus();
  };
  const std::vector<Store::Builder> builders(10, add);
  for (const auto& result : store_->CommitAll(builders)) {
    EXPECT_TRUE(result.ok());
  }
  EXPECT_EQ(Get(*store_->Pin(), "n"), "xxxxxxxxxx");
}

TEST_F(StoreTest, ManyWritersLoseNothing) {
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 8; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 0; i < 25; ++i) {
        const std::string name =
            std::to_string(writer) + "/" + std::to_string(i);
        EXPECT_TRUE(Put(name, name).ok());
        EXPECT_EQ(Get(*store_->Pin(), name), name);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store_->Pin()->sequence(), Sequence(200));
}

TEST_F(StoreTest, PinAtLeastWaitsForTheTokenOrTellsThatItIsNotThere) {
  ASSERT_TRUE(Put("a", "1").ok());
  EXPECT_TRUE(store_->PinAtLeast(Sequence(1), Deadline::Infinite()).ok());
  const auto late = store_->PinAtLeast(
      Sequence(99), Deadline::After(std::chrono::milliseconds(1)));
  EXPECT_EQ(ReasonOf(late.status()), "WRITE_TOKEN_NOT_REACHED");
}

TEST_F(StoreTest, MergesPostingsLikeAMap) {
  const unsigned seed = 4711;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::map<ChunkId, std::uint32_t> oracle;
  const std::string key = Key("list");
  for (int round = 0; round < 200; ++round) {
    std::vector<Posting> changes;
    for (int i = 0; i < 3; ++i) {
      const Posting change{
          {DocumentKey(random() % 5), std::uint32_t(random() % 6)},
          std::uint32_t(random() % 3)};
      changes.push_back(change);
    }
    for (const Posting& change : changes) oracle[change.chunk] = change.count;
    ASSERT_TRUE(
        store_
            ->Commit([&](Transaction& transaction) {
              transaction.MergePostings(Family::kAdjacency, key, changes);
              AppendChange(transaction, {.sequence = transaction.sequence()});
              return OkStatus();
            })
            .ok());
    if (round % 50 == 49) Reopen();
  }
  std::vector<Posting> expected;
  for (const auto& [chunk, count] : oracle) {
    if (count > 0) expected.push_back({chunk, count});
  }
  const auto packed = store_->Pin()->Get(Family::kAdjacency, key).value();
  ASSERT_TRUE(packed.has_value());
  EXPECT_EQ(DecodePostings(*packed).value(), expected);
  EXPECT_EQ(*packed, EncodePostings(expected));
}

TEST_F(StoreTest, ASecondOpenIsRefusedWithTheRemedy) {
  const auto second = Store::Open(folder_.path(), {});
  EXPECT_EQ(second.status().code(), StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(second.status()), "DATA_FOLDER_IN_USE");
  EXPECT_NE(MessageOf(second.status()).find("--server"), std::string::npos);
}

TEST_F(StoreTest, FoldersThatCannotServeAreNamed) {
  const auto missing = Store::Open(folder_.path() + "/x", {.create = false});
  EXPECT_EQ(ReasonOf(missing.status()), "DATA_FOLDER_NOT_FOUND");
  const std::string file = folder_.path() + "_file";
  std::ofstream(file) << "x";
  EXPECT_EQ(ReasonOf(Store::Open(file, {}).status()), "DATA_FOLDER_IS_A_FILE");
  std::filesystem::remove(file);
}

TEST_F(StoreTest, ACopyIsAStoreOfItsOwn) {
  ASSERT_TRUE(Put("before", "1").ok());
  const std::string copy = folder_.path() + "_copy";
  const Status copied = store_->CopyTo(copy);
  ASSERT_TRUE(copied.ok()) << copied;
  ASSERT_TRUE(Put("after", "2").ok());
  {
    const auto other = Store::Open(copy, {.create = false});
    ASSERT_TRUE(other.ok()) << other.status();
    EXPECT_TRUE((*other)->VerifyChecksums().ok());
    const auto state = (*other)->Pin();
    EXPECT_EQ(*state->Get(Family::kMeta, Key("before")), "1");
    EXPECT_EQ(*state->Get(Family::kMeta, Key("after")), std::nullopt);
  }
  EXPECT_EQ(ReasonOf(store_->CopyTo(copy)), "FOLDER_EXISTS");
  EXPECT_EQ(ReasonOf(store_->CopyTo(copy + "_none/x")), "FOLDER_NOT_FOUND");
  std::filesystem::remove_all(copy);
}

TEST_F(StoreTest, DamagedTablesAreFoundAndNamed) {
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(Put("key" + std::to_string(i), std::string(500, 'v')).ok());
  }
  Reopen();  // Recovery writes the log's content into a table.
  store_.reset();
  std::string table;
  for (const auto& entry :
       std::filesystem::directory_iterator(folder_.path())) {
    if (entry.path().extension() == ".sst" && entry.file_size() > 500) {
      table = entry.path();
      std::fstream file(table, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(100);
      file.put('\x7e');
    }
  }
  ASSERT_NE(table, "");
  const auto opened = Store::Open(folder_.path(), {});
  const Status found =
      opened.ok() ? (*opened)->VerifyChecksums() : opened.status();
  EXPECT_EQ(found.code(), StatusCode::kDataLoss) << found;
  EXPECT_NE(MessageOf(found).find(".sst"), std::string::npos) << found;
}

TEST_F(StoreTest, ApiKeysOpenTheirTenantOnly) {
  const std::string one = CreateApiKey(*store_, "acme").value();
  const std::string two = CreateApiKey(*store_, "beta").value();
  const auto pinned = store_->Pin();
  EXPECT_EQ(CheckApiKey(*pinned, one)->tenant_name, "acme");
  EXPECT_NE(CheckApiKey(*pinned, one)->tenant,
            CheckApiKey(*pinned, two)->tenant);
  std::string forged = one;
  forged.back() = forged.back() == '0' ? '1' : '0';
  for (const std::string& bad :
       {forged, std::string(), one + "0", std::string("cairn_.")}) {
    EXPECT_EQ(CheckApiKey(*pinned, bad).status().code(),
              StatusCode::kUnauthenticated);
  }
  ASSERT_EQ(ListApiKeys(*pinned)->size(), 2U);
  ASSERT_TRUE(DeleteApiKey(*store_, CheckApiKey(*pinned, one)->id).ok());
  EXPECT_FALSE(CheckApiKey(*store_->Pin(), one).ok());
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    ASSERT_TRUE(store_->Pin()
                    ->Scan(static_cast<Family>(i), {}, {},
                           [&](std::string_view, std::string_view value) {
                             EXPECT_EQ(value.find(one.substr(20)),
                                       std::string_view::npos);
                             return true;
                           })
                    .ok());
  }
}

// Writes documents with four writers and tells each acknowledged id on `pipe`.
[[noreturn]] void WriteUntilKilled(const std::string& folder, int pipe) {
  auto store = Store::Open(folder, {});
  if (!store.ok()) std::_Exit(3);
  auto found = FindCollection(*(*store)->Pin(), TenantId(0), "c");
  const CollectionRecord collection =
      found.ok() ? *found : MakeCollectionForTest(**store, "c");
  const std::uint64_t base = (*store)->Pin()->sequence().value();
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 4; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 0;; ++i) {
        const std::string id = std::to_string(base) + "_" +
                               std::to_string(writer) + "_" + std::to_string(i);
        if (!PutForTest(**store, collection, PrepareForTest(id, "a\nb\nc\n"))
                 .ok()) {
          std::_Exit(4);
        }
        const std::string line = id + "\n";
        if (::write(pipe, line.data(), line.size()) < 0) std::_Exit(5);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::_Exit(0);
}

TEST(StoreCrash, TwentyKillsLoseNoAcknowledgedDocumentAndLeaveNoneHalf) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "SKIPPED: the thread sanitizer does not bear forks of "
                  "processes with threads";
#endif
  const TemporaryFolder folder;
  const unsigned seed = 90210;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::set<std::string> acknowledged;
  for (int round = 0; round < 20; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) WriteUntilKilled(folder.path(), ends[1]);
    ::close(ends[1]);
    // Amid the commits that follow so many acknowledged ones; 0: at once.
    const auto enough = static_cast<std::ptrdiff_t>(random() % 40);
    std::string told;
    char buffer[4096];
    ssize_t got = 0;
    do {
      if (std::count(told.begin(), told.end(), '\n') >= enough) {
        ::kill(child, SIGKILL);
      }
      got = ::read(ends[0], buffer, sizeof buffer);
      if (got > 0) told.append(buffer, static_cast<std::size_t>(got));
    } while (got > 0);
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(ends[0]);
    ASSERT_TRUE(WIFSIGNALED(status)) << "round " << round << ": " << status;
    for (std::size_t at = 0, end; (end = told.find('\n', at)) != told.npos;
         at = end + 1) {
      acknowledged.insert(told.substr(at, end - at));
    }
    auto store = Store::Open(folder.path(), {});
    ASSERT_TRUE(store.ok()) << store.status();
    const auto collection = FindCollection(*(*store)->Pin(), TenantId(0), "c");
    if (!collection.ok()) continue;  // Killed before its first commit.
    const auto report = VerifyCollection(*(*store)->Pin(), *collection);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_TRUE(report->problems.empty()) << report->problems.front();
    for (const std::string& id : acknowledged) {
      ASSERT_TRUE(LoadDocument(*(*store)->Pin(), collection->key, id).ok())
          << id << " was acknowledged and is lost";
    }
  }
  EXPECT_GT(acknowledged.size(), 100U);
}

}  // namespace
}  // namespace cairn
