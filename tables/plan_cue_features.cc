// What a plan's features say of the cues and conditions of the question.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "tables/plan_describer.h"

namespace cairn {

// Operators against what is asked and spoken of.
void PlanDescriber::Cues() {
  const std::string_view asked = reading_.spoken.asked;
  const std::string_view last = candidate_.atoms.back();
  to_.Add3("asked", asked, last);
  to_.Add3("asked shape", asked, shape_);
  std::string all;
  for (const std::string_view one : reading_.speaks_of) {
    for (const std::string_view atom : candidate_.atoms) {
      to_.Add3("speaks of", one, atom);
    }
    all += all.empty() ? "" : "+";
    all += one;
  }
  for (const std::string_view atom : candidate_.atoms) {
    to_.Add3("speaks of all", all, atom);
  }
  to_.Add3(asked, all, last);
  to_.Add3("rows", last, CountBucket(candidate_.rows));
}

// "The most points": the word after it names what is ordered by.
void PlanDescriber::Extremes() {
  const std::string_view last = candidate_.atoms.back();
  for (const QuestionCue& cue : reading_.spoken.cues) {
    constexpr std::array<std::string_view, 7> kExtremes = {
        "highest", "lowest", "extreme", "higher",
        "lower",   "latest", "earliest"};
    if (std::find(kExtremes.begin(), kExtremes.end(), cue.speaks_of) ==
        kExtremes.end()) {
      continue;
    }
    ExtremeKin(cue);
    std::size_t beside = cue.token + 1;
    if (beside < question_.tokens.size() && question_.tokens[beside].stop) {
      ++beside;
    }
    if (beside >= question_.tokens.size()) continue;
    std::string_view place = "nothing";
    if (Names(candidate_.key, beside)) {
      place = "key";
    } else if (Names(candidate_.answer, beside)) {
      place = "answer";
    } else {
      for (std::size_t i = 0; i < links_.columns.size(); ++i) {
        if (Names(i, beside)) place = "other column";
      }
    }
    to_.Add3("after extreme", place, last);
    for (const std::string_view atom : candidate_.atoms) {
      to_.Add3("after", cue.speaks_of,
               std::string(place) + "&" + std::string(atom));
    }
  }
}

// "The tallest": its own word speaks of a column.
void PlanDescriber::ExtremeKin(const QuestionCue& cue) {
  std::string_view place = "nothing";
  if (IsKin(candidate_.key, cue.token)) {
    place = "key";
  } else {
    for (std::size_t i = 0; i < links_.columns.size(); ++i) {
      if (IsKin(i, cue.token)) place = "other";
    }
  }
  for (const std::string_view atom : candidate_.atoms) {
    to_.Add3("extreme kin", place, atom);
  }
}

// How well conditions fit what the question says.
void PlanDescriber::Fit() {
  for (const std::size_t index : candidate_.anchors) {
    const Anchor& anchor = links_.anchors[index];
    const auto kind = NameOf(anchor.kind);
    const std::size_t size = anchor.end - anchor.begin;
    std::size_t same = 0;
    bool inside = false;
    for (const Anchor& other : links_.anchors) {
      if (other.begin > anchor.begin || other.end < anchor.end ||
          other.kind == Anchor::Kind::kFuzzy) {
        continue;
      }
      same += other.end - other.begin == size && &other != &anchor ? 1 : 0;
      inside |= other.end - other.begin > size;
    }
    to_.Add3("anchor inside another", kind, inside ? "yes" : "no");
    to_.Add3("anchor places", kind, CountBucket(same));
    to_.Add3("anchor words", kind, CountBucket(size));
    const auto& tokens = links_.columns[anchor.column].tokens;
    bool near = false;
    for (std::size_t i = anchor.begin < 3 ? 0 : anchor.begin - 3;
         i < std::min(anchor.end + 2, tokens.size()); ++i) {
      near |= tokens[i] && (i < anchor.begin || i >= anchor.end);
    }
    to_.Add3("anchor beside its header", kind, near ? "yes" : "no");
    if (anchor.kind != Anchor::Kind::kPart || anchor.rows.empty()) continue;
    const std::string& cell =
        grid_.rows[anchor.rows[0]].slots[anchor.column].folded;
    const auto& words = anchor.step.literals[0].text;
    to_.Add("part of cell", Bucket(static_cast<double>(words.size()) /
                                   static_cast<double>(cell.size() + 1)));
  }
  Between();
}

// Words between two conditions: "or", "and", "to".
void PlanDescriber::Between() {
  if (candidate_.anchors.size() != 2) return;
  const Anchor* a = &links_.anchors[candidate_.anchors[0]];
  const Anchor* b = &links_.anchors[candidate_.anchors[1]];
  if (b->begin < a->begin) std::swap(a, b);
  const std::string_view last = candidate_.atoms.back();
  if (b->begin < a->end) {
    to_.Add3("between", "overlap", last);
    return;
  }
  if (b->begin - a->end > 3) {
    to_.Add3("between", "much", last);
    return;
  }
  std::string words;
  for (std::size_t i = a->end; i < b->begin; ++i) {
    words += words.empty() ? "" : " ";
    words += question_.tokens[i].stop ? question_.tokens[i].folded : "<word>";
  }
  to_.Add3("between", words, last);
  to_.Add3("between columns", a->column == b->column ? "same" : "other", words);
}

// Whether the plan has what is asked for: "how many passengers".
void PlanDescriber::Thing() {
  if (reading_.thing == SIZE_MAX) return;
  std::string_view place = "nothing";
  if (Names(candidate_.answer, reading_.thing)) {
    place = "answer";
  } else if (Names(candidate_.key, reading_.thing)) {
    place = "key";
  } else if (explained_[reading_.thing]) {
    place = "condition";
  } else {
    for (std::size_t i = 0; i < links_.columns.size(); ++i) {
      if (!Names(i, reading_.thing)) continue;
      place = grid_.columns[i].kind == CellKind::kNumber ? "other number"
                                                         : "other column";
    }
  }
  const std::string_view last = candidate_.atoms.back();
  to_.Add3("thing", place, last);
  to_.Add3("thing", place,
           std::string(reading_.spoken.asked) + "&" + std::string(last));
}

}  // namespace cairn
