// The naive BM25 that tests compare with, written from the formula, and texts
// with the word frequencies of texts.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "index/lexical/lexical_index.h"

namespace cairn {

inline ChunkId IdForTest(std::uint64_t document, std::uint32_t ordinal = 0) {
  return {DocumentKey(document), ordinal};
}

class NaiveBm25 {
 public:
  explicit NaiveBm25(const LexicalIndexOptions& options) : options_(options) {}
  void Add(const ChunkId& id, const TermCounts& counts) {
    chunks_[id] = counts;
  }
  void Remove(const ChunkId& id) { chunks_.erase(id); }
  std::size_t size() const { return chunks_.size(); }
  const std::map<ChunkId, TermCounts>& chunks() const { return chunks_; }

  double Frequency(const TermCounts& counts, const std::string& term) const {
    const auto it = counts.terms.find(term);
    return it == counts.terms.end() ? 0 : Weighted(it->second);
  }
  std::size_t DocumentFrequency(const std::string& term) const {
    std::size_t df = 0;
    for (const auto& entry : chunks_) {
      df += Frequency(entry.second, term) > 0 ? 1 : 0;
    }
    return df;
  }
  double Length(const TermCounts& counts) const {
    double length = 0;
    for (const auto& entry : counts.terms) length += Weighted(entry.second);
    return length;
  }

  std::map<ChunkId, double> Scores(
      const std::vector<std::string>& terms) const {
    double total = 0;
    for (const auto& entry : chunks_) total += Length(entry.second);
    const auto n = static_cast<double>(chunks_.size());
    const double average = total > 0 ? total / n : 1;
    std::map<std::string, double> idf;
    for (const std::string& term : terms) {
      if (idf.contains(term)) continue;
      const auto df = static_cast<double>(DocumentFrequency(term));
      idf[term] = std::log(1 + (n - df + 0.5) / (df + 0.5));
    }
    std::map<ChunkId, double> scores;
    for (const auto& [id, counts] : chunks_) {
      scores[id] = 0;
      const double norm = options_.k1 * (1 - options_.b +
                                         options_.b * Length(counts) / average);
      for (const std::string& term : terms) {
        const double tf = Frequency(counts, term);
        if (tf == 0) continue;
        scores[id] += idf[term] * tf * (options_.k1 + 1) / (tf + norm);
      }
    }
    return scores;
  }

 private:
  double Weighted(const TermCounts::Fields& f) const {
    return options_.title_weight * f.title + options_.header_weight * f.header +
           options_.body_weight * f.body;
  }
  LexicalIndexOptions options_;
  std::map<ChunkId, TermCounts> chunks_;
};

// Draws words by Zipf's law: "w0" is the most frequent.
class ZipfWords {
 public:
  ZipfWords(std::uint64_t seed, std::size_t words, double exponent = 1.0)
      : random_(seed) {
    std::vector<double> weights;
    for (std::size_t i = 0; i < words; ++i) {
      weights.push_back(std::pow(static_cast<double>(i + 1), -exponent));
    }
    draw_ = std::discrete_distribution<int>(weights.begin(), weights.end());
  }
  std::string Word() { return "w" + std::to_string(draw_(random_)); }
  TermCounts Chunk(std::size_t words_max) {
    TermCounts counts;
    const std::size_t words = random_() % (words_max + 1);
    for (std::size_t i = 0; i < words; ++i) {
      TermCounts::Fields& fields = counts.terms[Word()];
      switch (random_() % 10) {
        case 0:
          ++fields.title;
          break;
        case 1:
          ++fields.header;
          break;
        default:
          ++fields.body;
      }
    }
    return counts;
  }
  std::mt19937_64& random() { return random_; }

 private:
  std::mt19937_64 random_;
  std::discrete_distribution<int> draw_;
};

}  // namespace cairn
