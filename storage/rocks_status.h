// RocksDB's status as ours.
#pragma once

#include <rocksdb/status.h>

#include <string_view>

#include "base/status.h"

namespace cairn {

// `folder` is the data folder, named in the message with a remedy.
Status FromRocks(const rocksdb::Status& status, std::string_view folder);

}  // namespace cairn
