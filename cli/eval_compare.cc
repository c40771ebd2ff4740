// cairn eval compare: two runs of one data set, question by question.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "cli/eval.h"
#include "cli/output.h"
#include "eval/comparison.h"
#include "eval/run_file.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kQuestionBytesShown = 100;

struct CompareOptions {
  std::string a, b;
  eval::ComparisonOptions test;
  std::size_t shown = 10;  // Questions of each kind.
};

Json ShapeOf(const eval::PairedTest& test) {
  return {{"a", test.mean_a},
          {"b", test.mean_b},
          {"difference", test.difference},
          {"interval", {test.low, test.high}},
          {"p_value", test.p_value}};
}

Json ShapeOf(const std::vector<eval::ChangedQuestion>& changed,
             std::size_t shown) {
  Json questions = Json::array();
  for (std::size_t i = 0; i < std::min(shown, changed.size()); ++i) {
    questions.push_back({{"id", changed[i].question.id},
                         {"type", changed[i].question.type},
                         {"question", changed[i].question.text},
                         {"a", changed[i].before},
                         {"b", changed[i].after}});
  }
  return {{"count", changed.size()}, {"questions", std::move(questions)}};
}

Json ShapeOf(const eval::Comparison& comparison,
             const CompareOptions& options) {
  Json groups = Json::array();
  for (const eval::GroupComparison& group : comparison.groups) {
    Json measures = Json::object();
    for (std::size_t i = 0; i < group.tests.size(); ++i) {
      measures[std::string(eval::kMeasureNames[i])] = ShapeOf(group.tests[i]);
    }
    groups.push_back({{"type", group.type},
                      {"questions", group.questions},
                      {"measures", std::move(measures)}});
  }
  return {{"a", options.a},
          {"b", options.b},
          {"resamples", options.test.resamples},
          {"seed", options.test.seed},
          {"only_in_a", comparison.only_in_a},
          {"only_in_b", comparison.only_in_b},
          {"groups", std::move(groups)},
          {"changed_by", options.test.changed_by},
          {"better", ShapeOf(comparison.better, options.shown)},
          {"worse", ShapeOf(comparison.worse, options.shown)}};
}

std::string Signed(double share) {
  const std::string text = Percent(share);
  return share > 0 ? "+" + text : text;
}

void PrintGroup(const eval::GroupComparison& group) {
  PrintText("\n" + group.type + ", " + WithCommas(group.questions) +
            " questions\n" + Column("", 10) + Column("A", 8) + Column("B", 8) +
            Column("B - A", 8) + Column("95% interval", 18) + Column("p", 9) +
            "\n");
  for (std::size_t i = 0; i < group.tests.size(); ++i) {
    const eval::PairedTest& test = group.tests[i];
    const std::string interval =
        "[" + Signed(test.low) + ", " + Signed(test.high) + "]";
    PrintText(Column(kMeasureHeads[i], 10) + Column(Percent(test.mean_a), 8) +
              Column(Percent(test.mean_b), 8) +
              Column(Signed(test.difference), 8) + Column(interval, 18) +
              Column(Decimal(test.p_value, 4), 9) + "\n");
  }
}

void PrintChanged(const std::string& name, const std::string& measure,
                  const std::vector<eval::ChangedQuestion>& changed,
                  std::size_t shown) {
  PrintText("\n" + WithCommas(changed.size()) + " questions " + name + " by " +
            measure + "\n");
  for (std::size_t i = 0; i < std::min(shown, changed.size()); ++i) {
    PrintText("  " + Column(Percent(changed[i].before), 5) + " > " +
              Column(Percent(changed[i].after), 5) + "  " +
              changed[i].question.id + "  " +
              Shortened(changed[i].question.text, kQuestionBytesShown) + "\n");
  }
}

std::string TitleOf(const std::string& path, const eval::RetrievalRun& run) {
  std::string title = path + ": " + run.data_set + ", mode " + run.mode +
                      ", titles " + (run.titles_hidden ? "hidden" : "shown") +
                      (run.sentence_vectors ? ", sentence vectors" : "");
  for (const auto& [name, value] : run.options) {
    title += ", " + name + "=" + Decimal(value, 3);
  }
  return title;
}

void PrintComparison(const eval::RetrievalRun& a, const eval::RetrievalRun& b,
                     const eval::Comparison& comparison,
                     const CompareOptions& options) {
  PrintText("A  " + TitleOf(options.a, a) + "\nB  " + TitleOf(options.b, b) +
            "\n" + WithCommas(options.test.resamples) + " resamples, seed " +
            std::to_string(options.test.seed) + "\n");
  for (const eval::GroupComparison& group : comparison.groups) {
    PrintGroup(group);
  }
  PrintChanged("better", options.test.changed_by, comparison.better,
               options.shown);
  PrintChanged("worse", options.test.changed_by, comparison.worse,
               options.shown);
}

StatusOr<ExitCode> RunEvalCompare(const GlobalOptions& global,
                                  const CompareOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const eval::RetrievalRun a, eval::ReadRun(options.a));
  CAIRN_ASSIGN_OR_RETURN(const eval::RetrievalRun b, eval::ReadRun(options.b));
  CAIRN_ASSIGN_OR_RETURN(const eval::Comparison comparison,
                         eval::Compare(a, b, options.test));
  if (global.format() == Format::kText) {
    PrintComparison(a, b, comparison, options);
  } else {
    PrintJson(ShapeOf(comparison, options), global.format());
  }
  if (comparison.only_in_a + comparison.only_in_b > 0) {
    PrintNote("left out: " + WithCommas(comparison.only_in_a) +
              " questions only in A, " + WithCommas(comparison.only_in_b) +
              " only in B");
  }
  return ExitCode::kOk;
}

}  // namespace

void AddEvalCompare(CLI::App& group, Invocation& invocation) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* command = AddCommand(
      group, "compare", "Test whether run B is better than run A",
      "  cairn eval retrieval --data-set bench/musique --output a.json\n"
      "  cairn eval retrieval --data-set bench/musique --mode hybrid "
      "--output b.json\n"
      "  cairn eval compare a.json b.json\n"
      "For each measure: both means, their difference with its 95 percent "
      "interval\n(paired bootstrap) and the p-value of a paired randomisation "
      "test.");
  command->add_option("A", options->a, "A run that --output wrote")->required();
  command->add_option("B", options->b, "Another one")->required();
  command
      ->add_option("--by", options->test.changed_by,
                   "Measure that better and worse questions go by")
      ->check(CLI::IsMember(std::vector<std::string>(
          eval::kMeasureNames.begin(), eval::kMeasureNames.end())))
      ->capture_default_str();
  command
      ->add_option("--shown", options->shown,
                   "Better and worse questions to list")
      ->capture_default_str();
  command->add_option("--seed", options->test.seed, "Of the resampling")
      ->capture_default_str();
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunEvalCompare(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
