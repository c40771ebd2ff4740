// GraphWriter: the dictionaries it remembers, and when to trust them.
#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "graph/contribution.h"
#include "graph/document_change.h"
#include "graph/document_state.h"
#include "graph/layout.h"
#include "graph/name_dictionary.h"

namespace cairn {
namespace {

using graph_layout::NamesDigest;

constexpr std::size_t kDictionariesMax = 32;

void Restore(NameDictionary& dictionary, const RememberedNames::Undo& undo) {
  if (undo.before) {
    dictionary.Set(undo.normalized, *undo.before);
  } else {
    dictionary.Unset(undo.normalized, undo.entity);
  }
}

StatusOr<NamesDigest> LoadDigest(const StoreReader& reader,
                                 const CollectionKey& collection) {
  CAIRN_ASSIGN_OR_RETURN(
      const std::optional<std::string> bytes,
      reader.Get(Family::kNames, graph_layout::NamesDigestKey(collection)));
  if (!bytes) return NamesDigest{};
  return graph_layout::DecodeDigest(*bytes);
}

}  // namespace

class GraphWriter::Dictionaries {
 public:
  Status Run(Transaction& transaction, const CollectionKey& collection,
             DocumentKey document, const GraphContribution* next,
             bool must_be_new);

 private:
  StatusOr<RememberedNames*> Confirmed(const StoreReader& before,
                                       const CollectionKey& collection);
  void ForgetOldest();

  std::mutex mutex_;
  // Guarded by mutex_.
  std::unordered_map<CollectionKey, std::unique_ptr<RememberedNames>>
      by_collection_;
  std::uint64_t uses_ = 0;
};

// The names as `before` has them: what is remembered when the digest says so
// (after taking back a change that was not committed), else read anew.
StatusOr<RememberedNames*> GraphWriter::Dictionaries::Confirmed(
    const StoreReader& before, const CollectionKey& collection) {
  CAIRN_ASSIGN_OR_RETURN(const NamesDigest stored,
                         LoadDigest(before, collection));
  std::unique_ptr<RememberedNames>& held = by_collection_[collection];
  if (held != nullptr && held->pending != stored) {
    if (held->confirmed == stored) {
      for (auto undo = held->undo.rbegin(); undo != held->undo.rend(); ++undo) {
        Restore(held->dictionary, *undo);
      }
    } else {
      held = nullptr;
    }
  }
  if (held == nullptr) {
    auto loaded = LoadNames(before, collection);
    if (loaded.ok() && loaded->digest != stored) {
      loaded = DataLossError(
          "the names of a collection do not fit their digest; run verify",
          "GRAPH_RECORD_DAMAGED");
    }
    if (!loaded.ok()) {
      by_collection_.erase(collection);
      return loaded.status();
    }
    held = std::make_unique<RememberedNames>();
    held->dictionary = std::move(loaded->dictionary);
  }
  held->confirmed = held->pending = stored;
  held->undo.clear();
  held->last_use = ++uses_;
  RememberedNames* const remembered = held.get();
  ForgetOldest();
  return remembered;
}

void GraphWriter::Dictionaries::ForgetOldest() {
  if (by_collection_.size() <= kDictionariesMax) return;
  by_collection_.erase(
      std::min_element(by_collection_.begin(), by_collection_.end(),
                       [](const auto& a, const auto& b) {
                         return a.second->last_use < b.second->last_use;
                       }));
}

Status GraphWriter::Dictionaries::Run(Transaction& transaction,
                                      const CollectionKey& collection,
                                      DocumentKey document,
                                      const GraphContribution* next,
                                      bool must_be_new) {
  DocumentState is;
  if (next != nullptr) {
    CAIRN_ASSIGN_OR_RETURN(is, MakeDocumentState(*next));
  }
  const std::lock_guard lock(mutex_);
  CAIRN_ASSIGN_OR_RETURN(
      DocumentState was,
      LoadDocumentState(transaction.before(), collection, document));
  if (must_be_new && was.present) {
    return AlreadyExistsError("document " + is.info.id + " is in the graph");
  }
  if (!was.present && !is.present) return OkStatus();
  CAIRN_ASSIGN_OR_RETURN(RememberedNames* const names,
                         Confirmed(transaction.before(), collection));
  return DocumentChange(transaction, collection, document, *names)
      .Run(std::move(was), std::move(is));
}

GraphWriter::GraphWriter() : dictionaries_(std::make_unique<Dictionaries>()) {}
GraphWriter::~GraphWriter() = default;

Status GraphWriter::Add(Transaction& transaction,
                        const GraphContribution& contribution) {
  return dictionaries_->Run(transaction, contribution.collection,
                            contribution.document, &contribution, true);
}

Status GraphWriter::Replace(Transaction& transaction,
                            const GraphContribution& contribution) {
  return dictionaries_->Run(transaction, contribution.collection,
                            contribution.document, &contribution, false);
}

Status GraphWriter::Remove(Transaction& transaction,
                           const CollectionKey& collection,
                           DocumentKey document) {
  return dictionaries_->Run(transaction, collection, document, nullptr, false);
}

}  // namespace cairn
