// The default model's tokenizer on any bytes.
#include "base/file.h"
#include "models/wordpiece/wordpiece_tokenizer.h"
#include "tests/fuzz/fuzz.h"

namespace {

std::unique_ptr<cairn::WordPieceTokenizer> Load() {
  using namespace cairn;
  const auto json = ReadFile(
      CAIRN_DEPS_DIR "/models/bge-small-en-v1.5-int8/tokenizer.json", 16 << 20);
  fuzz::Require(json.ok(), MessageOf(json.status()));
  auto tokenizer = WordPieceTokenizer::FromJson(*json);
  fuzz::Require(tokenizer.ok(), MessageOf(tokenizer.status()));
  return *std::move(tokenizer);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  static const auto tokenizer = Load();
  const std::string_view text = fuzz::TextOf(data, size);
  fuzz::Require(tokenizer->Encode(text).size() == tokenizer->CountTokens(text),
                "as many ids as are counted");
  return 0;
}
