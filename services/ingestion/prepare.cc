#include "services/ingestion/prepare.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/coding.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "documents/chunking/chunker.h"
#include "documents/chunking/sentences.h"
#include "graph/part_name.h"
#include "services/ingestion/fidelity.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kLanguageSampleBytes = 4096;
constexpr std::size_t kVersionDigits = 16;

// Vectors of the stored version by fingerprint of the text they were made of.
struct KnownVectors {
  std::unordered_map<std::uint64_t, std::vector<float>> chunks;
  std::unordered_map<std::uint64_t, std::vector<std::int8_t>> sentences;
};

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char sign) {
    return static_cast<unsigned char>(sign) < 0x20 || sign == 0x7f;
  });
}

// An absent or unreadable older version only costs the reuse.
KnownVectors LoadKnownVectors(const StoreReader& before,
                              const CollectionRecord& collection,
                              DocumentKey document) {
  KnownVectors known;
  const auto text = LoadText(before, collection.key, document);
  const auto chunks = LoadChunks(before, collection.key, document);
  if (!text.ok() || !chunks.ok()) return known;
  std::vector<std::uint64_t> prints;
  for (const Chunk& chunk : *chunks) {
    prints.push_back(Fingerprint64(EmbeddedText(chunk, *text)));
  }
  const Status scanned =
      ScanVectors(before, collection.key, document,
                  [&](const ChunkId& chunk, std::span<const float> vector) {
                    if (chunk.ordinal < prints.size()) {
                      known.chunks[prints[chunk.ordinal]].assign(vector.begin(),
                                                                 vector.end());
                    }
                  });
  const Status read = ScanSentences(
      before, collection.key, document,
      [&](const ChunkId& chunk, std::span<const SentenceVector> sentences) {
        if (chunk.ordinal >= chunks->size()) return;
        for (const SentenceVector& sentence : sentences) {
          const std::uint64_t print = Fingerprint64(
              SentenceText((*chunks)[chunk.ordinal], sentence.span, *text));
          known.sentences[print] = sentence.codes;
        }
      });
  if (!scanned.ok() || !read.ok()) return {};
  return known;
}

// `titled`: somebody gave it, or the text says at once what it speaks of.
struct Title {
  std::string text;
  bool titled = true;
};

Title TitleOf(const PreparationTools& tools, const DocumentSource& source,
              const ParsedDocument& parsed) {
  if (!source.title.empty()) return {.text = source.title};
  if (!parsed.title.empty()) return {.text = parsed.title};
  // People know a file by its name, whatever it speaks of.
  if (!source.file_name.empty()) {
    return {.text = source.file_name, .titled = false};
  }
  std::string guess = tools.extractor->GuessTitle(parsed);
  if (!guess.empty()) return {.text = std::move(guess)};
  return {.text = source.id, .titled = false};
}

// What the sender says counts before what the file says of itself, which is
// left out where the limits of metadata leave no room.
Metadata WithProperties(Metadata metadata, const Metadata& properties,
                        const Limits& limits) {
  std::size_t bytes = 0;
  for (const auto& [key, value] : metadata) bytes += key.size() + value.size();
  for (const auto& [key, value] : properties) {
    const std::size_t more = key.size() + value.size();
    if (metadata.size() >= limits.metadata_entries_max ||
        bytes + more > limits.metadata_bytes_max) {
      break;
    }
    if (metadata.emplace(key, value).second) bytes += more;
  }
  return metadata;
}

Document MakeRecord(const PreparationTools& tools, const DocumentSource& source,
                    const ParsedDocument& parsed, std::string title) {
  Document document;
  document.id = source.id;
  document.title =
      std::string(CutUtf8(title, tools.reading.limits.title_bytes_max));
  document.source_sha256 = SourceSha256(source);
  document.version = document.source_sha256.substr(0, kVersionDigits);
  document.text_sha256 = Sha256Hex(parsed.text);
  document.format = parsed.format;
  document.language =
      !parsed.language.empty()
          ? parsed.language
          : GuessLanguage(
                std::string_view(parsed.text).substr(0, kLanguageSampleBytes));
  document.source_uri = source.source_uri;
  document.metadata =
      WithProperties(source.metadata, parsed.properties, tools.reading.limits);
  document.source_bytes = source.bytes.size();
  document.text_bytes = parsed.text.size();
  document.pages = parsed.pages;
  document.tables = static_cast<std::uint32_t>(parsed.tables.size());
  document.create_time_micros = tools.clock->NowMicros();
  document.update_time_micros = document.create_time_micros;
  return document;
}

// Spans, and the vectors that are known. True when all are.
bool FillSentences(const KnownVectors& known, const ParsedDocument& parsed,
                   const Chunk& chunk, std::vector<SentenceVector>& sentences) {
  bool complete = true;
  for (const ByteSpan& span : SentencesOf(parsed, chunk)) {
    SentenceVector& sentence = sentences.emplace_back();
    sentence.span = span;
    const auto found = known.sentences.find(
        Fingerprint64(SentenceText(chunk, span, parsed.text)));
    if (found != known.sentences.end()) {
      sentence.codes = found->second;
    } else {
      complete = false;
    }
  }
  return complete;
}

// Fills everything that is one a chunk.
void FillChunks(const KnownVectors& known, PendingDocument& pending) {
  PreparedDocument& prepared = pending.prepared;
  const std::string& text = prepared.parsed.text;
  const std::size_t count = prepared.chunks.size();
  prepared.vectors.resize(count);
  prepared.terms.reserve(count);
  pending.embedded_texts.reserve(count);
  if (pending.collection.sentence_vectors) prepared.sentences.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Chunk& chunk = prepared.chunks[i];
    prepared.terms.push_back(CountTerms(prepared.document.title, chunk, text,
                                        prepared.document.language));
    prepared.document.tokens += chunk.tokens;
    pending.embedded_texts.push_back(EmbeddedText(chunk, text));
    const auto found =
        known.chunks.find(Fingerprint64(pending.embedded_texts.back()));
    bool complete = found != known.chunks.end();
    if (complete) prepared.vectors[i] = found->second;
    if (pending.collection.sentence_vectors) {
      complete &=
          FillSentences(known, prepared.parsed, chunk, prepared.sentences[i]);
    }
    if (!complete) pending.to_embed.push_back(i);
  }
  prepared.document.chunks = static_cast<std::uint32_t>(count);
}

}  // namespace

Status CheckSource(const DocumentSource& source, const Limits& limits) {
  if (source.id.empty() || source.id.size() > limits.document_id_bytes_max ||
      HasControl(source.id)) {
    return InvalidArgumentError(
        "a document id has 1 to " +
            std::to_string(limits.document_id_bytes_max) +
            " bytes and no control characters",
        "BAD_DOCUMENT_ID");
  }
  if (source.bytes.size() > limits.document_bytes_max) {
    return InvalidArgumentError("the document has " +
                                    std::to_string(source.bytes.size()) +
                                    " bytes, the limit document_bytes_max is " +
                                    std::to_string(limits.document_bytes_max) +
                                    "; split it into smaller files",
                                "DOCUMENT_TOO_LARGE");
  }
  std::size_t bytes = 0;
  for (const auto& [key, value] : source.metadata) {
    bytes += key.size() + value.size();
  }
  if (source.metadata.size() > limits.metadata_entries_max ||
      bytes > limits.metadata_bytes_max) {
    return InvalidArgumentError(
        "metadata may have " + std::to_string(limits.metadata_entries_max) +
            " entries and " + std::to_string(limits.metadata_bytes_max) +
            " bytes in all",
        "METADATA_TOO_LARGE");
  }
  return OkStatus();
}

std::string SourceSha256(const DocumentSource& source) {
  std::string identity;
  identity.reserve(source.bytes.size() + 256);
  AppendString(identity, source.title);
  AppendString(identity, source.media_type);
  AppendString(identity, source.file_name);
  AppendVarint(identity, source.metadata.size());
  for (const auto& [key, value] : source.metadata) {
    AppendString(identity, key);
    AppendString(identity, value);
  }
  identity += source.bytes;
  return Sha256Hex(identity);
}

Status EmbedChunk(const Embedder& embedder, std::size_t chunk,
                  PendingDocument& pending) {
  PreparedDocument& prepared = pending.prepared;
  std::vector<float>& vector = prepared.vectors[chunk];
  std::vector<std::string> texts;
  // A vector from the store is rounded; what is made of it would be another.
  const bool fresh = vector.empty();
  if (fresh) texts.push_back(pending.embedded_texts[chunk]);
  std::vector<std::pair<SentenceVector*, std::size_t>> made;
  if (!prepared.sentences.empty()) {
    for (SentenceVector& sentence : prepared.sentences[chunk]) {
      if (!sentence.codes.empty()) continue;
      std::string alone = SentenceText(prepared.chunks[chunk], sentence.span,
                                       prepared.parsed.text);
      const bool whole = fresh && alone == texts.front();
      made.emplace_back(&sentence, whole ? 0 : texts.size());
      if (!whole) texts.push_back(std::move(alone));
    }
  }
  CAIRN_ASSIGN_OR_RETURN(std::vector<std::vector<float>> vectors,
                         embedder.EmbedMany(texts, EmbedKind::kPassage, 1));
  for (const auto& [sentence, at] : made) {
    sentence->codes = DirectionCodes(vectors[at]);
  }
  if (fresh) vector = std::move(vectors.front());
  return OkStatus();
}

TermCounts CountTerms(std::string_view title, const Chunk& chunk,
                      std::string_view text, std::string_view language) {
  TermCounts counts;
  for (const Word& word : AnalyzeWords(title, language)) {
    ++counts.terms[word.term].title;
  }
  std::string_view header = chunk.context;
  if (header.substr(0, title.size()) == title) {
    header.remove_prefix(title.size());
  }
  for (const Word& word : AnalyzeWords(header, language)) {
    ++counts.terms[word.term].header;
  }
  for (const Word& word : AnalyzeWords(chunk.span.Of(text), language)) {
    ++counts.terms[word.term].body;
  }
  return counts;
}

StatusOr<std::unique_ptr<PendingDocument>> Prepare(
    const PreparationTools& tools, const CollectionRecord& collection,
    DocumentSource source, const StoreReader& before) {
  auto pending = std::make_unique<PendingDocument>();
  pending->collection = collection;
  PreparedDocument& prepared = pending->prepared;
  CAIRN_ASSIGN_OR_RETURN(prepared.parsed, ReadSource(tools.reading, source));
  Title title = TitleOf(tools, source, prepared.parsed);
  prepared.document =
      MakeRecord(tools, source, prepared.parsed, std::move(title.text));

  const Tokenizer& tokenizer = tools.embedder->tokenizer();
  ChunkerOptions chunking;
  chunking.max_tokens =
      std::min(chunking.max_tokens, tools.embedder->max_tokens());
  CAIRN_ASSIGN_OR_RETURN(
      prepared.chunks,
      MakeChunks(
          prepared.parsed, prepared.document.title, chunking,
          [&](std::string_view text) { return tokenizer.CountTokens(text); },
          tools.reading.limits));
  prepared.document.fidelity =
      MeasureFidelity(prepared.parsed, prepared.chunks);
  CAIRN_ASSIGN_OR_RETURN(
      pending->extraction,
      tools.extractor->Extract({.title = prepared.document.title,
                                .titled = title.titled,
                                .document = &prepared.parsed,
                                .chunks = &prepared.chunks}));
  FillChunks(
      LoadKnownVectors(before, collection, DocumentKeyOf(prepared.document.id)),
      *pending);
  // Plain text is its own original.
  if (tools.keep_original && source.bytes != prepared.parsed.text) {
    prepared.original_bytes = std::move(source.bytes);
  }
  return pending;
}

namespace {

// A document's parts are parts of its book too, and those whose number has two
// parts or more, which few documents share, of the collection. A reference
// means a part of the document where that has one so labelled, else of the
// book.
void AddLabels(const PendingDocument& pending,
               GraphContribution& contribution) {
  const std::string_view book = BookOf(contribution.document_id);
  std::unordered_set<std::string_view> own;
  for (const ExtractedLabel& label : pending.extraction.labels) {
    if (!label.reference) own.insert(label.key);
  }
  for (const ExtractedLabel& label : pending.extraction.labels) {
    GraphMention mention{
        .chunk = label.chunk,
        .span = label.span,
        .surface = label.surface,
        .normalized = PartName(contribution.document, label.key),
        .kind =
            label.reference ? MentionKind::kReference : MentionKind::kLabel};
    const bool inside = own.contains(label.key);
    if (inside) contribution.mentions.push_back(mention);
    if (!label.reference && label.key.find('.') != std::string::npos) {
      mention.normalized = PartName("", label.key);
      contribution.mentions.push_back(mention);
    }
    if (book.empty() || (label.reference && inside)) continue;
    mention.normalized = PartName(book, label.key);
    contribution.mentions.push_back(std::move(mention));
  }
}

}  // namespace

GraphContribution ContributionOf(const PendingDocument& pending) {
  const PreparedDocument& prepared = pending.prepared;
  GraphContribution contribution;
  contribution.collection = pending.collection.key;
  contribution.document = DocumentKeyOf(prepared.document.id);
  contribution.document_id = prepared.document.id;
  contribution.title = prepared.document.title;
  contribution.text = prepared.parsed.text;
  contribution.chunks = prepared.chunks;
  for (const DefinedName& name : pending.extraction.names) {
    std::string normalized = NormalizeName(name.name);
    std::string canonical = NormalizeName(name.canonical);
    if (normalized.empty()) continue;
    if (canonical.empty()) canonical = normalized;
    contribution.names.push_back({.surface = name.name,
                                  .normalized = std::move(normalized),
                                  .entity = EntityIdOf(canonical),
                                  .kind = name.kind,
                                  .type = name.type,
                                  .strength = name.strength,
                                  .chunk = name.chunk});
  }
  for (const ExtractedMention& mention : pending.extraction.mentions) {
    std::string normalized = NormalizeName(mention.surface);
    if (normalized.empty()) continue;
    contribution.mentions.push_back({.chunk = mention.chunk,
                                     .span = mention.span,
                                     .surface = mention.surface,
                                     .normalized = std::move(normalized),
                                     .kind = mention.kind,
                                     .type = mention.type,
                                     .confidence = mention.confidence});
  }
  AddLabels(pending, contribution);
  return contribution;
}

}  // namespace cairn
