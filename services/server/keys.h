// Keys: API keys of a data folder, for the command line.
//
// Place: works on the folder itself, which must not be in use by a server;
// there is no RPC for it, so that a leaked key cannot make others.
// Errors: those of opening a store; NOT_FOUND (API_KEY_NOT_FOUND).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/status.h"

namespace cairn {

struct KeyInfo {
  std::string id;
  std::string tenant;
  std::int64_t create_time_micros = 0;
};

// Returns the whole key, which is shown only once. Makes the folder and the
// tenant when they are new.
StatusOr<std::string> CreateKey(const std::string& data_folder,
                                const std::string& tenant);
StatusOr<std::vector<KeyInfo>> ListKeys(const std::string& data_folder);
Status DeleteKey(const std::string& data_folder, const std::string& id);

}  // namespace cairn
