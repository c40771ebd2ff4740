// JsonlReader: a JSONL file to one document a line.
//
// A line is {"id", "title", "text", "metadata"}: id a string or a number
// ("line-N" when absent), text a string and required, metadata an object whose
// values become strings; other keys are ignored. Blank lines are skipped.
// Life cycle: Feed the bytes in pieces of any size, then Finish once.
// Memory: one line at most; of a line above limits.line_bytes_max nothing is
// kept.
// Threads: none; one reader, one thread.
// Errors: given to Emit, one a bad line, with its number; the reader goes on.
// INVALID_ARGUMENT: LINE_TOO_LONG, BAD_JSON, INVALID_FIELD.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"

namespace cairn {

class JsonlReader {
 public:
  // Called once a line that is not blank, in order. Lines count from 1.
  using Emit = std::function<void(StatusOr<DocumentSource> source,
                                  std::size_t line_number)>;

  explicit JsonlReader(const Limits& limits);

  void Feed(std::string_view bytes, const Emit& emit);
  // The last line may lack its line break.
  void Finish(const Emit& emit);

 private:
  void Append(std::string_view part);
  void EndLine(std::string_view line, const Emit& emit);

  Limits limits_;
  std::string line_;         // The begin of a line that is not complete yet.
  std::size_t dropped_ = 0;  // Bytes of a line that is too long.
  std::size_t line_number_ = 1;
};

}  // namespace cairn
