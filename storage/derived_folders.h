// DerivedFolders: a folder for each collection, `derived/<16 hex digits>` in
// the data folder, for files that can be made again from its records.
//
// Place: the store owns it and says which collections there are. Backups and
// checksums pass it by; anybody may delete any of it at any time.
// Promise: nothing outlives its collection. What writes a file there late, into
// the folder of a collection that was deleted, finds no folder.
// Threads: safe.
// Errors: NOT_FOUND, PERMISSION_DENIED (DERIVED_FOLDER_FAILED), with the
// folder.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "base/status.h"
#include "domain/ids.h"

namespace cairn {

class DerivedFolders {
 public:
  explicit DerivedFolders(const std::string& data_folder);

  // Is there a folder at all?
  bool any() const;
  // It need not be there.
  std::string PathOf(const CollectionKey& collection) const;
  // Makes the folder if the collection `exists`, which is asked while no other
  // thread removes it.
  Status Make(const CollectionKey& collection,
              const std::function<StatusOr<bool>()>& exists);
  // OK when there is none. For after the deletion of the collection.
  Status Remove(const CollectionKey& collection);
  // Removes the folders of all other collections, as far as that is possible;
  // files of another kind stay.
  void RemoveAllBut(const std::set<CollectionKey>& collections);

 private:
  const std::string root_;
  std::mutex mutex_;  // Held while folders come and go.
};

}  // namespace cairn
