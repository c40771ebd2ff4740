#include "services/query/second_query.h"

#include <algorithm>
#include <utility>

#include "graph/name_rules.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kSentences = 2;

std::unordered_set<std::string> FoldedSet(std::string_view text) {
  std::unordered_set<std::string> words;
  for (Word& word : FoldWords(text)) words.insert(std::move(word.term));
  return words;
}

}  // namespace

AskedQuestion::AskedQuestion(std::string_view text,
                             const std::vector<QuestionLink>& links)
    : text_(text), links_(links), words_(FoldedSet(text)) {
  for (const QuestionLink& link : links) {
    if (!link.titled.empty()) titled_.push_back(link.span);
  }
}

bool AskedQuestion::Says(std::string_view surface,
                         std::string_view title) const {
  const std::unordered_set<std::string> titled = FoldedSet(title);
  const std::vector<Word> words = FoldWords(surface);
  return std::all_of(words.begin(), words.end(), [&](const Word& word) {
    return words_.contains(word.term) || titled.contains(word.term);
  });
}

std::string AskedQuestion::Without(std::vector<ByteSpan> spans) const {
  std::sort(spans.begin(), spans.end());
  std::string kept;
  std::size_t at = 0;
  const auto keep = [&](std::string_view piece) {
    for (const char sign : piece) {
      if (IsAsciiSpace(sign) && (kept.empty() || kept.back() == ' ')) continue;
      kept.push_back(IsAsciiSpace(sign) ? ' ' : sign);
    }
  };
  for (const ByteSpan& span : spans) {
    if (span.begin < at) continue;
    keep(text_.substr(at, span.begin - at));
    at = span.end;
  }
  keep(text_.substr(at));
  return kept;
}

std::string AskedQuestion::Masked(bool linked, std::string_view title,
                                  const std::vector<PassageName>& names) const {
  if (linked) return Without(titled_);
  std::vector<ByteSpan> spans;
  const std::unordered_set<std::string> titled = FoldedSet(title);
  for (const Word& word : FoldWords(text_)) {
    const bool marked = StandsOut(word.span.Of(text_));
    if (marked && titled.contains(word.term) && !IsStopWord(word.term)) {
      spans.push_back(word.span);
    }
  }
  if (title.empty()) {
    for (const QuestionLink& link : links_) {
      const bool held = std::any_of(
          names.begin(), names.end(),
          [&](const PassageName& name) { return name.entity == link.entity; });
      if (held) spans.push_back(link.span);
    }
  }
  return Without(std::move(spans));
}

std::string MakeSecondQuery(const AskedQuestion& question, bool linked,
                            std::string_view title,
                            const std::vector<PassageName>& names,
                            std::size_t per_sentence) {
  std::string query = question.Masked(linked, title, names);
  std::unordered_set<std::uint64_t> said;
  for (std::size_t sentence = 0; sentence < kSentences; ++sentence) {
    std::size_t taken = 0;
    for (const PassageName& name : names) {
      if (name.sentence != sentence || name.inner) continue;
      if (taken == per_sentence) break;
      if (question.Says(name.surface, title)) continue;
      if (!said.insert(name.entity.value()).second) continue;
      query += (said.size() == 1 ? " " : ", ") + name.surface;
      ++taken;
    }
  }
  return query;
}

std::vector<ByteSpan> RankSentences(const AskedQuestion& question,
                                    std::string_view text) {
  std::vector<std::pair<std::size_t, ByteSpan>> ranked;
  for (const ByteSpan& span : SplitSentences(text)) {
    std::unordered_set<std::string> shared;
    for (Word& word : FoldWords(span.Of(text))) {
      if (!IsStopWord(word.term) && question.words().contains(word.term)) {
        shared.insert(std::move(word.term));
      }
    }
    ranked.emplace_back(shared.size(), span);
  }
  std::stable_sort(
      ranked.begin(), ranked.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<ByteSpan> spans;
  for (const auto& [shared, span] : ranked) spans.push_back(span);
  return spans;
}

}  // namespace cairn
