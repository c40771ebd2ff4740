// SentenceIndex against a map of vectors.
#include "index/dense/sentence_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <thread>

#include "index/dense/dense_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kDimension = 48;  // Not a multiple of the padding.

std::vector<SentenceVector> RandomSentences(std::mt19937_64& random,
                                            std::size_t count) {
  std::vector<SentenceVector> sentences;
  std::uint32_t at = random() % 100;
  for (std::size_t i = 0; i < count; ++i) {
    const auto end = static_cast<std::uint32_t>(at + 1 + random() % 50);
    sentences.push_back(
        {.span = {at, end},
         .codes = DirectionCodes(RandomUnit(random, kDimension))});
    at = end + static_cast<std::uint32_t>(random() % 3);
  }
  return sentences;
}

// The index as a map, with every score in double.
class Naive {
 public:
  void Add(const ChunkId& chunk, std::vector<SentenceVector> sentences) {
    if (sentences.empty()) {
      chunks_.erase(chunk);
    } else {
      chunks_[chunk] = std::move(sentences);
    }
  }
  void Remove(const ChunkId& chunk) { chunks_.erase(chunk); }

  static double Cosine(const SentenceVector& sentence, const Vector& query) {
    double dot = 0, norm = 0;
    for (std::size_t i = 0; i < query.size(); ++i) {
      dot += static_cast<double>(sentence.codes[i]) * query[i];
      norm += static_cast<double>(sentence.codes[i]) * sentence.codes[i];
    }
    return dot / std::sqrt(norm);
  }
  // Best sentence of each chunk that qualifies, best first.
  std::vector<SentenceHit> Rank(const Vector& query,
                                const ChunkFilter& filter) const {
    std::vector<SentenceHit> hits;
    for (const auto& [chunk, sentences] : chunks_) {
      if (filter && !filter(chunk)) continue;
      SentenceHit best{.score = -2};
      for (std::uint32_t i = 0; i < sentences.size(); ++i) {
        const auto score = static_cast<float>(Cosine(sentences[i], query));
        if (score > best.score) best = {chunk, i, sentences[i].span, score};
      }
      hits.push_back(best);
    }
    std::stable_sort(
        hits.begin(), hits.end(),
        [](const auto& a, const auto& b) { return a.score > b.score; });
    return hits;
  }
  const std::map<ChunkId, std::vector<SentenceVector>>& chunks() const {
    return chunks_;
  }
  std::size_t sentences() const {
    std::size_t count = 0;
    for (const auto& [chunk, sentences] : chunks_) count += sentences.size();
    return count;
  }

 private:
  std::map<ChunkId, std::vector<SentenceVector>> chunks_;
};

// Equal but for the query's rounding.
void ExpectSame(const std::vector<SentenceHit>& hits,
                const std::vector<SentenceHit>& want) {
  ASSERT_EQ(hits.size(), want.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    EXPECT_NEAR(hits[i].score, want[i].score, 2e-4) << i;
    if (std::fabs(hits[i].score - want[i].score) < 1e-7F) continue;
    // A near tie may swap places, but each hit tells the truth of its chunk.
    const auto same = std::find_if(want.begin(), want.end(), [&](auto& hit) {
      return hit.chunk == hits[i].chunk;
    });
    if (same != want.end() && same->sentence == hits[i].sentence) {
      EXPECT_EQ(same->span, hits[i].span);
    }
  }
}

class SentenceIndexTest : public ::testing::Test {
 protected:
  // Adds, replaces and removes at random, in both.
  void Change(std::mt19937_64& random, int steps) {
    for (int i = 0; i < steps; ++i) {
      const ChunkId chunk = IdForTest(random() % 200, random() % 3);
      if (random() % 5 == 0) {
        index_.Remove(chunk);
        naive_.Remove(chunk);
        continue;
      }
      const auto sentences = RandomSentences(random, random() % 9);
      ASSERT_TRUE(index_.Add(chunk, sentences).ok());
      naive_.Add(chunk, sentences);
    }
  }

  SentenceIndex index_{{.dimension = kDimension}};
  Naive naive_;
};

TEST_F(SentenceIndexTest, AgreesWithAMapThroughRandomChanges) {
  const std::uint64_t seed = 11;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 30; ++round) {
    Change(random, 300);
    const auto snapshot = index_.Snapshot();
    EXPECT_EQ(snapshot->chunks(), naive_.chunks().size());
    EXPECT_EQ(snapshot->sentences(), naive_.sentences());
    const Vector query = RandomUnit(random, kDimension);
    ChunkFilter filter;
    if (round % 2 == 1) {
      filter = [](const ChunkId& id) { return id.document.value() % 3 == 0; };
    }
    auto want = naive_.Rank(query, filter);
    const auto all =
        snapshot->Search(query, {.limit = 10'000, .filter = filter});
    ASSERT_TRUE(all.ok()) << all.status();
    ExpectSame(*all, want);
    want.resize(std::min<std::size_t>(want.size(), 7));
    const auto few = snapshot->Search(query, {.limit = 7, .filter = filter});
    ASSERT_TRUE(few.ok());
    ExpectSame(*few, want);
    EXPECT_TRUE(std::equal(few->begin(), few->end(), all->begin()));
  }
}

TEST_F(SentenceIndexTest, ScoresCandidatesAsTheSearchDoes) {
  std::mt19937_64 random(3);
  Change(random, 900);
  const auto snapshot = index_.Snapshot();
  const Vector query = RandomUnit(random, kDimension);
  const auto hits = snapshot->Search(query, {.limit = 50});
  ASSERT_TRUE(hits.ok());
  std::vector<ChunkId> asked = {IdForTest(999'999)};  // Absent: left out.
  for (const SentenceHit& hit : *hits) asked.push_back(hit.chunk);
  EXPECT_EQ(*snapshot->Score(query, asked), *hits);
  for (const SentenceHit& hit : *hits) {
    const auto all = snapshot->ScoreChunk(query, hit.chunk);
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), naive_.chunks().at(hit.chunk).size());
    EXPECT_EQ((*all)[hit.sentence], hit);
    for (std::uint32_t i = 0; i < all->size(); ++i) {
      EXPECT_EQ((*all)[i].sentence, i);
      EXPECT_LE((*all)[i].score, hit.score);
    }
  }
  EXPECT_TRUE(snapshot->ScoreChunk(query, IdForTest(999'999))->empty());
}

TEST_F(SentenceIndexTest, ASentencesVectorFindsItself) {
  std::mt19937_64 random(4);
  Change(random, 300);
  const auto snapshot = index_.Snapshot();
  for (const auto& [chunk, sentences] : naive_.chunks()) {
    const std::uint32_t last = static_cast<std::uint32_t>(sentences.size()) - 1;
    const Vector vector = snapshot->Vector(chunk, last);
    ASSERT_EQ(vector.size(), kDimension);
    EXPECT_EQ(DirectionCodes(vector), sentences[last].codes);
    const auto hits = snapshot->Search(vector, {.limit = 1});
    ASSERT_TRUE(hits.ok());
    ASSERT_EQ(hits->size(), 1U);
    EXPECT_EQ(hits->front().chunk, chunk);
    EXPECT_EQ(hits->front().sentence, last);
    EXPECT_NEAR(hits->front().score, 1, 1e-4);
    EXPECT_TRUE(snapshot->Vector(chunk, last + 1).empty());
  }
  EXPECT_TRUE(snapshot->Vector(IdForTest(999'999), 0).empty());
}

TEST_F(SentenceIndexTest, TheOrderOfArrivalChangesNothing) {
  std::mt19937_64 random(5);
  Change(random, 2000);
  SentenceIndex fresh({.dimension = kDimension});
  for (auto it = naive_.chunks().rbegin(); it != naive_.chunks().rend(); ++it) {
    ASSERT_TRUE(fresh.Add(it->first, it->second).ok());
  }
  const auto a = index_.Snapshot(), b = fresh.Snapshot();
  for (int i = 0; i < 20; ++i) {
    const Vector query = RandomUnit(random, kDimension);
    EXPECT_EQ(*a->Search(query, {.limit = 25}),
              *b->Search(query, {.limit = 25}));
    EXPECT_EQ(a->Background(query, 40).best, b->Background(query, 40).best);
    EXPECT_EQ(a->Background(query, 40).all, b->Background(query, 40).all);
  }
}

TEST_F(SentenceIndexTest, TheBackgroundHoldsTheBestOfEachSampledChunk) {
  std::mt19937_64 random(6);
  Change(random, 2000);
  const auto snapshot = index_.Snapshot();
  const Vector query = RandomUnit(random, kDimension);
  const SentenceBackground every = snapshot->Background(query, 1'000'000);
  EXPECT_EQ(every.best.size(), snapshot->chunks());
  EXPECT_EQ(every.all.size(), snapshot->sentences());
  auto best = every.best;
  std::sort(best.rbegin(), best.rend());
  const auto hits = snapshot->Search(query, {.limit = 10'000});
  ASSERT_EQ(hits->size(), best.size());
  for (std::size_t i = 0; i < best.size(); ++i) {
    EXPECT_EQ(best[i], (*hits)[i].score);
  }
  const std::size_t some = snapshot->Background(query, 50).best.size();
  EXPECT_GT(some, 20U);
  EXPECT_LT(some, 90U);
  EXPECT_TRUE(snapshot->Background(Vector{1}, 50).best.empty());
}

TEST_F(SentenceIndexTest, EqualSentencesComeByChunkAndThenByPlace) {
  std::mt19937_64 random(7);
  SentenceVector sentence = RandomSentences(random, 1).front();
  sentence.span = {0, 5};
  SentenceVector twin = sentence;
  twin.span = {5, 9};
  for (const std::uint64_t document : {3, 1, 2}) {
    const std::vector<SentenceVector> both = {sentence, twin};
    ASSERT_TRUE(index_.Add(IdForTest(document), both).ok());
  }
  const auto snapshot = index_.Snapshot();
  const auto hits =
      snapshot->Search(snapshot->Vector(IdForTest(1), 0), {.limit = 2});
  ASSERT_EQ(hits->size(), 2U);
  EXPECT_EQ((*hits)[0].chunk, IdForTest(1));
  EXPECT_EQ((*hits)[1].chunk, IdForTest(2));
  EXPECT_EQ((*hits)[0].sentence, 0U);
  EXPECT_EQ((*hits)[0].span, (ByteSpan{0, 5}));
}

TEST_F(SentenceIndexTest, ASnapshotStandsStill) {
  std::mt19937_64 random(8);
  Change(random, 500);
  const auto snapshot = index_.Snapshot();
  const Vector query = RandomUnit(random, kDimension);
  const auto before = *snapshot->Search(query, {.limit = 1000});
  Change(random, 5000);
  (void)index_.Snapshot();
  EXPECT_EQ(*snapshot->Search(query, {.limit = 1000}), before);
}

TEST_F(SentenceIndexTest, ReadersGoOnWhileTheWriterWrites) {
  std::mt19937_64 random(9);
  Change(random, 500);
  const auto snapshot = index_.Snapshot();
  const Vector query = RandomUnit(random, kDimension);
  const auto want = *snapshot->Search(query, {.limit = 100});
  int wrong = 0;
  std::thread reader([&] {
    for (int i = 0; i < 200; ++i) {
      wrong += *snapshot->Search(query, {.limit = 100}) == want ? 0 : 1;
      wrong += snapshot->Background(query, 20).best.empty() ? 1 : 0;
    }
  });
  Change(random, 5000);
  (void)index_.Snapshot();
  reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(SentenceIndexTest, RefusesWhatDoesNotFit) {
  std::mt19937_64 random(10);
  const ChunkId chunk = IdForTest(1);
  EXPECT_EQ(
      index_.Add(chunk, RandomSentences(random, kChunkSentencesMax + 1)).code(),
      StatusCode::kInvalidArgument);
  ASSERT_TRUE(
      index_.Add(chunk, RandomSentences(random, kChunkSentencesMax)).ok());
  const std::vector<SentenceVector> narrow = {{.span = {0, 1}, .codes = {127}}};
  EXPECT_EQ(index_.Add(chunk, narrow).code(), StatusCode::kInvalidArgument);
  const auto snapshot = index_.Snapshot();
  EXPECT_EQ(snapshot->sentences(), kChunkSentencesMax);
  EXPECT_EQ(snapshot->Search(Vector{1}, {}).status().code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(snapshot->Score(Vector{1}, {}).status().code(),
            StatusCode::kInvalidArgument);
}

TEST(SentenceIndexLimits, ALargeCollectionScoresCandidatesOnly) {
  SentenceIndex index({.dimension = kDimension, .scanned_sentences_max = 5});
  std::mt19937_64 random(12);
  ASSERT_TRUE(index.Add(IdForTest(1), RandomSentences(random, 5)).ok());
  const Vector query = RandomUnit(random, kDimension);
  EXPECT_TRUE(index.Snapshot()->scans());
  EXPECT_TRUE(index.Snapshot()->Search(query, {}).ok());
  ASSERT_TRUE(index.Add(IdForTest(2), RandomSentences(random, 1)).ok());
  const auto snapshot = index.Snapshot();
  EXPECT_FALSE(snapshot->scans());
  EXPECT_EQ(snapshot->Search(query, {}).status().code(),
            StatusCode::kFailedPrecondition);
  const std::vector<ChunkId> asked = {IdForTest(1), IdForTest(2)};
  EXPECT_EQ(snapshot->Score(query, asked)->size(), 2U);
}

}  // namespace
}  // namespace cairn
