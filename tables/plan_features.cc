#include "tables/plan_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "tables/order_text.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kNone = PlanCandidate::kNone;

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

std::string_view Bucket(double share) {
  if (share <= 0) return "0";
  if (share < 0.34) return "low";
  if (share < 0.67) return "half";
  return share < 1 ? "high" : "1";
}

std::string_view CountBucket(std::size_t count) {
  constexpr std::array<std::string_view, 6> kNames = {"0", "1", "2",
                                                      "3", "4", "5"};
  return count < kNames.size() ? kNames[count] : "more";
}

class Collector {
 public:
  Collector(std::vector<PlanFeature>& out, std::vector<std::string>* names)
      : out_(out), names_(names) {}

  void Add(std::string_view a, std::string_view b = {}, float value = 1) {
    name_.assign(a);
    if (!b.empty()) {
      name_ += '&';
      name_ += b;
    }
    Put(value);
  }
  void Add3(std::string_view a, std::string_view b, std::string_view c) {
    name_.assign(a);
    name_ += '&';
    name_ += b;
    name_ += '&';
    name_ += c;
    Put(1);
  }

 private:
  void Put(float value) {
    out_.push_back({FeatureId(name_), value});
    if (names_ != nullptr) names_->push_back(name_);
  }

  std::vector<PlanFeature>& out_;
  std::vector<std::string>* const names_;
  std::string name_;
};

// One candidate's features, part by part.
class Describer {
 public:
  Describer(const QuestionText& question, const PlanCandidate& candidate,
            Collector& to)
      : question_(question),
        candidate_(candidate),
        grid_(*candidate.table->grid),
        links_(candidate.table->links),
        to_(to),
        explained_(question.tokens.size()) {
    for (const std::string_view atom : candidate.atoms) {
      shape_ += shape_.empty() ? "" : ">";
      shape_ += atom;
    }
  }

  void Describe(const std::string& wh, const std::string& head,
                const std::vector<std::string>& cues) {
    to_.Add("shape", shape_);
    to_.Add("turned", candidate_.table->turned ? "yes" : "no");
    const std::string_view last = candidate_.atoms.back();
    to_.Add3("wh", wh, last);
    for (const std::string& cue : cues) {
      for (const std::string_view atom : candidate_.atoms) to_.Add(cue, atom);
    }
    Anchors();
    Column("answer", candidate_.answer, wh, head);
    Column("key", candidate_.key, wh, head);
    Order();
    Result(wh);
    Coverage();
  }

 private:
  void Anchors();
  void Column(std::string_view role, std::size_t column, const std::string& wh,
              const std::string& head);
  void Order();
  void Result(const std::string& wh);
  void Coverage();
  std::string_view KindOf(std::size_t column) const {
    const GridColumn& style = grid_.columns[column];
    return style.years ? "year" : NameOf(style.kind);
  }

  const QuestionText& question_;
  const PlanCandidate& candidate_;
  const TableGrid& grid_;
  const QuestionLinks& links_;
  Collector& to_;
  std::string shape_;
  std::vector<bool> explained_;
};

void Describer::Anchors() {
  constexpr std::array<std::string_view, 4> kKinds = {"exact", "part", "fuzzy",
                                                      "compare"};
  to_.Add("anchors", CountBucket(candidate_.anchors.size()));
  for (const std::size_t index : candidate_.anchors) {
    const Anchor& anchor = links_.anchors[index];
    const auto kind = kKinds[static_cast<std::size_t>(anchor.kind)];
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

void Describer::Column(std::string_view role, std::size_t column,
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
    if (!link.tokens[i]) continue;
    ++words;
    explained_[i] = true;
  }
  to_.Add(role, "words", static_cast<float>(std::min<std::size_t>(words, 8)));
  name = std::string(role) + " kind";
  to_.Add3(name, KindOf(column), wh);
  to_.Add3(name, KindOf(column), last);
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
void Describer::Order() {
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

void Describer::Result(const std::string& wh) {
  const auto& values = candidate_.result.values;
  const std::string_view last = candidate_.atoms.back();
  const std::string_view size = CountBucket(values.size());
  to_.Add3("values", last, size);
  to_.Add3("values", wh, size);
  const PlanValue& first = values[0];
  to_.Add3("value kind", NameOf(first.value.kind), wh);
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
void Describer::Coverage() {
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

}  // namespace

std::uint64_t FeatureId(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a.
  for (const char sign : name) {
    hash ^= static_cast<unsigned char>(sign);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

PlanFeatures::PlanFeatures(const QuestionText& question) : question_(question) {
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
  Collector to(out, names);
  Describer(question_, candidate, to).Describe(wh_, head_, cues_);
}

}  // namespace cairn
