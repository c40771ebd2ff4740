#include "eval/data_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "storage/store_for_test.h"

namespace cairn::eval {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Files = std::map<std::string, std::string>;  // Bytes by name.

// A folder with files; goes with the object.
class Folder {
 public:
  explicit Folder(const Files& files) {
    std::filesystem::create_directories(path());
    for (const auto& [name, bytes] : files) {
      const std::filesystem::path file = path() + "/" + name;
      std::filesystem::create_directories(file.parent_path());
      std::ofstream(file, std::ios::binary) << bytes;
    }
  }
  const std::string& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

constexpr char kCorpus[] =
    "{\"id\":\"a\",\"title\":\"T\",\"text\":\"one\"}\n"
    "\n"
    "{\"id\":2,\"text\":\"two\"}\r\n";
constexpr char kQueries[] =
    "{\"id\":\"q\",\"question\":\"why?\",\"gold\":[2,\"a\",\"a\"],"
    "\"type\":\"hop\"}\n";

std::vector<std::string> GoldIds(const Question& question) {
  std::vector<std::string> ids;
  for (const Gold& gold : question.gold) ids.push_back(gold.document);
  return ids;
}

std::vector<CorpusDocument> DocumentsOf(const DataSet& set) {
  std::vector<CorpusDocument> documents;
  const Status status = set.VisitDocuments([&](CorpusDocument document) {
    documents.push_back(std::move(document));
    return OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return documents;
}

// The status of opening the folder and reading its corpus.
Status ReadAll(const Folder& folder, const std::string& split = "") {
  const auto set = DataSet::Open(folder.path(), {.split = split});
  if (!set.ok()) return set.status();
  return set->VisitDocuments([](const CorpusDocument&) { return OkStatus(); });
}

TEST(DataSet, ReadsJsonLines) {
  const Folder folder(
      Files{{"corpus.jsonl", kCorpus}, {"queries.jsonl", kQueries}});
  const auto set = DataSet::Open(folder.path(), {});
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->questions().size(), 1U);
  const Question& question = set->questions()[0];
  EXPECT_EQ(question.id, "q");
  EXPECT_EQ(question.text, "why?");
  EXPECT_EQ(question.type, "hop");
  EXPECT_THAT(GoldIds(question), ElementsAre("2", "a"));
  const auto documents = DocumentsOf(*set);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].title, "T");
  EXPECT_EQ(documents[1].id, "2");
  EXPECT_EQ(documents[1].title, "");
  EXPECT_EQ(documents[1].text, "two");
}

TEST(DataSet, IsNamedByItsFolderWhateverTheSlashes) {
  const Folder folder(
      Files{{"set/corpus.jsonl", kCorpus}, {"set/queries.jsonl", kQueries}});
  EXPECT_EQ(DataSet::Open(folder.path() + "/set", {})->name(), "set");
  EXPECT_EQ(DataSet::Open(folder.path() + "/set/", {})->name(), "set");
}

TEST(DataSet, ReadsBeirWithTheTestJudgements) {
  const Folder folder(Files{
      {"corpus.jsonl",
       "{\"_id\":\"d1\",\"title\":\"\",\"text\":\"one\"}\n"
       "{\"_id\":\"d2\",\"title\":\"\",\"text\":\"two\"}\n"},
      {"queries.jsonl",
       "{\"_id\":\"1\",\"text\":\"first\"}\n"
       "{\"_id\":\"2\",\"text\":\"of training\"}\n"},
      {"qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\td1\t2\n1\td2\t0\n"},
      {"qrels/train.tsv", "query-id\tcorpus-id\tscore\n2\td2\t1\n"}});
  const auto set = DataSet::Open(folder.path(), {});
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->questions().size(), 1U);
  EXPECT_EQ(set->questions_without_gold(), 1U);
  EXPECT_THAT(GoldIds(set->questions()[0]), ElementsAre("d1"));
  EXPECT_EQ(set->questions()[0].gold[0].grade, 2);
  EXPECT_EQ(DocumentsOf(*set).size(), 2U);

  const auto training = DataSet::Open(folder.path(), {.split = "train"});
  ASSERT_TRUE(training.ok()) << training.status();
  EXPECT_EQ(training->questions()[0].text, "of training");
  EXPECT_EQ(ReadAll(folder, "dev").code(), StatusCode::kNotFound);
}

TEST(DataSet, ReadsCsvWithQuotesAndBothSeparators) {
  const Folder folder(Files{
      {"corpus.csv",
       "\xef\xbb\xbfid,title,text\r\na,T,\"one, \"\"two\"\"\nthree\"\r\n"
       "b,,four\r\n"},
      {"queries.csv", "gold,question,id,note\na;b,why?,1,x\nb  a,how?,2,y\n"}});
  const auto set = DataSet::Open(folder.path(), {});
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->questions().size(), 2U);
  EXPECT_EQ(set->questions()[0].id, "1");
  EXPECT_THAT(GoldIds(set->questions()[0]), ElementsAre("a", "b"));
  EXPECT_THAT(GoldIds(set->questions()[1]), ElementsAre("a", "b"));
  const auto documents = DocumentsOf(*set);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].text, "one, \"two\"\nthree");
  EXPECT_EQ(documents[1].title, "");
}

TEST(DataSet, AMissingFolderOrFileIsNamed) {
  EXPECT_EQ(DataSet::Open("/no/such/folder", {}).status().code(),
            StatusCode::kNotFound);
  const Folder folder(Files{{"corpus.jsonl", kCorpus}});
  const Status status = ReadAll(folder);
  EXPECT_EQ(status.code(), StatusCode::kNotFound);
  EXPECT_THAT(MessageOf(status), HasSubstr("queries.jsonl"));
}

struct BadFile {
  std::string name;
  std::string bytes;
  std::string message;  // Part of what is said.
};

// Good files but for the bad one.
Files FilesAround(const BadFile& bad) {
  Files files;
  if (bad.name.starts_with("qrels")) {
    files = {{"corpus.jsonl", "{\"_id\":\"a\",\"text\":\"one\"}\n"},
             {"queries.jsonl", "{\"_id\":\"1\",\"text\":\"why?\"}\n"}};
  } else if (bad.name.ends_with(".csv")) {
    files = {{"corpus.csv", "id,text\na,one\n"},
             {"queries.csv", "id,question,gold\n1,why?,a\n"}};
  } else {
    files = {{"corpus.jsonl", kCorpus}, {"queries.jsonl", kQueries}};
  }
  files[bad.name] = bad.bytes;
  return files;
}

TEST(DataSet, WhatDoesNotFitIsRefusedWithFileAndPlace) {
  const std::vector<BadFile> files = {
      {"corpus.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":",
       "corpus.jsonl:2: not a JSON object"},
      {"corpus.jsonl", "[1]\n", "corpus.jsonl:1: not a JSON object"},
      {"corpus.jsonl", "{\"id\":\"a\"}\n",
       "corpus.jsonl:1: \"text\" is missing"},
      {"corpus.jsonl", "{\"id\":1.5,\"text\":\"x\"}\n",
       "corpus.jsonl:1: \"id\""},
      {"corpus.jsonl",
       "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"y\"}",
       "two documents have the id a"},
      {"queries.jsonl", "\n\n{\"id\":\"q\",\"question\":\"why?\"}\n",
       "queries.jsonl:3: \"gold\""},
      {"queries.jsonl", "{\"id\":\"q\",\"question\":\"why?\",\"gold\":[[]]}\n",
       "queries.jsonl:1: \"gold\""},
      {"queries.jsonl", "{\"id\":\"q\",\"question\":\" \",\"gold\":[\"a\"]}\n",
       "queries.jsonl:1: the question is empty"},
      {"queries.jsonl", "{\"id\":\"q\",\"question\":\"why?\",\"gold\":[]}\n",
       "no question has a gold document"},
      {"queries.jsonl", std::string(kQueries) + kQueries,
       "two questions have the id q"},
      {"qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\ta\n",
       "test.tsv:2: has 2 fields"},
      {"qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\ta\tyes\n",
       "test.tsv:2: the third field is no number"},
      {"corpus.csv", "id,body\na,one\n",
       "corpus.csv: row 1: the header has no column \"text\""},
      {"corpus.csv", "id,text\na,one\nb\n",
       "corpus.csv: row 3: has 1 fields, the header has 2"},
      {"corpus.csv", "id,text\na,\"one\n", "never closed"},
      {"queries.csv", "", "queries.csv: the file is empty"}};
  for (const BadFile& bad : files) {
    SCOPED_TRACE(bad.name + ": " + bad.bytes);
    const Folder folder(FilesAround(bad));
    const Status status = ReadAll(folder);
    EXPECT_EQ(ReasonOf(status), "BAD_DATA_SET") << status;
    EXPECT_THAT(MessageOf(status), HasSubstr(bad.message));
  }
}

TEST(DataSet, ASplitIsForBeirOnly) {
  const Folder folder(
      Files{{"corpus.jsonl", kCorpus}, {"queries.jsonl", kQueries}});
  EXPECT_EQ(ReasonOf(ReadAll(folder, "test")), "BAD_ARGUMENT");
}

}  // namespace
}  // namespace cairn::eval
