#include "tables/number_text.h"

#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kGroup = 3;

// A run of digits and the mark after it.
struct Run {
  std::string_view digits;
  char mark = 0;  // '.', ',', '\'' or ' '; 0: the end.
};

// The bytes of a mark at the start of `text`, and which it is. Spaces of all
// widths that group digits are one mark, apostrophes another.
std::size_t MarkAt(std::string_view text, char& mark) {
  struct Sign {
    std::string_view bytes;
    char mark;
  };
  static constexpr std::array<Sign, 8> kSigns = {{{".", '.'},
                                                  {",", ','},
                                                  {"'", '\''},
                                                  {"\u2019", '\''},
                                                  {" ", ' '},
                                                  {"\u00a0", ' '},
                                                  {"\u2009", ' '},
                                                  {"\u202f", ' '}}};
  for (const Sign& sign : kSigns) {
    if (!text.starts_with(sign.bytes)) continue;
    mark = sign.mark;
    return sign.bytes.size();
  }
  return 0;
}

std::size_t DigitsAt(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && IsAsciiDigit(text[count])) ++count;
  return count;
}

// The runs, as far as marks stand between digits. A space groups only when
// exactly three digits follow it: "12 450" but "12 4".
std::vector<Run> RunsOf(std::string_view text, std::size_t& bytes) {
  std::vector<Run> runs;
  std::size_t at = 0;
  while (true) {
    const std::size_t digits = DigitsAt(text.substr(at));
    runs.push_back({text.substr(at, digits), 0});
    at += digits;
    bytes = at;
    char mark = 0;
    const std::size_t width = MarkAt(text.substr(at), mark);
    if (width == 0) return runs;
    const std::size_t next = DigitsAt(text.substr(at + width));
    if (next == 0 || (mark == ' ' && next != kGroup)) return runs;
    runs.back().mark = mark;
    at += width;
  }
}

bool AreGroups(const std::vector<Run>& runs, std::size_t count) {
  if (runs[0].digits.empty() || runs[0].digits.size() > kGroup) return false;
  for (std::size_t i = 1; i < count; ++i) {
    if (runs[i].digits.size() != kGroup) return false;
    if (runs[i - 1].mark != runs[0].mark) return false;
  }
  return true;
}

// How many of the runs stand before the decimal mark; 0: it reads in no way.
std::size_t WholeRuns(const std::vector<Run>& runs, char decimal,
                      NumberText& number) {
  const std::size_t count = runs.size();
  if (count == 1) return 1;
  const char last = runs[count - 2].mark;
  const bool can_be_decimal = last == '.' || last == ',';
  if (count == 2) {
    const bool groups = AreGroups(runs, 2) && runs[0].digits != "0";
    if (!can_be_decimal) return groups ? 2 : 0;
    if (groups && last != decimal) return 2;
    // "1,234" alone says nothing of its column, "1,23" and "0,123" do.
    if (!groups) number.decimal = last;
    return 1;
  }
  if (last == runs[0].mark) {
    if (!AreGroups(runs, count)) return 0;
    if (can_be_decimal) number.decimal = last == '.' ? ',' : '.';
    return count;
  }
  if (!can_be_decimal || !AreGroups(runs, count - 1)) return 0;
  number.decimal = last;
  return count - 1;
}

}  // namespace

std::optional<NumberText> ReadNumber(std::string_view text, char decimal) {
  NumberText number;
  // ".5" and ",5".
  const bool bare = text.size() > 1 && (text[0] == '.' || text[0] == ',') &&
                    IsAsciiDigit(text[1]);
  if (!bare && DigitsAt(text) == 0) return std::nullopt;
  const std::vector<Run> runs = RunsOf(text, number.bytes);
  if (bare && runs.size() != 2) return std::nullopt;
  const std::size_t whole = bare ? 1 : WholeRuns(runs, decimal, number);
  if (whole == 0) return std::nullopt;
  std::string plain;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i == whole) plain += '.';
    plain += runs[i].digits;
  }
  if (plain.starts_with('.')) plain.insert(plain.begin(), '0');
  const auto [end, error] =
      std::from_chars(plain.data(), plain.data() + plain.size(), number.value);
  if (error != std::errc() || end != plain.data() + plain.size()) {
    return std::nullopt;
  }
  return number;
}

}  // namespace cairn
