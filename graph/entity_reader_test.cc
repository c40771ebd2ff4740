#include "graph/entity_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <queue>
#include <set>
#include <string>
#include <vector>

#include "graph/layout.h"
#include "graph/memory_store_for_test.h"
#include "graph/random_documents_for_test.h"

namespace cairn {
namespace {

using ::testing::ElementsAre;

constexpr CollectionKey kCollection{TenantId(0), CollectionId(3)};

class EntityReaderTest : public ::testing::Test {
 protected:
  void Put(const TestDocument& document) {
    const Status put = store_.Commit([&](Transaction& transaction) {
      return writer_.Replace(transaction, document.Contribution(kCollection));
    });
    ASSERT_TRUE(put.ok()) << put;
  }
  // A document that is called `title` and whose chunks are `texts`; every name
  // of `mentioned` is a mention where it stands.
  TestDocument Make(const std::string& id, const std::string& title,
                    const std::vector<std::string>& texts,
                    const std::vector<std::string>& mentioned = {}) {
    TestDocument document;
    document.id = id;
    document.title = title;
    for (const std::string& text : texts) document.AddChunk(text);
    document.Define(title, title, MentionKind::kTitle, 1);
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      for (const std::string& name : mentioned) {
        if (texts[i].find(name) != std::string::npos) document.Mention(name, i);
      }
    }
    return document;
  }
  EntityReader reader() const {
    return EntityReader(store_.state(), kCollection);
  }
  static EntityId Id(const std::string& name) {
    return EntityIdOf(NormalizeName(name));
  }

  MemoryStore store_;
  GraphWriter writer_;
};

TEST_F(EntityReaderTest, ShowsAnEntityWithItsCounts) {
  auto ada = Make("ada", "Ada Byron", {"Ada Byron wrote.", "Countess Byron"});
  ada.Define("Countess Byron", "Ada Byron", MentionKind::kAlias, 0.8F, 1);
  Put(ada);
  Put(Make("x", "Essay", {"On Ada Byron and ADA BYRON."}));
  const Entity entity = reader().Get(Id("Ada Byron")).value();
  EXPECT_EQ(entity.name, "Ada Byron");
  EXPECT_EQ(entity.normalized_name, "ada byron");
  EXPECT_THAT(entity.aliases, ElementsAre("Countess Byron"));
  EXPECT_EQ(entity.mentions, 4U);
  EXPECT_EQ(entity.chunks, 3U);
  EXPECT_EQ(entity.documents, 2U);
  EXPECT_THAT(entity.titled_documents, ElementsAre("ada"));
  EXPECT_EQ(entity.type, EntityType::kTerm);
  EXPECT_EQ(reader().Get(EntityId(1)).status().code(), StatusCode::kNotFound);
}

TEST_F(EntityReaderTest, LooksUpExactThenAliasThenPrefixThenFuzzy) {
  auto ada = Make("ada", "Ada Byron", {"x"});
  ada.Define("Enchantress of Numbers", "Ada Byron", MentionKind::kAlias, 0.8F);
  Put(ada);
  Put(Make("adam", "Adam Smith", {"x"}));
  const auto look = [&](std::string_view name) {
    std::vector<std::string> found;
    const auto matches = reader().Lookup(name, 5);
    for (const EntityMatch& match : *matches) {
      found.push_back(std::string(NameOf(match.match)) + " " +
                      match.entity.titled_documents.at(0));
    }
    return found;
  };
  EXPECT_THAT(look("ADA BYRON"), ElementsAre("exact ada"));
  EXPECT_THAT(look("enchantress of numbers"), ElementsAre("alias ada"));
  EXPECT_THAT(look("ada"), ElementsAre("prefix ada", "prefix adam"));
  EXPECT_THAT(look("adam smiht"), ElementsAre("fuzzy adam"));
  EXPECT_THAT(look("bdam smith"), ElementsAre("fuzzy adam"));
  EXPECT_TRUE(look("nobody at all").empty());
  EXPECT_TRUE(look("...").empty());
}

TEST_F(EntityReaderTest, AShortFormOfSeveralNamesFindsThemAll) {
  auto office = Make("office", "Baltic Office", {"x"});
  office.Define("BLO", "Baltic Office", MentionKind::kAlias, 0.8F);
  Put(office);
  auto orchestra = Make("orchestra", "Bergen Orchestra", {"x"});
  orchestra.Define("BLO", "Bergen Orchestra", MentionKind::kAlias, 0.8F);
  Put(orchestra);
  Put(Make("keeper", "Agnes Holm", {"Agnes entered the BLO"}, {"BLO"}));
  const auto matches = reader().Lookup("blo", 5);
  ASSERT_EQ(matches->size(), 3U);
  EXPECT_EQ(matches->at(0).match, LookupMatch::kExact);
  EXPECT_EQ(matches->at(1).match, LookupMatch::kAlias);
  const std::set<std::string> names = {matches->at(1).entity.name,
                                       matches->at(2).entity.name};
  EXPECT_EQ(names,
            (std::set<std::string>{"Baltic Office", "Bergen Orchestra"}));
  EXPECT_EQ(reader().Lookup("blo", 1)->size(), 1U);
}

TEST_F(EntityReaderTest, LooksUpNamesThatAreOnlyMentioned) {
  Put(Make("d", "Report", {"Marie Curie met Niels Bohr", "Marie Stopes"},
           {"Marie Curie", "Niels Bohr", "Marie Stopes"}));
  const auto look = [&](std::string_view name) {
    std::vector<std::string> found;
    const auto matches = reader().Lookup(name, 5);
    for (const EntityMatch& match : *matches) {
      found.push_back(std::string(NameOf(match.match)) + " " +
                      match.entity.name);
    }
    return found;
  };
  EXPECT_THAT(look("marie"),
              ElementsAre("prefix Marie Curie", "prefix Marie Stopes"));
  EXPECT_THAT(look("marie cur"), ElementsAre("prefix Marie Curie"));
  EXPECT_THAT(look("nils bohr"), ElementsAre("fuzzy Niels Bohr"));
  EXPECT_THAT(look("niels bhor"), ElementsAre("fuzzy Niels Bohr"));
}

TEST_F(EntityReaderTest, PagesThroughMentions) {
  Put(Make("ada", "Ada Byron", {"x"}));
  for (int i = 0; i < 5; ++i) {
    Put(Make("e" + std::to_string(i), "Essay",
             {"Ada Byron here", "nothing", "and Ada Byron, Ada Byron there"}));
  }
  std::size_t seen = 0;
  std::optional<ChunkId> after;
  for (;;) {
    const auto page = reader().Mentions(Id("Ada Byron"), after, 4);
    ASSERT_TRUE(page.ok());
    if (page->empty()) break;
    for (const MentionRecord& record : *page) {
      EXPECT_EQ(record.mention.kind, MentionKind::kName);
      EXPECT_EQ(record.chunk.document,
                DocumentKey(Fingerprint64(record.document)));
    }
    // Whole chunks only, as the service does.
    after = page->back().chunk;
    seen += page->size();
  }
  EXPECT_GE(seen, 13U);
  EXPECT_EQ(reader().Mentions(Id("Ada Byron"), std::nullopt, 100)->size(), 15U);
  EXPECT_EQ(
      reader().MentionsOfChunk({DocumentKey(Fingerprint64("e0")), 2})->size(),
      2U);
}

TEST_F(EntityReaderTest, RanksNeighborsByWhatTheyShare) {
  const std::vector<std::string> names{"Alpha", "Beta", "Gamma", "Delta"};
  Put(Make("d", "Report", {"Alpha with Beta", "Alpha, Gamma, Delta, Beta"},
           names));
  const auto neighbors = reader().Neighbors(Id("Alpha"), 2);
  ASSERT_EQ(neighbors->size(), 2U);
  EXPECT_EQ(neighbors->at(0).entity.name, "Beta");
  EXPECT_EQ(neighbors->at(0).shared_chunks, 2U);
  // Chunk 0 holds the title's entity too: three there, four in chunk 1.
  EXPECT_DOUBLE_EQ(neighbors->at(0).weight, 1.0 / 3 + 1.0 / 4);
  EXPECT_EQ(neighbors->at(0).evidence.at(0).ordinal, 0U);
  EXPECT_EQ(neighbors->at(0).relation, "mentioned_with");
  EXPECT_EQ(neighbors->at(1).entity.name, "Report");
  EXPECT_EQ(neighbors->at(1).relation, "titled");
}

TEST_F(EntityReaderTest, FindsAPathWithItsEvidence) {
  const std::vector<std::string> names{"Alpha", "Beta", "Gamma"};
  Put(Make("one", "One", {"Alpha knows Beta"}, names));
  Put(Make("two", "Two", {"Beta knows Gamma"}, names));
  const auto paths = reader().Paths(Id("Alpha"), Id("Gamma"), 4, 3);
  ASSERT_EQ(paths->size(), 1U);
  const auto& path = paths->at(0);
  ASSERT_EQ(path.size(), 3U);
  EXPECT_EQ(path[0].entity.name, "Alpha");
  EXPECT_FALSE(path[0].evidence);
  EXPECT_EQ(path[1].entity.name, "Beta");
  EXPECT_EQ(path[1].evidence->document, DocumentKey(Fingerprint64("one")));
  EXPECT_EQ(path[2].evidence->document, DocumentKey(Fingerprint64("two")));
  EXPECT_TRUE(reader().Paths(Id("Alpha"), Id("Gamma"), 1, 3)->empty());
  EXPECT_EQ(reader().Paths(Id("Alpha"), Id("Alpha"), 4, 3)->size(), 1U);
  EXPECT_EQ(reader().Paths(Id("Alpha"), EntityId(1), 4, 3).status().code(),
            StatusCode::kNotFound);
}

// Steps between two entities by a plain breadth-first search.
std::size_t NaiveDistance(const std::vector<std::set<EntityId>>& chunks,
                          EntityId from, EntityId to) {
  std::map<EntityId, std::size_t> depth{{from, 0}};
  std::queue<EntityId> open({from});
  while (!open.empty()) {
    const EntityId at = open.front();
    open.pop();
    if (at == to) return depth[at];
    for (const auto& chunk : chunks) {
      if (!chunk.contains(at)) continue;
      for (const EntityId other : chunk) {
        if (depth.emplace(other, depth[at] + 1).second) open.push(other);
      }
    }
  }
  return SIZE_MAX;
}

TEST_F(EntityReaderTest, FindsPathsAsShortAsAPlainSearchDoes) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RandomDocuments random(seed);
    MemoryStore store;
    GraphWriter writer;
    for (int i = 0; i < 10; ++i) {
      const TestDocument document = random.Make("d" + std::to_string(i));
      ASSERT_TRUE(store
                      .Commit([&](Transaction& transaction) {
                        return writer.Add(transaction,
                                          document.Contribution(kCollection));
                      })
                      .ok());
    }
    const EntityReader reader(store.state(), kCollection);
    const auto entities = reader.List(std::nullopt, 1000).value();
    std::map<ChunkId, std::set<EntityId>> members;
    for (const Entity& entity : entities) {
      const auto packed = store.state().Get(
          Family::kAdjacency,
          graph_layout::EntityPostingsKey(kCollection, entity.id));
      if (!packed->has_value()) continue;
      const auto postings = DecodePostings(**packed);
      EXPECT_EQ(postings->size(), entity.chunks);
      for (const Posting& posting : *postings) {
        members[posting.chunk].insert(entity.id);
      }
    }
    std::vector<std::set<EntityId>> chunks;
    for (const auto& [chunk, ids] : members) chunks.push_back(ids);
    for (std::size_t i = 0; i < entities.size(); i += 3) {
      for (std::size_t j = 0; j < entities.size(); j += 2) {
        const EntityId from = entities[i].id, to = entities[j].id;
        const std::size_t steps = NaiveDistance(chunks, from, to);
        const auto paths = reader.Paths(from, to, 6, 2).value();
        ASSERT_EQ(paths.empty(), steps > 6) << "seed " << seed;
        for (const auto& path : paths) {
          ASSERT_EQ(path.size(), steps + 1);
          for (std::size_t k = 1; k < path.size(); ++k) {
            const auto& held = members[*path[k].evidence];
            EXPECT_TRUE(held.contains(path[k].entity.id));
            EXPECT_TRUE(held.contains(path[k - 1].entity.id));
          }
        }
      }
    }
  }
}

TEST_F(EntityReaderTest, ListsAllEntitiesInPages) {
  Put(Make("d", "Report", {"Alpha with Beta"}, {"Alpha", "Beta"}));
  const auto all = reader().List(std::nullopt, 10);
  ASSERT_EQ(all->size(), 3U);
  const auto rest = reader().List(all->at(0).id, 10);
  ASSERT_EQ(rest->size(), 2U);
  EXPECT_EQ(rest->at(0).id, all->at(1).id);
}

}  // namespace
}  // namespace cairn
