// Runs: capitalised words in a row, the names of running text.
// Threads: pure.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "models/rules/quotes.h"
#include "models/rules/tokens.h"

namespace cairn::rules {

// How one document writes its words: what tells a name at the start of a
// sentence from a common word there. Views point into the document's text.
class WordUse {
 public:
  void Add(std::string_view text, const Tokens& tokens);
  // A word at the start of a sentence that may be taken for a name.
  bool MayBeName(std::string_view word) const;
  bool IsCapitalInside(std::string_view word) const {
    return capital_.contains(word);
  }

 private:
  std::unordered_set<std::string_view> lower_;
  std::unordered_set<std::string_view> capital_;  // Not at a sentence's start.
};

struct Run {
  TokenRange range;        // Empty: no run starts here.
  std::size_t next = 0;    // Where to look on; always after the start.
  bool honorific = false;  // "Dr." stood before.
};

// The run that starts at token `at`, a capitalised word. Connectors ("of")
// only inside; function words, honorifics, months and weekdays are cut off.
Run RunAt(std::string_view text, const Tokens& tokens, std::size_t at,
          const WordUse& use);

}  // namespace cairn::rules
