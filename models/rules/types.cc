#include "models/rules/types.h"

#include <string>

#include "models/rules/lexicon.h"
#include "text/utf8.h"

namespace cairn::rules {
namespace {

constexpr std::size_t kPhraseMax = 14;

bool IsCopula(const std::string& word) {
  return word == "is" || word == "was" || word == "are" || word == "were";
}

bool IsArticle(const std::string& word) {
  return word == "a" || word == "an" || word == "the" || word == "one";
}

// Listed, or by its ending: "-ist" and "-ologist" are people.
EntityType TypeOfWord(const std::string& word) {
  if (const EntityType type = TypeOfNoun(word); type != EntityType::kUnknown) {
    return type;
  }
  const bool person =
      word.size() > 5 && word.compare(word.size() - 3, 3, "ist") == 0;
  return person ? EntityType::kPerson : EntityType::kUnknown;
}

// "Alien (film)", "Mercury (1989 novel)": the last known word in the brackets.
EntityType TypeFromBrackets(std::string_view text, const Tokens& tokens) {
  if (tokens.empty() || !tokens.back().IsMark(U')'))
    return EntityType::kUnknown;
  EntityType type = EntityType::kUnknown;
  bool inside = false;
  for (const Token& token : tokens) {
    if (token.IsMark(U'(')) inside = true;
    if (!inside || !token.IsWord()) continue;
    const EntityType found = TypeOfWord(LowerAscii(token.span.Of(text)));
    if (found != EntityType::kUnknown) type = found;
  }
  return type;
}

// What one word says: part of a name, or a noun after an honorific.
EntityType PartType(std::string_view text, const Token& token) {
  if (!token.IsWord() || !token.capital) return EntityType::kUnknown;
  std::string word = LowerAscii(token.span.Of(text));
  if (word.size() > 2 && word.back() == '.') word.pop_back();
  return TypeOfNamePart(word);
}

}  // namespace

EntityType TypeFromName(std::string_view name) {
  const ByteSpan all = {0, static_cast<std::uint32_t>(name.size())};
  const Tokens tokens = Tokenize(name, all);
  if (tokens.empty()) return EntityType::kUnknown;
  const EntityType brackets = TypeFromBrackets(name, tokens);
  if (brackets != EntityType::kUnknown) return brackets;
  if (tokens.size() > 1 &&
      IsHonorific(LowerAscii(tokens.front().span.Of(name)))) {
    return EntityType::kPerson;
  }
  if (tokens.size() < 2) return EntityType::kUnknown;
  // "University of Oslo": the head stands before "of"; else at the end.
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].span.Of(name) == "of") return PartType(name, tokens[i - 1]);
  }
  const EntityType last = PartType(name, tokens.back());
  if (last != EntityType::kUnknown) return last;
  const std::string first = LowerAscii(tokens.front().span.Of(name));
  const bool place = first == "lake" || first == "mount" || first == "cape";
  return place ? EntityType::kPlace : EntityType::kUnknown;
}

EntityType TypeFromCopula(std::string_view text, const Tokens& tokens,
                          std::size_t at) {
  if (at + 1 >= tokens.size() || !tokens[at].IsWord() ||
      !IsCopula(LowerAscii(tokens[at].span.Of(text))) ||
      !IsArticle(LowerAscii(tokens[at + 1].span.Of(text)))) {
    return EntityType::kUnknown;
  }
  // The last known noun before the phrase ends: "a film director" is a person.
  EntityType type = EntityType::kUnknown;
  for (std::size_t i = at + 2; i < tokens.size() && i < at + kPhraseMax; ++i) {
    const Token& token = tokens[i];
    if (token.starts_sentence) break;
    if (token.kind == TokenKind::kMark) {
      if (type != EntityType::kUnknown && !token.IsMark(U'-')) break;
      continue;
    }
    const std::string word = LowerAscii(token.span.Of(text));
    if (word == "and" && type != EntityType::kUnknown) break;
    if (word == "one" || word == "of") continue;
    if (IsPhraseEnd(word) && type != EntityType::kUnknown) break;
    const EntityType found = TypeOfWord(word);
    if (found != EntityType::kUnknown) type = found;
  }
  return type;
}

EntityType TypeFromFirstSentence(std::string_view text, const Tokens& tokens) {
  bool born = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && tokens[i].starts_sentence && tokens[i].capital) break;
    if (!tokens[i].IsWord()) continue;
    const std::string word = LowerAscii(tokens[i].span.Of(text));
    born = born || (word == "born" && i > 0 && tokens[i - 1].IsMark(U'('));
    if (!IsCopula(word)) continue;
    const EntityType type = TypeFromCopula(text, tokens, i);
    if (type != EntityType::kUnknown) return type;
  }
  return born ? EntityType::kPerson : EntityType::kUnknown;
}

}  // namespace cairn::rules
