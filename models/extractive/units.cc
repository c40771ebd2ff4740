#include "models/extractive/units.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "models/extractive/candidates.h"
#include "models/extractive/definition.h"
#include "text/words.h"

namespace cairn::extractive {
namespace {

constexpr std::uint32_t kUnitBytesMax = 1200;
constexpr std::uint32_t kItemBytesMax = 400;  // Longer items: by sentence.
constexpr std::size_t kBareWords = 6;    // Fewer without a stop: no sentence.
constexpr double kTitleShare = 0.85;     // A term only in the title or context.
constexpr double kNeighbourShare = 0.3;  // Only elsewhere in the passage.
constexpr double kRankShare = 0.08;
constexpr double kFormShare = 0.1;        // "X is ..." for "What is X".
constexpr double kDefinitionShare = 0.8;  // `"X" means ...` likewise.
constexpr double kBareShare = 0.4;        // Taken from what is no sentence.

bool IsBorder(std::string_view text, std::size_t at) {
  return at >= text.size() ||
         (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
}

// What the units of one block have in common.
struct Frame {
  std::size_t passage = 0;
  std::size_t block = 0;
  UnitKind kind = UnitKind::kSentence;
  std::optional<std::size_t> lead_in;
};

// A line of a table of contents, of navigation, or a question.
bool IsBare(std::string_view text) {
  const char last = text.back();
  if (last == '?') return true;
  const bool ended = last == '.' || last == '!' || last == ':' || last == ';' ||
                     last == ')' || last == '"' ||
                     (static_cast<unsigned char>(last) & 0x80U) != 0;
  return !ended && FoldWords(text).size() < kBareWords;
}

// Adds text[begin, end) of a passage, in parts where it is very long.
void AddSentence(const EvidencePassage& passage, const Frame& frame,
                 ByteSpan inside, std::vector<Unit>& units) {
  while (!inside.empty()) {
    std::uint32_t end = inside.end;
    if (inside.size() > kUnitBytesMax) {
      end = inside.begin + kUnitBytesMax;
      const std::size_t space = passage.text.find_last_of(" \n", end);
      if (space != std::string::npos && space > inside.begin) {
        end = static_cast<std::uint32_t>(space);
      }
      while (!IsBorder(passage.text, end)) --end;
    }
    Unit unit{
        .passage = frame.passage,
        .kind = frame.kind,
        .block = frame.block,
        .span = {passage.span.begin + inside.begin, passage.span.begin + end},
        .text = std::string(ByteSpan{inside.begin, end}.Of(passage.text)),
        .read = {},
        .terms = {},
        .cosine = {},
        .odds = {},
        .answer = {},
        .lead_in = frame.lead_in,
        .cells = {}};
    unit.read = unit.text;
    if (!FoldWords(unit.text).empty()) {
      if (unit.kind == UnitKind::kSentence && IsBare(unit.text)) {
        unit.kind = UnitKind::kBare;
      }
      units.push_back(std::move(unit));
    }
    inside.begin = end;
    while (inside.begin < inside.end && (passage.text[inside.begin] == ' ' ||
                                         passage.text[inside.begin] == '\n')) {
      ++inside.begin;
    }
  }
}

// The sentences of text[inside], a paragraph or more.
void AddSentences(const EvidencePassage& passage, const Frame& frame,
                  const ByteSpan& inside, std::vector<Unit>& units) {
  for (ByteSpan span : SplitSentences(inside.Of(passage.text))) {
    span.begin += inside.begin;
    span.end += inside.begin;
    AddSentence(passage, frame, span, units);
  }
}

void AddBlocks(const EvidencePassage& passage, std::size_t index,
               std::vector<Unit>& units) {
  std::optional<std::size_t> lead_in;
  std::size_t number = 0;
  for (const EvidenceBlock& block : passage.blocks) {
    ++number;
    if (!passage.span.Contains(block.span) || block.span.empty()) continue;
    const ByteSpan inside{block.span.begin - passage.span.begin,
                          block.span.end - passage.span.begin};
    Frame frame{.passage = index, .block = number, .lead_in = {}};
    if (block.type == BlockType::kListItem) {
      frame.kind = UnitKind::kItem;
      frame.lead_in = lead_in;
      if (inside.size() <= kItemBytesMax) {
        AddSentence(passage, frame, inside, units);
      } else {
        AddSentences(passage, frame, inside, units);
      }
      continue;
    }
    lead_in.reset();
    if (block.type == BlockType::kHeading) continue;
    if (block.type == BlockType::kCode) {
      frame.kind = UnitKind::kCode;
      AddSentence(passage, frame, inside, units);
      continue;
    }
    AddSentences(passage, frame, inside, units);
    if (!units.empty() && units.back().passage == index &&
        units.back().text.back() == ':') {
      lead_in = units.size() - 1;
    }
  }
}

std::string HeaderOf(const EvidencePassage& passage, const Cell& cell) {
  std::string header;
  for (const EvidenceCell& head : passage.header_cells) {
    const bool above = head.cell.column < cell.column + cell.column_span &&
                       cell.column < head.cell.column + head.cell.column_span;
    if (!above || head.text.empty()) continue;
    if (!header.empty()) header += ' ';
    header += head.text;
  }
  return header;
}

void AddRow(const EvidencePassage& passage, std::size_t index,
            const std::vector<std::size_t>& cells, std::vector<Unit>& units) {
  ByteSpan span{UINT32_MAX, 0};
  std::string read;
  for (const std::size_t at : cells) {
    const EvidenceCell& cell = passage.cells[at];
    span.begin = std::min(span.begin, cell.cell.span.begin);
    span.end = std::max(span.end, cell.cell.span.end);
    if (!read.empty()) read += "; ";
    const std::string header = HeaderOf(passage, cell.cell);
    if (!header.empty()) read += header + ": ";
    read += cell.text;
  }
  const ByteSpan inside{span.begin - passage.span.begin,
                        span.end - passage.span.begin};
  units.push_back({.passage = index,
                   .kind = UnitKind::kRow,
                   .block = cells.front(),
                   .span = span,
                   .text = std::string(inside.Of(passage.text)),
                   .read = std::move(read),
                   .terms = {},
                   .cosine = {},
                   .odds = {},
                   .answer = {},
                   .lead_in = {},
                   .cells = cells});
}

void AddRows(const EvidencePassage& passage, std::size_t index,
             std::vector<Unit>& units) {
  std::map<std::uint32_t, std::vector<std::size_t>> rows;
  for (std::size_t at = 0; at < passage.cells.size(); ++at) {
    const ByteSpan& span = passage.cells[at].cell.span;
    if (span.empty() || !passage.span.Contains(span)) continue;
    rows[passage.cells[at].cell.row].push_back(at);
  }
  for (const auto& [row, cells] : rows) AddRow(passage, index, cells, units);
}

// A table without cells: its lines, but those that only repeat the context,
// which are header rows.
void AddLines(const EvidencePassage& passage, std::size_t index,
              std::vector<Unit>& units) {
  const TermSet context = TermsOf(passage.context);
  std::size_t begin = 0;
  while (begin < passage.text.size()) {
    const std::size_t end =
        std::min(passage.text.find('\n', begin), passage.text.size());
    const ByteSpan line{static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(end)};
    const TermSet terms = TermsOf(line.Of(passage.text));
    if (!std::includes(context.begin(), context.end(), terms.begin(),
                       terms.end())) {
      AddSentence(passage, {.passage = index, .kind = UnitKind::kRow}, line,
                  units);
    }
    begin = end + 1;
  }
}

// How rare each term of the question is among the units.
std::vector<double> Weigh(const Question& question,
                          const std::vector<Unit>& units) {
  std::vector<double> weights;
  const auto count = static_cast<double>(units.size());
  for (const std::string& term : question.terms) {
    double with = 0;
    for (const Unit& unit : units) with += unit.terms.contains(term) ? 1 : 0;
    weights.push_back(std::log(1 + (count + 1) / (with + 1)));
  }
  return weights;
}

// "Basalt is ...": the subject of a definition stands before the copula.
bool DefinesSubject(const Unit& unit, const Question& question) {
  const std::vector<Word> words = AnalyzeWords(unit.text, "en");
  bool subject = false;
  for (std::size_t at = 0; at < words.size() && at < 14; ++at) {
    const std::string_view word = words[at].span.Of(unit.text);
    if (word == "is" || word == "are") return subject;
    subject = subject || std::find(question.terms.begin(), question.terms.end(),
                                   words[at].term) != question.terms.end();
  }
  return false;
}

struct PassageTerms {
  TermSet heading;  // Title and context.
  TermSet all;
};

void Score(const Question& question, const std::vector<double>& weights,
           const PassageTerms& passage, std::size_t passages, Unit& unit) {
  double all = 0;
  double own = 0;
  double titled = 0;
  double around = 0;
  double anywhere = 0;
  for (std::size_t at = 0; at < weights.size(); ++at) {
    const std::string& term = question.terms[at];
    all += weights[at];
    const bool here = unit.terms.contains(term);
    const bool above = passage.heading.contains(term);
    const bool near = passage.all.contains(term);
    if (here) own += weights[at];
    if (here || above) titled += weights[at];
    if (here || above || near) anywhere += weights[at];
    around += weights[at] * (here    ? 1
                             : above ? kTitleShare
                             : near  ? kNeighbourShare
                                     : 0);
  }
  if (all > 0) {
    unit.own_coverage = own / all;
    unit.coverage = titled / all;
    unit.passage_coverage = anywhere / all;
    unit.lexical = around / all;
  }
  const double rank = static_cast<double>(unit.passage) /
                      static_cast<double>(std::max<std::size_t>(passages, 1));
  unit.lexical += kRankShare * (1 - rank);
  if (unit.kind == UnitKind::kBare) unit.lexical -= kBareShare;
  unit.defines = Defines(unit.text, question);
  if (unit.defines) {
    unit.lexical += kDefinitionShare;
  } else if (question.type == AnswerType::kDefinition &&
             DefinesSubject(unit, question)) {
    unit.lexical += kFormShare;
  }
}

}  // namespace

std::vector<Unit> CollectUnits(const GenerationRequest& request,
                               const Question& question) {
  std::vector<Unit> units;
  std::vector<PassageTerms> passages;
  for (std::size_t at = 0; at < request.evidence.size(); ++at) {
    const EvidencePassage& passage = request.evidence[at];
    const std::string heading = passage.title + "\n" + passage.context;
    passages.push_back(
        {.heading = TermsOf(heading), .all = TermsOf(passage.text)});
    if (passage.table && !passage.cells.empty()) {
      AddRows(passage, at, units);
    } else if (passage.table) {
      AddLines(passage, at, units);
    } else if (!passage.blocks.empty()) {
      AddBlocks(passage, at, units);
    } else {
      AddSentences(passage, {.passage = at},
                   {0, static_cast<std::uint32_t>(passage.text.size())}, units);
    }
  }
  for (Unit& unit : units) unit.terms = TermsOf(unit.read);
  const std::vector<double> weights = Weigh(question, units);
  for (Unit& unit : units) {
    Score(question, weights, passages[unit.passage], passages.size(), unit);
  }
  return units;
}

std::optional<std::size_t> AnswerCell(const Unit& unit,
                                      const EvidencePassage& passage,
                                      const Question& question) {
  std::optional<std::size_t> best;
  double best_score = 0;
  for (const std::size_t at : unit.cells) {
    const EvidenceCell& cell = passage.cells[at];
    const TermSet header = TermsOf(HeaderOf(passage, cell.cell));
    const TermSet terms = TermsOf(cell.text);
    double asked_header = 0;
    double asked_cell = 0;
    for (const std::string& term : question.terms) {
      asked_header += header.contains(term) ? 1 : 0;
      asked_cell += terms.contains(term) ? 1 : 0;
    }
    // A cell that the question names is the key, not the answer.
    if (asked_cell > 0 || terms.empty()) continue;
    if (!header.empty()) {
      asked_header *= 1 + 1 / static_cast<double>(header.size());
    }
    const double score = asked_header + 0.8 * TypeFit(cell.text, question) +
                         (cell.cell.header ? 0 : 0.01);
    if (score > 0.5 && score > best_score) {
      best = at;
      best_score = score;
    }
  }
  return best;
}

double MissingKeys(const EvidencePassage& passage, const Question& question) {
  if (question.keys.empty()) return 0;
  std::string all =
      passage.title + "\n" + passage.context + "\n" + passage.text;
  const TermSet there = FoldedOf(all);
  double missing = 0;
  for (const std::string& key : question.keys) {
    missing += there.contains(key) ? 0 : 1;
  }
  return missing / static_cast<double>(question.keys.size());
}

bool NearlySame(const Unit& a, const Unit& b) {
  std::size_t both = 0;
  for (const std::string& term : a.terms) both += b.terms.contains(term);
  const std::size_t either = a.terms.size() + b.terms.size() - both;
  // Rows of one table share their headers and differ in a cell.
  if (!a.cells.empty() && !b.cells.empty()) return both == either;
  return both * 5 >= either * 4;
}

}  // namespace cairn::extractive
