// Evidence: the hits of a search as passages for a generator.
// Reads the pinned state; belongs to one answer and one thread.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "models/generator.h"
#include "services/query/collection_view.h"
#include "services/query/search_run.h"

namespace cairn {

class Evidence {
 public:
  explicit Evidence(const ReadState& state) : state_(state) {}

  struct Source {
    Document record;
    ParsedDocument parsed;
  };

  StatusOr<EvidencePassage> MakePassage(const Found& found);
  // Of a passage made before; its bytes come from the store.
  StatusOr<const Source*> SourceOf(DocumentKey document);

 private:
  const ReadState& state_;
  std::unordered_map<std::uint64_t, Source> sources_;
};

}  // namespace cairn
