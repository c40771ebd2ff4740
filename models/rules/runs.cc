#include "models/rules/runs.h"

#include <algorithm>

#include "models/rules/lexicon.h"
#include "text/utf8.h"

namespace cairn::rules {
namespace {

constexpr std::size_t kTokensMax = 12;

std::string LowerAt(std::string_view text, const Tokens& tokens,
                    std::size_t at) {
  return LowerAscii(tokens[at].span.Of(text));
}

bool EndsWithStop(std::string_view word) {
  return !word.empty() && word.back() == '.';
}

// A capitalised word that belongs to no name: "The", "However", "Monday".
bool IsCut(const std::string& word) {
  return IsStarter(word) || IsMonth(word) || IsWeekday(word);
}

class RunReader {
 public:
  RunReader(std::string_view text, const Tokens& tokens, const WordUse& use)
      : text_(text), tokens_(tokens), use_(use) {}

  Run Read(std::size_t at) const {
    Run run;
    std::size_t begin = at;
    while (IsCapital(begin) && CutsHead(begin, at)) {
      run.honorific = IsHonorific(LowerAt(text_, tokens_, begin));
      const bool broken = tokens_[begin].possessive;
      ++begin;
      if (broken || !IsCapital(begin)) break;
    }
    run.next = std::max(begin, at + 1);
    if (!IsCapital(begin) || (begin > at && !Follows(begin))) return run;
    const std::size_t end = End(begin);
    run.next = end;
    if (end - begin <= kTokensMax && Stands(begin, end)) {
      run.range = {.begin = begin, .end = end};
    }
    return run;
  }

 private:
  bool IsCapital(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].IsWord() && tokens_[at].capital;
  }

  // No sentence starts here and the word before is no possessive.
  bool Follows(std::size_t at) const {
    return at > 0 && at < tokens_.size() && !tokens_[at].starts_sentence &&
           !tokens_[at - 1].possessive;
  }

  bool CutsHead(std::size_t at, std::size_t first) const {
    const std::string word = LowerAt(text_, tokens_, at);
    if (IsHonorific(word)) return Follows(at + 1) || !IsCapital(at + 1);
    // "WHO", "IT", "US" in capitals are names where a sentence goes on.
    const std::string_view surface = tokens_[at].span.Of(text_);
    if (IsAcronym(surface) && !tokens_[at].starts_sentence) {
      return false;
    }
    if (IsCut(word)) return true;
    // "Young Pioneers" stays; "Studies Paris" loses what is common here.
    return at == first && tokens_[at].starts_sentence && IsCapital(at + 1) &&
           Follows(at + 1) && !use_.MayBeName(surface);
  }

  // End of the run that starts at `begin`.
  std::size_t End(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < tokens_.size() && end - begin <= kTokensMax) {
      const std::size_t next = Extended(begin, end);
      if (next == end) break;
      end = next;
    }
    return end;
  }

  // One more word after `end`, perhaps behind connectors; `end`: none.
  std::size_t Extended(std::size_t begin, std::size_t end) const {
    if (!Follows(end)) return end;
    if (IsCapital(end)) return Continues(end) ? end + 1 : end;
    if (IsTrailingNumber(end)) return end + 1;
    std::size_t behind = end;
    while (behind < tokens_.size() && behind - end < 3 &&
           IsJoint(begin, behind)) {
      ++behind;
    }
    const bool joined = behind > end && IsCapital(behind) && Follows(behind) &&
                        Continues(behind);
    return joined ? behind + 1 : end;
  }

  // "J. The" is the end of a sentence, "J. Smith" is not.
  bool Continues(std::size_t at) const {
    const std::string word = LowerAt(text_, tokens_, at);
    if (IsMonth(word) || IsWeekday(word)) return false;
    if (word == "the") return false;
    const bool after_stop = EndsWithStop(tokens_[at - 1].span.Of(text_));
    return !(after_stop && IsStarter(word));
  }

  // "Apollo 11"; four digits are a year.
  bool IsTrailingNumber(std::size_t at) const {
    return tokens_[at].IsNumber() && tokens_[at].space_before &&
           tokens_[at].span.size() <= 3 &&
           !(at + 1 < tokens_.size() && tokens_[at + 1].IsMark(U'%'));
  }

  bool IsJoint(std::size_t begin, std::size_t at) const {
    const Token& token = tokens_[at];
    if (token.IsMark(U'&')) return true;
    if (!token.IsWord() || token.capital) return false;
    const std::string word = LowerAt(text_, tokens_, at);
    if (word == "for") return HasOrganization(begin, at);
    if (word == "and") return IsOfficeOf(begin, at);
    if (word == "the") return at > begin && !IsCapital(at - 1);
    if (word == "of" && IsArticleAt(at + 1)) return TakesOfThe(begin, at);
    return IsConnector(word);
  }

  bool IsArticleAt(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].span.Of(text_) == "the";
  }

  // "Party of the Left" is one name, "Joe Smith of the Left" begins with one.
  bool TakesOfThe(std::size_t begin, std::size_t at) const {
    return at - begin == 1 || TypeOfNamePart(LowerAt(text_, tokens_, at - 1)) !=
                                  EntityType::kUnknown;
  }

  bool HasOrganization(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (TypeOfNamePart(LowerAt(text_, tokens_, i)) ==
          EntityType::kOrganization) {
        return true;
      }
    }
    return false;
  }

  // "Ministry of Trade" goes on with "and Industry"; elsewhere "and" parts two
  // names.
  bool IsOfficeOf(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i + 1 < end; ++i) {
      const std::string next = LowerAt(text_, tokens_, i + 1);
      if (next != "of" && next != "for") continue;
      return IsOffice(LowerAt(text_, tokens_, i));
    }
    return false;
  }

  // A single word must look like a name.
  bool Stands(std::size_t begin, std::size_t end) const {
    if (end - begin > 1) return true;
    const Token& token = tokens_[begin];
    const std::string_view word = token.span.Of(text_);
    if (word.size() < 2 || (word.size() == 2 && EndsWithStop(word))) {
      return false;
    }
    if (!token.starts_sentence) return true;
    return use_.MayBeName(word) && !IsParticiple(begin);
  }

  // "Founded in 1903, ...": no name, though nothing else in the text says so.
  bool IsParticiple(std::size_t at) const {
    const std::string_view word = tokens_[at].span.Of(text_);
    if (word.size() < 5 || word.substr(word.size() - 2) != "ed") return false;
    if (use_.IsCapitalInside(word) || at + 1 >= tokens_.size()) return false;
    return !tokens_[at + 1].capital &&
           IsPhraseEnd(LowerAt(text_, tokens_, at + 1));
  }

  std::string_view text_;
  const Tokens& tokens_;
  const WordUse& use_;
};

}  // namespace

void WordUse::Add(std::string_view text, const Tokens& tokens) {
  for (const Token& token : tokens) {
    if (!token.IsWord()) continue;
    if (!token.capital) {
      lower_.insert(token.span.Of(text));
    } else if (!token.starts_sentence) {
      capital_.insert(token.span.Of(text));
    }
  }
}

bool WordUse::MayBeName(std::string_view word) const {
  if (capital_.contains(word) || IsAcronym(word)) return true;
  return !lower_.contains(LowerAscii(word));
}

Run RunAt(std::string_view text, const Tokens& tokens, std::size_t at,
          const WordUse& use) {
  return RunReader(text, tokens, use).Read(at);
}

}  // namespace cairn::rules
