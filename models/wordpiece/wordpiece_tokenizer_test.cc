#include "models/wordpiece/wordpiece_tokenizer.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cairn {
namespace {

using Json = nlohmann::json;
using Ids = std::vector<std::int32_t>;

Json SmallTokenizer(const std::vector<std::string>& pieces) {
  Json vocabulary = Json::object();
  std::int32_t next = 0;
  for (const char* special : {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}) {
    vocabulary[special] = next++;
  }
  for (const std::string& piece : pieces) vocabulary[piece] = next++;
  return {
      {"normalizer",
       {{"type", "BertNormalizer"},
        {"clean_text", true},
        {"handle_chinese_chars", true},
        {"strip_accents", nullptr},
        {"lowercase", true}}},
      {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
      {"added_tokens", Json::array({{{"id", 3},
                                     {"content", "[SEP]"},
                                     {"single_word", false},
                                     {"lstrip", false},
                                     {"rstrip", false},
                                     {"normalized", false}}})},
      {"model",
       {{"type", "WordPiece"},
        {"unk_token", "[UNK]"},
        {"continuing_subword_prefix", "##"},
        {"max_input_chars_per_word", 100},
        {"vocab", vocabulary}}},
  };
}

std::unique_ptr<WordPieceTokenizer> Make(
    const std::vector<std::string>& pieces) {
  auto made = WordPieceTokenizer::FromJson(SmallTokenizer(pieces).dump());
  EXPECT_TRUE(made.ok()) << made.status().ToString();
  return made.ok() ? std::move(*made) : nullptr;
}

TEST(WordPieceTokenizer, TakesTheLongestPieceFirst) {
  const auto tokenizer = Make({"st", "stone", "##s", "##one", "##ones"});
  EXPECT_EQ(tokenizer->Encode("stone stones stone"), (Ids{5, 5, 6, 5}));
  EXPECT_EQ(tokenizer->Encode("stones"), (Ids{5, 6}));
}

TEST(WordPieceTokenizer, GivesOneUnknownForAWordThatCannotBeCutWhole) {
  const auto tokenizer = Make({"st", "##one"});
  EXPECT_EQ(tokenizer->Encode("st stoney stone"), (Ids{4, 1, 4, 5}));
}

TEST(WordPieceTokenizer, KnowsWordsThatAreOnePiece) {
  const auto tokenizer = Make({"stone", "st", "##one", "##ones"});
  EXPECT_TRUE(tokenizer->Knows("stone"));
  EXPECT_FALSE(tokenizer->Knows("stones"));
  EXPECT_FALSE(tokenizer->Knows("stoen"));
  EXPECT_FALSE(tokenizer->Knows("ones")) << "the end of words alone";
}

TEST(WordPieceTokenizer, FoldsCaseAndMarksAndDropsControls) {
  const auto tokenizer = Make({"cafe"});
  EXPECT_EQ(tokenizer->Encode("CAFÉ cafe\xcc\x81 ca\x01"
                              "fe ca\xe2\x80\x8b"
                              "fe"),
            (Ids{4, 4, 4, 4}));
}

TEST(WordPieceTokenizer, DropsInvalidBytesInsideAWord) {
  const auto tokenizer = Make({"path"});
  EXPECT_EQ(tokenizer->Encode("pa\xffth \xc3path pat\xed\xa0\x80h"),
            (Ids{4, 4, 4}));
  EXPECT_EQ(tokenizer->Encode("\xff\xfe\x80"), Ids());
}

TEST(WordPieceTokenizer, ReadsSpecialTokensInTheText) {
  const auto tokenizer = Make({"a", "b", "[", "]", "sep"});
  EXPECT_EQ(tokenizer->Encode("a[SEP]b"), (Ids{4, 3, 5}));
  EXPECT_EQ(tokenizer->Encode("[sep]"), (Ids{6, 8, 7}));
}

TEST(WordPieceTokenizer, KeepsTokenizersOfOneThreadApart) {
  const auto first = Make({"a", "##b", "##c"});
  const auto second = Make({"##c", "##b", "a"});
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(first->Encode("abc"), (Ids{4, 5, 6}));
    EXPECT_EQ(second->Encode("abc"), (Ids{6, 5, 4}));
  }
}

TEST(WordPieceTokenizer, RefusesWhatIsNoTokenizer) {
  for (const std::string_view text :
       {"", "{", "[]", "{}", "null", "{\"normalizer\":3}"}) {
    const auto made = WordPieceTokenizer::FromJson(text);
    EXPECT_EQ(made.status().code(), StatusCode::kInvalidArgument) << text;
  }
  Json no_start = SmallTokenizer({});
  no_start["model"]["vocab"].erase("[CLS]");
  EXPECT_EQ(WordPieceTokenizer::FromJson(no_start.dump()).status().code(),
            StatusCode::kInvalidArgument);
  for (const Json& id : {Json(-1), Json(1LL << 40), Json("1"), Json(1.5)}) {
    Json bad = SmallTokenizer({"a"});
    bad["model"]["vocab"]["a"] = id;
    EXPECT_EQ(WordPieceTokenizer::FromJson(bad.dump()).status().code(),
              StatusCode::kInvalidArgument)
        << id;
  }
}

TEST(WordPieceTokenizer, NamesThePartItCannotRead) {
  const std::vector<std::pair<std::string, Json>> changes = {
      {"/normalizer/lowercase", false},
      {"/normalizer/strip_accents", false},
      {"/normalizer/clean_text", false},
      {"/normalizer/handle_chinese_chars", false},
      {"/normalizer/type", "Lowercase"},
      {"/pre_tokenizer/type", "Whitespace"},
      {"/model/type", "BPE"},
      {"/model/continuing_subword_prefix", "@@"},
      {"/model/max_input_chars_per_word", 50},
      {"/added_tokens/0/normalized", true},
      {"/added_tokens/0/content", "word"},
  };
  for (const auto& [path, value] : changes) {
    Json json = SmallTokenizer({"a"});
    json[Json::json_pointer(path)] = value;
    const auto made = WordPieceTokenizer::FromJson(json.dump());
    EXPECT_EQ(made.status().code(), StatusCode::kUnimplemented) << path;
  }
}

// The oracle: the definition of greedy cutting over a map.
Ids CutNaively(const std::unordered_map<std::string, std::int32_t>& pieces,
               const std::string& word) {
  Ids ids;
  for (std::size_t start = 0; start < word.size();) {
    std::size_t end = word.size();
    std::int32_t id = -1;
    for (; end > start; --end) {
      const std::string piece =
          (start > 0 ? "##" : "") + word.substr(start, end - start);
      if (const auto found = pieces.find(piece); found != pieces.end()) {
        id = found->second;
        break;
      }
    }
    if (id < 0) return {1};
    ids.push_back(id);
    start = end;
  }
  return ids;
}

TEST(WordPieceTokenizer, CutsRandomWordsAsTheNaiveOracleDoes) {
  const std::uint32_t seed = 4711;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto random_word = [&random](std::size_t size_max) {
    std::string word;
    const std::size_t size = 1 + random() % size_max;
    for (std::size_t i = 0; i < size; ++i) {
      word += static_cast<char>('a' + random() % 3);
    }
    return word;
  };
  std::unordered_map<std::string, std::int32_t> pieces;
  std::vector<std::string> ordered;
  while (ordered.size() < 120) {
    std::string piece = (random() % 2 == 0 ? "" : "##") + random_word(5);
    if (pieces.try_emplace(piece, 4 + ordered.size()).second) {
      ordered.push_back(piece);
    }
  }
  const auto tokenizer = Make(ordered);
  for (int i = 0; i < 20'000; ++i) {
    const std::string word = random_word(i % 50 == 0 ? 100 : 12);
    ASSERT_EQ(tokenizer->Encode(word), CutNaively(pieces, word)) << word;
  }
}

TEST(WordPieceTokenizer, GivesTheSameIdsFromManyThreads) {
  const auto tokenizer = Make({"a", "b", "##a", "##b"});
  const std::string text = "ab ba aab bba abab c a-b ab";
  const Ids expected = tokenizer->Encode(text);
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        if (tokenizer->Encode(text) != expected) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace cairn
