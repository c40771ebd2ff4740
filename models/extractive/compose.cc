#include "models/extractive/compose.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/words.h"

namespace cairn::extractive {
namespace {

// A further quote must be nearly as good as the first.
constexpr double kFurtherShare = 0.8;
constexpr double kFurtherReadShare = 0.85;
constexpr std::size_t kExplanationsMax = 3;
constexpr std::size_t kItemsMax = 3;
constexpr std::size_t kJoinedBytesMax = 600;
constexpr double kSupportOdds = 0;

constexpr std::array<std::string_view, 8> kPointers = {
    "this", "these", "it", "they", "with", "that", "such", "instead"};

class Composer {
 public:
  Composer(const std::vector<Judged>& judged, const std::vector<Unit>& units,
           const GenerationRequest& request, const Question& question,
           double confidence)
      : judged_(judged),
        units_(units),
        request_(request),
        question_(question),
        max_(std::max<std::size_t>(request.sentences_max, 1)) {
    draft_.confidence = confidence;
  }

  Draft Run() {
    const Judged& best = judged_.front();
    if (question_.sides && AddSides()) return std::move(draft_);
    if (!question_.explains() && StandsOut(best)) {
      draft_.short_answer = best.short_answer;
    }
    Add(best);
    if (!IsRead()) {
      AddNearlyAsGood(kFurtherShare, max_);
    } else if (question_.explains()) {
      AddNearlyAsGood(kFurtherReadShare, std::min(max_, kExplanationsMax));
    } else {
      AddSupport();
    }
    return std::move(draft_);
  }

 private:
  bool IsRead() const {
    return std::any_of(units_.begin(), units_.end(),
                       [](const Unit& unit) { return unit.odds.has_value(); });
  }

  std::size_t IndexOf(const Unit& unit) const {
    return static_cast<std::size_t>(&unit - units_.data());
  }

  bool Repeats(const Unit& unit) const {
    return std::any_of(taken_.begin(), taken_.end(),
                       [&unit](const Unit* other) {
                         return other == &unit || NearlySame(unit, *other);
                       });
  }

  void AddQuote(const Unit& unit, const ByteSpan& span, double score) {
    if (draft_.sentences.size() >= max_) return;
    const EvidencePassage& passage = request_.evidence[unit.passage];
    const ByteSpan inside{span.begin - passage.span.begin,
                          span.end - passage.span.begin};
    const double best = judged_.front().score;
    const double share = best > 0 ? std::clamp(score / best, 0.0, 1.0) : 1;
    taken_.push_back(&unit);
    draft_.sentences.push_back(
        {.text = std::string(inside.Of(passage.text)),
         .quotes = {{.passage = unit.passage, .span = span}},
         .confidence = draft_.confidence * share});
  }

  // With what introduces it, and what it introduces.
  void Add(const Judged& judged) {
    const Unit& unit = *judged.unit;
    if (unit.lead_in && max_ > 1 && !Repeats(units_[*unit.lead_in])) {
      AddQuote(units_[*unit.lead_in], units_[*unit.lead_in].span, judged.score);
    }
    AddQuote(unit, WithWhatItPointsTo(unit), judged.score);
    if (unit.text.back() == ':') AddWhatFollows(judged);
  }

  // "With this instruction, ...": of an explanation, the sentence before too.
  ByteSpan WithWhatItPointsTo(const Unit& unit) const {
    const std::size_t index = IndexOf(unit);
    if (!question_.explains() || index == 0) return unit.span;
    const Unit& before = units_[index - 1];
    const std::vector<Word> words = FoldWords(unit.text);
    const bool points =
        !words.empty() && std::find(kPointers.begin(), kPointers.end(),
                                    words.front().term) != kPointers.end();
    const bool joined = before.passage == unit.passage &&
                        before.block == unit.block &&
                        unit.span.end - before.span.begin <= kJoinedBytesMax;
    if (!points || !joined || Repeats(before)) return unit.span;
    return {before.span.begin, unit.span.end};
  }

  // The code or the best items below "... as follows:", in their order.
  void AddWhatFollows(const Judged& judged) {
    const std::size_t index = IndexOf(*judged.unit);
    std::vector<const Judged*> below;
    for (const Judged& other : judged_) {
      if (other.unit->lead_in == index && below.size() < kItemsMax &&
          !Repeats(*other.unit)) {
        below.push_back(&other);
      }
    }
    std::sort(below.begin(), below.end(), [](const Judged* a, const Judged* b) {
      return a->unit < b->unit;
    });
    for (const Judged* one : below) {
      AddQuote(*one->unit, one->unit->span, one->score);
    }
  }

  void AddNearlyAsGood(double share, std::size_t sentences_max) {
    const double least = share * judged_.front().score;
    for (const Judged& judged : judged_) {
      if (draft_.sentences.size() >= sentences_max) return;
      if (judged.score < least) return;
      if (!Repeats(*judged.unit)) Add(judged);
    }
  }

  // One quote of another passage that gives the same short answer.
  void AddSupport() {
    const std::string answer = NormalizeName(draft_.short_answer);
    if (answer.empty()) return;
    for (const Judged& judged : judged_) {
      const Unit& unit = *judged.unit;
      if (unit.passage == judged_.front().unit->passage) continue;
      const bool same = NormalizeName(judged.short_answer) == answer;
      const bool sure = unit.odds && *unit.odds >= kSupportOdds;
      if (!same || !sure || Repeats(unit)) continue;
      AddQuote(unit, unit.span, judged.score);
      return;
    }
  }

  // The best unit that speaks of side `side` but not of the other, those first
  // that go on to explain it; null: none.
  const Judged* BestOfSide(std::size_t side) const {
    constexpr double kExplainedShare = 0.25;
    const Judged* best = nullptr;
    double best_score = 0;
    for (const Judged& judged : judged_) {
      const Unit& unit = *judged.unit;
      if (unit.kind == UnitKind::kBare) continue;
      if (!HasPhrase(unit.text, question_.sides->words[side]) ||
          HasPhrase(unit.text, question_.sides->words[1 - side])) {
        continue;
      }
      const bool explained = WithExplanation(unit) != unit.span;
      const double score = judged.score + (explained ? kExplainedShare : 0);
      if (best != nullptr && score <= best_score) continue;
      best = &judged;
      best_score = score;
    }
    return best;
  }

  // A quote can name a side and leave its explanation to the next sentence.
  ByteSpan WithExplanation(const Unit& unit) const {
    const std::size_t index = IndexOf(unit);
    if (index + 1 >= units_.size()) return unit.span;
    const Unit& next = units_[index + 1];
    const std::vector<Word> words = FoldWords(next.text);
    const bool points =
        !words.empty() && std::find(kPointers.begin(), kPointers.end(),
                                    words.front().term) != kPointers.end();
    const bool joined = next.passage == unit.passage &&
                        next.block == unit.block &&
                        next.span.end - unit.span.begin <= kJoinedBytesMax;
    if (!points || !joined) return unit.span;
    return {unit.span.begin, next.span.end};
  }

  // One quote of each side, or first one of both. False: there is none.
  bool AddSides() {
    const Judged* first = BestOfSide(0);
    const Judged* second = BestOfSide(1);
    const Judged& best = judged_.front();
    const bool both = HasPhrase(best.unit->text, question_.sides->words[0]) &&
                      HasPhrase(best.unit->text, question_.sides->words[1]);
    if (both) Add(best);
    if (first == nullptr || second == nullptr) return both;
    for (const Judged* side : {first, second}) {
      if (!Repeats(*side->unit)) {
        AddQuote(*side->unit, WithExplanation(*side->unit), side->score);
      }
    }
    return true;
  }

  const std::vector<Judged>& judged_;
  const std::vector<Unit>& units_;
  const GenerationRequest& request_;
  const Question& question_;
  const std::size_t max_;
  Draft draft_;
  std::vector<const Unit*> taken_;
};

}  // namespace

Draft Compose(const std::vector<Judged>& judged, const std::vector<Unit>& units,
              const GenerationRequest& request, const Question& question,
              double confidence) {
  return Composer(judged, units, request, question, confidence).Run();
}

}  // namespace cairn::extractive
