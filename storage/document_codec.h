// Bodies of the stored records. Decoders are total: any bytes give a value or
// DATA_LOSS. The page is docs/formats/storage.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "storage/records.h"

namespace cairn {

std::string EncodeCollection(const CollectionRecord& record);
StatusOr<CollectionRecord> DecodeCollection(std::string_view bytes);
std::string EncodeStats(const CollectionStats& stats);
StatusOr<CollectionStats> DecodeStats(std::string_view bytes);
std::string EncodeDocument(const Document& document);
StatusOr<Document> DecodeDocument(std::string_view bytes);
// All of a parsed document but its text.
std::string EncodeStructure(const ParsedDocument& parsed);
Status DecodeStructure(std::string_view bytes, ParsedDocument& parsed);
std::string EncodeChunk(const Chunk& chunk);
StatusOr<Chunk> DecodeChunk(std::string_view bytes, std::uint32_t ordinal);
std::string EncodeTerms(const TermCounts& counts);
StatusOr<TermCounts> DecodeTerms(std::string_view bytes);
// A chunk's sentences: spans, then the codes of all.
std::string EncodeSentences(std::span<const SentenceVector> sentences);
StatusOr<std::vector<SentenceVector>> DecodeSentences(std::string_view bytes);
// Half floats, little-endian.
std::string EncodeVector(std::span<const float> vector);
std::vector<float> DecodeVector(std::string_view bytes);

}  // namespace cairn
