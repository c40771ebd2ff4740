// What must hold of every answer of a parser: promises kept, chunks sound.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/status.h"
#include "documents/chunking/chunker.h"
#include "domain/document.h"
#include "tests/fuzz/fuzz.h"

namespace cairn::fuzz {

inline void CheckDocument(const StatusOr<ParsedDocument>& document) {
  if (!document.ok()) {
    Require(!ReasonOf(document.status()).empty(),
            "an error has a reason: " + MessageOf(document.status()));
    return;
  }
  const std::string breach = FindBreach(*document);
  Require(breach.empty(), breach);
  const auto count = [](std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) +
           1;
  };
  const auto chunks =
      MakeChunks(*document, document->title, ChunkerOptions(), count, Limits());
  if (!chunks.ok()) return;
  std::size_t end = 0;
  for (const Chunk& chunk : *chunks) {
    Require(chunk.span.begin >= end, "chunks do not overlap");
    Require(chunk.span.end <= document->text.size(), "chunks lie in the text");
    end = chunk.span.end;
  }
}

}  // namespace cairn::fuzz
