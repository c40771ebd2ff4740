// Runs every *.case of this folder; README.md describes them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/cases/case_file.h"
#include "tests/cases/render.h"
#include "tests/program/program.h"

namespace cairn {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> CaseNames() {
  std::vector<std::string> names;
  for (const auto& entry :
       fs::directory_iterator(std::string(CAIRN_SOURCE_DIR) + "/tests/cases")) {
    if (entry.path().extension() == ".case") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

std::string CollectionOf(const Arguments& words) {
  const auto option = std::find(words.begin(), words.end(), "-c");
  return option == words.end() ? "default" : *(option + 1);
}

class Cases : public ::testing::TestWithParam<std::string> {
 protected:
  RunResult Run(const CaseStep& step) const {
    Arguments arguments = step.words;
    if (arguments.front() == "ingest") {
      // Nothing below it: the file of an earlier step.
      const std::string path = folder_.At(arguments.back());
      if (!step.content.empty()) {
        folder_.Write(arguments.back(), step.content);
      }
      arguments.back() = path;
    }
    if (arguments.back() != "--text") arguments.push_back("--json");
    return Cairn::At(server_).Run(arguments);
  }

  void RunStep(const CaseStep& step) const {
    const RunResult result = Run(step);
    if (!step.has_expected) {
      EXPECT_EQ(result.exit_code, 0) << result;
      return;
    }
    const std::vector<std::string> lines =
        Render(step.words, result, [&](const std::string& document) {
          return Cairn::At(server_).TextOf(document, CollectionOf(step.words));
        });
    const std::string mismatch = FindMismatch(step.expected, lines);
    EXPECT_EQ(mismatch, "") << "the result:\n" << Joined(lines);
  }

  const TestFolder folder_;
  Server server_{folder_.At("data")};
};

TEST_P(Cases, Hold) {
  const std::string path =
      std::string(CAIRN_SOURCE_DIR) + "/tests/cases/" + GetParam() + ".case";
  const CaseFile file = ParseCase(ReadWholeFile(path));
  ASSERT_EQ(file.problem, "") << path;
  for (const CaseStep& step : file.steps) {
    SCOPED_TRACE(path + ":" + std::to_string(step.line) + ": " + file.name);
    RunStep(step);
  }
  EXPECT_EQ(server_.Stop().exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(All, Cases, ::testing::ValuesIn(CaseNames()),
                         [](const auto& each) { return each.param; });

TEST(CaseFile, AMismatchIsTold) {
  EXPECT_EQ(FindMismatch({"a...c", "d"}, {"x", "abc", "y", "d"}), "");
  EXPECT_EQ(FindMismatch({"d", "a"}, {"a", "d"}), "is missing: a");
  EXPECT_EQ(FindMismatch({"! a..."}, {"b", "ab"}), "must not stand there: ab");
  EXPECT_EQ(FindMismatch({"a", "(nothing else)"}, {"a", "b"}),
            "there are other lines");
  EXPECT_EQ(FindMismatch({"(nothing else)"}, {}), "");
}

TEST(CaseFile, WhatCannotBeReadIsTold) {
  EXPECT_NE(ParseCase("").problem, "");
  EXPECT_NE(ParseCase("name: x\n> search y\n").problem, "");
  const CaseFile file = ParseCase(
      "name: x\ndescription: y\n\n> ingest a.txt\n\nText.\n\nMore.\n\n"
      "> ask \"a b\" c\n----\nabstained\n");
  ASSERT_EQ(file.problem, "");
  ASSERT_EQ(file.steps.size(), 2U);
  EXPECT_EQ(file.steps[0].content, "Text.\n\nMore.\n");
  EXPECT_EQ(file.steps[1].words, (std::vector<std::string>{"ask", "a b", "c"}));
  EXPECT_EQ(file.steps[1].expected, std::vector<std::string>{"abstained"});
}

}  // namespace
}  // namespace cairn
