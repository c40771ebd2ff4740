// How well the rules find the spans of names in annotated text. Prints
// precision, recall and F1 a set; fails only where they fall well below what
// they were.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "models/rules/rule_extractor.h"

namespace cairn {
namespace {

namespace fs = std::filesystem;

// Sentences of one document, put together again from tokens.
struct Sample {
  std::string text;
  std::set<ByteSpan> gold;
};

struct Tally {
  std::size_t right = 0, found = 0, gold = 0;
  double Precision() const { return found ? 1.0 * right / found : 0; }
  double Recall() const { return gold ? 1.0 * right / gold : 0; }
  double F1() const {
    return found + gold ? 2.0 * right / static_cast<double>(found + gold) : 0;
  }
};

fs::path DataFile(const char* name) {
  return fs::path(CAIRN_SOURCE_DIR) / ".." / "shared" / "data" / "ner" / name;
}

// Annotated tokens stand apart; text does not: no space before these.
bool HugsLeft(const std::string& token) {
  static const std::set<std::string> marks = {".", ",", ";", ":",  "!",  "?",
                                              ")", "]", "%", "'s", "’s", "”"};
  return marks.contains(token);
}

bool HugsRight(const std::string& token) {
  return token == "(" || token == "[" || token == "$" || token == "“";
}

class Builder {
 public:
  void Token(const std::string& token, const std::string& tag) {
    if (tag[0] != 'I') Close();
    const bool glued = sample_.text.empty() || HugsLeft(token) || glue_;
    if (!glued) sample_.text += ' ';
    if (tag[0] == 'B') open_ = static_cast<std::uint32_t>(sample_.text.size());
    sample_.text += token;
    if (tag[0] != 'O') inside_ = true;
    end_ = static_cast<std::uint32_t>(sample_.text.size());
    glue_ = HugsRight(token);
  }
  Sample Take() {
    Close();
    Sample taken = std::move(sample_);
    *this = Builder();
    return taken;
  }
  bool empty() const { return sample_.text.empty(); }

 private:
  void Close() {
    if (inside_) sample_.gold.insert({open_, end_});
    inside_ = false;
  }
  Sample sample_;
  std::uint32_t open_ = 0, end_ = 0;
  bool inside_ = false, glue_ = false;
};

// One sample a sentence: each is judged without its document, which is harder.
std::vector<Sample> ReadBio(const fs::path& path) {
  std::ifstream file(path);
  std::vector<Sample> samples;
  Builder builder;
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == line.npos || tab + 1 >= line.size()) {
      if (!builder.empty()) samples.push_back(builder.Take());
      continue;
    }
    builder.Token(line.substr(0, tab), line.substr(tab + 1));
  }
  if (!builder.empty()) samples.push_back(builder.Take());
  return samples;
}

// "The" in front of a name is a matter of taste.
ByteSpan WithoutArticle(const std::string& text, ByteSpan span) {
  const std::string_view surface = span.Of(text);
  if (surface.rfind("The ", 0) == 0 || surface.rfind("the ", 0) == 0) {
    span.begin += 4;
  }
  return span;
}

void Count(const Sample& sample, Tally& tally) {
  ParsedDocument document;
  document.text = sample.text;
  Block block;
  block.span = {0, static_cast<std::uint32_t>(sample.text.size())};
  document.blocks.push_back(block);
  Chunk chunk;
  chunk.span = block.span;
  const std::vector<Chunk> chunks = {chunk};
  const auto extraction = MakeRuleExtractor()->Extract(
      {.title = {}, .document = &document, .chunks = &chunks});
  ASSERT_TRUE(extraction.ok());
  std::set<ByteSpan> gold;
  for (const ByteSpan& span : sample.gold) {
    gold.insert(WithoutArticle(sample.text, span));
  }
  tally.gold += gold.size();
  for (const ExtractedMention& mention : extraction->mentions) {
    if (mention.kind != MentionKind::kCapitalized &&
        mention.kind != MentionKind::kQuoted) {
      continue;
    }
    ++tally.found;
    const bool right = gold.contains(WithoutArticle(sample.text, mention.span));
    tally.right += right ? 1 : 0;
  }
}

void Check(const char* name, double least) {
  const fs::path path = DataFile(name);
  if (!fs::exists(path)) {
    GTEST_SKIP() << "ACCURACY NOT MEASURED: " << name << " is absent";
  }
  Tally tally;
  for (const Sample& sample : ReadBio(path)) Count(sample, tally);
  std::printf("%-28s P %.3f R %.3f F1 %.3f (%zu names)\n", name,
              tally.Precision(), tally.Recall(), tally.F1(), tally.gold);
  EXPECT_GE(tally.F1(), least);
}

TEST(RulesAccuracy, Politics) { Check("crossner/politics/dev.txt", 0.75); }
TEST(RulesAccuracy, Science) { Check("crossner/science/dev.txt", 0.67); }
TEST(RulesAccuracy, UserText) { Check("wnut17/dev.conll", 0.44); }

}  // namespace
}  // namespace cairn
