// Passages: chunks of a pinned state with their documents, each read once.
// Belongs to one query and one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "domain/chunk.h"
#include "domain/document.h"
#include "domain/entity.h"
#include "services/query/collection_view.h"

namespace cairn {

class Passages {
 public:
  explicit Passages(const ReadState& state) : state_(state) {}

  struct Source {
    Document record;
    std::string text;  // Canonical.
  };
  // Valid as long as the Passages.
  StatusOr<const Source*> SourceOf(DocumentKey document);
  StatusOr<Chunk> ChunkOf(const ChunkId& chunk) const;
  // Names that the chunk mentions, by span.
  StatusOr<std::vector<Mention>> MentionsOf(const ChunkId& chunk) const;

 private:
  const ReadState& state_;
  std::unordered_map<std::uint64_t, Source> sources_;
};

}  // namespace cairn
