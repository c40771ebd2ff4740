#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "graph/contribution.h"
#include "graph/layout.h"
#include "graph/memory_store_for_test.h"
#include "graph/random_documents_for_test.h"

namespace cairn {
namespace {

constexpr CollectionKey kCollection{TenantId(0), CollectionId(3)};
constexpr CollectionKey kOther{TenantId(0), CollectionId(4)};

Status Put(MemoryStore& store, GraphWriter& writer,
           const TestDocument& document, bool lose = false) {
  return store.Commit(
      [&](Transaction& transaction) {
        return writer.Replace(transaction, document.Contribution(kCollection));
      },
      lose);
}

Status Drop(MemoryStore& store, GraphWriter& writer, DocumentKey document,
            bool lose = false) {
  return store.Commit(
      [&](Transaction& transaction) {
        return writer.Remove(transaction, kCollection, document);
      },
      lose);
}

auto FreshBuild(const std::map<std::string, TestDocument>& documents) {
  MemoryStore store;
  GraphWriter writer;
  for (const auto& [id, document] : documents) {
    EXPECT_TRUE(Put(store, writer, document).ok());
  }
  return store.state().Dump();
}

std::vector<std::string> LinkedSurfaces(const MemoryStore& store,
                                        const TestDocument& document,
                                        std::uint32_t chunk = 0) {
  std::vector<std::string> surfaces;
  const auto packed = store.state().Get(
      Family::kMentions,
      graph_layout::MentionsChunkKey(kCollection, {document.key(), chunk},
                                     graph_layout::ChunkPart::kLinks));
  if (!packed->has_value()) return surfaces;
  const auto links = graph_layout::DecodeLinks(**packed);
  for (const auto& link : *links) {
    surfaces.emplace_back(link.span.Of(document.text));
  }
  return surfaces;
}

TestDocument Article(const std::string& id, const std::string& title,
                     const std::string& text) {
  TestDocument document;
  document.id = id;
  document.title = title;
  document.AddChunk(text);
  document.Define(title, title, MentionKind::kTitle, 1);
  return document;
}

// One round: random changes, some of them lost; then the bytes of a fresh
// build of what is left.
void RunRound(std::uint64_t seed) {
  RandomDocuments random(seed);
  MemoryStore store;
  auto writer = std::make_unique<GraphWriter>();
  std::map<std::string, TestDocument> live;
  const std::size_t steps = 4 + random.Below(16);
  for (std::size_t step = 0; step < steps; ++step) {
    const std::string id = "d" + std::to_string(random.Below(7));
    const bool lose = random.Below(5) == 0;
    if (random.Below(12) == 0) writer = std::make_unique<GraphWriter>();
    if (random.Below(3) == 0) {
      const Status dropped =
          Drop(store, *writer, DocumentKey(Fingerprint64(id)), lose);
      ASSERT_EQ(dropped.ok(), !lose) << dropped;
      if (!lose) live.erase(id);
    } else {
      TestDocument document = random.Make(id);
      const Status put = Put(store, *writer, document, lose);
      ASSERT_EQ(put.ok(), !lose) << put;
      if (!lose) live[id] = std::move(document);
    }
  }
  ASSERT_EQ(store.state().Dump(), FreshBuild(live));
  for (const auto& [id, document] : live) {
    ASSERT_TRUE(Drop(store, *writer, document.key()).ok());
  }
  ASSERT_TRUE(store.state().Dump().empty());
}

TEST(GraphWriter, EqualsAFreshBuildOfTheSurvivorsAfterAnyHistory) {
  const std::uint64_t seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  for (std::uint64_t round = 0; round < 600; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " round " +
                 std::to_string(round));
    RunRound(seed + round);
    if (HasFatalFailure()) return;
  }
}

TEST(GraphWriter, DoesNotDependOnTheOrderOfArrival) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomDocuments random(seed);
    std::vector<TestDocument> documents;
    for (int i = 0; i < 8; ++i) {
      documents.push_back(random.Make("d" + std::to_string(i)));
    }
    std::optional<std::vector<std::tuple<int, std::string, std::string>>> first;
    for (int order = 0; order < 4; ++order) {
      MemoryStore store;
      GraphWriter writer;
      for (const TestDocument& document : documents) {
        ASSERT_TRUE(Put(store, writer, document).ok());
      }
      if (!first) first = store.state().Dump();
      ASSERT_EQ(store.state().Dump(), *first) << "seed " << seed;
      std::shuffle(documents.begin(), documents.end(),
                   std::mt19937_64(seed * 10 + order));
    }
  }
}

// The links of every chunk, found the slow way.
TEST(GraphWriter, LinksWhatANaiveMatcherLinks) {
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    RandomDocuments random(seed);
    MemoryStore store;
    GraphWriter writer;
    std::vector<TestDocument> documents;
    std::vector<std::vector<std::string_view>> names;
    for (int i = 0; i < 8; ++i) {
      documents.push_back(random.Make("d" + std::to_string(i)));
      documents.back().mentions.clear();  // Nothing of its own is in the way.
    }
    for (const TestDocument& document : documents) {
      ASSERT_TRUE(Put(store, writer, document).ok());
      for (const NameDefinition& name : document.names) {
        const auto tokens = SplitName(name.normalized);
        if (ShapeOf(tokens) == NameShape::kLinkable) names.push_back(tokens);
      }
    }
    for (const TestDocument& document : documents) {
      for (const Chunk& chunk : document.chunks) {
        const auto tokens =
            TokensOf(chunk.span.Of(document.text), chunk.span.begin);
        std::vector<std::string> expected;
        for (std::size_t at = 0; at < tokens.size();) {
          std::size_t longest = 0;
          for (const auto& name : names) {
            if (at + name.size() > tokens.size()) continue;
            bool same = tokens[at + AnchorOf(name)].marked;
            for (std::size_t i = 0; i < name.size(); ++i) {
              same = same && tokens[at + i].term == name[i];
            }
            if (same) longest = std::max(longest, name.size());
          }
          if (longest > 0) {
            expected.push_back(document.text.substr(
                tokens[at].span.begin,
                tokens[at + longest - 1].span.end - tokens[at].span.begin));
          }
          at += std::max<std::size_t>(longest, 1);
        }
        EXPECT_EQ(LinkedSurfaces(store, document, chunk.ordinal), expected)
            << "seed " << seed;
      }
    }
  }
}

TEST(GraphWriter, LinksOlderChunksWhenANameAppearsAndUnlinksThemAfterwards) {
  MemoryStore store;
  GraphWriter writer;
  const auto essay = Article("essay", "Essay", "She met Ada Byron in Rome.");
  const auto ada = Article("ada", "Ada Byron", "A mathematician.");
  ASSERT_TRUE(Put(store, writer, essay).ok());
  EXPECT_TRUE(LinkedSurfaces(store, essay).empty());
  ASSERT_TRUE(Put(store, writer, ada).ok());
  EXPECT_EQ(LinkedSurfaces(store, essay),
            std::vector<std::string>{"Ada Byron"});
  ASSERT_TRUE(Drop(store, writer, ada.key()).ok());
  EXPECT_TRUE(LinkedSurfaces(store, essay).empty());
}

TEST(GraphWriter, NeverLinksShortStopWordOrNumericNames) {
  MemoryStore store;
  GraphWriter writer;
  const auto essay =
      Article("essay", "Essay", "Io and The Who, 12 March 1984, Of The.");
  int i = 0;
  ASSERT_TRUE(Put(store, writer, essay).ok());
  for (const char* title : {"Io", "Of The", "12 March 1984", "1984"}) {
    ASSERT_TRUE(
        Put(store, writer, Article(std::to_string(i++), title, "x")).ok());
  }
  EXPECT_TRUE(LinkedSurfaces(store, essay).empty());
}

TEST(GraphWriter, NeedsTheAnchorToStandOut) {
  MemoryStore store;
  GraphWriter writer;
  ASSERT_TRUE(Put(store, writer, Article("m", "The Bridge", "x")).ok());
  const auto essay =
      Article("e", "Essay", "the bridge fell; the Bridge is a series");
  ASSERT_TRUE(Put(store, writer, essay).ok());
  EXPECT_EQ(LinkedSurfaces(store, essay),
            std::vector<std::string>{"the Bridge"});
}

TEST(GraphWriter, LinksAnAliasToTheStrongestMeaning) {
  MemoryStore store;
  GraphWriter writer;
  auto airport = Article("a", "Kennedy Airport", "x");
  airport.Define("Kennedy", "Kennedy Airport", MentionKind::kAlias, 0.5F);
  auto person = Article("p", "John Kennedy", "x");
  person.Define("Kennedy", "John Kennedy", MentionKind::kAlias, 0.8F);
  const auto essay = Article("e", "Essay", "when Kennedy spoke");
  const auto linked = [&] {
    const auto packed = store.state().Get(
        Family::kMentions,
        graph_layout::MentionsChunkKey(kCollection, {essay.key(), 0},
                                       graph_layout::ChunkPart::kLinks));
    return graph_layout::DecodeLinks(**packed)->front().entity;
  };
  ASSERT_TRUE(Put(store, writer, essay).ok());
  ASSERT_TRUE(Put(store, writer, airport).ok());
  EXPECT_EQ(linked(), EntityIdOf("kennedy airport"));
  ASSERT_TRUE(Put(store, writer, person).ok());
  EXPECT_EQ(linked(), EntityIdOf("john kennedy"));
  ASSERT_TRUE(Drop(store, writer, person.key()).ok());
  EXPECT_EQ(linked(), EntityIdOf("kennedy airport"));
}

TEST(GraphWriter, LeavesNoNameBehindWhenACommitIsLost) {
  MemoryStore store;
  GraphWriter writer;
  const auto ada = Article("ada", "Ada Byron", "x");
  EXPECT_FALSE(Put(store, writer, ada, true).ok());
  const auto essay = Article("essay", "Essay", "She met Ada Byron.");
  ASSERT_TRUE(Put(store, writer, essay).ok());
  EXPECT_TRUE(LinkedSurfaces(store, essay).empty());
}

TEST(GraphWriter, NoticesWhatAnotherWriterDid) {
  MemoryStore store;
  GraphWriter one, two;
  ASSERT_TRUE(Put(store, one, Article("x", "Tower", "x")).ok());
  ASSERT_TRUE(Put(store, two, Article("ada", "Ada Byron", "x")).ok());
  const auto essay = Article("essay", "Essay", "She met Ada Byron.");
  ASSERT_TRUE(Put(store, one, essay).ok());
  EXPECT_EQ(LinkedSurfaces(store, essay),
            std::vector<std::string>{"Ada Byron"});
}

TEST(GraphWriter, KeepsCollectionsApart) {
  MemoryStore store;
  GraphWriter writer;
  ASSERT_TRUE(store
                  .Commit([&](Transaction& transaction) {
                    return writer.Add(
                        transaction,
                        Article("a", "Ada Byron", "x").Contribution(kOther));
                  })
                  .ok());
  const auto essay = Article("essay", "Essay", "She met Ada Byron.");
  ASSERT_TRUE(Put(store, writer, essay).ok());
  EXPECT_TRUE(LinkedSurfaces(store, essay).empty());
}

TEST(GraphWriter, RefusesToAddTwiceAndForgetsTheAbsentQuietly) {
  MemoryStore store;
  GraphWriter writer;
  const auto essay = Article("essay", "Essay", "text");
  const auto add = [&](Transaction& transaction) {
    return writer.Add(transaction, essay.Contribution(kCollection));
  };
  ASSERT_TRUE(store.Commit(add).ok());
  EXPECT_EQ(store.Commit(add).code(), StatusCode::kAlreadyExists);
  EXPECT_TRUE(Drop(store, writer, DocumentKey(77)).ok());
}

TEST(GraphWriter, RefusesAContributionThatPointsAtNothing) {
  MemoryStore store;
  GraphWriter writer;
  auto bad = Article("a", "Title", "Some Text here");
  bad.Mention("Text", 0);
  bad.mentions[0].chunk = 9;
  EXPECT_EQ(Put(store, writer, bad).code(), StatusCode::kInvalidArgument);
  bad.mentions.clear();
  bad.names[0].chunk = 1;
  EXPECT_EQ(Put(store, writer, bad).code(), StatusCode::kInvalidArgument);
  bad.names[0].chunk = 0;
  for (const std::string& name :
       {std::string("a\0b", 3), std::string("a  b"), std::string(" a"),
        std::string("a "), std::string()}) {
    bad.names[0].normalized = name;
    EXPECT_EQ(Put(store, writer, bad).code(), StatusCode::kInvalidArgument);
  }
}

TEST(GraphWriter, NamesADamagedRecord) {
  MemoryStore store;
  GraphWriter writer;
  const auto ada = Article("ada", "Ada Byron", "x");
  ASSERT_TRUE(Put(store, writer, ada).ok());
  store.Overwrite(Family::kMentions,
                  graph_layout::MentionsDocumentKey(kCollection, ada.key()),
                  "\xff\xff\xff");
  EXPECT_EQ(Put(store, writer, ada).code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace cairn
