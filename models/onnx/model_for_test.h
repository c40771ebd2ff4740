// The folder that set-up fetches the default model into.
#pragma once

#include <string>

namespace cairn {

inline std::string RealModelFolder() {
  return CAIRN_SOURCE_DIR "/build/deps/models/bge-small-en-v1.5-int8";
}

}  // namespace cairn
