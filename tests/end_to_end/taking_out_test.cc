// What leaves a data folder again: backups that are data folders themselves,
// exports that other tools read and that can be ingested anew; and how fast it
// is searched.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "tests/program/program.h"

namespace cairn {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kUsage = 2;

class TakingOut : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string file = folder_.Write(
        "varne.jsonl",
        R"({"id":"light","title":"Varne Light","text":"Varne Light was built by Tomas Elg in 1874."})"
        "\n"
        R"({"id":"elg","title":"Tomas Elg","text":"Tomas Elg was a \"builder\" of Varne Light, and of piers."})"
        "\n");
    const RunResult taken = Here().Run({"ingest", file});
    ASSERT_EQ(taken.exit_code, 0) << taken;
  }

  Cairn Here() const { return Cairn::On(folder_.At("data")); }

  const TestFolder folder_;
};

TEST_F(TakingOut, ABackupAnswersAsTheOriginalDidWhenItWasMade) {
  const std::string copy = folder_.At("copy");
  const RunResult made = Here().Run({"backup", copy, "--json"});
  ASSERT_EQ(made.exit_code, 0) << made;
  EXPECT_EQ(made.json()["folder"], copy);
  EXPECT_EQ(Here().Run({"document", "delete", "elg"}).exit_code, 0);

  const Cairn there = Cairn::On(copy);
  EXPECT_EQ(there.Run({"verify"}).exit_code, 0);
  EXPECT_EQ(there.TextOf("light"), Here().TextOf("light"));
  EXPECT_EQ(there.Run({"document", "get", "elg"}).exit_code, 0);
  EXPECT_EQ(Here().Run({"document", "get", "elg"}).exit_code, 3);
  const RunResult answer = there.Run({"ask", "Who built Varne Light?"});
  EXPECT_EQ(answer.exit_code, 0) << answer;
  EXPECT_THAT(answer.out, HasSubstr("Tomas Elg"));
}

TEST_F(TakingOut, AServerIsBackedUpWhileItWorks) {
  const std::string copy = folder_.At("copy");
  Server server(folder_.At("data"));
  const RunResult made = Cairn::At(server).Run({"backup", copy});
  EXPECT_EQ(made.exit_code, 0) << made;
  EXPECT_THAT(made.out, HasSubstr("cairn --data " + copy));
  EXPECT_EQ(Cairn::On(copy).Run({"verify"}).exit_code, 0);
}

TEST_F(TakingOut, NoBackupOverwritesAnything) {
  const std::string file = folder_.Write("copy/kept", "kept");
  const RunResult made = Here().Run({"backup", folder_.At("copy")});
  EXPECT_EQ(made.exit_code, kUsage) << made;
  EXPECT_THAT(made.err, HasSubstr("copy"));
  EXPECT_EQ(ReadWholeFile(file), "kept");
}

TEST_F(TakingOut, OnlyTheOperatorOfAServerBacksUp) {
  const RunResult created =
      Here().Run({"key", "create", "--tenant", "acme", "--json"});
  ASSERT_EQ(created.exit_code, 0) << created;
  const std::string key = created.json()["key"];
  Server server(folder_.At("data"), {"--require-key"});
  const RunResult refused = Cairn::At(server).Run(
      {"backup", folder_.At("copy")},
      {.input = {}, .variables = {"CAIRN_API_KEY=" + key}});
  EXPECT_EQ(refused.exit_code, 4) << refused;
  EXPECT_FALSE(std::filesystem::exists(folder_.At("copy")));
}

TEST_F(TakingOut, AnExportIsTakenInAgainUnchanged) {
  const std::string out = folder_.At("out");
  const RunResult made = Here().Run({"export", out, "--json"});
  ASSERT_EQ(made.exit_code, 0) << made;
  EXPECT_EQ(made.json()["documents"], 2);
  const Cairn anew = Cairn::On(folder_.At("anew"));
  const RunResult taken = anew.Run({"ingest", out + "/documents.jsonl"});
  EXPECT_EQ(taken.exit_code, 0) << taken;
  for (const std::string id : {"light", "elg"}) {
    EXPECT_EQ(anew.TextOf(id), Here().TextOf(id));
  }
}

TEST_F(TakingOut, RelationshipsNameWhatSharesAChunk) {
  const std::string out = folder_.At("out");
  ASSERT_EQ(Here().Run({"export", out}).exit_code, 0);
  std::istringstream lines(ReadWholeFile(out + "/relationships.jsonl"));
  bool found = false;
  for (std::string line; std::getline(lines, line);) {
    const Json row = Json::parse(line);
    const std::set<std::string> ends = {row["source"], row["target"]};
    if (ends != std::set<std::string>{"Tomas Elg", "Varne Light"}) continue;
    found = true;
    EXPECT_EQ(row["text_unit_ids"].size(), 2U) << line;
  }
  EXPECT_TRUE(found);
}

TEST_F(TakingOut, CsvAndGraphmlQuoteWhatTheirReadersNeed) {
  ASSERT_EQ(
      Here().Run({"export", "--format", "csv", folder_.At("csv")}).exit_code,
      0);
  const std::string csv = ReadWholeFile(folder_.At("csv/documents.csv"));
  EXPECT_THAT(csv, StartsWith("id,human_readable_id,title,text"));
  EXPECT_THAT(csv, HasSubstr(R"("Tomas Elg was a ""builder"" of)"));
  ASSERT_EQ(Here()
                .Run({"export", "--format", "graphml", folder_.At("xml")})
                .exit_code,
            0);
  const std::string xml = ReadWholeFile(folder_.At("xml/graph.graphml"));
  EXPECT_THAT(xml, StartsWith("<?xml"));
  EXPECT_THAT(xml, HasSubstr("Varne Light"));
  EXPECT_THAT(xml, HasSubstr("</graphml>"));
}

TEST_F(TakingOut, NoExportOverwritesAnything) {
  const std::string file = folder_.Write("out/documents.jsonl", "kept");
  EXPECT_EQ(Here().Run({"export", folder_.At("out")}).exit_code, kUsage);
  EXPECT_EQ(ReadWholeFile(file), "kept");
}

TEST_F(TakingOut, BenchCountsTheSearchesItWasAskedFor) {
  const RunResult run = Here().Run({"bench", "-n", "7", "--json"});
  ASSERT_EQ(run.exit_code, 0) << run;
  EXPECT_EQ(run.json()["queries"], 7);
  EXPECT_GT(run.json()["p50_ms"], 0);
  EXPECT_GE(run.json()["p99_ms"], run.json()["p50_ms"]);
}

TEST_F(TakingOut, BenchOfNothingSaysWhatToDo) {
  ASSERT_EQ(Here().Run({"collection", "create", "empty"}).exit_code, 0);
  const RunResult run = Here().Run({"bench", "-c", "empty"});
  EXPECT_EQ(run.exit_code, 3) << run;
  EXPECT_THAT(run.err, HasSubstr("ingest"));
}

TEST(Help, OfACommandIsWhatTheCommandSays) {
  const RunResult long_way = RunProgram({"export", "--help"});
  const RunResult short_way = RunProgram({"help", "export"});
  EXPECT_EQ(short_way.exit_code, 0) << short_way;
  EXPECT_EQ(short_way.out, long_way.out);
  EXPECT_THAT(short_way.out, HasSubstr("{csv,graphml,jsonl}"));
  EXPECT_EQ(RunProgram({"help", "nothing"}).exit_code, kUsage);
}

}  // namespace
}  // namespace cairn
