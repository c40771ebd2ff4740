// One format, CAIRN_FUZZ_FORMAT: parse, check every promise, cut into chunks.
#include <algorithm>

#include "documents/chunking/chunker.h"
#include "documents/parser.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  static const FormatParser* const parser = FormatByName(CAIRN_FUZZ_FORMAT);
  const Limits limits;
  const auto document =
      parser->Parse({.bytes = fuzz::TextOf(data, size)}, limits);
  if (!document.ok()) {
    fuzz::Require(!ReasonOf(document.status()).empty(),
                  "an error has a reason: " + MessageOf(document.status()));
    return 0;
  }
  const std::string breach = FindBreach(*document);
  fuzz::Require(breach.empty(), breach);
  const auto count = [](std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) +
           1;
  };
  const auto chunks =
      MakeChunks(*document, document->title, ChunkerOptions(), count, limits);
  if (!chunks.ok()) return 0;
  std::size_t end = 0;
  for (const Chunk& chunk : *chunks) {
    fuzz::Require(chunk.span.begin >= end, "chunks do not overlap");
    fuzz::Require(chunk.span.end <= document->text.size(),
                  "chunks lie in the text");
    end = chunk.span.end;
  }
  return 0;
}
