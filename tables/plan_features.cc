#include "tables/plan_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "tables/order_text.h"
#include "tables/plan_describer.h"
#include "text/words.h"

namespace cairn {
namespace {

// What the question asks with.
std::string WhOf(const QuestionText& question, std::size_t& end) {
  for (std::size_t i = 0; i < question.tokens.size(); ++i) {
    const std::string& word = question.tokens[i].folded;
    end = i + 1;
    if (word == "how" && end < question.tokens.size()) {
      const std::string& next = question.tokens[i + 1].folded;
      ++end;
      if (next == "many" || next == "much" || next == "long" || next == "old") {
        return "how " + next;
      }
      return "how";
    }
    for (const std::string_view wh : {"what", "which", "who", "whom", "whose",
                                      "when", "where", "name", "list"}) {
      if (word == wh) return word;
    }
  }
  end = 0;
  return question.tokens.empty() ? "none" : question.tokens[0].folded;
}

}  // namespace

void PlanDescriber::Anchors() {
  to_.Add("anchors", CountBucket(candidate_.anchors.size()));
  for (const std::size_t index : candidate_.anchors) {
    const Anchor& anchor = links_.anchors[index];
    const auto kind = NameOf(anchor.kind);
    to_.Add("anchor", kind);
    if (anchor.kind == Anchor::Kind::kFuzzy) {
      to_.Add("fuzzy fit", {}, static_cast<float>(anchor.fit));
    }
    if (anchor.end - anchor.begin == 1 &&
        question_.tokens[anchor.begin].number) {
      to_.Add3("anchor number", kind, KindOf(anchor.column));
    }
    to_.Add3("anchor column", kind,
             Bucket(links_.columns[anchor.column].share));
    if (anchor.column == 0) to_.Add("anchor first", kind);
    if (anchor.kind != Anchor::Kind::kCompare) {
      to_.Add3("anchor rows", kind, CountBucket(anchor.rows.size()));
    }
    for (std::size_t i = anchor.begin; i < anchor.end; ++i) {
      explained_[i] = true;
    }
  }
}

void PlanDescriber::Column(std::string_view role, std::size_t column,
                           const std::string& wh, const std::string& head) {
  if (column == kNone) return;
  const ColumnLink& link = links_.columns[column];
  const std::string_view last = candidate_.atoms.back();
  std::string name(role);
  name += link.phrase ? " phrase" : " share";
  to_.Add3(name, Bucket(link.share), last);
  to_.Add(name, Bucket(link.share));
  to_.Add(role, {}, static_cast<float>(link.share));
  // Words of the question that the header has: more of them speak for it.
  std::size_t words = 0;
  for (std::size_t i = 0; i < link.tokens.size(); ++i) {
    if (link.kin[i]) explained_[i] = true;
    if (!link.tokens[i]) continue;
    ++words;
    explained_[i] = true;
  }
  to_.Add(role, "words", static_cast<float>(std::min<std::size_t>(words, 8)));
  name = std::string(role) + " kind";
  to_.Add3(name, KindOf(column), wh);
  to_.Add3(name, KindOf(column), last);
  to_.Add3(name, KindOf(column), reading_.spoken.asked);
  const bool kin =
      std::find(link.kin.begin(), link.kin.end(), true) != link.kin.end();
  to_.Add3(role, kin ? "kin" : "no kin", last);
  to_.Add3(role, kin ? "kin" : "no kin", Bucket(link.share));
  if (column == 0) to_.Add(role, "first column");
  std::size_t first_text = 0;
  while (first_text < grid_.columns.size() &&
         grid_.columns[first_text].kind != CellKind::kText) {
    ++first_text;
  }
  if (column == first_text) to_.Add(role, "first text");
  name = std::string(role) + " word";
  for (const std::string& stem : link.stems) {
    to_.Add3(name, wh, stem);
    if (!head.empty()) to_.Add3(name, head, stem);
    if (head == stem) to_.Add(role, "is head");
    if (role == "key") to_.Add3(name, last, stem);
  }
  if (role == "key") {
    for (const QuestionToken& token : question_.tokens) {
      const std::string& word = token.folded;
      if (!word.ends_with("est") && word != "most" && word != "least" &&
          word != "last" && word != "first" && word != "top") {
        continue;
      }
      to_.Add3("extreme kind", word, KindOf(column));
      for (const std::string& stem : link.stems) {
        to_.Add3("extreme word", word, stem);
      }
    }
  }
}

// Which of two parts comes first, in the question and in time.
void PlanDescriber::Order() {
  if (candidate_.plan.parts.size() != 2 || candidate_.anchors.size() != 2) {
    return;
  }
  const Anchor& a = links_.anchors[candidate_.anchors[0]];
  const Anchor& b = links_.anchors[candidate_.anchors[1]];
  const std::string_view atom = candidate_.atoms.back();
  const std::string_view told = a.begin < b.begin ? "told first" : "told last";
  to_.Add3("order", atom, told);
  const auto& left = grid_.rows[a.rows[0]].slots[a.column].order;
  const auto& right = grid_.rows[b.rows[0]].slots[b.column].order;
  if (left && right) {
    const std::string_view time = *left < *right ? "earlier" : "later";
    to_.Add3("order", atom, time);
    to_.Add3("order", question_.Has("from") ? "from" : "between", time);
  }
  if (!candidate_.result.values.empty()) {
    const double number = candidate_.result.values[0].value.number;
    to_.Add3("sign", atom, number < 0 ? "minus" : "plus");
    to_.Add3("sign", candidate_.table->turned ? "turned" : "straight",
             number < 0 ? "minus" : "plus");
  }
}

void PlanDescriber::Result(const std::string& wh) {
  const auto& values = candidate_.result.values;
  const std::string_view last = candidate_.atoms.back();
  const std::string_view size = CountBucket(values.size());
  to_.Add3("values", last, size);
  to_.Add3("values", wh, size);
  const PlanValue& first = values[0];
  to_.Add3("value kind", NameOf(first.value.kind), wh);
  to_.Add3("value kind asked", NameOf(first.value.kind), reading_.spoken.asked);
  to_.Add3("values asked", reading_.spoken.asked, size);
  if (values.size() == 1 && first.value.kind == CellKind::kMissing) {
    to_.Add("value", "missing");
  }
  if (first.computed && first.value.kind == CellKind::kNumber) {
    if (first.value.number == 0) to_.Add3("value", "zero", last);
    if (first.value.number == 1) to_.Add3("value", "one", last);
  }
  std::size_t echoed = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(values.size(), 4); ++i) {
    if (values[i].computed) continue;
    const std::string folded = NormalizeName(values[i].text);
    if (folded.empty()) continue;
    const std::string asked = " " + NormalizeName(question_.text) + " ";
    echoed += asked.find(" " + folded + " ") != std::string::npos ? 1 : 0;
  }
  if (echoed > 0) {
    const bool choice = question_.Has("or");
    to_.Add3("value", "echoed", choice ? "of a choice" : "from nowhere");
    to_.Add3("value", "echoed", last);
  }
}

// Content words and cells of the question that the plan says nothing of.
void PlanDescriber::Coverage() {
  std::size_t content = 0;
  std::size_t left = 0;
  for (std::size_t i = 0; i < question_.tokens.size(); ++i) {
    if (question_.tokens[i].stop) continue;
    ++content;
    left += explained_[i] ? 0 : 1;
  }
  to_.Add("left", {}, static_cast<float>(std::min<std::size_t>(left, 8)));
  if (content > 0) {
    to_.Add("explained", {},
            static_cast<float>(content - left) / static_cast<float>(content));
  }
  std::size_t exact = 0;
  std::size_t part = 0;
  std::size_t number = 0;
  std::vector<bool> counted(question_.tokens.size());
  for (const Anchor& anchor : links_.anchors) {
    for (std::size_t i = anchor.begin; i < anchor.end; ++i) {
      if (explained_[i] || counted[i]) continue;
      counted[i] = true;
      if (question_.tokens[i].number) {
        ++number;
      } else {
        ++(anchor.kind == Anchor::Kind::kExact ? exact : part);
      }
    }
  }
  to_.Add("cells left", CountBucket(exact));
  to_.Add("parts left", CountBucket(part));
  to_.Add("numbers left", CountBucket(number));
}

std::uint64_t FeatureId(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a.
  for (const char sign : name) {
    hash ^= static_cast<unsigned char>(sign);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

PlanFeatures::PlanFeatures(const QuestionText& question)
    : question_(question), spoken_(FindCues(question)) {
  for (const QuestionCue& cue : spoken_.cues) {
    speaks_of_.push_back(cue.speaks_of);
  }
  std::sort(speaks_of_.begin(), speaks_of_.end());
  speaks_of_.erase(std::unique(speaks_of_.begin(), speaks_of_.end()),
                   speaks_of_.end());
  for (std::size_t i = spoken_.asked_end; i < question.tokens.size(); ++i) {
    if (question.tokens[i].stop) continue;
    thing_ = i;
    break;
  }
  std::size_t end = 0;
  wh_ = WhOf(question, end);
  for (std::size_t i = end; i < question.tokens.size(); ++i) {
    if (question.tokens[i].stop) continue;
    head_ = question.tokens[i].stem;
    break;
  }
  const auto name = [](const QuestionToken& token) -> std::string {
    return token.number ? "<n>" : token.stem;
  };
  for (std::size_t i = 0; i < question.tokens.size(); ++i) {
    cues_.push_back(name(question.tokens[i]));
    if (i > 0) {
      cues_.push_back(name(question.tokens[i - 1]) + ' ' +
                      name(question.tokens[i]));
    }
  }
  std::sort(cues_.begin(), cues_.end());
  cues_.erase(std::unique(cues_.begin(), cues_.end()), cues_.end());
}

void PlanFeatures::Of(const PlanCandidate& candidate,
                      std::vector<PlanFeature>& out,
                      std::vector<std::string>* names) const {
  out.clear();
  if (names != nullptr) names->clear();
  FeatureCollector to(out, names);
  const QuestionReading reading{question_, spoken_, speaks_of_, thing_};
  PlanDescriber(reading, candidate, to).Describe(wh_, head_, cues_);
}

}  // namespace cairn
