#include "services/query/catalog.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace cairn {
namespace {

constexpr std::size_t kPage = 1000;

}  // namespace

StatusOr<std::shared_ptr<const Catalog>> Catalog::Read(
    const StoreReader& reader, const CollectionKey& collection) {
  auto catalog = std::make_shared<Catalog>();
  std::optional<DocumentKey> after;
  for (;;) {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<Document> page,
                           ListDocuments(reader, collection, after, kPage));
    for (const Document& document : page) {
      const DocumentKey key = DocumentKeyOf(document.id);
      after = key;
      if (!document.metadata.empty()) {
        catalog->metadata_[key.value()] = document.metadata;
      }
      if (document.tables == 0) continue;
      CAIRN_ASSIGN_OR_RETURN(const std::vector<Chunk> chunks,
                             LoadChunks(reader, collection, key));
      for (const Chunk& chunk : chunks) {
        if (chunk.table != UINT32_MAX) {
          catalog->tables_.insert({key, chunk.ordinal});
        }
      }
    }
    if (page.size() < kPage) return std::shared_ptr<const Catalog>(catalog);
  }
}

bool Catalog::Matches(DocumentKey document, const Metadata& wanted) const {
  if (wanted.empty()) return true;
  const auto found = metadata_.find(document.value());
  if (found == metadata_.end()) return false;
  for (const auto& [key, value] : wanted) {
    const auto entry = found->second.find(key);
    if (entry == found->second.end() || entry->second != value) return false;
  }
  return true;
}

ChunkFilter MakeChunkFilter(const SearchFilter& filter, bool tables_only,
                            std::shared_ptr<const Catalog> catalog) {
  if (filter.empty() && !tables_only) return nullptr;
  std::unordered_set<std::uint64_t> documents;
  for (const std::string& id : filter.documents) {
    documents.insert(DocumentKeyOf(id).value());
  }
  return [documents = std::move(documents), metadata = filter.metadata,
          tables_only, catalog = std::move(catalog)](const ChunkId& chunk) {
    return (documents.empty() || documents.contains(chunk.document.value())) &&
           (metadata.empty() || catalog->Matches(chunk.document, metadata)) &&
           (!tables_only || catalog->IsTable(chunk));
  };
}

}  // namespace cairn
