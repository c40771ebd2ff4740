// LatexText: running text of LaTeX as a reader sees it.
//
// Place: under LatexParser. Formulas stay as they are written; unknown commands
// go, their arguments stay. Pure, linear; threads: safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

inline constexpr std::size_t kLatexArgumentBytesMax = 8 << 10;
// Braces that are never closed; then no more are looked for.
inline constexpr std::size_t kLatexFailuresMax = 1'000;

// Without comments; verbatim environments keep their percent signs.
std::string WithoutLatexComments(std::string_view text);

// The text inside of the braces at `at` (after white space), which moves behind
// them; empty and unmoved when there are none. Reads
// kLatexArgumentBytesMax at most.
std::string_view TakeLatexArgument(std::string_view text, std::size_t& at);

// "[...]" at `at`, passed over.
void SkipLatexOption(std::string_view text, std::size_t& at);

std::string PlainTextOfLatex(std::string_view source);

}  // namespace cairn
