// Words, names and sentences of any bytes.
#include "tests/fuzz/fuzz.h"
#include "text/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  const std::string_view text = fuzz::TextOf(data, size);
  (void)AnalyzeWords(text, GuessLanguage(text));
  (void)FoldWords(text);
  const std::string name = NormalizeName(text);
  fuzz::Require(NormalizeName(name) == name,
                "a normalised name stays as it is");
  std::size_t end = 0;
  for (const ByteSpan& sentence : SplitSentences(text)) {
    fuzz::Require(sentence.begin >= end && sentence.end <= size,
                  "sentences stand in order inside the text");
    end = sentence.end;
  }
  return 0;
}
