#include "services/query/passages.h"

#include "graph/entity_reader.h"
#include "storage/records.h"

namespace cairn {

StatusOr<const Passages::Source*> Passages::SourceOf(DocumentKey document) {
  const auto found = sources_.find(document.value());
  if (found != sources_.end()) return &found->second;
  Source source;
  CAIRN_ASSIGN_OR_RETURN(
      source.record, LoadDocument(*state_.store, state_.collection, document));
  CAIRN_ASSIGN_OR_RETURN(source.text,
                         LoadText(*state_.store, state_.collection, document));
  return &sources_.emplace(document.value(), std::move(source)).first->second;
}

StatusOr<Chunk> Passages::ChunkOf(const ChunkId& chunk) const {
  return LoadChunk(*state_.store, state_.collection, chunk);
}

StatusOr<std::vector<Mention>> Passages::MentionsOf(
    const ChunkId& chunk) const {
  return EntityReader(*state_.store, state_.collection).MentionsOfChunk(chunk);
}

}  // namespace cairn
