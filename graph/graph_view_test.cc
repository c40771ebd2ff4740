#include "graph/graph_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "graph/csr_graph.h"
#include "graph/memory_store_for_test.h"
#include "graph/random_documents_for_test.h"

namespace cairn {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr CollectionKey kCollection{TenantId(0), CollectionId(3)};

class GraphViewTest : public ::testing::Test {
 protected:
  void Put(const TestDocument& document) {
    const Status put = store_.Commit([&](Transaction& transaction) {
      return writer_.Replace(transaction, document.Contribution(kCollection));
    });
    ASSERT_TRUE(put.ok()) << put;
  }
  TestDocument Make(const std::string& id, const std::string& title,
                    const std::string& text) {
    TestDocument document;
    document.id = id;
    document.title = title;
    document.AddChunk(text);
    document.Define(title, title, MentionKind::kTitle, 1);
    return document;
  }
  std::shared_ptr<const GraphView> View() {
    GraphFollower follower(kCollection);
    EXPECT_TRUE(follower.Rebuild(store_.state()).ok());
    EXPECT_TRUE(follower.Finish(store_.state().sequence()).ok());
    return follower.view();
  }
  std::vector<std::string> Linked(const std::string& question) {
    std::vector<std::string> names;
    for (const QuestionLink& link : View()->LinkQuestion(question)) {
      names.push_back(link.name);
    }
    return names;
  }
  static EntityId Id(const std::string& name) {
    return EntityIdOf(NormalizeName(name));
  }

  MemoryStore store_;
  GraphWriter writer_;
};

TEST_F(GraphViewTest, HoldsChunksEntitiesAndWeightedEdges) {
  Put(Make("ada", "Ada Byron", "A countess."));
  Put(Make("e", "Essay", "Ada Byron and once more Ada Byron."));
  const auto view = View();
  EXPECT_EQ(view->chunk_count(), 2U);
  EXPECT_EQ(view->node_count(), 4U);
  const auto node = view->NodeOf(Id("Ada Byron"));
  ASSERT_TRUE(node);
  EXPECT_EQ(view->EntityOf(*node), Id("Ada Byron"));
  EXPECT_FALSE(view->ChunkOf(*node));
  EXPECT_EQ(view->ChunksWith(Id("Ada Byron")), 2U);
  const ChunkId own{DocumentKey(Fingerprint64("ada")), 0};
  const ChunkId other{DocumentKey(Fingerprint64("e")), 0};
  EXPECT_EQ(view->ChunkOf(*view->NodeOf(own)), own);
  EXPECT_FALSE(view->NodeOf(ChunkId{own.document, 1}));
  const double idf = std::log(2);
  ASSERT_EQ(view->Edges(*node).size(), 2U);
  for (const auto& [chunk, weight] : view->Edges(*node)) {
    const double expected =
        view->ChunkOf(chunk) == own ? idf + 2 : idf * (1 + std::log(2));
    EXPECT_FLOAT_EQ(weight, static_cast<float>(expected));
  }
  EXPECT_THAT(view->TitledChunks(Id("Ada Byron")), ElementsAre(own));
  EXPECT_THAT(view->TitledChunks(EntityId(1)), IsEmpty());
  EXPECT_EQ(view->Edges(*view->NodeOf(other)).size(), 2U);
}

TEST_F(GraphViewTest, LinksTheLongestNamesOfAQuestion) {
  Put(Make("a", "Ada", "x"));
  Put(Make("b", "Ada Byron", "x"));
  Put(Make("c", "Byron Bay", "x"));
  EXPECT_THAT(Linked("Who was Ada Byron Bay?"), ElementsAre("ada byron"));
  EXPECT_THAT(Linked("Who was ada byron in Rome?"), ElementsAre("ada byron"));
  EXPECT_THAT(Linked("Who was ada in Rome?"), IsEmpty());
  EXPECT_THAT(Linked("Who was Ada in Rome?"), ElementsAre("ada"));
  EXPECT_THAT(Linked("who was ada?"), ElementsAre("ada"));
  const auto links = View()->LinkQuestion("Who was Ada Byron?");
  EXPECT_EQ(links.at(0).span, (ByteSpan{8, 17}));
  EXPECT_THAT(links.at(0).titled, ElementsAre(DocumentKey(Fingerprint64("b"))));
  EXPECT_EQ(links.at(0).chunks, 1U);
  EXPECT_DOUBLE_EQ(links.at(0).strength, 1);
}

TEST_F(GraphViewTest, TreatsShortStopWordAndNumericNamesWithCare) {
  Put(Make("a", "It", "x"));
  Put(Make("b", "Up", "x"));
  Put(Make("c", "1984", "x"));
  auto table = Make("d", "Data Sheet", "x");
  table.Define("1999", "1999", MentionKind::kTableKey, 0.5F);
  Put(table);
  EXPECT_THAT(Linked("It is up to you in 1984 or 1999"), ElementsAre("1984"));
  EXPECT_THAT(Linked("Who directed It and Up?"), ElementsAre("it", "up"));
  EXPECT_THAT(Linked("is it so"), IsEmpty());
}

TEST_F(GraphViewTest, LinksNamesThatAreOnlyMentioned) {
  auto essay = Make("e", "Essay", "Then Marie Curie Prize went to Curie.");
  essay.Mention("Marie Curie Prize", 0);
  essay.Mention("Curie", 0);
  Put(essay);
  EXPECT_THAT(Linked("What is the Marie Curie Prize?"),
              ElementsAre("marie curie prize"));
  EXPECT_THAT(Linked("what is the marie curie prize"),
              ElementsAre("marie curie prize"));
  EXPECT_THAT(Linked("What did Marie Curie win?"), ElementsAre("curie"));
  EXPECT_THAT(Linked("What did marie curie prize most of Rome?"), IsEmpty());
  EXPECT_EQ(View()->LinkQuestion("Curie?").at(0).chunks, 1U);
  Put(Make("c", "Prize", "x"));
  EXPECT_THAT(Linked("What is the Marie Curie Prize?"),
              ElementsAre("marie curie prize", "prize"));
}

TEST_F(GraphViewTest, SharesTheStrengthOfANameAmongItsTitles) {
  for (const char* title : {"Mercury (planet)", "Mercury (element)"}) {
    auto document = Make(title, title, "x");
    document.Define("Mercury", title, MentionKind::kAlias, 0.9F);
    Put(document);
  }
  const auto links = View()->LinkQuestion("How hot is Mercury?");
  ASSERT_EQ(links.size(), 2U);
  for (const QuestionLink& link : links) {
    EXPECT_NEAR(link.strength, 0.9 / std::sqrt(2), 1e-9);
    EXPECT_EQ(link.titled.size(), 1U);
  }
}

TEST_F(GraphViewTest, FindsANameInsideLongerOnes) {
  Put(Make("a", "Mouscron", "Mouscron is a town."));
  Put(Make("b", "Arrondissement",
           "It lies in the Arrondissement of Mouscron."));
  Put(Make("c", "Nowhere", "Nothing of a mouscron."));
  const auto view = View();
  EXPECT_EQ(view->ChunksNaming("mouscron", 10).size(), 2U);
  EXPECT_EQ(view->ChunksNaming("arrondissement of mouscron", 10).size(), 1U);
  EXPECT_THAT(view->ChunksNaming("mouscron", 1), IsEmpty()) << "over the limit";
}

TEST_F(GraphViewTest, TellsTheTitlesThatANameStandsFor) {
  Put(Make("a", "Privilege (film)", "A film."));
  Put(Make("b", "Privilege (song)", "A song."));
  TestDocument film = Make("c", "Gull Bay (film)", "A film.");
  film.Define("Gull Bay", "Gull Bay (film)", MentionKind::kAlias, 0.9F);
  Put(film);
  const auto view = View();
  ASSERT_EQ(view->TitlesOf(Id("Gull Bay")).size(), 1U);
  EXPECT_EQ(view->TitlesOf(Id("Gull Bay"))[0].entity, Id("Gull Bay (film)"));
  EXPECT_NEAR(view->TitlesOf(Id("Gull Bay"))[0].strength, 0.9, 1e-3);
  EXPECT_THAT(view->TitlesOf(Id("Nothing")), IsEmpty());
}

TEST_F(GraphViewTest, FollowsChangesAsARebuildDoes) {
  GraphFollower follower(kCollection);
  EXPECT_EQ(follower.view()->node_count(), 0U);
  Put(Make("a", "Ada Byron", "x"));
  ASSERT_TRUE(follower.Rebuild(store_.state()).ok());
  Put(Make("e", "Essay", "On Ada Byron."));
  Change change;
  change.collection = {TenantId(0), CollectionId(9)};
  ASSERT_TRUE(follower.Apply(change, store_.state()).ok());
  EXPECT_EQ(follower.view()->chunk_count(), 1U);
  change.collection = kCollection;
  ASSERT_TRUE(follower.Apply(change, store_.state()).ok());
  ASSERT_TRUE(follower.Finish(store_.state().sequence()).ok());
  EXPECT_EQ(follower.applied(), store_.state().sequence());
  EXPECT_EQ(follower.view()->chunk_count(), 2U);
  EXPECT_EQ(follower.view()->edge_count(), View()->edge_count());
}

// Largest difference between the two ways, in epsilons times the degree.
double WorstError(const GraphView& view, const std::vector<Seed>& seeds,
                  const PageRankOptions& options) {
  const auto exact = PowerIterationPageRank(view, seeds, options.restart, 200);
  std::vector<double> pushed(view.node_count());
  for (const auto& [node, score] : view.PersonalizedPageRank(seeds, options)) {
    pushed[node] = score;
  }
  double worst = 0;
  for (NodeIndex node = 0; node < view.node_count(); ++node) {
    double degree = 0;
    for (const auto& edge : view.Edges(node)) degree += edge.second;
    const double error = exact[node] - pushed[node];
    EXPECT_GE(error, -1e-9);  // Pushing never gives too much.
    worst = std::max(worst, (error - 1e-9) / (options.epsilon * degree));
  }
  return worst;
}

TEST_F(GraphViewTest, RanksAsPowerIterationDoesWithinTheBound) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    RandomDocuments random(seed);
    MemoryStore store;
    GraphWriter writer;
    for (int i = 0; i < 30; ++i) {
      const TestDocument document = random.Make("d" + std::to_string(i));
      ASSERT_TRUE(store
                      .Commit([&](Transaction& transaction) {
                        return writer.Add(transaction,
                                          document.Contribution(kCollection));
                      })
                      .ok());
    }
    GraphFollower follower(kCollection);
    ASSERT_TRUE(follower.Rebuild(store.state()).ok());
    const GraphView& view = *follower.view();
    const std::vector<Seed> seeds{
        {static_cast<NodeIndex>(random.Below(view.node_count())), 1},
        {static_cast<NodeIndex>(random.Below(view.node_count())), 2.5}};
    for (const double epsilon : {1e-3, 1e-5, 1e-7}) {
      EXPECT_LE(WorstError(view, seeds, {.restart = 0.5, .epsilon = epsilon}),
                1)
          << "seed " << seed << " epsilon " << epsilon;
      EXPECT_LE(WorstError(view, seeds, {.restart = 0.15, .epsilon = epsilon}),
                1);
    }
  }
}

TEST(ForwardPush, ClearsItsWorkBetweenWalks) {
  const std::vector<CsrGraph::Edge> edges{{0, 1, 1.0F}, {1, 2, 2.0F}};
  const CsrGraph graph(4, edges);
  const std::vector<Seed> seeds{{0, 1.0}};
  const auto once = ForwardPush(graph, seeds, {});
  (void)ForwardPush(graph, std::vector<Seed>{{2, 3.0}, {3, 1.0}}, {});
  const auto again = ForwardPush(graph, seeds, {});
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].node, again[i].node);
    EXPECT_EQ(once[i].score, again[i].score);
  }
  EXPECT_EQ(once.front().node, 0U);
}

TEST(ForwardPush, IgnoresSeedsThatAreNoneAndKeepsLonelyOnes) {
  const CsrGraph graph(3, std::vector<CsrGraph::Edge>{{0, 1, 1.0F}});
  EXPECT_TRUE(
      ForwardPush(graph, std::vector<Seed>{{9, 1}, {0, 0}}, {}).empty());
  const auto ranked = ForwardPush(graph, std::vector<Seed>{{2, 5}}, {});
  ASSERT_EQ(ranked.size(), 1U);
  EXPECT_DOUBLE_EQ(ranked[0].score, 1);
}

}  // namespace
}  // namespace cairn
