// RandomCorpus: pages about invented people, towns and works that name each
// other, and questions about them, for the tests of the ranking.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

struct TestPage {
  std::string id;
  std::string title;
  std::string text;  // Markdown.
};

// First and last names; invented, so that no word list knows them. Each has
// six letters.
inline constexpr std::array<std::string_view, 12> kFirstNames = {
    "Valdor", "Mirtok", "Sareba", "Teluna", "Gorlin", "Pavusk",
    "Dramel", "Kelvit", "Ronske", "Bulvar", "Fendig", "Zelkor"};
inline constexpr std::array<std::string_view, 12> kLastNames = {
    "Quenta", "Ostrib", "Hamlok", "Vispel", "Jurgan", "Nolket",
    "Wirbel", "Cransk", "Lompar", "Ustrel", "Emdrak", "Yolban"};

// The same seed and the same calls give the same pages on every machine.
class RandomCorpus {
 public:
  explicit RandomCorpus(std::uint64_t seed) : random_(seed) {}

  // Not std::uniform_int_distribution, which differs between libraries.
  std::size_t Below(std::size_t bound) { return random_() % bound; }

  std::string Name() {
    return std::string(Pick(kFirstNames)) + " " + std::string(Pick(kLastNames));
  }

  // Two to four sections of a few sentences; one page in four has a table.
  TestPage Page(const std::string& id) {
    TestPage page{.id = id, .title = Name(), .text = {}};
    const std::size_t sections = 2 + Below(3);
    for (std::size_t section = 0; section < sections; ++section) {
      page.text += "# " + Capitalized(Pick(kTopics)) + "\n\n";
      if (section == 0) page.text += Opening(page.title);
      const std::size_t sentences = 2 + Below(4);
      for (std::size_t i = 0; i < sentences; ++i) page.text += Sentence();
      page.text += "\n\n";
    }
    if (Below(4) == 0) page.text += Table();
    return page;
  }

  std::string Question() {
    const std::string noun(Pick(kNouns));
    switch (Below(5)) {
      case 0:
        return "What is known about " + Name() + "?";
      case 1:
        return "Where was the " + noun + " of " + Name() + " born?";
      case 2:
        return "Which " + noun + " is older, the one of " + Name() +
               " or the one of " + Name() + "?";
      case 3:
        return "How many " + noun + "s does the " + std::string(Pick(kNouns)) +
               " have in " + Year() + "?";
      default:
        return std::string(Pick(kTopics)) + " and " + noun + " near the " +
               std::string(Pick(kTopics));
    }
  }

 private:
  static constexpr std::array<std::string_view, 12> kNouns = {
      "painter", "harbour", "bridge",  "film",   "violin", "engine",
      "garden",  "teacher", "lantern", "market", "cellar", "orchard"};
  static constexpr std::array<std::string_view, 12> kTopics = {
      "music",  "early years", "trade", "geology", "weather", "railways",
      "dishes", "buildings",   "ships", "schools", "letters", "harvest"};
  static constexpr std::array<std::string_view, 8> kVerbs = {
      "built",   "sold",      "admired", "repaired",
      "painted", "inherited", "lost",    "described"};

  template <std::size_t n>
  std::string_view Pick(const std::array<std::string_view, n>& words) {
    return words[Below(n)];
  }
  std::string Year() { return std::to_string(1700 + Below(40)); }
  static std::string Capitalized(std::string_view word) {
    std::string text(word);
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }
  std::string Opening(const std::string& title) {
    const std::string noun(Pick(kNouns));
    if (Below(2) == 0) {
      return title + " was a " + noun + " born in " + Year() + ". ";
    }
    return title + " is a " + noun + " that " + Name() + " " +
           std::string(Pick(kVerbs)) + ". ";
  }
  std::string Sentence() {
    std::string text = Below(2) == 0 ? Name() + " " : "The owner ";
    text += std::string(Pick(kVerbs)) + " the " + std::string(Pick(kNouns));
    if (Below(2) == 0) text += " of " + Name();
    if (Below(3) == 0) text += " in " + Year();
    return text + " with the " + std::string(Pick(kTopics)) + ". ";
  }
  std::string Table() {
    std::string text = "| Year | " + Capitalized(Pick(kNouns)) +
                       " | Owner |\n| --- | --- | --- |\n";
    for (std::size_t row = 2 + Below(4); row > 0; --row) {
      text += "| " + Year() + " | " + std::to_string(Below(900)) + " | " +
              Name() + " |\n";
    }
    return text;
  }

  std::mt19937_64 random_;
};

}  // namespace cairn
