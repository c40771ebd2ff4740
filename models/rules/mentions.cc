#include "models/rules/mentions.h"

#include <string>
#include <utility>

#include "models/rules/dates.h"
#include "models/rules/lexicon.h"
#include "models/rules/quantities.h"
#include "models/rules/types.h"
#include "text/utf8.h"

namespace cairn::rules {
namespace {

constexpr float kRunConfidence = 0.9F;
constexpr float kLoneStartConfidence = 0.5F;  // One word, a sentence's first.
constexpr float kQuotedConfidence = 0.8F;
constexpr float kYearConfidence = 0.7F;  // Four digits may count something.

class Finder {
 public:
  Finder(std::string_view text, const Tokens& tokens, const WordUse& use)
      : text_(text), tokens_(tokens), use_(use) {}

  std::vector<ExtractedMention> Find() {
    const std::vector<TokenRange> quoted = FindQuotedTitles(text_, tokens_);
    std::size_t next_quoted = 0;
    for (std::size_t i = 0; i < tokens_.size();) {
      if (next_quoted < quoted.size() && quoted[next_quoted].begin <= i) {
        const TokenRange range = quoted[next_quoted++];
        if (range.begin < i) continue;  // A run swallowed its start.
        Add(range, MentionKind::kQuoted, QuotedType(range), kQuotedConfidence);
        i = range.end;
        continue;
      }
      i = Step(i);
    }
    return std::move(mentions_);
  }

 private:
  // What starts at token `at`; where to look on.
  std::size_t Step(std::size_t at) {
    if (const std::size_t event = EventWithYear(at)) return event;
    if (const std::size_t length = QuantityLength(text_, tokens_, at)) {
      if (DateLength(text_, tokens_, at) <= length) {
        Add({at, at + length}, MentionKind::kQuantity, EntityType::kQuantity,
            kRunConfidence);
        return at + length;
      }
    }
    if (const std::size_t length = DateLength(text_, tokens_, at)) {
      Add({at, at + length}, MentionKind::kDate, EntityType::kDate,
          length > 1 ? 1 : kYearConfidence);
      return at + length;
    }
    return tokens_[at].capital ? StepRun(at) : at + 1;
  }

  std::size_t StepRun(std::size_t at) {
    const Run run = RunAt(text_, tokens_, at, use_);
    if (run.range.begin >= run.range.end) return run.next;
    AddRun(run.range, run.honorific);
    return run.next;
  }

  // "2002 Winter Olympics": a year in front of an event belongs to it.
  std::size_t EventWithYear(std::size_t at) {
    const Token& year = tokens_[at];
    if (!year.IsNumber() || year.span.size() != 4 || at + 1 >= tokens_.size() ||
        !tokens_[at + 1].capital || DateLength(text_, tokens_, at) != 1) {
      return 0;
    }
    const Run run = RunAt(text_, tokens_, at + 1, use_);
    const TokenRange range = run.range;
    if (range.begin != at + 1 || range.end <= range.begin) return 0;
    const std::size_t end = EventEnd(range);
    if (end == 0) return 0;
    Add({at, end}, MentionKind::kCapitalized, EntityType::kEvent,
        kRunConfidence);
    return end;
  }

  // Where the event that the run begins ends: "Winter Olympics", "French
  // presidential election"; 0: it is none.
  std::size_t EventEnd(TokenRange run) const {
    const std::string last = LowerAscii(tokens_[run.end - 1].span.Of(text_));
    if (TypeOfNamePart(last) == EntityType::kEvent) return run.end;
    for (std::size_t i = run.end; i < tokens_.size(); ++i) {
      const std::string word = LowerAscii(tokens_[i].span.Of(text_));
      if (IsEventEnd(word)) return i + 1;
      if (!IsEventAdjective(word)) return 0;
    }
    return 0;
  }

  void AddRun(TokenRange range, bool honorific) {
    EntityType type = honorific
                          ? EntityType::kPerson
                          : TypeFromName(SpanOf(tokens_, range).Of(text_));
    if (type == EntityType::kUnknown) {
      type = TypeFromCopula(text_, tokens_, range.end);
    }
    const bool lone =
        range.end - range.begin == 1 && tokens_[range.begin].starts_sentence &&
        !use_.IsCapitalInside(tokens_[range.begin].span.Of(text_));
    Add(range, MentionKind::kCapitalized, type,
        lone ? kLoneStartConfidence : kRunConfidence);
  }

  // 'the song "Hey Jude"': the noun before the quotation mark.
  EntityType QuotedType(TokenRange range) const {
    if (range.begin < 2) return EntityType::kUnknown;
    const Token& before = tokens_[range.begin - 2];
    const EntityType type = TypeOfNoun(LowerAscii(before.span.Of(text_)));
    return type == EntityType::kWork ? type : EntityType::kUnknown;
  }

  void Add(TokenRange range, MentionKind kind, EntityType type,
           float confidence) {
    const ByteSpan span = SpanOf(tokens_, range);
    mentions_.push_back({.span = span,
                         .surface = std::string(span.Of(text_)),
                         .kind = kind,
                         .type = type,
                         .confidence = confidence,
                         .chunk = 0});
  }

  std::string_view text_;
  const Tokens& tokens_;
  const WordUse& use_;
  std::vector<ExtractedMention> mentions_;
};

}  // namespace

std::vector<ExtractedMention> FindMentions(std::string_view text,
                                           const Tokens& tokens,
                                           const WordUse& use) {
  return Finder(text, tokens, use).Find();
}

}  // namespace cairn::rules
