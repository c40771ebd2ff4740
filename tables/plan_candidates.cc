#include "tables/plan_candidates.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "tables/candidate_maker.h"

namespace cairn {
namespace {

constexpr std::size_t kBasesMax = 80;
constexpr std::size_t kSelectAllMax =
    15;  // Rows that are listed as they stand.
constexpr std::size_t kNone = PlanCandidate::kNone;

std::string_view AtomOf(const Anchor& anchor) {
  switch (anchor.step.compare) {
    case PlanCompare::kIs:
      return "is";
    case PlanCompare::kContains:
      return "contains";
    case PlanCompare::kLess:
      return "<";
    case PlanCompare::kAtMost:
      return "<=";
    case PlanCompare::kGreater:
      return ">";
    case PlanCompare::kAtLeast:
      return ">=";
    case PlanCompare::kBetween:
      return "between";
    default:
      return "other";
  }
}

std::string_view AtomOf(PlanEnd::Kind kind) {
  switch (kind) {
    case PlanEnd::Kind::kSelect:
      return "select";
    case PlanEnd::Kind::kCount:
      return "count";
    case PlanEnd::Kind::kCountDistinct:
      return "distinct";
    case PlanEnd::Kind::kSum:
      return "sum";
    case PlanEnd::Kind::kMean:
      return "mean";
    case PlanEnd::Kind::kMin:
      return "min";
    case PlanEnd::Kind::kMax:
      return "max";
    case PlanEnd::Kind::kRange:
      return "range";
    case PlanEnd::Kind::kAny:
      return "any";
    case PlanEnd::Kind::kGroup:
      return "group";
  }
  return "other";
}

// Numbers that say how much, not which.
bool IsAmount(const GridColumn& column) {
  return column.kind == CellKind::kNumber && !column.years;
}

}  // namespace

Base CandidateMaker::Everything() const {
  Base all;
  all.rows = AllRows(grid_);
  const bool totals = std::any_of(grid_.rows.begin(), grid_.rows.end(),
                                  [](const GridRow& row) { return row.total; });
  if (!totals) return all;
  PlanStep step;
  step.kind = PlanStep::Kind::kWithoutTotals;
  all.steps.push_back(step);
  std::erase_if(all.rows, [&](auto row) { return grid_.rows[row].total; });
  return all;
}

void CandidateMaker::AddBase(const Base& from, const PlanStep& step,
                             std::vector<std::size_t> anchors,
                             std::string_view atom, std::size_t united) {
  if (bases_.size() >= kBasesMax) return;
  StatusOr<RowSet> rows = ApplyStep(grid_, step, from.rows, nullptr);
  if (!rows.ok() || rows->empty()) return;
  Base base = from;
  base.steps.push_back(step);
  base.rows = *std::move(rows);
  base.anchors.insert(base.anchors.end(), anchors.begin(), anchors.end());
  base.atoms.push_back(atom);
  base.united = united;
  bases_.push_back(std::move(base));
}

void CandidateMaker::MakeBases() {
  const Base all = Everything();
  bases_.push_back(all);
  const auto& anchors = links_.anchors;
  for (std::size_t a = 0; a < anchors.size(); ++a) {
    const bool only_total =
        std::all_of(anchors[a].rows.begin(), anchors[a].rows.end(),
                    [&](auto row) { return grid_.rows[row].total; });
    Base from = all;
    if (only_total) {
      from.steps.clear();
      from.rows = AllRows(grid_);
    }
    AddBase(from, anchors[a].step, {a}, AtomOf(anchors[a]));
  }
  const std::size_t single = bases_.size();
  for (std::size_t i = 1; i < single; ++i) {
    const Base first = bases_[i];
    const Anchor& a = anchors[first.anchors[0]];
    for (std::size_t b = first.anchors[0] + 1; b < anchors.size(); ++b) {
      if (Overlap(a, anchors[b])) continue;
      const bool same_column = a.column == anchors[b].column;
      if (same_column && a.kind != Anchor::Kind::kCompare &&
          anchors[b].kind != Anchor::Kind::kCompare) {
        continue;
      }
      AddBase(first, anchors[b].step, {b}, AtomOf(anchors[b]));
    }
  }
  for (std::size_t a = 0; a < anchors.size(); ++a) UniteAnchors(all, a);
  const bool negated = question_.Has("not") || question_.Has("other") ||
                       question_.Has("besides") || question_.Has("except") ||
                       question_.Has("excluding") || question_.Has("aside") ||
                       question_.Has("without") || question_.Has("never");
  for (std::size_t a = 0; negated && a < anchors.size(); ++a) {
    if (anchors[a].step.compare != PlanCompare::kIs) continue;
    PlanStep step = anchors[a].step;
    step.compare = PlanCompare::kIsNot;
    AddBase(all, step, {a}, "not");
  }
}

// Rows with one of all values that the question names in the column.
void CandidateMaker::UniteAnchors(const Base& all, std::size_t a) {
  const auto& anchors = links_.anchors;
  const Anchor& first = anchors[a];
  if (first.kind == Anchor::Kind::kCompare) return;
  PlanStep step = first.step;
  std::vector<std::size_t> used = {a};
  std::size_t end = first.end;
  for (std::size_t b = 0; b < anchors.size(); ++b) {
    const Anchor& other = anchors[b];
    if (b == a || other.column != first.column || other.begin < end ||
        other.step.compare != first.step.compare) {
      continue;
    }
    step.literals.insert(step.literals.end(), other.step.literals.begin(),
                         other.step.literals.end());
    used.push_back(b);
    end = other.end;
    AddBase(all, step, used, "united", first.column);
  }
}

void CandidateMaker::Add(const Base& base, const PlanEnd& end,
                         std::size_t answer, std::size_t key,
                         std::string_view extra) {
  if (Full()) return;
  StatusOr<PlanResult> result = ApplyEnd(grid_, end, base.rows);
  if (!result.ok() || result->values.empty()) return;
  PlanCandidate& candidate = out_.emplace_back();
  candidate.plan = PlanOf(base, end);
  candidate.result = *std::move(result);
  candidate.table = &table_;
  candidate.anchors = base.anchors;
  candidate.atoms = base.atoms;
  candidate.atoms.push_back(AtomOf(end.kind));
  if (!extra.empty()) candidate.atoms.push_back(extra);
  candidate.answer = answer;
  candidate.key = key != kNone ? key : base.key;
  candidate.rows = base.rows.size();
}

void CandidateMaker::AddSelects(const Base& base, bool all_columns) {
  for (std::size_t column = 0; column < names_.size(); ++column) {
    const bool used =
        !all_columns &&
        std::any_of(base.anchors.begin(), base.anchors.end(), [&](auto a) {
          const Anchor& anchor = links_.anchors[a];
          return anchor.column == column && anchor.kind == Anchor::Kind::kExact;
        });
    if (!used) {
      Add(base, EndOf(PlanEnd::Kind::kSelect, column), column, kNone);
    }
  }
}

bool CandidateMaker::HasAny(std::span<const std::string_view> words) const {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return question_.Has(word);
  });
}

// "How many passengers" does not ask how many numbers there are.
bool CandidateMaker::AsksForDifferent() const {
  static constexpr std::string_view kWords[] = {
      "different", "distinct", "unique", "various", "separate", "individual"};
  return HasAny(kWords);
}

// Rows beside others are what is meant only when the question speaks of order.
bool CandidateMaker::SpeaksOfOrder() const {
  static constexpr std::string_view kWords[] = {
      "next",        "previous",   "previously",   "after",       "before",
      "following",   "follow",     "follows",      "followed",    "preceding",
      "precede",     "precedes",   "preceded",     "prior",       "later",
      "earlier",     "subsequent", "subsequently", "consecutive", "above",
      "below",       "under",      "over",         "behind",      "ahead",
      "immediately", "directly",   "right",        "just",        "then",
      "succeed",     "succeeds",   "succeeded",    "successor",   "predecessor",
      "replaced",    "come",       "comes",        "came",        "adjacent",
      "beside",      "besides",    "since",        "until",       "past"};
  for (std::size_t i = 0; i < question_.tokens.size(); ++i) {
    const std::string& word = question_.tokens[i].folded;
    if (std::find(std::begin(kWords), std::end(kWords), word) ==
        std::end(kWords)) {
      continue;
    }
    // "Above 95" compares.
    const bool compares = std::any_of(
        links_.anchors.begin(), links_.anchors.end(), [&](const Anchor& a) {
          return a.kind == Anchor::Kind::kCompare && a.begin <= i && i < a.end;
        });
    if (!compares) return true;
  }
  return false;
}

// "How many passengers", where a column of numbers is called that: a number of
// the table is asked for, not a number of rows.
bool CandidateMaker::AsksForAmount() const {
  const auto& tokens = question_.tokens;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    const bool asks =
        (tokens[i - 1].folded == "how" &&
         (tokens[i].folded == "many" || tokens[i].folded == "much")) ||
        (tokens[i].folded == "of" && (tokens[i - 1].folded == "number" ||
                                      tokens[i - 1].folded == "amount"));
    if (!asks) continue;
    for (const std::size_t column : numeric_) {
      if (!IsAmount(grid_.columns[column])) continue;
      const std::vector<std::string> stems = StemsOf(names_[column]);
      if (stems.empty() || i + stems.size() >= tokens.size()) continue;
      bool named = true;
      for (std::size_t k = 0; k < stems.size(); ++k) {
        named = named && tokens[i + 1 + k].stem == stems[k];
      }
      if (named) return true;
    }
  }
  return false;
}

// "Highest", "first", "more": one row or group among several.
bool CandidateMaker::SpeaksOfRank() const {
  static constexpr std::string_view kWords[] = {
      "most",      "least",     "top",      "first",     "last",
      "final",     "finally",   "more",     "less",      "fewer",
      "better",    "worse",     "greater",  "higher",    "lower",
      "larger",    "longer",    "shorter",  "bigger",    "smaller",
      "older",     "younger",   "later",    "earlier",   "bottom",
      "maximum",   "minimum",   "max",      "min",       "worst",
      "initial",   "initially", "recent",   "recently",  "peak",
      "record",    "leading",   "leader",   "led",       "winner",
      "won",       "win",       "started",  "start",     "begin",
      "began",     "end",       "ended",    "original",  "originally",
      "new",       "old",       "dominant", "common",    "ranked",
      "rank",      "second",    "third",    "fourth",    "fifth",
      "once",      "primarily", "mainly",   "beginning", "current",
      "currently", "main",      "major",    "favorite",  "popular"};
  return HasAny(kWords) ||
         std::any_of(question_.tokens.begin(), question_.tokens.end(),
                     [](const QuestionToken& token) {
                       return token.folded.size() > 4 &&
                              token.folded.ends_with("est");
                     });
}

bool CandidateMaker::AsksYesNo() const {
  constexpr std::array<std::string_view, 12> kWords = {
      "is",  "are", "was",  "were", "do",   "does",
      "did", "has", "have", "had",  "true", "can"};
  return !question_.tokens.empty() &&
         std::find(kWords.begin(), kWords.end(), question_.tokens[0].folded) !=
             kWords.end();
}

void CandidateMaker::AddEnds(const Base& base) {
  if (base.rows.size() <= kSelectAllMax) AddSelects(base, false);
  if (!asks_for_amount_) {
    Add(base, EndOf(PlanEnd::Kind::kCount), kNone, kNone);
  }
  if (!base.anchors.empty() && AsksYesNo()) {
    Add(base, EndOf(PlanEnd::Kind::kAny), kNone, kNone);
  }
  for (std::size_t column = 0; column < names_.size(); ++column) {
    if (base.rows.size() < 2) break;
    if (asks_for_amount_ ||
        (IsAmount(grid_.columns[column]) && !AsksForDifferent())) {
      continue;
    }
    Add(base, EndOf(PlanEnd::Kind::kCountDistinct, column), kNone, column);
  }
  for (const std::size_t column : numeric_) {
    if (base.rows.size() < 2) break;
    for (const auto kind :
         {PlanEnd::Kind::kSum, PlanEnd::Kind::kMean, PlanEnd::Kind::kRange}) {
      Add(base, EndOf(kind, column), kNone, column);
    }
  }
  for (const std::size_t column : ordered_) {
    if (base.rows.size() < 2) break;
    if (grid_.columns[column].kind == CellKind::kNumber) continue;
    Add(base, EndOf(PlanEnd::Kind::kRange, column), kNone, column);
  }
  AddGroups(base);
  AddSpans(base);
}

void CandidateMaker::AddGroups(const Base& base) {
  if (base.rows.size() < 2 || !SpeaksOfRank()) return;
  for (std::size_t column = 0; column < names_.size(); ++column) {
    for (const auto take : {PlanEnd::Take::kHighest, PlanEnd::Take::kLowest}) {
      const bool high = take == PlanEnd::Take::kHighest;
      PlanEnd end = EndOf(PlanEnd::Kind::kGroup, column);
      end.take = take;
      Add(base, end, column, kNone, high ? "group highest" : "group lowest");
      if (grid_.columns[column].kind == CellKind::kNumber) continue;
      for (const std::size_t over : numeric_) {
        if (over == column ||
            (base.anchors.size() > 1 && base.united != column)) {
          continue;
        }
        end.by = PlanEnd::Kind::kSum;
        end.columns = {names_[column], names_[over]};
        Add(base, end, column, over, high ? "sum highest" : "sum lowest");
      }
    }
  }
}

void CandidateMaker::AddOrdered(const Base& base) {
  if (base.rows.size() < 2 || !SpeaksOfRank()) return;
  AddExtremes(base, 1);
  AddPlaces(base, 1);
  if (base.anchors.size() > 1) return;
  for (const QuestionToken& token : question_.tokens) {
    if (!token.number || *token.number < 2 || *token.number > 20) continue;
    const auto count = static_cast<std::uint32_t>(*token.number);
    AddExtremes(base, count);
    AddPlaces(base, count);
    break;
  }
}

void CandidateMaker::AddExtremes(const Base& base, std::uint32_t count) {
  for (const std::size_t column : ordered_) {
    for (const auto kind :
         {PlanStep::Kind::kHighest, PlanStep::Kind::kLowest}) {
      PlanStep step;
      step.kind = kind;
      step.column = names_[column];
      step.count = count;
      StatusOr<RowSet> rows = ApplyStep(grid_, step, base.rows, nullptr);
      if (!rows.ok() || rows->empty() || rows->size() == base.rows.size()) {
        continue;
      }
      Base best = base;
      best.steps.push_back(step);
      best.rows = *std::move(rows);
      best.key = column;
      best.atoms.push_back(kind == PlanStep::Kind::kHighest ? "highest"
                                                            : "lowest");
      if (count > 1) best.atoms.emplace_back("several");
      AddSelects(best, base.united != kNone);
      if (count > 1) AddSums(best);
      if (count == 1 && best.rows.size() > 1) {
        Add(best, EndOf(PlanEnd::Kind::kCount), kNone, kNone);
      }
    }
  }
}

// "The three deepest lakes together."
void CandidateMaker::AddSums(const Base& base) {
  for (const std::size_t column : numeric_) {
    Add(base, EndOf(PlanEnd::Kind::kSum, column), kNone, column);
    Add(base, EndOf(PlanEnd::Kind::kMean, column), kNone, column);
  }
}

void CandidateMaker::AddPlaces(const Base& base, std::uint32_t count) {
  for (const auto kind : {PlanStep::Kind::kFirst, PlanStep::Kind::kLast}) {
    PlanStep step;
    step.kind = kind;
    step.count = count;
    StatusOr<RowSet> rows = ApplyStep(grid_, step, base.rows, nullptr);
    if (!rows.ok() || rows->size() == base.rows.size()) continue;
    Base best = base;
    best.steps.push_back(step);
    best.rows = *std::move(rows);
    best.atoms.push_back(kind == PlanStep::Kind::kFirst ? "first" : "last");
    if (count > 1) best.atoms.emplace_back("several");
    AddSelects(best, base.united != kNone);
    if (count > 1) AddSums(best);
  }
}

void CandidateMaker::AddBeside(const Base& base) {
  if (base.anchors.empty() || base.rows.size() > 3) return;
  AddSame(base);
  if (!SpeaksOfOrder()) return;
  using Kind = PlanStep::Kind;
  constexpr std::array<std::pair<Kind, std::string_view>, 4> kKinds = {
      {{Kind::kNext, "next"},
       {Kind::kPrevious, "previous"},
       {Kind::kAfter, "after"},
       {Kind::kBefore, "before"}}};
  for (const auto& [kind, atom] : kKinds) {
    PlanStep step;
    step.kind = kind;
    Base beside = base;
    StatusOr<RowSet> rows = ApplyStep(grid_, step, base.rows, nullptr);
    if (!rows.ok() || rows->empty()) continue;
    beside.steps.push_back(step);
    beside.rows = *std::move(rows);
    beside.atoms.push_back(atom);
    if (kind == Kind::kNext || kind == Kind::kPrevious) {
      AddSelects(beside, true);
    } else {
      Add(beside, EndOf(PlanEnd::Kind::kCount), kNone, kNone);
    }
  }
}

void AddCandidates(const QuestionText& question, const QuestionTable& table,
                   std::vector<PlanCandidate>& out) {
  CandidateMaker(question, table, out).Make();
}

}  // namespace cairn
