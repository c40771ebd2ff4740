#include "eval/table_questions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/hash.h"
#include "documents/parser.h"
#include "tables/number_text.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{256} << 20;

std::vector<std::string> Split(std::string_view text, char mark) {
  std::vector<std::string> parts(1);
  for (const char sign : text) {
    if (sign == mark) {
      parts.emplace_back();
    } else {
      parts.back() += sign;
    }
  }
  return parts;
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char sign : text) {
    if (sign == '<') {
      out += "&lt;";
    } else if (sign == '&') {
      out += "&amp;";
    } else {
      out += sign;
    }
  }
  return out;
}

std::string HtmlOf(const nlohmann::json& rows) {
  std::string out = "<table>";
  for (const auto& row : rows) {
    out += "<tr>";
    for (const auto& cell : row) {
      out += "<td>" + Escaped(cell.get<std::string>()) + "</td>";
    }
    out += "</tr>";
  }
  return out + "</table>";
}

// The official normalisation: no citations, no details in parentheses, no
// quotation marks around.
std::string Normalized(std::string_view text) {
  std::string plain(text);
  while (true) {
    const std::size_t before = plain.size();
    while (!plain.empty() && (std::string_view("*#+ .").find(plain.back()) !=
                              std::string_view::npos)) {
      plain.pop_back();
    }
    for (const auto& [open, close] : {std::pair{" (", ')'}, {"[", ']'}}) {
      if (plain.empty() || plain.back() != close) continue;
      const std::size_t at = plain.rfind(open);
      if (at != std::string::npos && at > 0) plain.resize(at);
    }
    if (plain.size() == before) break;
  }
  return NormalizeName(plain);
}

std::optional<double> PlainNumber(std::string_view text) {
  bool minus = false;
  while (!text.empty() && (text.front() == '$' || text.front() == '-' ||
                           text.front() == '+' || text.front() == ' ')) {
    minus |= text.front() == '-';
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == '%' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  const auto number = ReadNumber(text, '.');
  if (!number || number->bytes != text.size()) return std::nullopt;
  return minus ? -number->value : number->value;
}

bool MatchesText(const std::string& gold, const PlanValue& value) {
  // A computed one with its unit too: "4 years".
  if (Normalized(gold) == Normalized(value.text)) return true;
  if (value.computed && value.value.kind != CellKind::kNumber) {
    return NormalizeName(gold) == value.text ||
           (value.text == "yes" && gold == "true") ||
           (value.text == "no" && gold == "false");
  }
  const auto wanted = PlainNumber(gold);
  if (!wanted) return false;
  const auto said = value.computed ? value.value.number / value.value.scale
                                   : PlainNumber(value.text).value_or(NAN);
  return std::abs(*wanted - said) < 1e-6 ||
         (value.computed && std::abs(*wanted - value.value.number) < 1e-6);
}

bool MatchesNumber(const TableQuestion& question, const std::string& gold,
                   const PlanValue& value) {
  const bool brackets = gold.starts_with("(") && gold.ends_with(")");
  auto wanted = PlainNumber(
      brackets ? std::string_view(gold).substr(1, gold.size() - 2) : gold);
  if (!wanted || value.value.kind != CellKind::kNumber) return false;
  if (brackets) *wanted = -*wanted;
  const double said =
      value.value.number / (value.value.unit == "%" ? 100 : 1) / question.scale;
  return std::abs(*wanted - said) < 0.00501;
}

}  // namespace

bool IsHeldOut(std::string_view table) {
  return Sha256Hex(table).at(0) % 2 == 1;
}

StatusOr<std::unique_ptr<TableGrid>> FirstTable(std::string_view bytes,
                                                std::string_view media_type) {
  CAIRN_ASSIGN_OR_RETURN(
      const ParsedDocument parsed,
      ParseInProcess(
          {.bytes = bytes, .media_type = media_type, .file_name = {}},
          Limits()));
  if (parsed.tables.empty()) return NotFoundError("no table", "NO_TABLE");
  CAIRN_ASSIGN_OR_RETURN(TableGrid grid, MakeGrid(parsed, 0));
  return std::make_unique<TableGrid>(std::move(grid));
}

StatusOr<TableQuestions> ReadWikiTableQuestions(const std::string& folder) {
  CAIRN_ASSIGN_OR_RETURN(const std::string text,
                         ReadFile(folder + "/questions.tsv", kFileBytesMax));
  TableQuestions out;
  std::map<std::string, std::size_t> places;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const std::vector<std::string> fields = Split(line, '\t');
    if (fields.size() < 4) continue;
    const std::string& name = fields[2];
    if (!places.contains(name)) {
      CAIRN_ASSIGN_OR_RETURN(
          const std::string bytes,
          ReadFile(folder + "/" + name.substr(0, name.size() - 3) + "html",
                   kFileBytesMax));
      auto grid = FirstTable(bytes, "text/html");
      places[name] = out.tables.size();
      out.tables.push_back(grid.ok() ? *std::move(grid)
                                     : std::make_unique<TableGrid>());
    }
    out.questions.push_back({.id = fields[0],
                             .question = fields[1],
                             .table = places[name],
                             .answers = Split(fields[3], '|'),
                             .held_out = IsHeldOut(name)});
  }
  return out;
}

StatusOr<TableQuestions> ReadTatQa(const std::string& file) {
  CAIRN_ASSIGN_OR_RETURN(const std::string text, ReadFile(file, kFileBytesMax));
  const auto contexts = nlohmann::json::parse(text, nullptr, false);
  if (contexts.is_discarded()) {
    return InvalidArgumentError(file + " is no JSON", "NOT_JSON");
  }
  const std::map<std::string, double> scales = {{"", 1},
                                                {"thousand", 1e3},
                                                {"million", 1e6},
                                                {"billion", 1e9},
                                                {"percent", 0.01}};
  TableQuestions out;
  out.financial = true;
  for (const auto& context : contexts) {
    const std::string uid = context["table"]["uid"];
    // The text of its page says what its amounts are in.
    std::string page;
    for (const auto& paragraph : context["paragraphs"]) {
      page += "<p>" + Escaped(paragraph["text"].get<std::string>());
    }
    auto grid =
        FirstTable(page + HtmlOf(context["table"]["table"]), "text/html");
    out.tables.push_back(grid.ok() ? *std::move(grid)
                                   : std::make_unique<TableGrid>());
    for (const auto& asked : context["questions"]) {
      if (asked["answer_from"] != "table") continue;
      TableQuestion question{.id = asked["uid"],
                             .question = asked["question"],
                             .table = out.tables.size() - 1,
                             .answers = {},
                             .scale = scales.at(asked["scale"]),
                             .held_out = IsHeldOut(uid)};
      const std::string type = asked["answer_type"];
      question.numeric = type == "arithmetic" || type == "count";
      if (asked["answer"].is_array()) {
        for (const auto& one : asked["answer"]) question.answers.push_back(one);
      } else {
        question.answers.push_back(asked["answer"].is_string()
                                       ? asked["answer"].get<std::string>()
                                       : asked["answer"].dump());
      }
      out.questions.push_back(std::move(question));
    }
  }
  return out;
}

bool IsRight(const TableQuestion& question, const PlanResult& result,
             bool financial) {
  if (financial && question.numeric) {
    return result.values.size() == 1 &&
           MatchesNumber(question, question.answers[0], result.values[0]);
  }
  // Sets: what is said twice counts once.
  std::set<std::string> gold;
  std::set<std::string> said;
  for (const std::string& answer : question.answers) {
    gold.insert(Normalized(answer));
  }
  for (const PlanValue& value : result.values) {
    said.insert(Normalized(value.text));
  }
  if (gold.size() != said.size()) return false;
  return std::all_of(
      question.answers.begin(), question.answers.end(),
      [&](const std::string& answer) {
        return std::any_of(
            result.values.begin(), result.values.end(),
            [&](const PlanValue& value) {
              return MatchesText(answer, value) ||
                     (financial && MatchesNumber(question, answer, value));
            });
      });
}

}  // namespace cairn
