// Labels: the numbered parts of one document, and where it refers to them.
//
// Rules: a chunk belongs to the nearest numbered section that each of its
// blocks stands under, and to the tables, figures and examples whose captions
// it holds; every chunk of a table belongs to that table. A chapter that goes
// on without numbered sections is represented by its first chunks.
// Threads: pure.
#pragma once

#include <vector>

#include "domain/chunk.h"
#include "domain/document.h"
#include "models/entity_extractor.h"

namespace cairn::rules {

// By chunk; `chunks` are those of the document, in order.
std::vector<ExtractedLabel> FindLabels(const ParsedDocument& document,
                                       const std::vector<Chunk>& chunks);

}  // namespace cairn::rules
