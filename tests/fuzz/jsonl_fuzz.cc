// JSON Lines, fed whole and in two parts: the same documents come out.
#include <vector>

#include "documents/formats/jsonl/jsonl_reader.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace cairn;

std::vector<std::string> Read(std::string_view first, std::string_view second) {
  std::vector<std::string> seen;
  const auto emit = [&](StatusOr<DocumentSource> source, std::size_t line) {
    seen.push_back(std::to_string(line) + ":" +
                   (source.ok() ? source->id + source->title + source->bytes
                                : MessageOf(source.status())));
  };
  JsonlReader reader{Limits()};
  reader.Feed(first, emit);
  reader.Feed(second, emit);
  reader.Finish(emit);
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text = fuzz::TextOf(data, size);
  const std::size_t cut = size == 0 ? 0 : data[0] % size;
  fuzz::Require(Read(text, {}) == Read(text.substr(0, cut), text.substr(cut)),
                "where a feed ends makes no difference");
  return 0;
}
