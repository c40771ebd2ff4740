#include "storage/follower.h"

#include "storage/records.h"

namespace cairn {
namespace {

// More changes than this are slower to apply than to read everything anew for
// the collections Cairn keeps in memory.
constexpr std::size_t kChangesMax = 20'000;

}  // namespace

Status CatchUp(Follower& follower, const CollectionKey& collection,
               const StoreSnapshot& snapshot) {
  if (follower.applied() == snapshot.sequence()) return OkStatus();
  const auto rebuild = [&]() -> Status {
    CAIRN_RETURN_IF_ERROR(follower.Rebuild(snapshot));
    return follower.Finish(snapshot.sequence());
  };
  if (follower.applied() == Sequence(0) ||
      follower.applied() > snapshot.sequence()) {
    return rebuild();
  }
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Change> changes,
                         ListChanges(snapshot, follower.applied()));
  if (changes.size() > kChangesMax) return rebuild();
  for (const Change& change : changes) {
    if (change.collection != collection) continue;
    if (change.kind != ChangeKind::kDocumentPut &&
        change.kind != ChangeKind::kDocumentDeleted) {
      return rebuild();
    }
    CAIRN_RETURN_IF_ERROR(follower.Apply(change, snapshot));
  }
  return follower.Finish(snapshot.sequence());
}

}  // namespace cairn
