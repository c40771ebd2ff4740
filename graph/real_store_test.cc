// The laws of graph_writer_test.cc on the real store: histories, lost commits,
// reopening, commits that share a sync.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "graph/contribution.h"
#include "graph/graph_view.h"
#include "graph/memory_store_for_test.h"
#include "graph/random_documents_for_test.h"
#include "storage/store.h"

namespace cairn {
namespace {

constexpr CollectionKey kCollection{TenantId(0), CollectionId(3)};

class RealStoreTest : public ::testing::Test {
 protected:
  RealStoreTest() {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("cairn_graph_" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder_);
    Open();
  }
  ~RealStoreTest() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  void Open() {
    store_.reset();
    auto opened = Store::Open(folder_.string(), {});
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = std::move(opened).value();
  }
  std::vector<std::tuple<int, std::string, std::string>> Dump() const {
    std::vector<std::tuple<int, std::string, std::string>> rows;
    const auto snapshot = store_->Pin();
    for (const Family family :
         {Family::kEntities, Family::kNames, Family::kMentions,
          Family::kRelations, Family::kAdjacency}) {
      EXPECT_TRUE(snapshot
                      ->Scan(family, {}, {},
                             [&](std::string_view key, std::string_view value) {
                               rows.emplace_back(static_cast<int>(family), key,
                                                 value);
                               return true;
                             })
                      .ok());
    }
    return rows;
  }

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
};

auto FreshBuild(const std::map<std::string, TestDocument>& documents) {
  MemoryStore store;
  GraphWriter writer;
  for (const auto& [id, document] : documents) {
    EXPECT_TRUE(store
                    .Commit([&, &made = document](Transaction& transaction) {
                      return writer.Add(transaction,
                                        made.Contribution(kCollection));
                    })
                    .ok());
  }
  return store.state().Dump();
}

// Some builders fail after the graph call; the others of the group go on.
TEST_F(RealStoreTest, EqualsAFreshBuildOfTheSurvivorsAfterAnyHistory) {
  const std::uint64_t seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  RandomDocuments random(seed);
  auto writer = std::make_unique<GraphWriter>();
  std::map<std::string, TestDocument> live;
  for (int round = 0; round < 60; ++round) {
    std::vector<Store::Builder> builders;
    std::vector<TestDocument> documents(1 + random.Below(5));
    std::vector<bool> removes, fails;
    for (TestDocument& document : documents) {
      document = random.Make("d" + std::to_string(random.Below(9)));
      removes.push_back(random.Below(3) == 0);
      fails.push_back(random.Below(4) == 0);
    }
    for (std::size_t i = 0; i < documents.size(); ++i) {
      builders.push_back([&, i](Transaction& transaction) -> Status {
        CAIRN_RETURN_IF_ERROR(
            removes[i]
                ? writer->Remove(transaction, kCollection, documents[i].key())
                : writer->Replace(transaction,
                                  documents[i].Contribution(kCollection)));
        return fails[i] ? InternalError("wanted") : OkStatus();
      });
    }
    const auto results = store_->CommitAll(builders);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      ASSERT_EQ(results[i].ok(), !fails[i]) << results[i].status();
      if (fails[i]) continue;
      live.erase(documents[i].id);
      if (!removes[i]) live.emplace(documents[i].id, documents[i]);
    }
    if (random.Below(10) == 0) {
      Open();
      if (random.Below(2) == 0) writer = std::make_unique<GraphWriter>();
    }
    if (round % 6 == 5) {
      ASSERT_EQ(Dump(), FreshBuild(live)) << "seed " << seed;
    }
  }
  for (const auto& [id, document] : live) {
    ASSERT_TRUE(store_
                    ->Commit([&, &gone = document](Transaction& transaction) {
                      return writer->Remove(transaction, kCollection,
                                            gone.key());
                    })
                    .ok());
  }
  EXPECT_TRUE(Dump().empty());
}

TEST_F(RealStoreTest, BringsAFollowerToTheSnapshot) {
  GraphWriter writer;
  RandomDocuments random(4);
  for (int i = 0; i < 5; ++i) {
    const TestDocument document = random.Make("d" + std::to_string(i));
    ASSERT_TRUE(store_
                    ->Commit([&](Transaction& transaction) {
                      return writer.Replace(transaction,
                                            document.Contribution(kCollection));
                    })
                    .ok());
  }
  GraphFollower follower(kCollection);
  const auto snapshot = store_->Pin();
  ASSERT_TRUE(CatchUp(follower, kCollection, *snapshot).ok());
  EXPECT_EQ(follower.applied(), snapshot->sequence());
  EXPECT_GT(follower.view()->node_count(), 0U);
}

}  // namespace
}  // namespace cairn
