#include "models/rules/lexicon.h"

#include <unordered_map>
#include <unordered_set>

#include "text/words.h"

namespace cairn::rules {
namespace {

using Words = std::unordered_set<std::string_view>;
using Nouns = std::unordered_map<std::string_view, EntityType>;

// Splits a constant list at spaces; the literals outlive the program's end.
void Add(Nouns& nouns, EntityType type, std::string_view list) {
  while (!list.empty()) {
    const std::size_t space = list.find(' ');
    nouns.emplace(list.substr(0, space), type);
    list.remove_prefix(space == list.npos ? list.size() : space + 1);
  }
}

Words Split(std::string_view list) {
  Words words;
  while (!list.empty()) {
    const std::size_t space = list.find(' ');
    words.insert(list.substr(0, space));
    list.remove_prefix(space == list.npos ? list.size() : space + 1);
  }
  return words;
}

constexpr std::string_view kStarters =
    "according additionally afterwards ago alongside amid among amongst "
    "another anyone anything apart around aside born based beginning behind "
    "besides beyond called consequently conversely currently despite during "
    "earlier early eight eighteen eleven especially even eventually every "
    "everyone everything except fifteen fifty finally first five following "
    "formerly forty four fourth furthermore generally given hence her hers "
    "hundred i i'm i've included including indeed initially instead last late "
    "later lately let like likewise listen located many maybe mainly "
    "meanwhile moreover mostly much name near nearly nevertheless next nine "
    "none nonetheless nobody notably nothing notwithstanding often ok okay "
    "once one only originally otherwise overall part particularly per perhaps "
    "please possibly previously primarily prior probably rather recently "
    "regarding respectively second several seven shortly similar similarly "
    "simply six sixth some somebody someone something sometimes soon still "
    "subsequently such suddenly tell ten thanks thereafter thereby therefore "
    "third thirty thousand three throughout thus today together tomorrow "
    "tonight toward towards traditionally twelve twenty two typically "
    "ultimately unfortunately unlike unless usually versus via well whereas "
    "whatever whenever wherever whichever whoever within yes yesterday "
    "known founded written ph ph. list give find show describe explain compare "
    "former a.m. p.m. a.m p.m "
    "it's he's she's that's there's what's who's don't can't didn't doesn't "
    "i'll you're we're they're isn't won't let's";

constexpr std::string_view kPersons =
    "person man woman actor actress politician singer songwriter musician "
    "composer writer author poet novelist playwright journalist painter artist "
    "sculptor architect director filmmaker producer screenwriter footballer "
    "player cricketer swimmer racer cyclist athlete boxer wrestler coach "
    "manager golfer skater skier rower sprinter gymnast scientist physicist "
    "chemist biologist mathematician astronomer engineer inventor philosopher "
    "historian theologian priest bishop archbishop cardinal pope king queen "
    "prince princess emperor empress duke duchess earl baron count knight "
    "nobleman noblewoman general admiral colonel officer soldier president "
    "minister chancellor senator governor mayor lawyer judge jurist attorney "
    "diplomat ambassador businessman businesswoman entrepreneur banker "
    "economist professor teacher scholar academic linguist psychologist "
    "physician doctor surgeon nurse activist comedian presenter broadcaster "
    "host model dancer choreographer rapper guitarist drummer bassist pianist "
    "violinist vocalist conductor photographer cinematographer editor "
    "explorer astronaut pilot driver saint monk nun missionary merchant "
    "translator critic critics cartoonist illustrator designer chef founder "
    "leader wife husband son daughter brother sister father mother child "
    "statesman ruler sultan shah khan pharaoh botanist geologist geographer "
    "anthropologist sociologist archaeologist zoologist programmer "
    "naturalist bodybuilder jockey midfielder goalkeeper defender striker "
    "pitcher quarterback linebacker referee umpire criminal murderer "
    "revolutionary rebel spy character contestant personality celebrity "
    "member";

constexpr std::string_view kOrganizations =
    "company corporation firm business manufacturer airline bank university "
    "college school academy institute institution organization organisation "
    "agency department ministry party band group duo trio quartet quintet "
    "orchestra choir ensemble team club league association federation union "
    "society foundation charity council committee commission parliament "
    "legislature court army navy brigade regiment battalion squadron division "
    "church order label publisher studio newspaper broadcaster network "
    "channel station subsidiary retailer conglomerate consortium alliance "
    "startup brand chain hospital museum library government railway "
    "cooperative think-tank militia fraternity sorority franchise";

constexpr std::string_view kPlaces =
    "city town village municipality hamlet suburb district county province "
    "state country nation region territory republic kingdom island islands "
    "archipelago peninsula river stream creek lake sea ocean bay gulf strait "
    "mountain hill peak range valley desert forest park commune parish "
    "township neighborhood neighbourhood borough settlement capital port "
    "airport castle palace cathedral temple mosque monastery abbey building "
    "skyscraper tower bridge stadium arena street road highway square "
    "cemetery community place locality oblast prefecture canton ward "
    "constituency volcano glacier waterfall reservoir dam canal cave beach "
    "planet star galaxy asteroid moon crater house mansion theatre theater "
    "hotel tributary canyon plateau continent empire colony subdistrict";

constexpr std::string_view kWorks =
    "film movie documentary album song single novel book story poem play "
    "musical opera symphony painting sculpture series sitcom show episode "
    "game videogame magazine journal comic manga anime soundtrack ep "
    "compilation drama comedy thriller western ballad anthem hymn essay "
    "biography autobiography memoir trilogy anthology treatise manuscript act "
    "law bill treaty constitution program software track mixtape remake "
    "sequel prequel miniseries telenovela fresco statue concerto sonata "
    "ballet short";

constexpr std::string_view kEvents =
    "battle war election siege festival tournament championship championships "
    "olympics revolution rebellion revolt uprising massacre conference summit "
    "race season ceremony competition cup final earthquake hurricane disaster "
    "crash attack bombing invasion campaign operation referendum scandal "
    "expedition protest riot strike famine pandemic epidemic incident match "
    "tour contest conflict coup assassination murder exhibition event";

Nouns MakeNouns() {
  Nouns nouns;
  Add(nouns, EntityType::kPerson, kPersons);
  Add(nouns, EntityType::kOrganization, kOrganizations);
  Add(nouns, EntityType::kPlace, kPlaces);
  Add(nouns, EntityType::kWork, kWorks);
  Add(nouns, EntityType::kEvent, kEvents);
  return nouns;
}

// Fewer than the nouns: a name part must not be a common given or family name.
Nouns MakeNameParts() {
  Nouns parts;
  Add(parts, EntityType::kOrganization,
      "university college school academy institute institution company "
      "corporation corp inc ltd llc plc gmbh ag co limited bank airlines "
      "airways party ministry department agency commission committee council "
      "association federation union society foundation parliament army navy "
      "orchestra records pictures studios entertainment group club fc f.c. "
      "league church museum library hospital senate congress police force "
      "brigade regiment organization organisation authority trust press "
      "laboratory center centre court board house office");
  Add(parts, EntityType::kPlace,
      "river lake island islands mountain mountains county province district "
      "city valley bay sea ocean creek park airport castle cathedral bridge "
      "street avenue road station peninsula desert gulf strait republic "
      "kingdom territory village township mount cape palace stadium");
  Add(parts, EntityType::kEvent,
      "battle war olympics election elections siege festival championship "
      "championships cup revolution tournament games massacre rebellion "
      "uprising award awards");
  Add(parts, EntityType::kWork, "act treaty symphony magazine journal");
  return parts;
}

EntityType Find(const Nouns& nouns, std::string_view word) {
  const auto found = nouns.find(word);
  return found == nouns.end() ? EntityType::kUnknown : found->second;
}

}  // namespace

bool IsMonth(std::string_view word) {
  static const Words words = Split(
      "january february march april may june july august september october "
      "november december jan feb mar apr jun jul aug sep sept oct nov dec "
      "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.");
  return words.contains(word);
}

bool IsWeekday(std::string_view word) {
  static const Words words = Split(
      "monday tuesday wednesday thursday friday saturday sunday mondays "
      "tuesdays wednesdays thursdays fridays saturdays sundays");
  return words.contains(word);
}

bool IsConnector(std::string_view word) {
  static const Words words = Split(
      "of the de van von and for der den la le du da di del della dos das des "
      "ter ten bin ibn al el y et zu zur");
  return words.contains(word);
}

bool IsStarter(std::string_view word) {
  static const Words words = Split(kStarters);
  return words.contains(word) || IsStopWord(word);
}

bool IsHonorific(std::string_view word) {
  static const Words words = Split(
      "mr mrs ms dr prof sir dame lord lady rev hon mr. mrs. ms. dr. prof. "
      "rev. hon. gen. col. lt. sgt. capt. sen. rep. gov.");
  return words.contains(word);
}

bool IsAbbreviation(std::string_view word) {
  static const Words words = Split(
      "mr mrs ms dr prof st jr sr gen col lt sgt capt rev hon gov sen rep mt "
      "ft inc ltd co corp vs jan feb mar apr jun jul aug sep sept oct nov dec "
      "bros dept univ ph");
  return words.contains(word);
}

bool IsUnit(std::string_view word) {
  static const Words words = Split(
      "km m cm mm nm kg g mg t lb lbs oz mi ft in yd ha l ml hz khz mhz ghz w "
      "kw mw gw kwh mwh gwh twh v kv a ma k c f j kj n pa kpa mpa bar db b kb "
      "mb gb tb pb bit bits byte bytes kbps mbps gbps kbit mbit gbit ms ns s "
      "min h hr hrs km² m² km2 m2 m3 m³ sq kilometre kilometres kilometer "
      "kilometers metre metres meter meters centimetre centimetres centimeters "
      "mile miles foot feet inch inches yard yards acre acres hectare hectares "
      "kilogram kilograms gram grams tonne tonnes ton tons pound pounds ounce "
      "ounces litre litres liter liters gallon gallons degree degrees celsius "
      "fahrenheit kelvin watt watts volt volts hertz second seconds minute "
      "minutes hour hours day days week weeks month months year years decade "
      "decades century centuries percent per-cent percentage dollars dollar "
      "euro euros cents yen mph km/h kph knots people inhabitants residents "
      "eur usd gbp chf jpy cny rmb inr tokens");
  return words.contains(word);
}

bool IsMagnitude(std::string_view word) {
  static const Words words = Split(
      "hundred thousand million millions billion billions trillion bn mn m k "
      "dozen lakh crore");
  return words.contains(word);
}

bool IsCurrency(std::string_view word) {
  static const Words words = Split("eur usd gbp chf jpy cny rmb inr us");
  return words.contains(word);
}

bool IsNumberEnding(std::string_view word) {
  static const Words words = Split("s st nd rd th d");
  return words.contains(word);
}

bool IsPhraseEnd(std::string_view word) {
  static const Words words = Split(
      "who which that whose where when in on at by of from with for to based "
      "located situated written directed released starring produced known "
      "founded created published made set playing between during under near "
      "is was are were has had as");
  return words.contains(word);
}

bool IsOffice(std::string_view word) {
  static const Words words = Split(
      "ministry minister department secretary school faculty college institute "
      "centre center committee commission office board bureau agency society "
      "academy");
  return words.contains(word);
}

bool IsEventEnd(std::string_view word) {
  static const Words words = Split(
      "election elections by-election referendum championship championships "
      "revolution coup");
  return words.contains(word);
}

bool IsEventAdjective(std::string_view word) {
  static const Words words = Split(
      "general presidential federal parliamentary legislative local regional "
      "municipal provincial state gubernatorial mayoral senate constitutional "
      "assembly primary council leadership independence national");
  return words.contains(word);
}

bool IsGenericHeading(std::string_view heading) {
  static const Words words = {
      "references", "see also",        "external links",  "notes",
      "overview",   "introduction",    "conclusion",      "conclusions",
      "abstract",   "summary",         "contents",        "table of contents",
      "appendix",   "bibliography",    "acknowledgments", "acknowledgements",
      "background", "further reading", "sources",         "citations",
      "footnotes",  "history",         "discussion",      "results",
      "methods",    "early life",      "career",          "personal life",
  };
  return words.contains(heading);
}

EntityType TypeOfNoun(std::string_view noun) {
  static const Nouns nouns = MakeNouns();
  return Find(nouns, noun);
}

EntityType TypeOfNamePart(std::string_view word) {
  static const Nouns parts = MakeNameParts();
  return Find(parts, word);
}

}  // namespace cairn::rules
