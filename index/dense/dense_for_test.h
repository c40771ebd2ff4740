// The naive dense index that tests compare with, and vectors to fill it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/half.h"
#include "index/dense/dense_index.h"
#include "index/dense/hnsw_graph.h"
#include "index/dense/rows.h"

namespace cairn {

using Vector = std::vector<float>;

inline ChunkId IdForTest(std::uint64_t document, std::uint32_t ordinal = 0) {
  return {DocumentKey(document), ordinal};
}

inline void Normalize(Vector& v) {
  double norm = 0;
  for (const float x : v) norm += static_cast<double>(x) * x;
  for (float& x : v) x = static_cast<float>(x / std::sqrt(norm));
}

inline Vector RandomUnit(std::mt19937_64& random, std::size_t dimension) {
  std::normal_distribution<float> normal;
  Vector v(dimension);
  for (float& x : v) x = normal(random);
  Normalize(v);
  return v;
}

// Unit vectors around a few centres, as embeddings of texts are.
class Clusters {
 public:
  Clusters(std::uint64_t seed, std::size_t dimension, std::size_t centres,
           float spread = 0.7F)
      : random_(seed), spread_(spread) {
    for (std::size_t i = 0; i < centres; ++i) {
      centres_.push_back(RandomUnit(random_, dimension));
    }
  }
  Vector Next() {
    Vector v = centres_[random_() % centres_.size()];
    const Vector noise = RandomUnit(random_, v.size());
    for (std::size_t i = 0; i < v.size(); ++i) v[i] += spread_ * noise[i];
    Normalize(v);
    return v;
  }

 private:
  std::mt19937_64 random_;
  float spread_;
  std::vector<Vector> centres_;
};

class NaiveDense {
 public:
  void Add(const ChunkId& id, const Vector& v) {
    Vector& rounded = vectors_[id];
    rounded.clear();
    for (const float x : v) rounded.push_back(FromHalf(ToHalf(x)));
  }
  void Remove(const ChunkId& id) { vectors_.erase(id); }
  std::size_t size() const { return vectors_.size(); }
  bool Has(const ChunkId& id) const { return vectors_.contains(id); }
  const std::map<ChunkId, Vector>& vectors() const { return vectors_; }

  static double Dot(const Vector& a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      sum += static_cast<double>(a[i]) * b[i];
    }
    return sum;
  }
  double Score(const ChunkId& id, std::span<const float> query) const {
    return Dot(vectors_.at(id), query);
  }
  // All that qualify, best first.
  std::vector<std::pair<double, ChunkId>> Rank(
      std::span<const float> query, const ChunkFilter& filter) const {
    std::vector<std::pair<double, ChunkId>> all;
    for (const auto& [id, v] : vectors_) {
      if (!filter || filter(id)) all.emplace_back(-Dot(v, query), id);
    }
    std::sort(all.begin(), all.end());
    for (auto& entry : all) entry.first = -entry.first;
    return all;
  }

 private:
  std::map<ChunkId, Vector> vectors_;
};

// The share of the true best `limit` among the hits; equals of the last one
// count as true.
inline double Recall(const std::vector<ScoredChunk>& hits,
                     const std::vector<std::pair<double, ChunkId>>& ranked,
                     std::size_t limit) {
  const std::size_t want = std::min(limit, ranked.size());
  if (want == 0) return 1;
  const double last = ranked[want - 1].first - 2e-6;
  std::size_t found = 0;
  for (const ScoredChunk& hit : hits) found += hit.score >= last ? 1 : 0;
  return static_cast<double>(std::min(found, want)) / static_cast<double>(want);
}

// Null: it failed, as the tests then show.
inline std::shared_ptr<const HnswGraph> GraphForTest(
    RowTable& rows, const DenseIndexOptions& options,
    const HnswGraph* base = nullptr) {
  const std::atomic<bool> cancelled = false;
  return HnswGraph::Build(rows.View(), base, options, cancelled)
      .value_or(nullptr);
}

}  // namespace cairn
