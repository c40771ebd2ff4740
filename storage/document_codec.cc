#include "storage/document_codec.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/coding.h"
#include "base/half.h"

namespace cairn {
namespace {

// Of the value of kSentences, for its next layout.
constexpr std::uint64_t kSentenceLayout = 1;

Status Undecodable(const char* what) {
  return DataLossError(
      std::string("a stored ") + what + " does not decode; run cairn verify",
      "DAMAGED_RECORD");
}

void AppendSpan(std::string& out, const ByteSpan& span) {
  AppendVarint(out, span.begin);
  AppendVarint(out, span.end - span.begin);
}

std::uint32_t Number(Decoder& in) {
  return static_cast<std::uint32_t>(in.Varint());
}

ByteSpan ReadSpan(Decoder& in) {
  const std::uint32_t begin = Number(in);
  return {begin, begin + Number(in)};
}

// Indexes with a "none" of all ones cost one byte.
void AppendIndex(std::string& out, std::uint32_t index) {
  AppendVarint(out, static_cast<std::uint32_t>(index + 1));
}
std::uint32_t ReadIndex(Decoder& in) { return Number(in) - 1; }

void AppendBox(std::string& out, const Box& box) {
  AppendVarint(out, box.page);
  for (const float side : {box.left, box.top, box.right, box.bottom}) {
    AppendFloat(out, side);
  }
}
Box ReadBox(Decoder& in) {
  Box box;
  box.page = Number(in);
  box.left = in.Float();
  box.top = in.Float();
  box.right = in.Float();
  box.bottom = in.Float();
  return box;
}

// In the byte of the type: a time range follows the boxes. Records without
// recordings are as they were before there were any.
constexpr std::uint64_t kHasTime = 8;

void AppendBlock(std::string& out, const Block& block) {
  out.push_back(static_cast<char>(static_cast<std::uint64_t>(block.type) |
                                  (block.time.has_value() ? kHasTime : 0)));
  out.push_back(static_cast<char>(block.level));
  AppendSpan(out, block.span);
  AppendIndex(out, block.heading);
  AppendIndex(out, block.table);
  AppendVarint(out, block.page);
  AppendVarint(out, block.boxes.size());
  for (const Box& box : block.boxes) AppendBox(out, box);
  if (block.time.has_value()) {
    AppendVarint(out, block.time->begin_ms);
    AppendVarint(out, block.time->end_ms - block.time->begin_ms);
  }
}
Block ReadBlock(Decoder& in) {
  Block block;
  const std::uint64_t type = in.Varint();
  block.type =
      static_cast<BlockType>(std::min<std::uint64_t>(type & (kHasTime - 1), 5));
  block.level = static_cast<std::uint8_t>(in.Varint());
  block.span = ReadSpan(in);
  block.heading = ReadIndex(in);
  block.table = ReadIndex(in);
  block.page = Number(in);
  block.boxes.resize(in.Count(17));
  for (Box& box : block.boxes) box = ReadBox(in);
  if ((type & kHasTime) != 0) {
    const std::uint32_t begin = Number(in);
    block.time = TimeRange{begin, begin + Number(in)};
  }
  return block;
}

void AppendCell(std::string& out, const Cell& cell) {
  for (const std::uint32_t value :
       {cell.row, cell.column, cell.row_span, cell.column_span}) {
    AppendVarint(out, value);
  }
  AppendSpan(out, cell.span);
  out.push_back(static_cast<char>((cell.header ? 1 : 0) |
                                  (cell.box.has_value() ? 2 : 0)));
  if (cell.box) AppendBox(out, *cell.box);
}
Cell ReadCell(Decoder& in) {
  Cell cell;
  cell.row = Number(in);
  cell.column = Number(in);
  cell.row_span = Number(in);
  cell.column_span = Number(in);
  cell.span = ReadSpan(in);
  const std::uint64_t flags = in.Varint();
  cell.header = (flags & 1) != 0;
  if ((flags & 2) != 0) cell.box = ReadBox(in);
  return cell;
}

void AppendTable(std::string& out, const Table& table) {
  AppendVarint(out, table.block);
  AppendSpan(out, table.caption);
  AppendVarint(out, table.rows);
  AppendVarint(out, table.columns);
  AppendVarint(out, table.header_rows);
  AppendVarint(out, table.cells.size());
  for (const Cell& cell : table.cells) AppendCell(out, cell);
  AppendVarint(out, table.row_spans.size());
  for (const ByteSpan& span : table.row_spans) AppendSpan(out, span);
}
Table ReadTable(Decoder& in) {
  Table table;
  table.block = Number(in);
  table.caption = ReadSpan(in);
  table.rows = Number(in);
  table.columns = Number(in);
  table.header_rows = Number(in);
  table.cells.resize(in.Count(7));
  for (Cell& cell : table.cells) cell = ReadCell(in);
  table.row_spans.resize(in.Count(2));
  for (ByteSpan& span : table.row_spans) span = ReadSpan(in);
  return table;
}

void AppendMetadata(std::string& out, const Metadata& metadata) {
  AppendVarint(out, metadata.size());
  for (const auto& [key, value] : metadata) {
    AppendString(out, key);
    AppendString(out, value);
  }
}
Metadata ReadMetadata(Decoder& in) {
  Metadata metadata;
  const std::size_t count = in.Count(2);
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    std::string key(in.String());
    metadata[std::move(key)] = std::string(in.String());
  }
  return metadata;
}

}  // namespace

std::string EncodeCollection(const CollectionRecord& record) {
  std::string out;
  AppendVarint(out, record.key.tenant.value());
  AppendVarint(out, record.key.collection.value());
  for (const std::string* text : {&record.name, &record.description,
                                  &record.embedder, &record.extractor}) {
    AppendString(out, *text);
  }
  AppendVarint(out, record.dimension);
  AppendSignedVarint(out, record.create_time_micros);
  AppendVarint(out, record.sentence_vectors ? 1 : 0);
  return out;
}

StatusOr<CollectionRecord> DecodeCollection(std::string_view bytes) {
  Decoder in(bytes);
  CollectionRecord record;
  record.key.tenant = TenantId(Number(in));
  record.key.collection = CollectionId(Number(in));
  for (std::string* text : {&record.name, &record.description, &record.embedder,
                            &record.extractor}) {
    *text = std::string(in.String());
  }
  record.dimension = Number(in);
  record.create_time_micros = in.SignedVarint();
  // Format 1 had neither the switch nor sentence vectors.
  record.sentence_vectors = !in.rest().empty() && in.Varint() != 0;
  if (!in.done()) return Undecodable("collection");
  return record;
}

std::string EncodeStats(const CollectionStats& stats) {
  std::string out;
  for (const std::int64_t value :
       {stats.documents, stats.chunks, stats.tokens, stats.text_bytes,
        stats.tables, stats.pages}) {
    AppendSignedVarint(out, value);
  }
  return out;
}

StatusOr<CollectionStats> DecodeStats(std::string_view bytes) {
  Decoder in(bytes);
  CollectionStats stats;
  for (std::int64_t* value : {&stats.documents, &stats.chunks, &stats.tokens,
                              &stats.text_bytes, &stats.tables, &stats.pages}) {
    *value = in.SignedVarint();
  }
  if (!in.done()) return Undecodable("statistic");
  return stats;
}

std::string EncodeDocument(const Document& document) {
  std::string out;
  for (const std::string* text :
       {&document.id, &document.title, &document.version,
        &document.source_sha256, &document.text_sha256, &document.format,
        &document.language, &document.source_uri}) {
    AppendString(out, *text);
  }
  AppendMetadata(out, document.metadata);
  for (const std::uint64_t value :
       {document.source_bytes, document.text_bytes,
        std::uint64_t{document.pages}, std::uint64_t{document.chunks},
        std::uint64_t{document.tables}, document.tokens}) {
    AppendVarint(out, value);
  }
  AppendSignedVarint(out, document.create_time_micros);
  AppendSignedVarint(out, document.update_time_micros);
  const Fidelity& fidelity = document.fidelity;
  for (const std::uint64_t value :
       {std::uint64_t{fidelity.blocks}, fidelity.cells, fidelity.characters,
        fidelity.characters_kept, std::uint64_t{fidelity.warnings}}) {
    AppendVarint(out, value);
  }
  return out;
}

StatusOr<Document> DecodeDocument(std::string_view bytes) {
  Decoder in(bytes);
  Document document;
  for (std::string* text :
       {&document.id, &document.title, &document.version,
        &document.source_sha256, &document.text_sha256, &document.format,
        &document.language, &document.source_uri}) {
    *text = std::string(in.String());
  }
  document.metadata = ReadMetadata(in);
  document.source_bytes = in.Varint();
  document.text_bytes = in.Varint();
  document.pages = Number(in);
  document.chunks = Number(in);
  document.tables = Number(in);
  document.tokens = in.Varint();
  document.create_time_micros = in.SignedVarint();
  document.update_time_micros = in.SignedVarint();
  // Records of formats 1 and 2 end here.
  if (!in.done()) {
    Fidelity& fidelity = document.fidelity;
    fidelity.blocks = Number(in);
    fidelity.cells = in.Varint();
    fidelity.characters = in.Varint();
    fidelity.characters_kept = in.Varint();
    fidelity.warnings = Number(in);
  }
  if (!in.done()) return Undecodable("document");
  return document;
}

std::string EncodeStructure(const ParsedDocument& parsed) {
  std::string out;
  AppendString(out, parsed.title);
  AppendString(out, parsed.language);
  AppendString(out, parsed.format);
  AppendVarint(out, parsed.pages);
  AppendVarint(out, parsed.warnings.size());
  for (const std::string& warning : parsed.warnings) AppendString(out, warning);
  AppendVarint(out, parsed.blocks.size());
  for (const Block& block : parsed.blocks) AppendBlock(out, block);
  AppendVarint(out, parsed.tables.size());
  for (const Table& table : parsed.tables) AppendTable(out, table);
  return out;
}

Status DecodeStructure(std::string_view bytes, ParsedDocument& parsed) {
  Decoder in(bytes);
  parsed.title = std::string(in.String());
  parsed.language = std::string(in.String());
  parsed.format = std::string(in.String());
  parsed.pages = Number(in);
  parsed.warnings.resize(in.Count());
  for (std::string& warning : parsed.warnings) {
    warning = std::string(in.String());
  }
  parsed.blocks.resize(in.Count(8));
  for (Block& block : parsed.blocks) block = ReadBlock(in);
  parsed.tables.resize(in.Count(8));
  for (Table& table : parsed.tables) table = ReadTable(in);
  return in.done() ? OkStatus() : Undecodable("document structure");
}

std::string EncodeChunk(const Chunk& chunk) {
  std::string out;
  AppendSpan(out, chunk.span);
  AppendString(out, chunk.context);
  AppendVarint(out, chunk.first_block);
  AppendVarint(out, chunk.last_block);
  AppendIndex(out, chunk.section);
  AppendIndex(out, chunk.table);
  for (const std::uint32_t value :
       {chunk.first_row, chunk.last_row, chunk.page, chunk.tokens}) {
    AppendVarint(out, value);
  }
  return out;
}

StatusOr<Chunk> DecodeChunk(std::string_view bytes, std::uint32_t ordinal) {
  Decoder in(bytes);
  Chunk chunk;
  chunk.ordinal = ordinal;
  chunk.span = ReadSpan(in);
  chunk.context = std::string(in.String());
  chunk.first_block = Number(in);
  chunk.last_block = Number(in);
  chunk.section = ReadIndex(in);
  chunk.table = ReadIndex(in);
  chunk.first_row = Number(in);
  chunk.last_row = Number(in);
  chunk.page = Number(in);
  chunk.tokens = Number(in);
  if (!in.done()) return Undecodable("chunk");
  return chunk;
}

std::string EncodeTerms(const TermCounts& counts) {
  std::string out;
  AppendVarint(out, counts.terms.size());
  for (const auto& [term, fields] : counts.terms) {
    AppendString(out, term);
    AppendVarint(out, fields.title);
    AppendVarint(out, fields.header);
    AppendVarint(out, fields.body);
  }
  return out;
}

StatusOr<TermCounts> DecodeTerms(std::string_view bytes) {
  Decoder in(bytes);
  TermCounts counts;
  const std::size_t count = in.Count(4);
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    std::string term(in.String());
    TermCounts::Fields fields;
    fields.title = Number(in);
    fields.header = Number(in);
    fields.body = Number(in);
    counts.terms.emplace_hint(counts.terms.end(), std::move(term), fields);
  }
  if (!in.done()) return Undecodable("term list");
  return counts;
}

std::string EncodeSentences(std::span<const SentenceVector> sentences) {
  std::string out;
  const std::size_t dimension =
      sentences.empty() ? 0 : sentences.front().codes.size();
  AppendVarint(out, kSentenceLayout);
  AppendVarint(out, dimension);
  AppendVarint(out, sentences.size());
  std::uint32_t end = 0;
  for (const SentenceVector& sentence : sentences) {
    AppendVarint(out, sentence.span.begin - end);
    AppendVarint(out, sentence.span.size());
    end = sentence.span.end;
  }
  for (const SentenceVector& sentence : sentences) {
    out.append(reinterpret_cast<const char*>(sentence.codes.data()), dimension);
  }
  return out;
}

StatusOr<std::vector<SentenceVector>> DecodeSentences(std::string_view bytes) {
  Decoder in(bytes);
  const std::uint64_t layout = in.Varint();
  const std::uint64_t dimension = in.Varint();
  // Two bytes of span, then the codes: what the rest can hold.
  const std::size_t count =
      dimension > bytes.size() ? 0 : in.Count(2 + dimension);
  if (layout != kSentenceLayout || !in.ok()) {
    return Undecodable("sentence list");
  }
  std::vector<SentenceVector> sentences(count);
  std::uint32_t end = 0;
  for (SentenceVector& sentence : sentences) {
    sentence.span.begin = end + Number(in);
    sentence.span.end = end = sentence.span.begin + Number(in);
  }
  for (SentenceVector& sentence : sentences) {
    const std::string_view codes = in.Bytes(dimension);
    sentence.codes.assign(codes.begin(), codes.end());
  }
  if (!in.done()) return Undecodable("sentence list");
  return sentences;
}

std::string EncodeVector(std::span<const float> vector) {
  std::string out(vector.size() * 2, '\0');
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const float value = std::isfinite(vector[i])
                            ? std::clamp(vector[i], -kHalfMax, kHalfMax)
                            : 0.0F;
    const std::uint16_t half = ToHalf(value);
    std::memcpy(out.data() + 2 * i, &half, sizeof half);
  }
  return out;
}

std::vector<float> DecodeVector(std::string_view bytes) {
  std::vector<float> vector(bytes.size() / 2);
  for (std::size_t i = 0; i < vector.size(); ++i) {
    std::uint16_t half = 0;
    std::memcpy(&half, bytes.data() + 2 * i, sizeof half);
    vector[i] = FromHalf(half);
  }
  return vector;
}

}  // namespace cairn
