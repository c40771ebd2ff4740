// Doctor: what on this machine would keep an engine from working, or from
// working well.
//
// Place: `cairn doctor` prints the findings and adds a trial run of its own.
// Effects: an existing data folder is opened and closed, which replays its log;
// nothing else is written.
// Threads: safe; one engine at a time has the data folder.
// Errors: none; whatever fails is a finding with its remedy.
#pragma once

#include <string>
#include <vector>

#include "services/server/config.h"

namespace cairn {

struct Finding {
  enum class Level { kOk, kWarning, kFailed };
  Level level = Level::kOk;
  std::string check;   // What was looked at: "data folder".
  std::string text;    // What was found.
  std::string remedy;  // Empty when all is well.
};

// In a fixed order: data folder, disk, memory, processor, open files, runtime,
// model.
std::vector<Finding> ExamineMachine(const EngineConfig& config);

}  // namespace cairn
