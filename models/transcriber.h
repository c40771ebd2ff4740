// Transcriber: speech to text with times.
//
// Place: ingestion gives it the recordings, when the configuration names one.
// Implementations: remote/RemoteTranscriber (a server of the user's),
// fake/FakeTranscriber (tests).
// Time: returns when the deadline comes, with an error; there is no half of a
// transcript.
// Threads: safe.
// Errors: those of the implementation; DEADLINE_EXCEEDED.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/status.h"
#include "domain/transcript.h"

namespace cairn {

struct Recording {
  std::string_view bytes;   // A whole file.
  std::string_view ending;  // "mp3": how such files are named.
};

class Transcriber {
 public:
  virtual ~Transcriber() = default;
  // Identity of the texts, "whisper-1 at https://host/path".
  virtual const std::string& id() const = 0;
  // No segments: nothing is said.
  virtual StatusOr<Transcript> Transcribe(const Recording& recording,
                                          const Deadline& deadline) const = 0;
};

}  // namespace cairn
