#include "tests/end_to_end/articles.h"

#include <nlohmann/json.hpp>
#include <random>
#include <set>

namespace cairn {
namespace {

using Words = std::vector<std::string>;

class Inventor {
 public:
  explicit Inventor(unsigned seed) : random_(seed) {}

  const std::string& OneOf(const Words& words) {
    return words[random_() % words.size()];
  }
  std::string Number(unsigned least, unsigned most) {
    return std::to_string(least + random_() % (most - least + 1));
  }
  bool Happens(unsigned percent) { return random_() % 100 < percent; }

  std::string Word(unsigned syllables) {
    static const Words kBegins = {"br", "c", "d", "dr", "f", "g",  "gr", "h",
                                  "k",  "l", "m", "n",  "p", "qu", "r",  "s",
                                  "sk", "t", "v", "w",  "y", "z"};
    static const Words kMiddles = {"a", "e", "i", "o", "u", "ae", "ei", "ou"};
    static const Words kEnds = {"",  "l", "m",  "n",  "r",
                                "s", "t", "nd", "rk", "sk"};
    std::string word;
    for (unsigned i = 0; i < syllables; ++i) {
      word += OneOf(kBegins) + OneOf(kMiddles);
    }
    word += OneOf(kEnds);
    word.front() = static_cast<char>(word.front() - 'a' + 'A');
    return word;
  }

  std::string Title() {
    static const Words kWorks = {"The Lantern of ", "The Ballad of ",
                                 "A Winter in ", "The Keepers of "};
    static const Words kBodies = {" Institute", " Railway", " Observatory",
                                  " Cathedral"};
    switch (random_() % 4) {
      case 0:
        return Word(2) + " " + Word(2);
      case 1:
        return Word(3);
      case 2:
        return OneOf(kWorks) + Word(2);
      default:
        return Word(2) + OneOf(kBodies);
    }
  }

 private:
  std::mt19937 random_;
};

std::string Facts(Inventor& invent, const std::string& title,
                  const std::string& other, const std::string& third) {
  static const Words kKinds = {"a painter and engineer", "a coastal town",
                               "a novel in three parts", "a research centre",
                               "a narrow-gauge line",    "a stone church"};
  static const Words kPraise = {"its copper roof", "the spring fair",
                                "its blue glass", "a long quarrel over tolls"};
  std::string text = title + " is " + invent.OneOf(kKinds) + " of the " +
                     invent.Word(2) + " valley, first recorded in " +
                     invent.Number(1400, 1950) + ". ";
  text += "It is known for " + invent.OneOf(kPraise) + " and is linked to " +
          other + ". ";
  if (invent.Happens(60)) {
    text += "In " + invent.Number(1700, 1990) + " " + invent.Word(2) + " " +
            invent.Word(2) + " gave it " + invent.Number(10, 9000) +
            " crowns, as " + third + " had done before. ";
  }
  text += "Its archive holds " + invent.Number(2, 900) +
          " letters in the hand of " + invent.Word(2) + " " + invent.Word(2) +
          ".";
  return text;
}

std::string Table(Inventor& invent) {
  std::string rows = "\n\n| year | visitors |\n|---|---|\n";
  for (unsigned i = 0; i < 4; ++i) {
    rows += "| " + std::to_string(1980 + i) + " | " +
            invent.Number(100, 99999) + " |\n";
  }
  return rows;
}

}  // namespace

std::vector<Article> InventArticles(std::size_t count, unsigned seed) {
  Inventor invent(seed);
  std::set<std::string> seen;
  std::vector<std::string> titles;
  while (titles.size() < count) {
    std::string title = invent.Title();
    if (seen.insert(title).second) titles.push_back(std::move(title));
  }
  std::vector<Article> articles;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text =
        Facts(invent, titles[i], invent.OneOf(titles), invent.OneOf(titles));
    if (invent.Happens(15)) text += Table(invent);
    articles.push_back({.id = "article-" + std::to_string(i),
                        .title = titles[i],
                        .text = std::move(text)});
  }
  return articles;
}

std::string AsJsonLines(const std::vector<Article>& articles) {
  std::string lines;
  for (const Article& article : articles) {
    lines += nlohmann::json{{"id", article.id},
                            {"title", article.title},
                            {"text", article.text}}
                 .dump() +
             "\n";
  }
  return lines;
}

}  // namespace cairn
