// PlanDescriber: one candidate's features, part by part. plan_features.cc has
// what columns, values and single words say, plan_cue_features.cc what the
// question's cues and conditions do.
// Private to tables/; see plan_features.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tables/plan_features.h"

namespace cairn {

inline std::string_view Bucket(double share) {
  if (share <= 0) return "0";
  if (share < 0.34) return "low";
  if (share < 0.67) return "half";
  return share < 1 ? "high" : "1";
}

inline std::string_view CountBucket(std::size_t count) {
  constexpr std::array<std::string_view, 6> kNames = {"0", "1", "2",
                                                      "3", "4", "5"};
  return count < kNames.size() ? kNames[count] : "more";
}

inline std::string_view NameOf(Anchor::Kind kind) {
  constexpr std::array<std::string_view, 5> kNames = {"exact", "part", "stem",
                                                      "fuzzy", "compare"};
  return kNames[static_cast<std::size_t>(kind)];
}

class FeatureCollector {
 public:
  FeatureCollector(std::vector<PlanFeature>& out,
                   std::vector<std::string>* names)
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

// What of a question features look at.
struct QuestionReading {
  const QuestionText& question;
  const QuestionCues& spoken;
  const std::vector<std::string_view>& speaks_of;
  std::size_t thing;
};

// One candidate's features, part by part.
class PlanDescriber {
 public:
  PlanDescriber(const QuestionReading& reading, const PlanCandidate& candidate,
                FeatureCollector& to)
      : question_(reading.question),
        reading_(reading),
        candidate_(candidate),
        grid_(*candidate.table->grid),
        links_(candidate.table->links),
        to_(to),
        explained_(reading.question.tokens.size()) {
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
    Cues();
    Extremes();
    Anchors();
    Fit();
    Column("answer", candidate_.answer, wh, head);
    Column("key", candidate_.key, wh, head);
    Thing();
    Order();
    Result(wh);
    Coverage();
  }

 private:
  static constexpr std::size_t kNone = PlanCandidate::kNone;

  void Cues();
  void Extremes();
  void ExtremeKin(const QuestionCue& cue);
  void Anchors();
  void Fit();
  void Between();
  void Thing();
  void Column(std::string_view role, std::size_t column, const std::string& wh,
              const std::string& head);
  void Order();
  void Result(const std::string& wh);
  void Coverage();
  std::string_view KindOf(std::size_t column) const {
    const GridColumn& style = grid_.columns[column];
    return style.years ? "year" : NameOf(style.kind);
  }

  bool Names(std::size_t column, std::size_t token) const {
    return column != kNone && token < question_.tokens.size() &&
           links_.columns[column].tokens[token];
  }

  bool IsKin(std::size_t column, std::size_t token) const {
    return column != kNone && links_.columns[column].kin[token];
  }

  const QuestionText& question_;
  const QuestionReading& reading_;
  const PlanCandidate& candidate_;
  const TableGrid& grid_;
  const QuestionLinks& links_;
  FeatureCollector& to_;
  std::string shape_;
  std::vector<bool> explained_;
};

}  // namespace cairn
