// Verification: no sentence leaves that its quotes do not carry.
//
// A quote must be bytes of the stored canonical text, inside its range and on
// UTF-8 borders. A sentence must say nothing its quotes do not: every number
// and every name of it stands in the quotes, and nearly every other content
// word too.
// Pure; threads: safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/answer.h"
#include "domain/document.h"

namespace cairn {

// The bytes of `span`, if it is a sound, non-empty range of `text`.
bool QuoteIsSound(std::string_view text, const ByteSpan& span);

Verdict VerifySentence(std::string_view sentence,
                       const std::vector<std::string>& quotes);

// The stored facts about one quote; `span` must be sound.
Citation MakeCitation(const Document& document, const ParsedDocument& parsed,
                      const ByteSpan& span);

}  // namespace cairn
