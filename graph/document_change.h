// DocumentChange: what one commit does to the graph, in six steps.
//
//   1. the dictionary of the collection, as the store has it now (GraphWriter)
//   2. the document before and after (DocumentState)
//   3. what that does to the names
//   4. links of the document's own chunks, by the new names
//   5. links of other chunks that hold a name which changed
//   6. every touched record, once (GraphDelta)
//
// Place: GraphWriter makes one for each of its calls.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/ids.h"
#include "graph/document_state.h"
#include "graph/graph_delta.h"
#include "graph/layout.h"
#include "graph/name_dictionary.h"
#include "storage/store.h"

namespace cairn {

// The dictionary of one collection and how to take back the last change.
struct RememberedNames {
  struct Undo {
    std::string normalized;
    EntityId entity;
    std::optional<NameDictionary::Target> before;
  };
  NameDictionary dictionary;
  graph_layout::NamesDigest
      confirmed;  // Of the names before the pending change.
  graph_layout::NamesDigest
      pending;  // Of `dictionary`; equal to confirmed: none.
  std::vector<Undo> undo;
  std::uint64_t last_use = 0;
};

// A name whose links change: it appeared, vanished or means another entity.
struct ChangedName {
  std::string normalized;
  std::vector<std::string_view> tokens;  // Of `normalized`.
  std::size_t anchor = 0;
};

// The change of one document, step by step.
class DocumentChange {
 public:
  DocumentChange(Transaction& transaction, const CollectionKey& collection,
                 DocumentKey document, RememberedNames& names)
      : transaction_(transaction),
        before_(transaction.before()),
        collection_(collection),
        document_(document),
        names_(names),
        delta_(collection) {}

  Status Run(DocumentState was, DocumentState is);

 private:
  using Candidates = std::map<ChunkId, std::vector<const ChangedName*>>;

  Status ChangeNames();
  void UpdateDictionary(const std::vector<NameUpdate>& updates);
  std::optional<EntityId> MeaningOf(std::string_view normalized) const;
  void LinkDocument();
  StatusOr<Candidates> FindCandidates() const;
  Status MatchAgain(std::span<const Candidates::value_type* const> batch);
  Status LinkOthers();
  Status RelinkChunk(const ChunkId& id, ChunkState chunk);
  void WriteDocument();
  void WriteChunk(std::uint32_t ordinal);
  void WritePart(const std::string& key, const std::string& was,
                 const std::string& is);
  void WriteTitles();
  std::string PartKey(const ChunkId& chunk,
                      graph_layout::ChunkPart part) const {
    return graph_layout::MentionsChunkKey(collection_, chunk, part);
  }

  Transaction& transaction_;
  const StoreReader& before_;
  const CollectionKey collection_;
  const DocumentKey document_;
  RememberedNames& names_;
  GraphDelta delta_;
  DocumentState was_, is_;
  std::vector<ChangedName> changed_names_;
};

}  // namespace cairn
