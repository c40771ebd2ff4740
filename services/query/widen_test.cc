#include "services/query/widen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/fake/fake_embedder.h"
#include "models/rules/rule_extractor.h"
#include "services/ingestion/ingestion_core.h"
#include "services/query/query_service.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

// Documents of a few sections, each of one to six chunks (the fake counts a
// token a word; a chunk closes at about 220).
class WidenTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kDocuments = 6;

  void SetUp() override {
    store_ = OpenForTest(folder_.path(), clock_);
    extractor_ = MakeRuleExtractor();
    ingestion_ = IngestionCore::Make({.store = store_.get(),
                                      .embedder = &embedder_,
                                      .extractor = extractor_.get()});
    core_ = QueryCore::Make({.store = store_.get(),
                             .embedder = &embedder_,
                             .extractor = extractor_.get(),
                             .generator = nullptr});
    for (std::size_t i = 0; i < kDocuments; ++i)
      Put("page" + std::to_string(i));
    state_.store = store_->Pin();
    state_.collection =
        FindCollection(*state_.store, TenantId(0), "default")->key;
  }

  std::size_t Below(std::size_t bound) { return random_() % bound; }

  void Put(const std::string& id) {
    static const std::vector<std::string> kWords = {
        "stone", "path", "grey", "river", "town", "tides", "lamps", "harbour"};
    std::string text;
    for (std::size_t section = 1 + Below(4); section > 0; --section) {
      text += "# Part " + std::to_string(section) + "\n\n";
      for (std::size_t n = 1 + Below(30); n > 0; --n) {
        for (std::size_t word = 0; word < 40; ++word) {
          text += kWords[Below(kWords.size())] + " ";
        }
        text += "and number " + std::to_string(Below(1'000'000)) + ".\n\n";
      }
    }
    text += "| Year | Tides |\n| --- | --- |\n";
    for (std::size_t row = Below(200); row > 0; --row) {
      text += "| " + std::to_string(row) + " | tides of " +
              std::to_string(Below(1000)) + " |\n";
    }
    const auto put = ingestion_->Ingest(
        TenantId(0), "default",
        {.id = id, .title = id, .bytes = text, .media_type = "text/markdown"});
    ASSERT_TRUE(put.ok()) << put.status();
  }

  // Any hits: widening does not care where they come from.
  std::vector<Found> RandomHits(std::size_t count) {
    std::set<ChunkId> chosen;
    Passages passages(state_);
    for (std::size_t i = 0; i < count; ++i) {
      const DocumentKey document =
          DocumentKeyOf("page" + std::to_string(Below(kDocuments)));
      const auto source = passages.SourceOf(document);
      EXPECT_TRUE(source.ok()) << source.status();
      chosen.insert({document, static_cast<std::uint32_t>(
                                   Below((*source)->record.chunks))});
    }
    std::vector<Found> hits;
    for (const ChunkId& id : chosen) hits.push_back(HitOf(id));
    std::shuffle(hits.begin(), hits.end(), random_);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      hits[i].hit.score = 100 - static_cast<double>(i);
    }
    return hits;
  }

  Found HitOf(const ChunkId& id) {
    Passages passages(state_);
    const auto source = passages.SourceOf(id.document);
    const Chunk chunk = ChunkOf(id);
    Found found;
    found.hit.chunk = id;
    found.hit.span = chunk.span;
    found.hit.text = std::string(chunk.span.Of((*source)->text));
    found.hit.tokens = chunk.tokens;
    found.hit.context = chunk.context;
    return found;
  }

  Chunk ChunkOf(const ChunkId& id) {
    auto chunk = Passages(state_).ChunkOf(id);
    EXPECT_TRUE(chunk.ok()) << chunk.status();
    return chunk.ok() ? *chunk : Chunk();
  }

  std::vector<Found> Widened(const std::vector<Found>& hits,
                             std::uint64_t budget) {
    Passages passages(state_);
    auto widened = Widen(hits, budget, passages);
    EXPECT_TRUE(widened.ok()) << widened.status();
    return widened.ok() ? std::move(widened).value() : std::vector<Found>();
  }

  // The chunks of a hit, by its span.
  std::vector<Chunk> ChunksOf(const Hit& hit) {
    std::vector<Chunk> chunks;
    Passages passages(state_);
    const auto source = passages.SourceOf(hit.chunk.document);
    for (std::uint32_t i = 0; i < (*source)->record.chunks; ++i) {
      const Chunk chunk = ChunkOf({hit.chunk.document, i});
      if (hit.span.Contains(chunk.span)) chunks.push_back(chunk);
    }
    return chunks;
  }

  void ExpectSound(const std::vector<Found>& hits,
                   const std::vector<Found>& widened) {
    std::map<std::uint64_t, std::vector<ByteSpan>> spans;
    std::set<ChunkId> covered;
    Passages passages(state_);
    for (const Found& one : widened) {
      const Hit& hit = one.hit;
      const auto source = passages.SourceOf(hit.chunk.document);
      EXPECT_EQ(hit.text, hit.span.Of((*source)->text));
      const std::vector<Chunk> chunks = ChunksOf(hit);
      ASSERT_FALSE(chunks.empty());
      EXPECT_EQ(hit.chunks, chunks.size());
      std::uint64_t tokens = 0;
      for (const Chunk& chunk : chunks) {
        EXPECT_EQ(chunk.section, chunks[0].section);
        EXPECT_EQ(chunk.table, chunks[0].table);
        EXPECT_TRUE(covered.insert({hit.chunk.document, chunk.ordinal}).second);
        tokens += chunk.tokens;
      }
      EXPECT_EQ(hit.tokens, tokens);
      if (chunks.size() > 1) {
        EXPECT_LE(tokens, kWidenedTokensMax);
      }
      for (const ByteSpan& other : spans[hit.chunk.document.value()]) {
        EXPECT_FALSE(other.Overlaps(hit.span));
      }
      spans[hit.chunk.document.value()].push_back(hit.span);
    }
    for (const Found& one : hits) {
      EXPECT_TRUE(covered.contains(one.hit.chunk));
    }
  }

  TemporaryFolder folder_;
  FakeClock clock_{1000};
  FakeEmbedder embedder_;
  std::mt19937_64 random_{9};  // The seed of documents and hits.
  std::unique_ptr<Store> store_;
  std::unique_ptr<EntityExtractor> extractor_;
  std::unique_ptr<IngestionCore> ingestion_;
  std::unique_ptr<QueryCore> core_;
  ReadState state_;
};

// The rule for joining, from the hits' chunks one after another.
std::vector<std::pair<std::uint32_t, std::uint32_t>> JoinedNaively(
    const std::vector<Chunk>& all, const std::set<std::uint32_t>& hits) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> runs;
  std::uint64_t tokens = 0;
  for (const std::uint32_t ordinal : hits) {
    const bool near = !runs.empty() && ordinal - runs.back().second <= 2;
    bool fits = near;
    std::uint64_t more = 0;
    for (std::uint32_t i = near ? runs.back().second + 1 : ordinal;
         i <= ordinal; ++i) {
      more += all[i].tokens;
      fits = fits && all[i].section == all[runs.back().first].section &&
             all[i].table == all[runs.back().first].table;
    }
    if (fits && tokens + more <= kWidenedTokensMax) {
      runs.back().second = ordinal;
      tokens += more;
    } else {
      runs.emplace_back(ordinal, ordinal);
      tokens = all[ordinal].tokens;
    }
  }
  return runs;
}

TEST_F(WidenTest, WithoutABudgetJoinsWhatStandsTogether) {
  std::size_t joined = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const std::vector<Found> hits = RandomHits(1 + Below(40));
    const std::vector<Found> widened = Widened(hits, 0);
    ExpectSound(hits, widened);
    std::map<DocumentKey, std::set<std::uint32_t>> by_document;
    for (const Found& one : hits) {
      by_document[one.hit.chunk.document].insert(one.hit.chunk.ordinal);
    }
    std::map<DocumentKey, std::set<std::pair<std::uint32_t, std::uint32_t>>>
        actual;
    for (const Found& one : widened) {
      const auto chunks = ChunksOf(one.hit);
      actual[one.hit.chunk.document].insert(
          {chunks.front().ordinal, chunks.back().ordinal});
      joined += one.hit.chunks > 1 ? 1 : 0;
    }
    for (const auto& [document, ordinals] : by_document) {
      std::vector<Chunk> all;
      Passages passages(state_);
      const auto source = passages.SourceOf(document);
      for (std::uint32_t i = 0; i < (*source)->record.chunks; ++i) {
        all.push_back(ChunkOf({document, i}));
      }
      const auto runs = JoinedNaively(all, ordinals);
      EXPECT_EQ(actual[document],
                (std::set<std::pair<std::uint32_t, std::uint32_t>>(
                    runs.begin(), runs.end())));
    }
  }
  EXPECT_GT(joined, 60U);
}

TEST_F(WidenTest, AJoinedHitStandsWhereItsFirstStoodAndIsItsBest) {
  for (int round = 0; round < 30; ++round) {
    const std::vector<Found> hits = RandomHits(20);
    double last = 1000;
    for (const Found& one : Widened(hits, 0)) {
      double best = 0;
      ChunkId chunk;
      for (const Found& hit : hits) {
        if (hit.hit.chunk.document == one.hit.chunk.document &&
            one.hit.span.Contains(hit.hit.span) && hit.hit.score > best) {
          best = hit.hit.score;
          chunk = hit.hit.chunk;
        }
      }
      EXPECT_EQ(one.hit.score, best);
      EXPECT_EQ(one.hit.chunk, chunk);
      EXPECT_LT(one.hit.score, last);  // These hits came best first.
      last = one.hit.score;
    }
  }
}

TEST_F(WidenTest, ABudgetIsUsedForNeighboursAndNeverExceeded) {
  std::size_t added = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const std::vector<Found> hits = RandomHits(1 + Below(10));
    std::uint64_t used = 0;
    for (const Found& one : hits) used += one.hit.tokens;
    const std::uint64_t budget = used + Below(1500);
    const std::vector<Found> widened = Widened(hits, budget);
    ExpectSound(hits, widened);
    std::uint64_t tokens = 0;
    for (const Found& one : widened) tokens += one.hit.tokens;
    EXPECT_LE(tokens, budget);
    EXPECT_GE(tokens, used);
    added += tokens > used ? 1 : 0;
  }
  EXPECT_GT(added, 20U);
}

TEST_F(WidenTest, WithoutRoomNothingIsAdded) {
  const std::vector<Found> hits = RandomHits(8);
  std::uint64_t used = 0;
  for (const Found& one : hits) used += one.hit.tokens;
  std::uint64_t tokens = 0;
  for (const Found& one : Widened(hits, used)) tokens += one.hit.tokens;
  EXPECT_EQ(tokens, used);
}

TEST_F(WidenTest, ASearchWidensOnRequestWithinItsBudget) {
  SearchRequest request{.query = "harbour tides lamps", .limit = 30};
  const auto search = [&] {
    auto result = core_->Search(TenantId(0), "default", request, Sequence(0));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? std::move(result->hits) : std::vector<Hit>();
  };
  for (const Hit& hit : search()) EXPECT_EQ(hit.chunks, 1U);
  request.widen = true;
  std::vector<Hit> widened = search();
  EXPECT_TRUE(std::any_of(widened.begin(), widened.end(),
                          [](const Hit& hit) { return hit.chunks > 1; }));
  request.token_budget = 3000;
  std::uint64_t tokens = 0;
  for (const Hit& hit : search()) tokens += hit.tokens;
  EXPECT_LE(tokens, 3000U);
  EXPECT_GT(tokens, 2000U);
}

}  // namespace
}  // namespace cairn
