#include "documents/formats/csv/csv_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace cairn {
namespace {

constexpr std::size_t kSampleBytes = 64 << 10;
constexpr std::size_t kSampleFields = 20'000;
constexpr std::size_t kHeaderRowsRead = 200;
constexpr std::size_t kHeaderNameBytes = 128;

class Scanner {
 public:
  Scanner(std::string_view text, const CsvDialect& dialect,
          std::size_t fields_max)
      : text_(text), dialect_(dialect), fields_max_(fields_max) {}

  CsvRows Run() {
    while (at_ < text_.size() && !out_.too_many) {
      if (text_[at_] == '\n') {  // A blank line between rows.
        ++at_;
        continue;
      }
      Row();
    }
    return std::move(out_);
  }

 private:
  void Row() {
    const std::size_t first = out_.fields.size();
    bool more = true;
    while (more) {
      if (out_.fields.size() >= fields_max_) {
        out_.too_many = true;
        return;
      }
      out_.fields.push_back(Field());
      more = at_ < text_.size() && text_[at_] == dialect_.delimiter;
      if (at_ < text_.size()) ++at_;  // The delimiter or the line break.
    }
    const bool blank =
        out_.fields.size() == first + 1 &&
        out_.fields.back().find_first_not_of(" \t") == std::string_view::npos;
    if (blank) {
      out_.fields.pop_back();
    } else {
      out_.row_ends.push_back(out_.fields.size());
    }
  }

  std::string_view Field() {
    std::size_t start = at_;
    // Blanks before a quote are common though RFC 4180 forbids them.
    while (start < text_.size() && text_[start] == ' ') ++start;
    if (quotes_ && start < text_.size() && text_[start] == dialect_.quote) {
      std::string_view quoted;
      if (Quoted(start + 1, quoted)) return quoted;
      out_.unclosed_quote = true;
      quotes_ = false;
    }
    const std::size_t begin = at_;
    at_ = Stop(at_);
    return text_.substr(begin, at_ - begin);
  }

  std::size_t Stop(std::size_t from) const {
    while (from < text_.size() && text_[from] != dialect_.delimiter &&
           text_[from] != '\n') {
      ++from;
    }
    return from;
  }

  // False: no closing quote; `at_` stays.
  bool Quoted(std::size_t begin, std::string_view& field) {
    std::size_t close = begin;
    bool escaped = false;
    for (;;) {
      close = text_.find(dialect_.quote, close);
      if (close == std::string_view::npos) return false;
      if (close + 1 >= text_.size() || text_[close + 1] != dialect_.quote) {
        break;
      }
      escaped = true;
      close += 2;
    }
    field = text_.substr(begin, close - begin);
    const std::size_t rest = Stop(close + 1);
    const std::string_view tail = text_.substr(close + 1, rest - close - 1);
    const bool has_tail = tail.find_first_not_of(' ') != std::string_view::npos;
    if (escaped || has_tail) field = Unescape(field, has_tail ? tail : "");
    at_ = rest;
    return true;
  }

  std::string_view Unescape(std::string_view raw, std::string_view tail) {
    std::string& out = out_.unescaped.emplace_back();
    out.reserve(raw.size() + tail.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
      out.push_back(raw[i]);
      if (raw[i] == dialect_.quote) ++i;  // The second of a pair.
    }
    out += tail;
    return out;
  }

  std::string_view text_;
  CsvDialect dialect_;
  std::size_t fields_max_;
  std::size_t at_ = 0;
  bool quotes_ = true;
  CsvRows out_;
};

// Rows that have the commonest width, if that is above 1; wider wins a tie.
struct Agreement {
  std::size_t width = 1;
  double share = 0;
};

Agreement Measure(const CsvRows& rows) {
  std::map<std::size_t, std::size_t> widths;
  for (std::size_t row = 0; row < rows.rows(); ++row) ++widths[rows.Width(row)];
  Agreement best;
  for (const auto& [width, count] : widths) {
    const double share =
        static_cast<double>(count) / static_cast<double>(rows.rows());
    if (width > 1 && share >= best.share) best = {width, share};
  }
  return best;
}

char SniffQuote(std::string_view sample) {
  std::array<std::size_t, 2> opens{};
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const char before = i == 0 ? '\n' : sample[i - 1];
    if (before != '\n' && before != ',' && before != ';' && before != '\t' &&
        before != '|') {
      continue;
    }
    if (sample[i] == '"') ++opens[0];
    if (sample[i] == '\'') ++opens[1];
  }
  return opens[1] > 2 && opens[0] == 0 ? '\'' : '"';
}

std::string_view Trim(std::string_view field) {
  const std::size_t first = field.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return field.substr(first, field.find_last_not_of(" \t\n") - first + 1);
}

// Numbers, dates, amounts, percentages: at least one digit and few letters.
bool IsNumeric(std::string_view field) {
  std::size_t digits = 0;
  std::size_t letters = 0;
  for (const char sign : field) {
    if (sign >= '0' && sign <= '9') ++digits;
    if ((sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z')) ++letters;
  }
  return digits > 0 && letters <= 1;
}

bool IsYear(std::string_view field) {
  return field.size() == 4 &&
         (field.starts_with("19") || field.starts_with("20")) &&
         IsNumeric(field) && field[2] >= '0' && field[2] <= '9' &&
         field[3] >= '0' && field[3] <= '9';
}

}  // namespace

CsvRows ReadCsv(std::string_view text, const CsvDialect& dialect,
                std::size_t fields_max) {
  return Scanner(text, dialect, fields_max).Run();
}

CsvDialect SniffCsv(std::string_view text, char preferred) {
  std::string_view sample = text.substr(0, kSampleBytes);
  if (sample.size() < text.size()) {
    const std::size_t line = sample.rfind('\n');
    if (line != std::string_view::npos) sample = sample.substr(0, line);
  }
  CsvDialect best;
  best.quote = SniffQuote(sample);
  double best_score = 0;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    const CsvRows rows = ReadCsv(
        sample, {.delimiter = delimiter, .quote = best.quote}, kSampleFields);
    if (rows.rows() == 0) continue;
    const Agreement agreement = Measure(rows);
    if (agreement.width < 2) continue;
    // Agreement first; more columns break ties (decimal commas give two).
    const double score =
        agreement.share + (delimiter == preferred ? 0.5 : 0.0) +
        0.001 * static_cast<double>(std::min<std::size_t>(agreement.width, 50));
    if (score > best_score) {
      best_score = score;
      best.delimiter = delimiter;
    }
  }
  return best;
}

bool HasHeaderRow(const CsvRows& rows) {
  if (rows.rows() < 2) return false;
  const std::size_t width = rows.Width(0);
  std::set<std::string_view> names;
  std::size_t years = 0;
  for (std::size_t column = 0; column < width; ++column) {
    const std::string_view name = Trim(rows.fields[column]);
    if (name.empty()) {
      if (column > 0) return false;  // A corner may be empty.
      continue;
    }
    if (name.size() > kHeaderNameBytes || !names.insert(name).second) {
      return false;
    }
    if (IsYear(name) && column > 0) {
      ++years;
    } else if (IsNumeric(name)) {
      return false;
    }
  }
  if (years > 0 && years + 1 < width && width > 2 * years + 1) return false;
  // A name that comes back below in its own column is a value.
  const std::size_t last = std::min(rows.rows(), kHeaderRowsRead);
  for (std::size_t row = 1; row < last; ++row) {
    const std::size_t begin = rows.RowBegin(row);
    for (std::size_t i = 0; i < std::min(width, rows.Width(row)); ++i) {
      const std::string_view value = Trim(rows.fields[begin + i]);
      if (!value.empty() && value == Trim(rows.fields[i])) return false;
    }
  }
  return true;
}

}  // namespace cairn
