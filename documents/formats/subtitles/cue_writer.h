// CueWriter: cues of subtitles, or what a transcriber heard, as paragraphs.
//
// Cues of one speaker that follow each other within three seconds are one
// paragraph, up to some 500 bytes and the end of a sentence. Each begins with
// its times, "[0:01:02 - 0:01:10] ", and has them as Block::time.
// Life cycle: Add in order, then Flush once; the builder must outlive it.
#pragma once

#include <cstdint>
#include <string>

#include "documents/document_builder.h"

namespace cairn {

struct Cue {
  std::int64_t begin_ms = 0, end_ms = 0;
  std::string speaker;
  std::string text;
};

// "[0:01:02 - 0:01:10] ".
std::string ShownTimes(std::int64_t begin_ms, std::int64_t end_ms);

class CueWriter {
 public:
  explicit CueWriter(DocumentBuilder& builder) : builder_(builder) {}

  void Add(Cue cue);
  void Flush();

 private:
  bool Continues(const Cue& cue) const;

  DocumentBuilder& builder_;
  Cue open_;
  std::string last_;
};

}  // namespace cairn
