#include "tables/question_links.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "tables/column_kin.h"
#include "tables/date_text.h"
#include "tables/like_labels.h"
#include "tables/order_text.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kPhraseMax = 10;   // Tokens.
constexpr std::size_t kAnchorsMax = 60;  // Of a question.

bool HasPhrase(std::string_view text, std::string_view phrase) {
  for (std::size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    if ((at == 0 || text[at - 1] == ' ') &&
        (end == text.size() || text[end] == ' ')) {
      return true;
    }
  }
  return false;
}

Anchor AnchorAt(Anchor::Kind kind, std::size_t begin, std::size_t end,
                std::size_t column) {
  return {.kind = kind,
          .begin = begin,
          .end = end,
          .column = column,
          .step = {},
          .rows = {}};
}

class Linker {
 public:
  Linker(const QuestionText& question, const TableGrid& grid)
      : question_(question), grid_(grid) {
    words_of_.resize(grid.columns.size());
    for (const GridRow& row : grid.rows) {
      for (std::size_t i = 0; i < row.slots.size(); ++i) {
        const std::string& folded = row.slots[i].folded;
        for (std::size_t at = 0; at < folded.size();) {
          const std::size_t end = std::min(folded.find(' ', at), folded.size());
          words_of_[i].insert(std::string_view(folded).substr(at, end - at));
          at = end + 1;
        }
      }
    }
    for (const auto& words : words_of_) {
      words_.insert(words.begin(), words.end());
    }
  }

  QuestionLinks Link() {
    for (std::size_t i = 0; i < grid_.columns.size(); ++i) LinkColumn(i);
    LinkPhrases();
    LinkStems();
    LinkNumbers();
    LinkDates();
    LinkComparisons();
    for (std::size_t i = 0; i < std::min<std::size_t>(2, grid_.columns.size());
         ++i) {
      LinkFuzzily(i);
    }
    return std::move(links_);
  }

 private:
  std::size_t size() const { return question_.tokens.size(); }
  void LinkColumn(std::size_t column);
  void LinkPhrases();
  void LinkPhrase(std::size_t begin, std::size_t end, std::string_view phrase);
  bool Known(std::size_t column, std::size_t begin, std::size_t end) const;
  void LinkStems();
  void LinkStem(std::size_t token, std::size_t column);
  void LinkNumbers();
  void LinkDates();
  void LinkDate(std::size_t begin, std::size_t end);
  void LinkComparisons();
  void AddCompared(std::size_t begin, std::size_t end,
                   const PlanLiteral& literal);
  void AddComparison(std::size_t begin, std::size_t end, PlanCompare compare,
                     std::vector<PlanLiteral> literals,
                     bool ranks_only = false);
  bool IsRank(std::size_t column) const;
  void LinkFuzzily(std::size_t column);
  void Add(Anchor anchor);

  const QuestionText& question_;
  const TableGrid& grid_;
  std::vector<std::set<std::string_view>> words_of_;  // Of each column.
  std::unordered_set<std::string_view> words_;        // Of all cells.
  QuestionLinks links_;
};

void Linker::LinkColumn(std::size_t column) {
  ColumnLink& link = links_.columns.emplace_back();
  link.tokens.resize(size());
  std::vector<std::string> stems;
  for (const Word& word : FoldWords(grid_.columns[column].name)) {
    if (!IsStopWord(word.term)) stems.push_back(StemOf(word.term));
  }
  link.kin.resize(size());
  for (std::size_t i = 0; i < size(); ++i) {
    link.kin[i] =
        std::any_of(stems.begin(), stems.end(), [&](const auto& stem) {
          return AreKin(question_.tokens[i].folded, stem);
        });
  }
  std::size_t found = 0;
  for (const std::string& stem : stems) {
    bool there = false;
    for (std::size_t i = 0; i < size(); ++i) {
      if (question_.tokens[i].stem != stem) continue;
      if (!there && (link.end == 0 || i < link.begin)) link.begin = i;
      link.end = std::max(link.end, i + 1);
      link.tokens[i] = true;
      there = true;
    }
    found += there ? 1 : 0;
  }
  if (!stems.empty()) {
    link.share = static_cast<double>(found) / static_cast<double>(stems.size());
  }
  for (std::size_t i = 0; !stems.empty() && i + stems.size() <= size(); ++i) {
    std::size_t same = 0;
    while (same < stems.size() &&
           question_.tokens[i + same].stem == stems[same])
      ++same;
    if (same < stems.size()) continue;
    link.phrase = true;
    link.begin = i;
    link.end = i + same;
    break;
  }
  link.stems = std::move(stems);
}

// Fills the rows of an anchor and keeps it when there are any.
void Linker::Add(Anchor anchor) {
  if (links_.anchors.size() >= kAnchorsMax) return;
  anchor.step.kind = PlanStep::Kind::kWhere;
  anchor.step.column = grid_.ColumnName(anchor.column);
  StatusOr<RowSet> rows =
      ApplyStep(grid_, anchor.step, AllRows(grid_), nullptr);
  if (!rows.ok() || rows->empty()) return;
  RowSet parts = *rows;
  std::erase_if(parts, [&](auto row) { return grid_.rows[row].total; });
  anchor.rows = parts.empty() ? *std::move(rows) : std::move(parts);
  for (const Anchor& other : links_.anchors) {
    if (other.column == anchor.column && other.begin == anchor.begin &&
        other.end == anchor.end && other.step == anchor.step) {
      return;
    }
  }
  links_.anchors.push_back(std::move(anchor));
}

// A longer phrase was found in the column.
bool Linker::Known(std::size_t column, std::size_t begin,
                   std::size_t end) const {
  return std::any_of(links_.anchors.begin(), links_.anchors.end(),
                     [&](const Anchor& anchor) {
                       return anchor.column == column &&
                              anchor.begin <= begin && anchor.end >= end;
                     });
}

void Linker::LinkPhrases() {
  for (std::size_t length = std::min(kPhraseMax, size()); length > 0;
       --length) {
    for (std::size_t begin = 0; begin + length <= size(); ++begin) {
      std::string phrase;
      bool content = false;
      bool known = true;
      for (std::size_t i = begin; i < begin + length && known; ++i) {
        const QuestionToken& token = question_.tokens[i];
        content |= !token.stop;
        // A number with marks folds to several words.
        known = token.digits || words_.contains(token.folded);
        phrase += (i == begin ? "" : " ") + token.folded;
      }
      if (known && content) LinkPhrase(begin, begin + length, phrase);
    }
  }
}

void Linker::LinkPhrase(std::size_t begin, std::size_t end,
                        std::string_view phrase) {
  for (std::size_t column = 0; column < grid_.columns.size(); ++column) {
    if (Known(column, begin, end)) continue;
    bool part = false;
    const std::string* exact = nullptr;
    for (const GridRow& row : grid_.rows) {
      const GridSlot& slot = row.slots[column];
      if (slot.folded.size() < phrase.size()) continue;
      if (slot.folded == phrase) exact = &slot.text;
      part |= HasPhrase(slot.folded, phrase);
      if (exact != nullptr) break;
    }
    if (exact == nullptr && !part) continue;
    // One digit inside a text says nothing.
    if (exact == nullptr && phrase.size() < 2) continue;
    Anchor anchor{
        .kind = exact != nullptr ? Anchor::Kind::kExact : Anchor::Kind::kPart,
        .begin = begin,
        .end = end,
        .column = column,
        .step = {},
        .rows = {}};
    anchor.step.compare =
        exact != nullptr ? PlanCompare::kIs : PlanCompare::kContains;
    anchor.step.literals = {
        TextLiteral(exact != nullptr ? *exact : std::string(phrase))};
    Add(std::move(anchor));
  }
}

// Forms of one word have a stem in common, or a long beginning: a country and
// its people.
bool SameWord(const QuestionToken& token, std::string_view word) {
  constexpr std::size_t kBeginning = 5;
  if (word == token.folded || !word.starts_with(token.folded.substr(0, 3)) ||
      IsStopWord(word)) {
    return false;
  }
  if (StemOf(word) == token.stem) return true;
  const std::size_t same = static_cast<std::size_t>(
      std::mismatch(word.begin(), word.end(), token.folded.begin(),
                    token.folded.end())
          .first -
      word.begin());
  return same >= kBeginning && same + 3 >= word.size() &&
         same + 3 >= token.folded.size();
}

void Linker::LinkStems() {
  for (std::size_t token = 0; token < size(); ++token) {
    if (question_.tokens[token].stop || question_.tokens[token].number) {
      continue;
    }
    for (std::size_t i = 0; i < grid_.columns.size(); ++i) LinkStem(token, i);
  }
}

void Linker::LinkStem(std::size_t token, std::size_t column) {
  constexpr std::size_t kForms = 3;
  if (grid_.columns[column].kind != CellKind::kText ||
      Known(column, token, token + 1)) {
    return;
  }
  std::vector<std::string_view> forms;
  for (const std::string_view word : words_of_[column]) {
    if (SameWord(question_.tokens[token], word)) forms.push_back(word);
  }
  if (forms.empty() || forms.size() > kForms) return;
  Anchor anchor = AnchorAt(Anchor::Kind::kStem, token, token + 1, column);
  anchor.step.compare = PlanCompare::kContains;
  for (const std::string_view form : forms) {
    anchor.step.literals.push_back(TextLiteral(std::string(form)));
  }
  Add(std::move(anchor));
}

// "June 30", "24 February 1843".
void Linker::LinkDates() {
  for (std::size_t length = 3; length >= 2; --length) {
    for (std::size_t begin = 0; begin + length <= size(); ++begin) {
      LinkDate(begin, begin + length);
    }
  }
}

void Linker::LinkDate(std::size_t begin, std::size_t end) {
  const std::size_t from = question_.tokens[begin].span.begin;
  const std::string text =
      question_.text.substr(from, question_.tokens[end - 1].span.end - from);
  const auto order = ReadOrder(text);
  if (!order || !order->date) return;
  for (std::size_t i = begin; i < end; ++i) {
    const QuestionToken& token = question_.tokens[i];
    if (token.number.has_value() == (MonthOf(token.folded) != 0)) return;
  }
  const PlanLiteral literal = TextLiteral(text);
  for (std::size_t column = 0; column < grid_.columns.size(); ++column) {
    if (grid_.columns[column].kind != CellKind::kDate ||
        Known(column, begin, end)) {
      continue;
    }
    Anchor anchor = AnchorAt(Anchor::Kind::kExact, begin, end, column);
    anchor.step.compare = PlanCompare::kIs;
    anchor.step.literals = {literal};
    Add(std::move(anchor));
  }
  AddCompared(begin, end, literal);
}

void Linker::LinkNumbers() {
  for (std::size_t i = 0; i < size(); ++i) {
    const auto& number = question_.tokens[i].number;
    if (!number) continue;
    for (std::size_t column = 0; column < grid_.columns.size(); ++column) {
      if (Known(column, i, i + 1)) continue;
      Anchor anchor = AnchorAt(Anchor::Kind::kExact, i, i + 1, column);
      anchor.step.compare = PlanCompare::kIs;
      anchor.step.literals = {NumberLiteral(*number)};
      Add(std::move(anchor));
    }
  }
}

struct Cue {
  std::string_view word;
  PlanCompare compare;
};
// Before a number ("more than 5"), some after it ("5 or more").
constexpr std::array kBefore = {Cue{"more", PlanCompare::kGreater},
                                Cue{"greater", PlanCompare::kGreater},
                                Cue{"over", PlanCompare::kGreater},
                                Cue{"above", PlanCompare::kGreater},
                                Cue{"exceed", PlanCompare::kGreater},
                                Cue{"exceeded", PlanCompare::kGreater},
                                Cue{"exceeding", PlanCompare::kGreater},
                                Cue{"after", PlanCompare::kGreater},
                                Cue{"higher", PlanCompare::kGreater},
                                Cue{"larger", PlanCompare::kGreater},
                                Cue{"longer", PlanCompare::kGreater},
                                Cue{"later", PlanCompare::kGreater},
                                Cue{"past", PlanCompare::kGreater},
                                Cue{"since", PlanCompare::kAtLeast},
                                Cue{"least", PlanCompare::kAtLeast},
                                Cue{"minimum", PlanCompare::kAtLeast},
                                Cue{"less", PlanCompare::kLess},
                                Cue{"fewer", PlanCompare::kLess},
                                Cue{"under", PlanCompare::kLess},
                                Cue{"below", PlanCompare::kLess},
                                Cue{"before", PlanCompare::kLess},
                                Cue{"prior", PlanCompare::kLess},
                                Cue{"lower", PlanCompare::kLess},
                                Cue{"smaller", PlanCompare::kLess},
                                Cue{"shorter", PlanCompare::kLess},
                                Cue{"until", PlanCompare::kAtMost},
                                Cue{"most", PlanCompare::kAtMost},
                                Cue{"up", PlanCompare::kAtMost}};
// Of ranks the low ones are the better.
constexpr std::array kBeforeRank = {
    Cue{"higher", PlanCompare::kLess},   Cue{"better", PlanCompare::kLess},
    Cue{"above", PlanCompare::kLess},    Cue{"lower", PlanCompare::kGreater},
    Cue{"worse", PlanCompare::kGreater}, Cue{"below", PlanCompare::kGreater}};

// Between the ends of a range; where nothing stands, a dash did.
bool JoinsRange(std::string_view word) {
  return word == "to" || word == "and" || word == "through" || word == "thru" ||
         word == "until" || word == "till";
}

void Linker::LinkComparisons() {
  for (std::size_t i = 0; i < size(); ++i) {
    const QuestionToken& token = question_.tokens[i];
    if (!token.number) continue;
    const PlanLiteral literal = NumberLiteral(*token.number);
    AddCompared(i, i + 1, literal);
    const auto word = [&](std::size_t at) {
      return at < size() ? std::string_view(question_.tokens[at].folded)
                         : std::string_view();
    };
    // "5 or more points", "5 points or less".
    for (std::size_t at = i + 1; at <= i + 2; ++at) {
      if (word(at) != "or" && word(at) != "and") continue;
      if (word(at + 1) == "more" || word(at + 1) == "higher" ||
          word(at + 1) == "above" || word(at + 1) == "over") {
        AddComparison(i, at + 2, PlanCompare::kAtLeast, {literal});
      } else if (word(at + 1) == "less" || word(at + 1) == "fewer" ||
                 word(at + 1) == "below" || word(at + 1) == "under") {
        AddComparison(i, at + 2, PlanCompare::kAtMost, {literal});
      }
    }
    // "between 3 and 5", "from 2001 to 2004", "2001-2004".
    for (std::size_t at = i + 1; at <= i + 3 && at < size(); ++at) {
      const auto& second = question_.tokens[at].number;
      if (!second || *second <= *token.number) continue;
      if (at > i + 1 && !JoinsRange(word(at - 1))) continue;
      AddComparison(i, at + 1, PlanCompare::kBetween,
                    {literal, NumberLiteral(*second)});
    }
  }
}

// Cells beyond the literal at [begin, end), when a word before it says so.
void Linker::AddCompared(std::size_t begin, std::size_t end,
                         const PlanLiteral& literal) {
  for (std::size_t back = 1; back <= 4 && back <= begin; ++back) {
    const std::string& word = question_.tokens[begin - back].folded;
    for (const Cue& cue : kBefore) {
      if (word != cue.word) continue;
      AddComparison(begin - back, end, cue.compare, {literal});
    }
    for (const Cue& cue : kBeforeRank) {
      if (word != cue.word) continue;
      AddComparison(begin - back, end, cue.compare, {literal}, true);
    }
  }
}

bool Linker::IsRank(std::size_t column) const {
  const auto& stems = links_.columns[column].stems;
  return std::any_of(stems.begin(), stems.end(), [](const std::string& stem) {
    return AreKin("ranked", stem);
  });
}

void Linker::AddComparison(std::size_t begin, std::size_t end,
                           PlanCompare compare,
                           std::vector<PlanLiteral> literals, bool ranks_only) {
  for (std::size_t column = 0; column < grid_.columns.size(); ++column) {
    if (grid_.columns[column].kind == CellKind::kText) continue;
    if (ranks_only && !IsRank(column)) continue;
    Anchor anchor = AnchorAt(Anchor::Kind::kCompare, begin, end, column);
    anchor.step.compare = compare;
    anchor.step.literals = literals;
    Add(std::move(anchor));
  }
}

// Labels of which only some words stand.
void Linker::LinkFuzzily(std::size_t column) {
  if (grid_.columns[column].kind != CellKind::kText) return;
  for (const LikeLabel& label : FindLikeLabels(question_, grid_, column)) {
    if (Known(column, label.begin, label.end)) continue;
    Anchor anchor{.kind = Anchor::Kind::kFuzzy,
                  .column = column,
                  .step = {},
                  .rows = {},
                  .fit = label.fit};
    anchor.begin = label.begin;
    anchor.end = label.end;
    anchor.step.compare = PlanCompare::kIs;
    anchor.step.literals = {
        TextLiteral(grid_.rows[label.row].slots[column].text)};
    Add(std::move(anchor));
  }
}

}  // namespace

QuestionLinks LinkQuestion(const QuestionText& question,
                           const TableGrid& grid) {
  return Linker(question, grid).Link();
}

}  // namespace cairn
