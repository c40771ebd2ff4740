// Packed postings and the operator that changes them without reading them.
#pragma once

#include <rocksdb/merge_operator.h>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace cairn {

// An operand of MergePostings: counts to set, 0 removes.
std::string EncodePostingChanges(std::span<const Posting> changes);

// Folds operands, oldest first, over a packed list. Total: damaged bytes leave
// the list undecoded and make the fold fail, which RocksDB reports as
// corruption when the key is read; it never throws.
std::shared_ptr<rocksdb::MergeOperator> MakePostingsMerge();

}  // namespace cairn
