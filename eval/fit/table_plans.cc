// Fits and scores the weights that rank plans for questions over tables.
//
//   table_plans fit DATA OUT.inc [all]   writes tables/plan_weights.inc
//   table_plans score DATA [wrong]       prints figures; "wrong" shows
//   questions
//
// DATA holds wikitablequestions/ and tatqa/. Fitted: the log-likelihood of all
// plans that come to the right answer, by AdaGrad with a small pull to zero;
// tables of the held-out half are left out unless "all".
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "eval/table_questions.h"
#include "tables/plan_features.h"
#include "tables/question_parser.h"

namespace cairn {
namespace {

constexpr int kEpochs = 8;
constexpr double kRate = 0.15;
constexpr double kPull = 3e-4;           // L1, of each step.
constexpr std::size_t kSeenMin = 6;      // Questions that show a feature.
constexpr std::size_t kOthersMax = 400;  // Wrong plans of a question.

struct Example {
  // Per plan, indexes into the weights.
  std::vector<std::vector<std::pair<std::uint32_t, float>>> plans;
  std::vector<bool> right;
};

struct Model {
  std::unordered_map<std::uint64_t, std::uint32_t> places;
  std::vector<std::string> names;
  std::vector<std::size_t> seen;
  std::vector<double> weights, squares;

  std::uint32_t Place(const PlanFeature& feature, const std::string& name) {
    const auto [place, is_new] =
        places.emplace(feature.id, static_cast<std::uint32_t>(names.size()));
    if (is_new) {
      names.push_back(name);
      seen.push_back(0);
    }
    return place->second;
  }
};

void AddExample(const TableQuestion& asked, const TableGrid& grid,
                bool financial, std::mt19937& random, Model& model,
                std::vector<Example>& examples) {
  const QuestionCandidates made(asked.question, grid);
  const PlanFeatures features(made.question());
  std::vector<std::size_t> right;
  std::vector<std::size_t> wrong;
  for (std::size_t i = 0; i < made.candidates().size(); ++i) {
    const bool is_right =
        IsRight(asked, made.candidates()[i].result, financial);
    (is_right ? right : wrong).push_back(i);
  }
  if (right.empty()) return;
  std::shuffle(wrong.begin(), wrong.end(), random);
  if (wrong.size() > kOthersMax) wrong.resize(kOthersMax);
  Example example;
  std::vector<PlanFeature> found;
  std::vector<std::string> names;
  std::vector<std::uint32_t> places;
  for (const auto* group : {&right, &wrong}) {
    for (const std::size_t i : *group) {
      features.Of(made.candidates()[i], found, &names);
      auto& plan = example.plans.emplace_back();
      for (std::size_t k = 0; k < found.size(); ++k) {
        const std::uint32_t place = model.Place(found[k], names[k]);
        plan.emplace_back(place, found[k].value);
        places.push_back(place);
      }
      example.right.push_back(group == &right);
    }
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  for (const std::uint32_t place : places) ++model.seen[place];
  examples.push_back(std::move(example));
}

// One step along the gradient of log p(right); returns that logarithm.
double Learn(const Example& example, Model& model) {
  std::vector<double> scores(example.plans.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    for (const auto& [place, value] : example.plans[i]) {
      scores[i] += model.weights[place] * value;
    }
  }
  const double best = *std::max_element(scores.begin(), scores.end());
  double all = 0;
  double right = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i] = std::exp(scores[i] - best);
    all += scores[i];
    if (example.right[i]) right += scores[i];
  }
  std::unordered_map<std::uint32_t, double> gradient;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double pull =
        (example.right[i] ? scores[i] / std::max(right, 1e-300) : 0) -
        scores[i] / all;
    if (std::abs(pull) < 1e-7) continue;
    for (const auto& [place, value] : example.plans[i]) {
      gradient[place] += pull * value;
    }
  }
  for (const auto& [place, slope] : gradient) {
    if (model.seen[place] < kSeenMin) continue;
    model.squares[place] += slope * slope;
    double& weight = model.weights[place];
    const double rate = kRate / std::sqrt(model.squares[place] + 1e-6);
    weight += rate * slope;
    const double shrink = kPull * rate * 100;
    weight = weight > 0 ? std::max(0.0, weight - shrink)
                        : std::min(0.0, weight + shrink);
  }
  return std::log(std::max(right, 1e-300) / all);
}

void Write(const Model& model, const std::string& path) {
  std::map<std::string, double> sorted;
  for (std::size_t i = 0; i < model.names.size(); ++i) {
    if (std::abs(model.weights[i]) >= 0.02) {
      sorted[model.names[i]] = model.weights[i];
    }
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
  std::cout << sorted.size() << " weights of " << model.names.size()
            << " features\n";
}

void Fit(const std::vector<const TableQuestions*>& sets, bool all,
         const std::string& path) {
  std::mt19937 random(1);
  Model model;
  std::vector<Example> examples;
  std::size_t asked = 0;
  for (const TableQuestions* set : sets) {
    for (const TableQuestion& question : set->questions) {
      if (question.held_out && !all) continue;
      ++asked;
      AddExample(question, *set->tables[question.table], set->financial, random,
                 model, examples);
    }
  }
  std::cout << examples.size() << " of " << asked
            << " questions have a plan that gives the answer\n";
  model.weights.resize(model.names.size());
  model.squares.resize(model.names.size());
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    std::shuffle(examples.begin(), examples.end(), random);
    double sum = 0;
    for (const Example& example : examples) sum += Learn(example, model);
    std::cout << "epoch " << epoch << ": log p "
              << sum / static_cast<double>(examples.size()) << std::endl;
  }
  Write(model, path);
}

struct Tally {
  std::size_t asked = 0, right = 0, trusted = 0, trusted_right = 0;
};

void Print(const std::string& name, const Tally& tally) {
  const auto percent = [](std::size_t part, std::size_t all) {
    return all == 0
               ? 0
               : 100 * static_cast<double>(part) / static_cast<double>(all);
  };
  std::printf(
      "%-34s %5zu questions  right %5.1f %%  answered above the threshold "
      "%5.1f %%, of those right %5.1f %%\n",
      name.c_str(), tally.asked, percent(tally.right, tally.asked),
      percent(tally.trusted, tally.asked),
      percent(tally.trusted_right, tally.trusted));
}

void Score(const TableQuestions& set, const std::string& name, bool wrong) {
  Tally halves[2];
  for (const TableQuestion& question : set.questions) {
    const auto plans =
        ParseQuestion(question.question, *set.tables[question.table], 1);
    Tally& tally = halves[question.held_out ? 1 : 0];
    ++tally.asked;
    const bool right =
        !plans.empty() && IsRight(question, plans[0].result, set.financial);
    const bool trusted =
        !plans.empty() && plans[0].probability >= kTrustedProbability;
    tally.right += right ? 1 : 0;
    tally.trusted += trusted ? 1 : 0;
    tally.trusted_right += trusted && right ? 1 : 0;
    if (!wrong || right || question.held_out) continue;
    std::cout << question.question << "\n  gold";
    for (const std::string& answer : question.answers)
      std::cout << " | " << answer;
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
  Print(name + ", looked at", halves[0]);
  Print(name + ", held out", halves[1]);
}

int Run(const std::vector<std::string>& words) {
  const bool fit = words.size() >= 3 && words[0] == "fit";
  if (!fit && (words.size() < 2 || words[0] != "score")) {
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
    return 0;
  }
  Score(*wiki, "WikiTableQuestions", words.size() > 2);
  Score(*finance, "TAT-QA, table questions", words.size() > 2);
  return 0;
}

}  // namespace
}  // namespace cairn

int main(int count, char** words) {
  return cairn::Run({words + 1, words + count});
}
