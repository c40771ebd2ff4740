#include "tables/question_cues.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace cairn {
namespace {

struct Group {
  std::string_view speaks_of;
  std::string_view words;  // Folded, between blanks.
};

constexpr std::array kGroups = {
    Group{"highest",
          "most highest largest greatest biggest longest tallest heaviest best "
          "top maximum max furthest farthest deepest strongest richest busiest "
          "widest hottest leading peak majority"},
    Group{"lowest",
          "least lowest smallest fewest shortest lightest worst minimum min "
          "narrowest closest nearest bottom coldest"},
    Group{"latest", "last latest newest final finally recent recently"},
    Group{"earliest", "first earliest oldest original initial initially"},
    Group{"higher",
          "more higher larger greater bigger longer taller heavier better over "
          "above exceed exceeds exceeded exceeding"},
    Group{"lower",
          "less fewer lower smaller shorter worse under below lighter"},
    Group{"later", "after later since newer"},
    Group{"earlier", "before earlier prior older until"},
    Group{"next",
          "next following follow follows followed succeeding succeeded "
          "subsequent"},
    Group{"previous", "previous previously preceding preceded"},
    Group{"sum", "total totals combined altogether together sum overall"},
    Group{"mean", "average averaged mean"},
    Group{"difference",
          "difference differ gap change changed increase decrease "
          "decreased increased"},
    Group{"than", "than"},
    Group{"same", "same"},
    Group{"choice", "or"},
    Group{"only", "only"},
    Group{"not", "not never without other besides except excluding aside"},
    Group{"in a row", "consecutive consecutively straight"},
    Group{"different", "different distinct unique various separate"}};

const std::unordered_map<std::string_view, std::string_view>& Groups() {
  static const auto groups = [] {
    std::unordered_map<std::string_view, std::string_view> by_word;
    for (const Group& group : kGroups) {
      std::string_view words = group.words;
      while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        by_word.emplace(words.substr(0, end), group.speaks_of);
        words.remove_prefix(std::min(end + 1, words.size()));
      }
    }
    return by_word;
  }();
  return groups;
}

// "Fastest", "youngest": of what, the column must tell.
bool IsOtherSuperlative(std::string_view word) {
  constexpr std::array<std::string_view, 14> kNouns = {
      "west",    "east",     "northwest", "southwest", "contest",
      "forest",  "interest", "request",   "harvest",   "guest",
      "protest", "midwest",  "northeast", "southeast"};
  return word.size() > 5 && word.ends_with("est") &&
         std::find(kNouns.begin(), kNouns.end(), word) == kNouns.end();
}

std::vector<QuestionCue> CuesOf(const QuestionText& question) {
  std::vector<QuestionCue> cues;
  for (std::size_t i = 0; i < question.tokens.size(); ++i) {
    const std::string& word = question.tokens[i].folded;
    const bool bound = i > 0 && question.tokens[i - 1].folded == "at";
    if (bound && (word == "least" || word == "most")) {
      cues.push_back({"bound", i});
      continue;
    }
    const auto group = Groups().find(word);
    if (group != Groups().end()) {
      cues.push_back({group->second, i});
    } else if (IsOtherSuperlative(word)) {
      cues.push_back({"extreme", i});
    }
  }
  return cues;
}

bool IsOneOf(std::string_view word,
             std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// After "how".
std::string_view AskedHow(std::string_view word) {
  if (IsOneOf(word, {"many", "often"})) return "count";
  if (IsOneOf(word, {"long", "old"})) return "duration";
  return "amount";
}

class Asking {
 public:
  Asking(const QuestionText& question, QuestionCues& out)
      : question_(question), out_(out) {}

  void Find() {
    for (std::size_t i = 0; i < size(); ++i) {
      if (Asks(i)) break;
    }
    if (out_.asked_end == 0 && size() > 0) AskedAtAll();
    AskedOf();
  }

 private:
  std::size_t size() const { return question_.tokens.size(); }
  std::string_view Word(std::size_t i) const {
    return i < size() ? std::string_view(question_.tokens[i].folded)
                      : std::string_view();
  }
  void Set(std::string_view asked, std::size_t end) {
    out_.asked = asked;
    out_.asked_end = end;
  }

  bool Asks(std::size_t i) {
    const std::string_view word = Word(i);
    if (word == "how") {
      Set(AskedHow(Word(i + 1)), i + 2);
    } else if (word == "when") {
      Set("time", i + 1);
    } else if (IsOneOf(word, {"who", "whom", "whose"})) {
      Set("person", i + 1);
    } else if (word == "where") {
      Set("place", i + 1);
    } else if (IsOneOf(word, {"what", "which"})) {
      const bool time = IsOneOf(Word(i + 1), {"year", "years", "date", "month",
                                              "day", "season", "decade"});
      Set(time ? "time" : word, i + 1);
    } else {
      return false;
    }
    return true;
  }

  // Without a question word.
  void AskedAtAll() {
    if (IsOneOf(Word(0), {"did", "was", "is", "were", "does", "has", "are",
                          "do", "had", "have", "can", "will"})) {
      Set("yes or no", 1);
    } else if (IsOneOf(Word(0), {"name", "list", "tell", "give", "show"})) {
      Set("name", 1);
    }
  }

  // "What was the total number of", "the difference between"; but a phone
  // number is no count.
  void AskedOf() {
    if (!IsOneOf(out_.asked, {"what", "name", "none"})) return;
    for (std::size_t i = out_.asked_end; i < size(); ++i) {
      if (IsOneOf(Word(i), {"number", "amount"}) && Word(i + 1) == "of") {
        return Set("count", i + 2);
      }
      if (Word(i) == "difference") return Set("difference", i + 1);
      const bool leads = question_.tokens[i].stop ||
                         IsOneOf(Word(i), {"total", "combined", "overall"});
      if (!leads) return;
    }
  }

  const QuestionText& question_;
  QuestionCues& out_;
};

}  // namespace

QuestionCues FindCues(const QuestionText& question) {
  QuestionCues out;
  out.cues = CuesOf(question);
  Asking(question, out).Find();
  return out;
}

}  // namespace cairn
