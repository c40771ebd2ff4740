#include "index/lexical/lexical_index.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "index/lexical/lexical_for_test.h"

namespace cairn {
namespace {

TermCounts Body(const std::vector<std::string>& words) {
  TermCounts counts;
  for (const std::string& word : words) ++counts.terms[word].body;
  return counts;
}

// An index and its oracle, fed alike.
class Pair {
 public:
  explicit Pair(const LexicalIndexOptions& options)
      : index_(MakeLexicalIndex(options)), naive_(options) {}

  void Add(const ChunkId& id, const TermCounts& counts) {
    ASSERT_TRUE(index_->Add(id, counts).ok());
    naive_.Add(id, counts);
  }
  void Remove(const ChunkId& id) {
    ASSERT_TRUE(index_->Remove(id).ok());
    naive_.Remove(id);
  }
  std::shared_ptr<const LexicalSnapshot> Snapshot() {
    auto snapshot = index_->Snapshot();
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    return *snapshot;
  }
  const NaiveBm25& naive() const { return naive_; }

 private:
  std::unique_ptr<LexicalIndex> index_;
  NaiveBm25 naive_;
};

// The hits are the oracle's: the same scores in the same order and no chunk
// better than the last one left out.
void Check(const LexicalSnapshot& snapshot, const NaiveBm25& naive,
           const std::vector<std::string>& terms, std::size_t limit,
           const ChunkFilter& filter = nullptr) {
  const auto scores = naive.Scores(terms);
  std::vector<ScoredChunk> want;
  for (const auto& [id, score] : scores) {
    if (score > 0 && (!filter || filter(id))) {
      want.push_back({.chunk = id, .score = static_cast<float>(score)});
    }
  }
  std::sort(want.begin(), want.end(), RanksBefore);
  const auto hits = snapshot.Search(terms, {.limit = limit, .filter = filter});
  ASSERT_TRUE(hits.ok()) << hits.status();
  ASSERT_EQ(hits->size(), std::min(limit, want.size()));
  std::set<ChunkId> seen;
  std::vector<ChunkId> ids;
  for (std::size_t i = 0; i < hits->size(); ++i) {
    const ScoredChunk& hit = (*hits)[i];
    ASSERT_TRUE(scores.contains(hit.chunk));
    EXPECT_NEAR(hit.score, scores.at(hit.chunk), 1e-5);
    EXPECT_NEAR(hit.score, want[i].score, 1e-5);
    EXPECT_TRUE(!filter || filter(hit.chunk));
    EXPECT_TRUE(seen.insert(hit.chunk).second);
    if (i > 0) {
      EXPECT_TRUE(RanksBefore((*hits)[i - 1], hit));
    }
    ids.push_back(hit.chunk);
  }
  // Scoring by chunk gives the same floats as the search.
  EXPECT_EQ(*snapshot.Score(terms, ids), *hits);
}

// The ids themselves, where scores differ by more than rounding.
void CheckIds(const LexicalSnapshot& snapshot, const NaiveBm25& naive,
              const std::vector<std::string>& terms, std::size_t limit) {
  const auto all = snapshot.Search(terms, {.limit = 10'000});
  const auto some = snapshot.Search(terms, {.limit = limit});
  ASSERT_TRUE(all.ok() && some.ok());
  std::size_t matching = 0;
  for (const auto& entry : naive.Scores(terms)) {
    matching += entry.second > 0 ? 1 : 0;
  }
  ASSERT_EQ(all->size(), matching);
  ASSERT_EQ(some->size(), std::min(limit, all->size()));
  for (std::size_t i = 0; i < some->size(); ++i) {
    EXPECT_EQ((*some)[i], (*all)[i]);
  }
}

std::vector<std::string> RandomQuery(ZipfWords& words) {
  std::vector<std::string> terms;
  const std::size_t count = 1 + words.random()() % 6;
  for (std::size_t i = 0; i < count; ++i) {
    const auto kind = words.random()() % 8;
    if (kind == 0) {
      terms.push_back("unknown" + std::to_string(i));
    } else if (kind == 1 && !terms.empty()) {
      terms.push_back(terms.front());
    } else if (kind == 2) {
      terms.push_back("w" + std::to_string(words.random()() % 300));
    } else {
      terms.push_back(words.Word());
    }
  }
  return terms;
}

void RunRandomHistory(std::uint64_t seed, const LexicalIndexOptions& options,
                      int rounds) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Pair pair(options);
  ZipfWords words(seed, 300);
  std::mt19937_64& random = words.random();
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < 200; ++i) {
      const ChunkId id = IdForTest(random() % 250, random() % 4);
      if (random() % 5 == 0) {
        pair.Remove(id);
      } else {
        pair.Add(id, words.Chunk(60));
      }
    }
    const auto snapshot = pair.Snapshot();
    EXPECT_EQ(snapshot->size(), pair.naive().size());
    for (const std::size_t limit : {1U, 3U, 10U, 100U, 5000U}) {
      const auto terms = RandomQuery(words);
      Check(*snapshot, pair.naive(), terms, limit);
      CheckIds(*snapshot, pair.naive(), terms, limit);
      const std::uint64_t rest = random() % 4;
      Check(*snapshot, pair.naive(), RandomQuery(words), limit,
            [rest](const ChunkId& id) { return id.ordinal == rest; });
    }
    const std::string term = words.Word();
    EXPECT_EQ(snapshot->DocumentFrequency(term),
              pair.naive().DocumentFrequency(term));
  }
}

TEST(LexicalIndex, EqualsTheFormulaThroughRandomHistories) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    // Segments of 16 make many tiers of merges; 4096 keep all in the tail.
    const std::size_t size =
        std::vector<std::size_t>{16, 64, 300, 4096}[seed % 4];
    RunRandomHistory(seed, {.segment_chunks = size}, 8);
  }
}

TEST(LexicalIndex, EqualsTheFormulaWithOtherWeights) {
  RunRandomHistory(21, {.k1 = 1.2F, .b = 0.75F, .segment_chunks = 32}, 4);
  RunRandomHistory(22, {.k1 = 0, .b = 0, .segment_chunks = 32}, 4);
  RunRandomHistory(23, {.k1 = 2, .b = 1, .segment_chunks = 32}, 4);
  RunRandomHistory(24,
                   {.title_weight = 3.5F,
                    .header_weight = 0,
                    .body_weight = 0.3F,
                    .segment_chunks = 64},
                   4);
}

TEST(LexicalIndex, EqualsTheFormulaOverManyBlocks) {
  // Postings of more than a block; block maxima that differ along the way.
  Pair pair({.segment_chunks = 1500});
  ZipfWords words(31, 2000, 0.9);
  for (std::uint64_t i = 0; i < 4000; ++i) {
    pair.Add(IdForTest(i), words.Chunk(i / 500 % 2 == 0 ? 15 : 60));
  }
  for (std::uint64_t i = 0; i < 4000; i += 7) pair.Remove(IdForTest(i));
  const auto snapshot = pair.Snapshot();
  for (int i = 0; i < 25; ++i) {
    const auto terms = RandomQuery(words);
    for (const std::size_t limit : {1U, 10U, 150U}) {
      Check(*snapshot, pair.naive(), terms, limit);
      CheckIds(*snapshot, pair.naive(), terms, limit);
    }
    Check(*snapshot, pair.naive(), terms, 10,
          [](const ChunkId& id) { return id.document.value() % 50 == 3; });
  }
}

TEST(LexicalIndex, SkipsNoChunkBesideTheBorderOfABlock) {
  // Terms of other densities, so that block borders differ, whose counts are
  // of one level for a stretch: whole blocks are skipped between high ones.
  for (std::uint64_t seed = 61; seed < 101; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    Pair pair({.k1 = 5, .b = 0, .segment_chunks = 100'000});
    const std::vector<std::uint64_t> every = {2, 3, 4 + random() % 9};
    std::vector<std::uint32_t> level(every.size(), 1);
    for (std::uint64_t i = 0; i < 3000; ++i) {
      TermCounts counts;
      for (std::size_t t = 0; t < every.size(); ++t) {
        if (random() % 50 == 0) {
          level[t] =
              std::vector<std::uint32_t>{1, 1, 1, 2, 4, 16}[random() % 6];
        }
        if (random() % every[t] != 0) continue;
        counts.terms["t" + std::to_string(t)].body =
            level[t] + static_cast<std::uint32_t>(random() % 2);
      }
      pair.Add(IdForTest(i), counts);
    }
    const auto snapshot = pair.Snapshot();
    for (const std::size_t limit : {1U, 2U, 5U, 20U}) {
      Check(*snapshot, pair.naive(), {"t0", "t1", "t2"}, limit);
      Check(*snapshot, pair.naive(), {"t1", "t2"}, limit);
    }
  }
}

TEST(LexicalIndex, BreaksTiesByIdAcrossSegments) {
  Pair pair({.segment_chunks = 8});
  for (std::uint64_t i = 0; i < 100; ++i) {
    pair.Add(IdForTest(i * 37 % 100), Body({"same", "words"}));
  }
  pair.Remove(IdForTest(0));
  const auto hits = pair.Snapshot()->Search({{"same"}}, {.limit = 9});
  ASSERT_TRUE(hits.ok());
  ASSERT_EQ(hits->size(), 9U);
  for (std::uint64_t i = 0; i < 9; ++i) {
    EXPECT_EQ((*hits)[i].chunk, IdForTest(i + 1));
  }
}

TEST(LexicalIndex, CountsATermGivenTwiceTwice) {
  Pair pair({});
  pair.Add(IdForTest(1), Body({"a", "b"}));
  pair.Add(IdForTest(2), Body({"b", "c"}));
  const auto snapshot = pair.Snapshot();
  const auto once = snapshot->Search({{"a"}}, {});
  const auto twice = snapshot->Search(std::vector<std::string>{"a", "a"}, {});
  EXPECT_NEAR((*twice)[0].score, 2 * (*once)[0].score, 1e-6);
}

TEST(LexicalIndex, ScoresTheChunksAskedForInTheirOrder) {
  Pair pair({.segment_chunks = 2});
  for (std::uint64_t i = 0; i < 7; ++i) {
    pair.Add(IdForTest(i), Body({"a", "x" + std::to_string(i)}));
  }
  pair.Remove(IdForTest(3));
  const auto snapshot = pair.Snapshot();
  const auto scores = snapshot->Score(
      {{"x5"}}, std::vector<ChunkId>{IdForTest(6), IdForTest(3), IdForTest(5),
                                     IdForTest(99), IdForTest(0)});
  ASSERT_TRUE(scores.ok());
  ASSERT_EQ(scores->size(), 3U);
  EXPECT_EQ((*scores)[0], (ScoredChunk{IdForTest(6), 0}));
  EXPECT_EQ((*scores)[1].chunk, IdForTest(5));
  EXPECT_GT((*scores)[1].score, 0);
  EXPECT_EQ((*scores)[2], (ScoredChunk{IdForTest(0), 0}));
}

TEST(LexicalIndex, QueriesScoredTogetherGetWhatTheyGetAlone) {
  Pair pair({.segment_chunks = 16});
  ZipfWords words(71, 200);
  std::vector<ChunkId> asked;
  for (std::uint64_t i = 0; i < 200; ++i) {
    pair.Add(IdForTest(i), words.Chunk(40));
    if (i % 3 == 0) asked.push_back(IdForTest(i));
  }
  for (std::uint64_t i = 0; i < 200; i += 9) pair.Remove(IdForTest(i));
  const std::vector<std::vector<std::string>> queries = {
      RandomQuery(words), {}, RandomQuery(words), {"unknown"}};
  const std::vector<std::span<const std::string>> together(queries.begin(),
                                                           queries.end());
  const auto snapshot = pair.Snapshot();
  const auto scores = snapshot->ScoreMany(together, asked);
  ASSERT_TRUE(scores.ok()) << scores.status();
  ASSERT_EQ(scores->size(), queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i) {
    EXPECT_EQ((*scores)[i], *snapshot->Score(queries[i], asked));
    EXPECT_LT((*scores)[i].size(), asked.size());
  }
}

// Dozens of terms, and chunks enough for several windows.
TEST(LexicalIndex, EqualsTheFormulaForManyTerms) {
  Pair pair({.segment_chunks = 9000});
  ZipfWords words(81, 3000, 0.9);
  for (std::uint64_t i = 0; i < 5000; ++i) {
    pair.Add(IdForTest(i), words.Chunk(i / 900 % 3 == 0 ? 80 : 12));
  }
  for (std::uint64_t i = 0; i < 5000; i += 11) pair.Remove(IdForTest(i));
  const auto snapshot = pair.Snapshot();
  for (int i = 0; i < 2; ++i) {
    std::vector<std::string> terms;
    for (int t = 0; t < 40; ++t) terms.push_back(words.Word());
    for (const std::size_t limit : {1U, 20U, 700U}) {
      Check(*snapshot, pair.naive(), terms, limit);
      CheckIds(*snapshot, pair.naive(), terms, limit);
    }
  }
}

TEST(LexicalIndex, SnapshotsDoNotChange) {
  Pair pair({.segment_chunks = 32});
  ZipfWords words(41, 100);
  for (std::uint64_t i = 0; i < 500; ++i) {
    pair.Add(IdForTest(i), words.Chunk(30));
  }
  const auto before = pair.Snapshot();
  const NaiveBm25 then = pair.naive();
  for (std::uint64_t i = 0; i < 500; ++i) {
    pair.Remove(IdForTest(i));
    pair.Add(IdForTest(i / 2 + 1000), words.Chunk(30));
    if (i % 100 == 0) pair.Snapshot();
  }
  Check(*before, then, {"w0", "w5", "w20"}, 20);
  Check(*pair.Snapshot(), pair.naive(), {"w0", "w5", "w20"}, 20);
}

TEST(LexicalIndex, AnEmptyIndexAnswersWithNothing) {
  Pair pair({.segment_chunks = 1});
  for (int i = 0; i < 2; ++i) {
    const auto snapshot = pair.Snapshot();
    EXPECT_EQ(snapshot->size(), 0U);
    EXPECT_TRUE(snapshot->Search({{"a"}}, {})->empty());
    EXPECT_TRUE(snapshot->Score({{"a"}}, {{IdForTest(1)}})->empty());
    EXPECT_EQ(snapshot->DocumentFrequency("a"), 0U);
    pair.Add(IdForTest(1), Body({"a"}));
    pair.Remove(IdForTest(1));
    pair.Remove(IdForTest(1));
  }
}

TEST(LexicalIndex, TakesChunksWithoutTermsAndQueriesWithout) {
  Pair pair({});
  pair.Add(IdForTest(1), {});
  EXPECT_TRUE(pair.Snapshot()->Search({{"a"}}, {})->empty());
  pair.Add(IdForTest(2), Body({"a"}));
  TermCounts zero;
  zero.terms["a"] = {};
  pair.Add(IdForTest(3), zero);
  const auto snapshot = pair.Snapshot();
  EXPECT_EQ(snapshot->size(), 3U);
  Check(*snapshot, pair.naive(), {"a"}, 10);
  EXPECT_TRUE(snapshot->Search({}, {})->empty());
  EXPECT_TRUE(snapshot->Search({{"a"}}, {.limit = 0})->empty());
  EXPECT_TRUE(snapshot->Search({{""}}, {})->empty());
}

TEST(LexicalIndex, AskedForMoreThanAllowedGivesTheAllowed) {
  Pair pair({});
  for (std::uint64_t i = 0; i < 10'050; ++i) {
    pair.Add(IdForTest(i), Body({"a"}));
  }
  EXPECT_EQ(pair.Snapshot()->Search({{"a"}}, {.limit = 1'000'000})->size(),
            10'000U);
}

TEST(LexicalIndex, HistoriesWithOneEndGiveTheSameScores) {
  // build(A + B) - B equals build(A), bit for bit.
  ZipfWords words(51, 200);
  Pair detour({.segment_chunks = 16}), straight({.segment_chunks = 16});
  for (std::uint64_t i = 0; i < 300; ++i) {
    const TermCounts counts = words.Chunk(40);
    detour.Add(IdForTest(i), counts);
    straight.Add(IdForTest(i), counts);
    detour.Add(IdForTest(5000 + i), words.Chunk(40));
    if (i % 50 == 0) detour.Snapshot();
  }
  for (std::uint64_t i = 0; i < 300; ++i) detour.Remove(IdForTest(5000 + i));
  for (int i = 0; i < 20; ++i) {
    const auto terms = RandomQuery(words);
    EXPECT_EQ(*detour.Snapshot()->Search(terms, {.limit = 50}),
              *straight.Snapshot()->Search(terms, {.limit = 50}));
  }
}

}  // namespace
}  // namespace cairn
