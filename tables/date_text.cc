#include "tables/date_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <vector>

#include "text/months.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kTextMax = 40;
constexpr std::size_t kTokensMax = 5;
constexpr int kYearMin = 1000;
constexpr int kYearMax = 2999;

struct Token {
  std::string word;  // Lower case; empty: a number.
  int number = 0;
  std::size_t digits = 0;
};

// Words and numbers; nothing when there is anything but them and separators.
// `mark`: the separator between numbers when it is one and the same sign.
std::vector<Token> TokensOf(std::string_view text, char& mark) {
  std::vector<Token> tokens;
  mark = 0;
  for (std::size_t i = 0; i < text.size();) {
    Token token;
    while (i < text.size() && IsAsciiDigit(text[i]) && token.digits < 5) {
      token.number = token.number * 10 + (text[i++] - '0');
      ++token.digits;
    }
    while (token.digits == 0 && i < text.size() && IsAsciiLetter(text[i])) {
      token.word.push_back(AsciiLower(text[i++]));
    }
    if (token.digits == 0 && token.word.empty()) return {};
    tokens.push_back(std::move(token));
    if (tokens.size() > kTokensMax) return {};
    const std::size_t begin = i;
    while (i < text.size() &&
           (IsAsciiSpace(text[i]) || text[i] == ',' || text[i] == '.' ||
            text[i] == '/' || text[i] == '-')) {
      if (!IsAsciiSpace(text[i]) && text[i] != ',') mark = text[i];
      ++i;
    }
    if (i - begin > 2) return {};
  }
  return tokens;
}

bool IsYear(const Token& token) {
  return token.digits == 4 && token.number >= kYearMin &&
         token.number <= kYearMax;
}

int DaysIn(int year, int month) {
  if (month == 2) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return leap ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<std::string> Written(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > DaysIn(year, month)) {
    return std::nullopt;
  }
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return text;
}

std::optional<int> FullYear(const Token& token, char mark) {
  if (IsYear(token)) return token.number;
  if (token.digits != 2 || (mark != '/' && mark != '.')) return std::nullopt;
  return token.number < 70 ? 2000 + token.number : 1900 + token.number;
}

std::optional<std::string> OfNumbers(const std::vector<Token>& tokens,
                                     char mark, bool day_first) {
  if (tokens.size() != 3 || mark == 0) return std::nullopt;
  if (IsYear(tokens[0])) {
    return Written(tokens[0].number, tokens[1].number, tokens[2].number);
  }
  const auto year = FullYear(tokens[2], mark);
  if (!year) return std::nullopt;
  int day = tokens[0].number;
  int month = tokens[1].number;
  // Dots are for days first, everywhere.
  if (mark != '.' && !day_first) std::swap(day, month);
  if (month > 12 && day <= 12) std::swap(day, month);
  return Written(*year, month, day);
}

// "31st" is a number and a word of two letters.
void DropOrdinals(std::vector<Token>& tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::string& word = tokens[i + 1].word;
    if (tokens[i].digits > 0 &&
        (word == "st" || word == "nd" || word == "rd" || word == "th")) {
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }
}

std::optional<std::string> OfWords(const std::vector<Token>& tokens) {
  char text[16];
  const Token& last = tokens.back();
  if (!IsYear(last)) return std::nullopt;
  if (tokens.size() == 3 && tokens[0].word == "q" && tokens[1].digits == 1 &&
      tokens[1].number >= 1 && tokens[1].number <= 4) {
    std::snprintf(text, sizeof text, "%04d-Q%d", last.number, tokens[1].number);
    return text;
  }
  int month = 0;
  int day = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.word == "of" || token.word == "the") continue;
    int& part = token.word.empty() ? day : month;
    const int value = token.word.empty() ? token.number : MonthOf(token.word);
    if (part != 0 || value == 0) return std::nullopt;
    part = value;
  }
  if (month == 0) return std::nullopt;
  if (day != 0) return Written(last.number, month, day);
  std::snprintf(text, sizeof text, "%04d-%02d", last.number, month);
  return text;
}

}  // namespace

int MonthOf(std::string_view word) {
  if (word == "sept") return 9;
  for (std::size_t i = 0; i < kMonthNames.size(); ++i) {
    if (word == kMonthNames[i] || word == kMonthNames[i].substr(0, 3)) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

std::optional<std::string> ReadDate(std::string_view text, bool day_first) {
  if (text.size() < 6 || text.size() > kTextMax) return std::nullopt;
  char mark = 0;
  std::vector<Token> tokens = TokensOf(text, mark);
  DropOrdinals(tokens);
  if (tokens.size() < 2) return std::nullopt;
  const bool numbers =
      std::all_of(tokens.begin(), tokens.end(),
                  [](const Token& token) { return token.word.empty(); });
  return numbers ? OfNumbers(tokens, mark, day_first) : OfWords(tokens);
}

int DayOrderOf(std::string_view text) {
  if (text.size() < 6 || text.size() > kTextMax) return 0;
  char mark = 0;
  const std::vector<Token> tokens = TokensOf(text, mark);
  if (tokens.size() != 3 || mark != '/' || tokens[0].digits > 2) return 0;
  const auto is_number = [](const Token& token) { return token.word.empty(); };
  if (!std::all_of(tokens.begin(), tokens.end(), is_number)) return 0;
  if (tokens[0].number > 12 && tokens[1].number <= 12) return 1;
  if (tokens[1].number > 12 && tokens[0].number <= 12) return -1;
  return 0;
}

}  // namespace cairn
