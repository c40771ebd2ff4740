// One format, CAIRN_FUZZ_FORMAT: parse, check every promise, cut into chunks.
#include "documents/parser.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  static const FormatParser* const parser = FormatByName(CAIRN_FUZZ_FORMAT);
  fuzz::CheckDocument(
      parser->Parse({.bytes = fuzz::TextOf(data, size)}, Limits()));
  return 0;
}
