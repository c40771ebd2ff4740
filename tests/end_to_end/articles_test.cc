// The main promise on articles that nothing was tuned on, 1,500 of them in the
// long run: each is found by its title, by search and as an entity, and every
// citation holds.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include "tests/end_to_end/articles.h"
#include "tests/program/program.h"

namespace cairn {
namespace {

const std::size_t kArticles = LongTests() ? 1500 : 300;
constexpr std::size_t kSampled = 40;
const std::size_t kAsked = LongTests() ? kSampled : 10;
constexpr std::size_t kFoundLeast = 38;
constexpr unsigned kSeed = 4711;

std::vector<Article> Sample(std::vector<Article> articles) {
  std::mt19937 random(kSeed);
  std::shuffle(articles.begin(), articles.end(), random);
  articles.resize(std::min(articles.size(), kSampled));
  return articles;
}

std::string QuestionsAbout(const std::vector<Article>& articles) {
  std::string lines;
  for (const Article& article : articles) {
    lines += Json{{"id", article.id},
                  {"question", "What is known about " + article.title + "?"}}
                 .dump() +
             "\n";
  }
  return lines;
}

// Whether the article is among what the entities of that name give a title.
bool IsEntity(const Cairn& cairn, const Article& article) {
  const RunResult found = cairn.Run({"entity", "--json", "--", article.title});
  if (found.exit_code != 0) return false;
  const Json result = found.json();
  for (const Json& match : result["matches"]) {
    for (const Json& titled : match["titled_documents"]) {
      if (titled == article.id) return true;
    }
  }
  return false;
}

void CheckCitations(const Cairn& cairn, const Json& answer) {
  for (const Json& sentence : answer["sentences"]) {
    EXPECT_FALSE(sentence["citations"].empty()) << sentence;
    for (const Json& citation : sentence["citations"]) {
      const std::size_t begin = citation["span"]["begin"];
      const std::size_t end = citation["span"]["end"];
      const std::string text = cairn.TextOf(citation["document"]);
      ASSERT_LE(end, text.size());
      EXPECT_EQ(citation["quote"], text.substr(begin, end - begin));
    }
  }
}

void ExpectFoundByTitle(const Cairn& cairn,
                        const std::vector<Article>& sample) {
  const std::string questions = QuestionsAbout(sample);
  const std::vector<Json> found =
      cairn
          .Run({"search", "--batch", "-", "--jsonl", "-k", "5"},
               {.input = questions})
          .lines();
  ASSERT_EQ(found.size(), sample.size());
  std::size_t hits = 0;
  std::size_t entities = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Json& documents = found[i]["hits"];
    const bool hit = std::any_of(
        documents.begin(), documents.end(),
        [&](const Json& one) { return one["document"] == sample[i].id; });
    const bool entity = IsEntity(cairn, sample[i]);
    hits += hit ? 1 : 0;
    entities += entity ? 1 : 0;
    if (!hit || !entity) {
      std::cout << sample[i].title << (hit ? "" : ": not in the top 5")
                << (entity ? "" : ": no entity") << "\n";
    }
  }
  std::cout << hits << " of " << sample.size() << " in the top 5, " << entities
            << " as entities\n";
  EXPECT_GE(hits, kFoundLeast);
  EXPECT_EQ(entities, sample.size());
  const std::vector<Article> asked(sample.begin(), sample.begin() + kAsked);
  for (const Json& answer : cairn
                                .Run({"ask", "--batch", "-", "--jsonl"},
                                     {.input = QuestionsAbout(asked)})
                                .lines()) {
    CheckCitations(cairn, answer);
  }
}

void IngestAndExpectFound(const std::vector<Article>& articles) {
  const TestFolder folder;
  const std::string lines =
      folder.Write("articles.jsonl", AsJsonLines(articles));
  Server server(folder.At("data"));
  const Cairn cairn = Cairn::At(server);
  const RunResult result = cairn.Run({"ingest", "--json", lines});
  ASSERT_EQ(result.exit_code, 0) << result;
  ASSERT_EQ(result.json()["created"], articles.size());
  std::cout << articles.size() << " articles, "
            << result.json()["tokens_per_second"] << " tokens/s\n";
  ExpectFoundByTitle(cairn, Sample(articles));
  EXPECT_EQ(cairn.Run({"verify"}).exit_code, 0);
  EXPECT_EQ(server.Stop().exit_code, 0);
}

TEST(Articles, InventedOnesAreFoundByTheirTitles) {
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::cout << "seed " << kSeed << "\n";
  IngestAndExpectFound(InventArticles(kArticles, kSeed));
}

TEST(Articles, EncyclopedicOnesAreFoundByTheirTitles) {
  const std::string path = std::string(CAIRN_SOURCE_DIR) +
                           "/../shared/data/bench/2wiki_train500/corpus.jsonl";
  std::ifstream file(path);
  if (!file) GTEST_SKIP() << path << " is not there: development data absent";
  std::map<std::string, int> titles;
  std::vector<Article> articles;
  for (std::string line;
       articles.size() < kArticles && std::getline(file, line);) {
    const Json one = Json::parse(line);
    // Of two of one title either would be right.
    if (++titles[one["title"]] > 1) continue;
    articles.push_back(
        {.id = one["id"], .title = one["title"], .text = one["text"]});
  }
  ASSERT_EQ(articles.size(), kArticles);
  IngestAndExpectFound(articles);
}

}  // namespace
}  // namespace cairn
