// Fits the weights of tables/table_match.cc to tables that a search ranked.
//
//   table_match FOLDER...     folders that eval/tables.py left, mode hybrid
//
// Of every question the best ten tables are read. Fitted beside the score of
// the search: the log-likelihood of the right table, on one half of the tables,
// by gradient descent; the other half is only scored. Both by the hash of the
// name.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "eval/table_questions.h"
#include "tables/table_match.h"

namespace cairn {
namespace {

constexpr std::size_t kTables = 10;
constexpr int kSteps = 4000;
constexpr double kRate = 0.5;
constexpr std::size_t kFileBytesMax = std::size_t{64} << 20;
using Numbers = std::array<double, 4>;  // The score, and those of TableMatch.

struct Question {
  std::vector<Numbers> tables;
  std::size_t right = SIZE_MAX;  // None of them.
  bool held_out = false;
};

using Grids = std::map<std::string, std::unique_ptr<TableGrid>>;

// Null: there is none.
const TableGrid* GridOf(const std::string& path, Grids& grids) {
  if (const auto known = grids.find(path); known != grids.end()) {
    return known->second.get();
  }
  auto& grid = grids[path];
  const auto bytes = ReadFile(path, kFileBytesMax);
  if (!bytes.ok()) return nullptr;
  auto made =
      FirstTable(*bytes, path.ends_with(".csv") ? "text/csv" : "text/html");
  if (made.ok()) grid = *std::move(made);
  return grid.get();
}

Question Read(const std::string& folder, const nlohmann::json& asked,
              const nlohmann::json& hits, Grids& grids) {
  const std::string gold = asked["gold"];
  Question question{.held_out = IsHeldOut(gold)};
  std::set<std::string> known;
  std::vector<const TableGrid*> tables;
  for (const auto& hit : hits["hits"]) {
    const std::string document = hit["document"];
    if (known.size() == kTables) break;
    if (!known.insert(document).second) continue;
    if (document == gold) question.right = tables.size();
    tables.push_back(GridOf(folder + "/documents/" + document, grids));
    question.tables.push_back({hit["score"].get<double>(), 0, 0, 0});
  }
  const auto matches =
      CompareTables(asked["question"].get<std::string>(), tables);
  for (std::size_t i = 0; i < matches.size(); ++i) {
    question.tables[i][1] = matches[i].held;
    question.tables[i][2] = matches[i].exact;
    question.tables[i][3] = matches[i].longest;
  }
  return question;
}

std::vector<Question> ReadFolder(const std::string& folder) {
  std::map<std::string, nlohmann::json> asked;
  Grids grids;
  std::string line;
  std::ifstream questions(folder + "/questions.jsonl");
  while (std::getline(questions, line)) {
    auto one = nlohmann::json::parse(line);
    const std::string id = one["id"];
    asked[id] = std::move(one);
  }
  std::vector<Question> read;
  std::ifstream hits(folder + "/hybrid.jsonl");
  while (std::getline(hits, line)) {
    const auto one = nlohmann::json::parse(line);
    read.push_back(Read(folder, asked[one["id"]], one, grids));
  }
  return read;
}

double Sum(const Numbers& weights, const Numbers& numbers) {
  double sum = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    sum += weights[k] * numbers[k];
  }
  return sum;
}

void AddGradient(const Question& question, const Numbers& weights,
                 Numbers& gradient) {
  std::vector<double> shares;
  double all = 0;
  const double right = Sum(weights, question.tables[question.right]);
  for (const Numbers& table : question.tables) {
    shares.push_back(std::exp(Sum(weights, table) - right));
    all += shares.back();
  }
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double wanted = i == question.right ? 1 : 0;
    for (std::size_t k = 0; k < gradient.size(); ++k) {
      gradient[k] += (wanted - shares[i] / all) * question.tables[i][k];
    }
  }
}

Numbers Fit(const std::vector<Question>& questions) {
  Numbers weights{10, 0, 0, 0};
  for (int step = 0; step < kSteps; ++step) {
    Numbers gradient{};
    double count = 0;
    for (const Question& question : questions) {
      if (question.held_out || question.right == SIZE_MAX) continue;
      AddGradient(question, weights, gradient);
      ++count;
    }
    for (std::size_t k = 0; k < weights.size(); ++k) {
      weights[k] += kRate * gradient[k] / std::max(count, 1.0);
    }
  }
  return weights;
}

void Print(const char* name, const std::vector<Question>& questions,
           const Numbers& weights, bool held_out) {
  double first = 0, five = 0, count = 0;
  for (const Question& question : questions) {
    if (question.held_out != held_out) continue;
    ++count;
    if (question.right == SIZE_MAX) continue;
    const double right = Sum(weights, question.tables[question.right]);
    const auto better = std::count_if(
        question.tables.begin(), question.tables.end(),
        [&](const Numbers& table) { return Sum(weights, table) > right; });
    first += better < 1 ? 1 : 0;
    five += better < 5 ? 1 : 0;
  }
  std::printf("%s, %s: %.0f questions, R@1 %.1f, R@5 %.1f\n", name,
              held_out ? "held out" : "fitted", count, 100 * first / count,
              100 * five / count);
}

}  // namespace

int FitTableMatch(int count, char** folders) {
  std::vector<Question> all;
  std::map<std::string, std::vector<Question>> sets;
  for (int i = 1; i < count; ++i) {
    sets[folders[i]] = ReadFolder(folders[i]);
    all.insert(all.end(), sets[folders[i]].begin(), sets[folders[i]].end());
  }
  const Numbers weights = Fit(all);
  for (const auto& [name, questions] : sets) {
    for (const bool held_out : {false, true}) {
      Print((name + ", search alone").c_str(), questions, {1, 0, 0, 0},
            held_out);
      Print((name + ", with match").c_str(), questions, weights, held_out);
    }
  }
  std::printf(
      "beside a score of weight 1: held %.3f, exact %.3f, longest %.3f\n",
      weights[1] / weights[0], weights[2] / weights[0],
      weights[3] / weights[0]);
  return 0;
}

}  // namespace cairn

int main(int count, char** arguments) {
  return cairn::FitTableMatch(count, arguments);
}
