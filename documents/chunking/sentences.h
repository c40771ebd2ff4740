// Sentences of a chunk: what gets a vector of its own.
//
// Rules: a sentence is one of text/words.h inside one block, or a table row.
// One of over 1,000 bytes is cut at white space. What is shorter than 24 bytes
// and no row, a heading as a rule, goes with the next. Of more than
// kChunkSentencesMax neighbours are joined, so that every part of the chunk
// counts. Purity: pure functions; the same chunk gives the same sentences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/chunk.h"
#include "domain/document.h"
#include "domain/span.h"

namespace cairn {

// In order, inside the chunk's span, none empty; together they hold every byte
// of it that is not white space. `chunk` is one of MakeChunks(document).
std::vector<ByteSpan> SentencesOf(const ParsedDocument& document,
                                  const Chunk& chunk);

// What is embedded for a sentence: the context header's first line, cut to 64
// bytes; of a table part the header row, cut to 160; the sentence. A title is
// read again for every sentence, so a long one would cost more than the text.
std::string SentenceText(const Chunk& chunk, const ByteSpan& sentence,
                         std::string_view canonical_text);

}  // namespace cairn
