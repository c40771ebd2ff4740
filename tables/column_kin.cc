#include "tables/column_kin.h"

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "tables/question_text.h"
#include "text/words.h"

namespace cairn {
namespace {

struct Kin {
  std::string_view asked;
  std::string_view headers;
};

constexpr std::array kKin = {
    Kin{"tall taller tallest high higher highest",
        "height elevation altitude floors"},
    Kin{"long longer longest short shorter shortest last lasted took take run",
        "length duration time distance runtime"},
    Kin{"far farther farthest further furthest near nearest close closest",
        "distance"},
    Kin{"fast faster fastest slow slower slowest quick quicker quickest",
        "time speed"},
    Kin{"deep deeper deepest", "depth"},
    Kin{"heavy heavier heaviest weigh weighs weighed light lighter lightest",
        "weight"},
    Kin{"old older oldest young younger youngest", "age born birth birthdate"},
    Kin{"large larger largest big bigger biggest small smaller smallest",
        "area size population"},
    Kin{"populous populated people inhabitants residents live lives",
        "population inhabitants"},
    Kin{"expensive cheap cheapest cost costs paid pay worth earn earned sold",
        "price cost salary money prize fee budget gross revenue earnings "
        "value"},
    Kin{"scored score scores scoring scorer", "points score goals pts"},
    Kin{"attended attend crowd spectators fans people", "attendance crowd"},
    Kin{"ranked placed finished finish position best worst better",
        "rank position pos place finish"},
    Kin{"when date year first last earliest latest recent recently before "
        "after earlier later oldest newest since until",
        "date year season opened built founded established released"},
    Kin{"voted vote", "votes"},
    Kin{"win wins won victory victories beat defeated winner winning",
        "won wins winner result victories"},
    Kin{"lose lost losses loss defeats", "lost losses result"},
    Kin{"who whom person player man woman",
        "name player driver rider artist candidate director author winner "
        "athlete swimmer skipper captain coach actor actress member governor "
        "president champion opponent"},
    Kin{"where located location held",
        "location city country venue place state county site town stadium"},
    Kin{"country nation nationality countries nations",
        "country nation nationality"},
    Kin{"movie movies film films show shows", "title film movie"},
    Kin{"song songs single track album", "title song single track album"},
    Kin{"team teams club clubs", "team club opponent"}};

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  for (Word& word : FoldWords(text)) words.push_back(std::move(word.term));
  return words;
}

using HeadersOf = std::unordered_map<std::string, std::vector<std::string>>;

const HeadersOf& Headers() {
  static const HeadersOf headers = [] {
    HeadersOf made;
    for (const Kin& kin : kKin) {
      for (const std::string& asked : WordsOf(kin.asked)) {
        for (const std::string& header : WordsOf(kin.headers)) {
          made[asked].push_back(StemOf(header));
        }
      }
    }
    return made;
  }();
  return headers;
}

}  // namespace

bool AreKin(std::string_view asked, std::string_view header) {
  const auto found = Headers().find(std::string(asked));
  if (found == Headers().end()) return false;
  for (const std::string& stem : found->second) {
    if (stem == header) return true;
  }
  return false;
}

}  // namespace cairn
