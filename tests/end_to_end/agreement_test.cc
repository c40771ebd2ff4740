// What one way of asking says, the others say too: citations and hits equal
// the stored bytes, batches keep their order, a server answers as the embedded
// engine does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/program/program.h"

namespace cairn {
namespace {

constexpr char kLines[] =
    R"({"id":"varne","title":"Varne Lighthouse","text":"The Varne Lighthouse was built in 1843 by Tomas Elg. It stands 42 metres above the harbour of Skerry.","metadata":{"year":"1843"}}
{"id":"elg","title":"Tomas Elg","text":"Tomas Elg was a Danish engineer who was born in Ribe. He studied in Copenhagen and died in 1871.","metadata":{"year":"1871"}}
{"id":"ribe","title":"Ribe","text":"Ribe is the oldest town of Denmark. Its cathedral has a tower of 52 metres – na\u00efve visitors climb it twice."}
)";
constexpr std::size_t kBatch = 18;  // Each question three times.
constexpr char kTable[] =
    "harbour,ships,income (EUR)\nSkerry,120,4500\nRibe,310,9800\n"
    "Esbjerg,940,30100\n";
constexpr char kManual[] =
    "# Keeper's manual\n\nThe lamp burns colza oil.\n\n## Cleaning\n\n"
    "The lens is cleaned every Friday with vinegar. Never use sand.\n";

const std::vector<std::string>& Questions() {
  static const std::vector<std::string> questions = {
      "When was the Varne Lighthouse built?",
      "Where was the engineer of the Varne Lighthouse born?",
      "How many ships did Esbjerg have?",
      "What cleans the lens?",
      "Which tower do visitors climb?",
      "Who won the chess championship of 1972?"};
  return questions;
}

std::string Batch() {
  std::string lines;
  for (std::size_t i = 0; i < kBatch; ++i) {
    lines += Json{{"id", "q" + std::to_string(i)},
                  {"question", Questions()[i % Questions().size()]}}
                 .dump() +
             "\n";
  }
  return lines;
}

// Leaves out what differs from run to run.
Json Steady(Json value) {
  if (value.is_object()) {
    for (const char* key :
         {"ms", "timings_ms", "total_ms", "usage", "ms_per_output_byte"}) {
      value.erase(key);
    }
    for (auto& [key, member] : value.items()) member = Steady(member);
  } else if (value.is_array()) {
    for (Json& member : value) member = Steady(member);
  }
  return value;
}

class Agreement : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string lines = folder_.Write("lines.jsonl", kLines);
    const std::string table = folder_.Write("harbours.csv", kTable);
    const std::string manual = folder_.Write("manual.md", kManual);
    batch_ = folder_.Write("batch.jsonl", Batch());
    ASSERT_EQ(cairn_.Run({"ingest", lines, table, manual}).exit_code, 0);
  }

  // Of the stored text, as another process reads it.
  std::string BytesAt(const Json& place) {
    const std::string document = place["document"];
    auto [found, is_new] = texts_.try_emplace(document);
    if (is_new) found->second = cairn_.TextOf(document);
    const std::size_t begin = place["span"]["begin"];
    const std::size_t end = place["span"]["end"];
    EXPECT_LE(begin, end);
    EXPECT_LE(end, found->second.size());
    return found->second.substr(begin, end - begin);
  }

  void CheckAnswer(const Json& answer) {
    for (const Json& sentence : answer["sentences"]) {
      EXPECT_FALSE(sentence["citations"].empty()) << sentence;
      for (const Json& citation : sentence["citations"]) {
        EXPECT_EQ(citation["quote"], BytesAt(citation)) << citation;
        ++citations_;
      }
    }
  }

  const TestFolder folder_;
  const Cairn cairn_ = Cairn::On(folder_.At("data"));
  std::string batch_;
  std::map<std::string, std::string> texts_;
  int citations_ = 0;
};

TEST_F(Agreement, EveryCitationAndHitEqualsTheStoredBytes) {
  for (const std::string& question : Questions()) {
    CheckAnswer(cairn_.Run({"ask", "--json", question}).json());
    const Json found =
        cairn_.Run({"search", "--json", "-k", "5", question}).json();
    EXPECT_FALSE(found["hits"].empty()) << question;
    for (const Json& hit : found["hits"]) {
      EXPECT_EQ(hit["text"], BytesAt(hit)) << hit;
    }
  }
  EXPECT_GE(citations_, 4);
}

TEST_F(Agreement, CellsOfTheDocumentEqualItsBytes) {
  const Json document =
      cairn_.Run({"document", "get", "--json", "harbours.csv"}).json();
  ASSERT_EQ(document["tables"].size(), 1U);
  const Json& cells = document["tables"][0]["cells"];
  ASSERT_EQ(cells.size(), 12U);
  for (const Json& cell : cells) {
    EXPECT_EQ(cell["text"],
              BytesAt({{"document", "harbours.csv"}, {"span", cell["span"]}}));
  }
}

TEST_F(Agreement, BatchesKeepTheirOrderAndSayWhatSingleCallsSay) {
  const std::vector<Json> found =
      cairn_.Run({"search", "--batch", batch_, "-k", "3", "--jsonl"}).lines();
  const std::vector<Json> answers =
      cairn_.Run({"ask", "--batch", batch_, "--jsonl"}).lines();
  ASSERT_EQ(found.size(), kBatch);
  ASSERT_EQ(answers.size(), kBatch);
  for (std::size_t i = 0; i < kBatch; ++i) {
    EXPECT_EQ(found[i]["id"], "q" + std::to_string(i));
    EXPECT_EQ(answers[i]["id"], "q" + std::to_string(i));
    CheckAnswer(answers[i]);
  }
  for (std::size_t i = 0; i < Questions().size(); ++i) {
    Json single = Steady(cairn_.Run({"ask", "--json", Questions()[i]}).json());
    single["id"] = "q" + std::to_string(i);
    EXPECT_EQ(Steady(answers[i]), single);
  }
}

TEST_F(Agreement, ABadLineOfABatchIsOneErrorInItsPlace) {
  const RunResult result = cairn_.Run(
      {"search", "--batch", "-", "--jsonl"},
      {.input =
           "{\"id\":1,\"question\":\"tower\"}\nnonsense\n"
           "{\"id\":\"no question\"}\n{\"id\":2,\"question\":\"lens\"}\n"});
  EXPECT_EQ(result.exit_code, 1) << result;
  const std::vector<Json> lines = result.lines();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_TRUE(lines[0].contains("hits"));
  EXPECT_EQ(lines[1]["error"]["reason"], "BAD_LINE");
  EXPECT_THAT(std::string(lines[1]["error"]["message"]),
              ::testing::HasSubstr("line 2"));
  EXPECT_EQ(lines[2]["id"], "no question");
  EXPECT_EQ(lines[2]["error"]["reason"], "BAD_LINE");
  EXPECT_EQ(lines[3]["id"], 2);
}

TEST_F(Agreement, AServerAnswersAsTheEmbeddedEngineDoes) {
  std::vector<Arguments> commands = {
      {"entity", "--json", "Tomas Elg"},
      {"entity", "--json", "--neighbors", "Tomas Elg"},
      {"entity", "--json", "--path", "Varne Lighthouse", "Ribe"},
      {"entity", "--json", "Nobody Atall"},
      {"document", "get", "--json", "harbours.csv"},
      {"document", "get", "--text", "ribe"},
      {"document", "list", "--json"},
      {"document", "get", "nope"},
      {"collection", "list", "--json"},
      {"search", "--json", "--where", "year=1843", "lighthouse"},
      {"search", "--json", "--document", "elg", "lighthouse"},
      {"search", "--batch", batch_, "--jsonl", "-k", "3"},
      {"ask", "--batch", batch_, "--jsonl"},
      {"verify", "--json"}};
  for (const char* mode :
       {"auto", "hybrid", "dense", "lexical", "graph", "global", "table"}) {
    commands.push_back(
        {"search", "--json", "--explain", "--mode", mode, Questions()[1]});
  }
  std::vector<RunResult> embedded;
  for (const Arguments& command : commands) {
    embedded.push_back(cairn_.Run(command));
  }
  Server server(folder_.At("data"));
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const RunResult served = Cairn::At(server).Run(commands[i]);
    EXPECT_EQ(served.exit_code, embedded[i].exit_code) << served;
    EXPECT_EQ(served.err, embedded[i].err);
    const Json mine = Json::parse(embedded[i].out, nullptr, false);
    if (mine.is_discarded()) {  // Text, or one value a line.
      std::vector<Json> left, right;
      if (embedded[i].out.rfind('{', 0) == 0) {
        left = embedded[i].lines();
        right = served.lines();
      }
      EXPECT_EQ(Steady(left), Steady(right));
      if (left.empty()) {
        EXPECT_EQ(embedded[i].out, served.out);
      }
    } else {
      EXPECT_EQ(Steady(mine), Steady(served.json()));
    }
  }
  EXPECT_EQ(server.Stop().exit_code, 0);
}

}  // namespace
}  // namespace cairn
