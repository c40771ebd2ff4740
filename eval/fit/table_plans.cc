// Fits and scores the weights that rank plans for questions over tables.
//
//   table_plans fit DATA OUT.inc [all]   writes tables/plan_weights.inc
//   table_plans score DATA [wrong]       figures of the weights that are built
//                                        in; "wrong" shows questions
//
// DATA holds wikitablequestions/ and tatqa/. Fitted: the log-likelihood of all
// plans that come to the right answer, by AdaGrad with a small pull to zero,
// averaged over the last epochs and over orders of the questions; tables of the
// held-out half are left out unless "all". Wrong plans are drawn anew for each
// epoch: by chance at first, then half of them those that the weights find most
// probable.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "eval/fit/plain_questions.h"
#include "eval/table_questions.h"
#include "tables/plan_features.h"
#include "tables/question_parser.h"

namespace cairn {
namespace {

constexpr int kEpochs = 10;
constexpr int kByChance = 2;     // Of the epochs, the first.
constexpr int kAveraged = 6;     // The last.
constexpr unsigned kOrders = 5;  // Of the questions; weights are averaged.
constexpr float kRate = 0.15F;
constexpr float kPull = 0.01F;             // L1, of each step.
constexpr std::size_t kSeenMin = 6;        // Questions that show a feature.
constexpr std::size_t kWrongMax = 600;     // Plans of a question in an epoch,
constexpr std::size_t kProbableMax = 300;  // of them the most probable.

// A feature of a plan: its place among the weights, and its value.
using Term = std::pair<std::uint32_t, float>;

// All plans of one question.
struct Example {
  std::vector<Term> terms;  // Of all plans, one after the other.
  std::vector<std::size_t> ends;
  std::vector<bool> right;

  std::size_t size() const { return right.size(); }
  std::span<const Term> Of(std::size_t plan) const {
    const std::size_t begin = plan == 0 ? 0 : ends[plan - 1];
    return std::span(terms).subspan(begin, ends[plan] - begin);
  }
  bool Answerable() const {
    return std::find(right.begin(), right.end(), true) != right.end();
  }
};

using Examples = std::vector<Example>;

// Names of features, in the order they appeared.
struct Names {
  std::unordered_map<std::uint64_t, std::uint32_t> places;
  std::vector<std::string> names;

  // Texts of names are made only for features that are new.
  void AddTerms(const PlanFeatures& features, const PlanCandidate& candidate,
                std::vector<PlanFeature>& found, std::vector<Term>& terms) {
    features.Of(candidate, found);
    std::vector<std::string> texts;
    for (std::size_t k = 0; k < found.size(); ++k) {
      const auto [place, is_new] =
          places.emplace(found[k].id, static_cast<std::uint32_t>(names.size()));
      if (is_new) {
        if (texts.empty()) features.Of(candidate, found, &texts);
        names.push_back(texts[k]);
      }
      terms.emplace_back(place->second, found[k].value);
    }
  }
};

Example MakeExample(const TableQuestion& asked, const TableQuestions& set,
                    Names& known) {
  Example example;
  const QuestionCandidates made(asked.question, *set.tables[asked.table]);
  const PlanFeatures features(made.question());
  std::vector<PlanFeature> found;
  for (const PlanCandidate& candidate : made.candidates()) {
    known.AddTerms(features, candidate, found, example.terms);
    example.ends.push_back(example.terms.size());
    example.right.push_back(IsRight(asked, candidate.result, set.financial));
  }
  example.terms.shrink_to_fit();
  return example;
}

Examples MakeExamples(const TableQuestions& set,
                      const std::vector<TableQuestion>& questions, bool all,
                      Names& names) {
  Examples examples;
  for (const TableQuestion& question : questions) {
    if (question.held_out && !all) continue;
    examples.push_back(MakeExample(question, set, names));
  }
  const auto answerable = std::count_if(
      examples.begin(), examples.end(),
      [](const Example& example) { return example.Answerable(); });
  std::cout << answerable << " of " << examples.size() << " questions of "
            << (set.financial ? "TAT-QA" : "WikiTableQuestions")
            << " have a plan that gives the answer\n";
  return examples;
}

double ScoreOf(std::span<const Term> terms, const std::vector<float>& weights) {
  double score = 0;
  for (const auto& [place, value] : terms) score += weights[place] * value;
  return score;
}

// AdaGrad over one question at a time.
class Fitter {
 public:
  Fitter(const std::vector<const Example*>& examples, std::size_t features,
         unsigned seed)
      : random_(seed),
        weights_(features),
        squares_(features),
        gradient_(features),
        seen_(features) {
    for (const Example* example : examples) {
      if (!example->Answerable()) continue;
      CountSeen(*example);
      examples_.push_back(example);
    }
  }

  std::vector<float> Fit() {
    std::vector<float> mean(weights_.size());
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
      std::shuffle(examples_.begin(), examples_.end(), random_);
      for (const Example* example : examples_) {
        Learn(*example, Choose(*example, epoch >= kByChance));
      }
      if (epoch < kEpochs - kAveraged) continue;
      for (std::size_t i = 0; i < mean.size(); ++i) {
        mean[i] += weights_[i] / kAveraged;
      }
    }
    return mean;
  }

 private:
  void CountSeen(const Example& example) {
    std::unordered_set<std::uint32_t> places;
    for (const auto& [place, value] : example.terms) places.insert(place);
    for (const std::uint32_t place : places) ++seen_[place];
  }

  // The right plans, and some of the wrong ones.
  std::vector<std::size_t> Choose(const Example& example, bool probable) {
    std::vector<std::size_t> chosen;
    std::vector<std::pair<double, std::size_t>> wrong;
    for (std::size_t i = 0; i < example.size(); ++i) {
      if (example.right[i]) {
        chosen.push_back(i);
      } else {
        wrong.emplace_back(-ScoreOf(example.Of(i), weights_), i);
      }
    }
    if (wrong.size() > kWrongMax) {
      const auto others = wrong.begin() + static_cast<std::ptrdiff_t>(
                                              probable ? kProbableMax : 0);
      std::nth_element(wrong.begin(), others, wrong.end());
      std::shuffle(others, wrong.end(), random_);
      wrong.resize(kWrongMax);
    }
    for (const auto& one : wrong) chosen.push_back(one.second);
    return chosen;
  }

  // One step along the gradient of log p(right).
  void Learn(const Example& example, const std::vector<std::size_t>& chosen) {
    std::vector<double> odds;
    for (const std::size_t i : chosen) {
      odds.push_back(ScoreOf(example.Of(i), weights_));
    }
    const double best = *std::max_element(odds.begin(), odds.end());
    double all = 0;
    double right = 0;
    for (std::size_t i = 0; i < odds.size(); ++i) {
      odds[i] = std::exp(odds[i] - best);
      all += odds[i];
      if (example.right[chosen[i]]) right += odds[i];
    }
    touched_.clear();
    for (std::size_t i = 0; i < odds.size(); ++i) {
      const double of_right =
          example.right[chosen[i]] ? odds[i] / std::max(right, 1e-300) : 0;
      const double pull = of_right - odds[i] / all;
      if (std::abs(pull) < 1e-7) continue;
      for (const auto& [place, value] : example.Of(chosen[i])) {
        if (seen_[place] < kSeenMin) continue;
        if (gradient_[place] == 0) touched_.push_back(place);
        gradient_[place] += static_cast<float>(pull) * value;
      }
    }
    for (const std::uint32_t place : touched_) Step(place);
  }

  void Step(std::uint32_t place) {
    const float slope = gradient_[place];
    gradient_[place] = 0;
    squares_[place] += slope * slope;
    const float rate = kRate / std::sqrt(squares_[place] + 1e-6F);
    float& weight = weights_[place];
    weight += rate * slope;
    const float shrink = kPull * rate;
    weight = weight > 0 ? std::max(0.F, weight - shrink)
                        : std::min(0.F, weight + shrink);
  }

  std::mt19937 random_;
  std::vector<const Example*> examples_;
  std::vector<float> weights_, squares_, gradient_;
  std::vector<std::size_t> seen_;
  std::vector<std::uint32_t> touched_;
};

void Write(const Names& names, const std::vector<float>& weights,
           const std::string& path) {
  std::map<std::string, double> sorted;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (std::abs(weights[i]) >= 0.02) sorted[names.names[i]] = weights[i];
  }
  std::ofstream out(path);
  for (const auto& [name, weight] : sorted) {
    std::string quoted;
    for (const char sign : name) {
      if (sign == '"' || sign == '\\') quoted += '\\';
      quoted += sign;
    }
    char line[32];
    std::snprintf(line, sizeof line, "%.3f", weight);
    out << "{\"" << quoted << "\", " << line << "},\n";
  }
  std::cout << sorted.size() << " weights of " << names.names.size()
            << " features\n";
}

struct Outcome {
  double probability = 0;
  bool right = false;
};

double Percent(std::size_t part, std::size_t all) {
  return all == 0 ? 0
                  : 100 * static_cast<double>(part) / static_cast<double>(all);
}

void Print(const std::string& name, const std::vector<Outcome>& outcomes,
           double threshold) {
  std::size_t right = 0;
  std::size_t trusted = 0;
  std::size_t both = 0;
  for (const Outcome& outcome : outcomes) {
    const bool is_trusted = outcome.probability >= threshold;
    right += outcome.right ? 1 : 0;
    trusted += is_trusted ? 1 : 0;
    both += is_trusted && outcome.right ? 1 : 0;
  }
  std::printf(
      "%-34s %5zu questions  right %5.1f %%  trusted from %.2f on %5.1f %%, of "
      "those right %5.1f %%\n",
      name.c_str(), outcomes.size(), Percent(right, outcomes.size()), threshold,
      Percent(trusted, outcomes.size()), Percent(both, trusted));
}

void Fit(const std::vector<const TableQuestions*>& sets, bool all,
         const std::string& path) {
  Names names;
  Examples examples;
  const auto add = [&](const TableQuestions& set,
                       const std::vector<TableQuestion>& questions) {
    Examples made = MakeExamples(set, questions, all, names);
    std::move(made.begin(), made.end(), std::back_inserter(examples));
  };
  for (const TableQuestions* set : sets) {
    add(*set, set->questions);
    // Cells of reports are in millions: their texts are no answers.
    if (!set->financial) add(*set, PlainQuestions(*set));
  }
  std::vector<const Example*> chosen;
  for (const Example& example : examples) chosen.push_back(&example);
  std::vector<float> mean(names.names.size());
  for (unsigned seed = 1; seed <= kOrders; ++seed) {
    const auto weights = Fitter(chosen, mean.size(), seed).Fit();
    for (std::size_t i = 0; i < mean.size(); ++i) {
      mean[i] += weights[i] / kOrders;
    }
  }
  Write(names, mean, path);
}

void Show(const TableQuestion& question, const std::vector<RankedPlan>& plans) {
  std::cout << question.question << "\n  gold";
  for (const std::string& answer : question.answers) {
    std::cout << " | " << answer;
  }
  if (!plans.empty()) {
    std::cout << " (" << question.scale << ")\n  said";
    for (const PlanValue& value : plans[0].result.values) {
      std::cout << " | " << value.text;
    }
    std::cout << "\n  " << plans[0].probability << " "
              << PrintPlan(plans[0].plan);
  }
  std::cout << "\n";
}

void Score(const TableQuestions& set,
           const std::vector<TableQuestion>& questions, const std::string& name,
           bool wrong) {
  std::vector<Outcome> halves[2];
  for (const TableQuestion& question : questions) {
    const auto plans =
        ParseQuestion(question.question, *set.tables[question.table], 1);
    Outcome outcome;
    if (!plans.empty()) {
      outcome = {.probability = plans[0].probability,
                 .right = IsRight(question, plans[0].result, set.financial)};
    }
    halves[question.held_out ? 1 : 0].push_back(outcome);
    if (wrong && !outcome.right && !question.held_out) Show(question, plans);
  }
  Print(name + ", looked at", halves[0], kTrustedProbability);
  Print(name + ", held out", halves[1], kTrustedProbability);
}

int Run(const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words[0];
  const bool fit = command == "fit" && words.size() >= 3;
  if (!fit && (words.size() < 2 || command != "score")) {
    std::cerr << "table_plans fit DATA OUT.inc [all] | score DATA [wrong]\n";
    return 2;
  }
  const auto wiki = ReadWikiTableQuestions(words[1] + "/wikitablequestions");
  const auto finance = ReadTatQa(words[1] + "/tatqa/tatqa_dataset_dev.json");
  if (!wiki.ok() || !finance.ok()) {
    std::cerr << wiki.status() << "\n" << finance.status() << "\n";
    return 1;
  }
  if (fit) {
    Fit({&*wiki, &*finance}, words.size() > 3, words[2]);
  } else {
    const bool wrong = words.size() > 2;
    Score(*wiki, wiki->questions, "WikiTableQuestions", wrong);
    Score(*wiki, PlainQuestions(*wiki), "plain questions", wrong);
    Score(*finance, finance->questions, "TAT-QA, table questions", wrong);
  }
  return 0;
}

}  // namespace
}  // namespace cairn

int main(int count, char** words) {
  return cairn::Run({words + 1, words + count});
}
