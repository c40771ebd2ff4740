// Follower: a derived structure that can always be made again from the store.
//
// Place: the dense and lexical indexes and the graph view implement it; the
// query service drives it with CatchUp before it serves a snapshot.
// Threads: one caller at a time.
// Promise: after CatchUp(f, s), f holds exactly the state of s for its
// collection, whether it came by changes or by a rebuild; a test compares both.
#pragma once

#include <string_view>

#include "base/status.h"
#include "domain/ids.h"
#include "storage/store.h"

namespace cairn {

class Follower {
 public:
  virtual ~Follower() = default;
  virtual std::string_view name() const = 0;
  // The state it holds; Sequence(0): nothing yet.
  virtual Sequence applied() const = 0;
  // Forgets everything and reads `snapshot`.
  virtual Status Rebuild(const StoreSnapshot& snapshot) = 0;
  // One change of its collection; `snapshot` is the state to be reached (a
  // document that changed twice is simply read as it is there).
  virtual Status Apply(const Change& change, const StoreSnapshot& snapshot) = 0;
  // Called after the last Apply of a catch-up.
  virtual Status Finish(Sequence reached) = 0;
};

// Brings the follower to the snapshot: by changes when it holds an earlier
// state and they are few against a rebuild, else by Rebuild.
Status CatchUp(Follower& follower, const CollectionKey& collection,
               const StoreSnapshot& snapshot);

}  // namespace cairn
