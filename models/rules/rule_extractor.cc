#include "models/rules/rule_extractor.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "models/rules/dates.h"
#include "models/rules/labels.h"
#include "models/rules/lexicon.h"
#include "models/rules/mentions.h"
#include "models/rules/names.h"
#include "models/rules/types.h"
#include "text/labels.h"
#include "text/utf8.h"

namespace cairn {
namespace {

using rules::Alias;
using rules::DateLength;
using rules::FindAliases;
using rules::FindLabels;
using rules::FindMentions;
using rules::GuessedHead;
using rules::HeadOfFirstSentence;
using rules::IsGenericHeading;
using rules::LooksLikeKey;
using rules::Tokenize;
using rules::Tokens;
using rules::TypeFromFirstSentence;
using rules::TypeFromName;
using rules::WithoutBrackets;
using rules::WordUse;

constexpr std::size_t kNameBytesMax = 200;
constexpr std::uint32_t kLeadBytesMax = 500;
constexpr std::size_t kKeysPerTable = 2000;
constexpr float kBareTitleStrength = 0.9F;
constexpr float kHeadStrength = 0.8F;
constexpr float kGuessedStrength = 0.9F;
constexpr float kHeadingStrength = 0.6F;
constexpr float kKeyStrength = 0.5F;
constexpr float kKeyConfidence = 0.8F;
constexpr float kGenericConfidence = 0.2F;

// A block or a cell of running text.
struct Region {
  Tokens tokens;
  bool leads = false;  // The first paragraph.
};

// Works through one document; used once.
class Reading {
 public:
  explicit Reading(const ExtractionInput& input)
      : document_(*input.document),
        chunks_(*input.chunks),
        text_(document_.text),
        title_(input.title.empty() ? document_.title : input.title),
        titled_(input.titled) {}

  Extraction Run() {
    CollectRegions();
    for (const Region& region : regions_) use_.Add(text_, region.tokens);
    AddTitle();
    for (const Block& block : document_.blocks) AddHeading(block);
    for (const Table& table : document_.tables) AddKeys(table);
    for (const Region& region : regions_) AddRegion(region);
    result_.labels = FindLabels(document_, chunks_);
    DropNamesOfParts();
    Sort();
    return std::move(result_);
  }

 private:
  // "Section 4.2" is no name: all documents would share it.
  void DropNamesOfParts() {
    std::set<ByteSpan> parts;
    for (const ExtractedLabel& label : result_.labels) parts.insert(label.span);
    std::erase_if(result_.mentions, [&](const ExtractedMention& mention) {
      return mention.kind == MentionKind::kCapitalized &&
             parts.contains(mention.span);
    });
  }

  void CollectRegions() {
    const auto size = static_cast<std::uint32_t>(text_.size());
    if (document_.blocks.empty()) AddTokens({0, size}, true);
    bool led = false;
    for (const Block& block : document_.blocks) {
      const bool runs = block.type == BlockType::kParagraph ||
                        block.type == BlockType::kListItem ||
                        block.type == BlockType::kFigure;
      if (!runs) continue;
      AddTokens(block.span, !led && block.type == BlockType::kParagraph);
      led = led || block.type == BlockType::kParagraph;
    }
    for (const Table& table : document_.tables) {
      for (const Cell& cell : table.cells) {
        if (!IsKey(table, cell)) AddTokens(cell.span, false);
      }
    }
  }

  void AddTokens(ByteSpan span, bool leads) {
    Tokens tokens = Tokenize(text_, span);
    if (tokens.empty()) return;
    regions_.push_back({.tokens = std::move(tokens), .leads = leads});
  }

  void AddTitle() {
    if (title_.empty()) return;
    const std::string title(title_);
    EntityType type = EntityType::kUnknown;
    std::string head;
    for (const Region& region : regions_) {
      if (!region.leads) continue;
      head = titled_ ? HeadOfFirstSentence(text_, region.tokens, title_)
                     : GuessedHead(text_, region.tokens);
      type = TypeFromFirstSentence(text_, region.tokens);
    }
    const EntityType form = TypeFromName(title_);
    if (form != EntityType::kUnknown) type = form;
    title_type_ = type;
    // A number that only tells documents apart names nothing.
    if (titled_ || LooksLikeName(title)) {
      Define(title, title, MentionKind::kTitle, 1, 0);
    }
    Define(WithoutBrackets(title_), title, MentionKind::kTitle,
           kBareTitleStrength, 0);
    // "4.2. Limits" is a page about limits.
    const LabeledLine line = ReadHeading(title_);
    if (!line.label.key.empty()) {
      Define(std::string(line.words.Of(title_)), title, MentionKind::kTitle,
             kBareTitleStrength, 0);
    }
    if (!titled_) {
      Define(head, head, MentionKind::kTitle, kGuessedStrength, 0);
    } else if (head != title) {
      Define(head, title, MentionKind::kAlias, kHeadStrength, 0);
    }
    if (chunks_.empty()) return;
    result_.mentions.push_back({.span = {},
                                .surface = title,
                                .kind = MentionKind::kTitle,
                                .type = type,
                                .confidence = 1,
                                .chunk = chunks_.front().ordinal});
  }

  void AddHeading(const Block& block) {
    if (block.type != BlockType::kHeading) return;
    if (block.span.size() > kNameBytesMax) return;
    // The number of a section is its label, not its name.
    const ByteSpan span =
        ReadHeading(block.span.Of(text_)).words.Moved(block.span.begin);
    const std::string_view surface = span.Of(text_);
    if (surface.empty()) return;
    const bool generic = IsGenericHeading(LowerAscii(surface));
    EntityType type = TypeFromName(surface);
    if (type == EntityType::kUnknown) type = EntityType::kTerm;
    Mention(span, MentionKind::kHeading, type,
            generic ? kGenericConfidence : 1);
    if (generic || surface == title_ || !LooksLikeName(surface)) return;
    DefineTyped(std::string(surface), MentionKind::kHeading, type,
                kHeadingStrength, ChunkOf(span));
  }

  // A heading of digits and marks names nothing.
  static bool LooksLikeName(std::string_view surface) {
    return std::any_of(surface.begin(), surface.end(), [](char sign) {
      return (sign | 0x20) >= 'a' || static_cast<unsigned char>(sign) >= 0x80;
    });
  }

  bool IsKey(const Table& table, const Cell& cell) const {
    const bool place =
        cell.header || cell.row < table.header_rows || cell.column == 0;
    if (!place) return false;
    const std::string_view surface = cell.span.Of(text_);
    if (!LooksLikeKey(surface)) return false;
    // "March 1999" in the first column is a date, not a name.
    const Tokens tokens = Tokenize(text_, cell.span);
    return DateLength(text_, tokens, 0) != tokens.size();
  }

  void AddKeys(const Table& table) {
    std::size_t keys = 0;
    for (const Cell& cell : table.cells) {
      if (!IsKey(table, cell)) continue;
      const std::string_view surface = cell.span.Of(text_);
      EntityType type = TypeFromName(surface);
      if (type == EntityType::kUnknown) type = EntityType::kTerm;
      Mention(cell.span, MentionKind::kTableKey, type, kKeyConfidence);
      if (keys++ >= kKeysPerTable) continue;
      DefineTyped(std::string(surface), MentionKind::kTableKey, type,
                  kKeyStrength, ChunkOf(cell.span));
    }
  }

  void AddRegion(const Region& region) {
    for (ExtractedMention& mention : FindMentions(text_, region.tokens, use_)) {
      Place(std::move(mention));
    }
    for (const Alias& alias :
         FindAliases(text_, region.tokens, use_, region.leads)) {
      const bool of_title = alias.canonical.empty();
      if (of_title && title_.empty()) continue;
      const std::string canonical =
          of_title ? std::string(title_) : alias.canonical;
      if (alias.name == canonical) continue;
      const EntityType type = of_title ? title_type_ : TypeFromName(canonical);
      Define(alias.name, canonical, MentionKind::kAlias, alias.strength,
             ChunkOf({alias.offset, alias.offset + 1}), type);
    }
  }

  void Mention(ByteSpan span, MentionKind kind, EntityType type,
               float confidence) {
    Place({.span = span,
           .surface = std::string(span.Of(text_)),
           .kind = kind,
           .type = type,
           .confidence = confidence,
           .chunk = 0});
  }

  // Keeps a mention that one chunk holds whole.
  void Place(ExtractedMention mention) {
    const Chunk* chunk = Holder(mention.span);
    if (chunk == nullptr || mention.surface.empty() ||
        mention.surface.size() > kNameBytesMax) {
      return;
    }
    mention.chunk = chunk->ordinal;
    result_.mentions.push_back(std::move(mention));
  }

  const Chunk* Holder(ByteSpan span) const {
    const auto after = std::upper_bound(
        chunks_.begin(), chunks_.end(), span.begin,
        [](std::uint32_t at, const Chunk& c) { return at < c.span.begin; });
    if (after == chunks_.begin()) return nullptr;
    const Chunk& chunk = *std::prev(after);
    return chunk.span.Contains(span) ? &chunk : nullptr;
  }

  std::uint32_t ChunkOf(ByteSpan span) const {
    const Chunk* chunk = Holder(span);
    return chunk == nullptr ? 0 : chunk->ordinal;
  }

  void Define(std::string name, std::string canonical, MentionKind kind,
              float strength, std::uint32_t chunk) {
    Define(std::move(name), std::move(canonical), kind, strength, chunk,
           title_type_);
  }
  void DefineTyped(std::string name, MentionKind kind, EntityType type,
                   float strength, std::uint32_t chunk) {
    std::string canonical = name;
    Define(std::move(name), std::move(canonical), kind, strength, chunk, type);
  }
  void Define(std::string name, std::string canonical, MentionKind kind,
              float strength, std::uint32_t chunk, EntityType type) {
    if (name.empty() || name.size() > kNameBytesMax) return;
    if (!defined_.emplace(name, canonical, kind).second) return;
    result_.names.push_back({.name = std::move(name),
                             .canonical = std::move(canonical),
                             .kind = kind,
                             .type = type,
                             .strength = strength,
                             .chunk = chunk});
  }

  void Sort() {
    const auto before = [](const ExtractedMention& a,
                           const ExtractedMention& b) {
      return std::tie(a.chunk, a.span) < std::tie(b.chunk, b.span);
    };
    std::stable_sort(result_.mentions.begin(), result_.mentions.end(), before);
  }

  const ParsedDocument& document_;
  const std::vector<Chunk>& chunks_;
  std::string_view text_;
  std::string_view title_;
  bool titled_;
  EntityType title_type_ = EntityType::kUnknown;
  std::vector<Region> regions_;
  WordUse use_;
  Extraction result_;
  std::set<std::tuple<std::string, std::string, MentionKind>> defined_;
};

class RuleExtractor final : public EntityExtractor {
 public:
  std::string_view id() const override { return "rules-1"; }

  StatusOr<Extraction> Extract(const ExtractionInput& input) const override {
    if (input.document == nullptr || input.chunks == nullptr) {
      return InvalidArgumentError("extraction needs a document and its chunks");
    }
    return Reading(input).Run();
  }

  std::string GuessTitle(const ParsedDocument& document) const override {
    ByteSpan lead{0, static_cast<std::uint32_t>(document.text.size())};
    for (const Block& block : document.blocks) {
      if (block.type != BlockType::kParagraph) continue;
      lead = block.span;
      break;
    }
    // A head is near the start; a long text need not be cut to the end.
    lead.end = std::min(lead.end, lead.begin + kLeadBytesMax);
    return GuessedHead(document.text, Tokenize(document.text, lead));
  }

  std::vector<ExtractedMention> ExtractFromQuestion(
      std::string_view question) const override {
    const Tokens tokens =
        Tokenize(question, {0, static_cast<std::uint32_t>(question.size())});
    WordUse use;
    use.Add(question, tokens);
    return FindMentions(question, tokens, use);
  }
};

}  // namespace

std::unique_ptr<EntityExtractor> MakeRuleExtractor() {
  return std::make_unique<RuleExtractor>();
}

}  // namespace cairn
