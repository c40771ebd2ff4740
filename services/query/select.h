// Selection: from ranked hits to the ones that leave.
// Pure; threads: safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "domain/search.h"
#include "services/query/repetitions.h"

namespace cairn {

struct SelectionOptions {
  std::size_t limit = 10;
  bool one_per_document = false;
  bool one_per_section = false;  // Of a document.
  bool keep_repetitions = false;
};

// Takes hits best first and says which stay: no chunk that repeats another one
// (repetitions.h), and the limits of the options.
class Selection {
 public:
  explicit Selection(const SelectionOptions& options) : options_(options) {}
  bool full() const { return taken_ >= options_.limit; }
  // `section`: heading block of the chunk.
  bool Take(const Hit& hit, std::uint32_t section, std::string_view text);

 private:
  const SelectionOptions options_;
  std::size_t taken_ = 0;
  Repetitions repetitions_;
  std::unordered_set<std::uint64_t> documents_;
  std::set<std::pair<std::uint64_t, std::uint32_t>> sections_;
};

// Reorders so that documents take turns: the best hit of each document first,
// then the second best of each, and so on; order inside is kept.
std::vector<Hit> SpreadOverDocuments(std::vector<Hit> hits);

// Keeps the best hits that fit `token_budget` together (a hit that does not
// fit is skipped, a later smaller one may fit). Documents stay in the order of
// their best hit; chunks of one document come together in reading order.
std::vector<Hit> Pack(std::vector<Hit> hits, std::uint64_t token_budget);

}  // namespace cairn
