// Transcript: what is said in a recording, and when.
#pragma once

#include <string>
#include <vector>

#include "domain/document.h"

namespace cairn {

struct SpokenSegment {
  TimeRange time;
  std::string text;     // UTF-8.
  std::string speaker;  // Empty: unknown.
};

struct Transcript {
  std::vector<SpokenSegment> segments;  // By their begin.
  std::string language;                 // "en"; empty: unknown.
};

}  // namespace cairn
