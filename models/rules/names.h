// Names: the other names a text gives to what it speaks of.
// Threads: pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/rules/runs.h"
#include "models/rules/tokens.h"

namespace cairn::rules {

struct Alias {
  std::string name;
  std::string canonical;  // Empty: the document's title.
  float strength = 0;
  std::uint32_t offset = 0;  // Where the alias stands.
};

// "World Health Organization (WHO)" anywhere in the tokens of one region, and
// "also known as X" behind a name of the same sentence. `leads`: the region
// is the document's first, whose first sentence speaks of the title.
std::vector<Alias> FindAliases(std::string_view text, const Tokens& tokens,
                               const WordUse& use, bool leads);

// "Mercury (planet)" without its brackets; empty: it has none.
std::string WithoutBrackets(std::string_view title);

// What stands before "is", "was", "(" or "," in the first sentence; empty
// unless it is capitalised and shares a word with the title.
std::string HeadOfFirstSentence(std::string_view text, const Tokens& tokens,
                                std::string_view title);

// The same without a title to compare with: every word is a name's. What an
// untitled text speaks of; empty when it does not say so at once.
std::string GuessedHead(std::string_view text, const Tokens& tokens);

// A cell that can name its row or column: a letter, at most six words.
bool LooksLikeKey(std::string_view cell);

}  // namespace cairn::rules
