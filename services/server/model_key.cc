#include "services/server/model_key.h"

#include <cstdlib>

#include "base/file.h"

namespace cairn {

StatusOr<std::string> ReadModelKey(const std::string& key_file,
                                   const char* variable) {
  constexpr std::size_t kKeyBytesMax = 64 << 10;
  if (key_file.empty()) {
    const char* key = std::getenv(variable);
    return std::string(key == nullptr ? "" : key);
  }
  CAIRN_ASSIGN_OR_RETURN(std::string key, ReadFile(key_file, kKeyBytesMax));
  while (!key.empty() &&
         (key.back() == '\n' || key.back() == '\r' || key.back() == ' ')) {
    key.pop_back();
  }
  return key;
}

}  // namespace cairn
