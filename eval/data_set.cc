#include "eval/data_set.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "eval/rows.h"

namespace cairn::eval {
namespace {

namespace fs = std::filesystem;

// By question, then by document.
using Judgements =
    std::unordered_map<std::string, std::map<std::string, double>>;

bool IsFile(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool IsFolder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

StatusOr<DataSetFormat> FormatOf(const std::string& folder) {
  if (!IsFolder(folder)) {
    return NotFoundError("there is no folder " + folder, "PATH_NOT_FOUND");
  }
  if (IsFile(folder + "/corpus.csv") && IsFile(folder + "/queries.csv")) {
    return DataSetFormat::kCsv;
  }
  if (IsFile(folder + "/corpus.jsonl") && IsFile(folder + "/queries.jsonl")) {
    return IsFolder(folder + "/qrels") ? DataSetFormat::kBeir
                                       : DataSetFormat::kJsonl;
  }
  return NotFoundError(
      folder +
          " is no data set: it wants corpus.jsonl and queries.jsonl (with a "
          "folder qrels for BEIR), or corpus.csv and queries.csv",
      "PATH_NOT_FOUND");
}

// Absent or null: empty.
StatusOr<std::string> OptionalText(const Json& row, const char* key,
                                   const std::string& where) {
  const auto found = row.find(key);
  if (found == row.end() || found->is_null()) return std::string();
  return TextOf(row, key, where);
}

std::vector<Gold> GoldOf(const std::set<std::string>& documents) {
  std::vector<Gold> gold;
  for (const std::string& document : documents) {
    gold.push_back({.document = document});
  }
  return gold;
}

StatusOr<std::vector<Gold>> GoldOf(const Json& row, const std::string& where) {
  const auto found = row.find("gold");
  if (found == row.end() || !found->is_array()) {
    return BadDataSet(where, "\"gold\" is missing or not a list of ids");
  }
  std::set<std::string> documents;
  for (const Json& one : *found) {
    const auto id = TextOf(one);
    if (!id) return BadDataSet(where, "\"gold\" holds something but ids");
    documents.insert(*id);
  }
  return GoldOf(documents);
}

std::vector<Gold> SplitGold(std::string_view field) {
  constexpr std::string_view kSeparators = "; \t\n";
  std::set<std::string> documents;
  for (std::size_t at = 0; at < field.size();) {
    const std::size_t end =
        std::min(field.find_first_of(kSeparators, at), field.size());
    if (end > at) documents.emplace(field.substr(at, end - at));
    at = end + 1;
  }
  return GoldOf(documents);
}

Status ReadJudgements(const std::string& path, Judgements& judgements) {
  return VisitTsv(
      path, 3,
      [&](const std::vector<std::string_view>& fields,
          const std::string& where) -> Status {
        double grade = 0;
        const auto [end, error] = std::from_chars(
            fields[2].data(), fields[2].data() + fields[2].size(), grade);
        if (error != std::errc() ||
            end != fields[2].data() + fields[2].size()) {
          return BadDataSet(
              where, "the third field is no number: " + std::string(fields[2]));
        }
        if (grade > 0) {
          judgements[std::string(fields[0])][std::string(fields[1])] = grade;
        }
        return OkStatus();
      });
}

StatusOr<std::vector<std::string>> JudgementFiles(const std::string& folder,
                                                  const std::string& split) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() != ".tsv") continue;
    const std::string name = entry->path().stem().string();
    if (name == (split.empty() ? "test" : split)) {
      return std::vector<std::string>{entry->path().string()};
    }
    files.push_back(entry->path().string());
  }
  if (files.empty() || !split.empty()) {
    return NotFoundError("there is no file " + folder + "/" +
                             (split.empty() ? "*" : split) + ".tsv",
                         "PATH_NOT_FOUND");
  }
  std::sort(files.begin(), files.end());
  return files;
}

StatusOr<Judgements> ReadAllJudgements(const std::string& folder,
                                       const std::string& split) {
  CAIRN_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                         JudgementFiles(folder, split));
  Judgements judgements;
  for (const std::string& file : files) {
    CAIRN_RETURN_IF_ERROR(ReadJudgements(file, judgements));
  }
  return judgements;
}

Status VisitJsonDocuments(const std::string& path, const char* id_key,
                          const DataSet::Visit& visit) {
  return VisitJsonLines(
      path, [&](const Json& row, const std::string& where) -> Status {
        CorpusDocument document;
        CAIRN_ASSIGN_OR_RETURN(document.id, TextOf(row, id_key, where));
        CAIRN_ASSIGN_OR_RETURN(document.title,
                               OptionalText(row, "title", where));
        CAIRN_ASSIGN_OR_RETURN(document.text, TextOf(row, "text", where));
        return visit(std::move(document));
      });
}

}  // namespace

StatusOr<DataSet> DataSet::Open(const std::string& folder,
                                const DataSetOptions& options) {
  DataSet set;
  set.folder_ = folder;
  std::error_code error;
  set.name_ = fs::weakly_canonical(folder, error).filename().string();
  CAIRN_ASSIGN_OR_RETURN(set.format_, FormatOf(folder));
  if (!options.split.empty() && set.format_ != DataSetFormat::kBeir) {
    return InvalidArgumentError(
        folder + " has no folder qrels, so there is no split to choose",
        "BAD_ARGUMENT");
  }
  CAIRN_RETURN_IF_ERROR(set.ReadQuestions(options));
  if (set.questions_.empty()) {
    return BadDataSet(folder, "no question has a gold document");
  }
  std::unordered_set<std::string> ids;
  for (const Question& question : set.questions_) {
    if (!ids.insert(question.id).second) {
      return BadDataSet(folder, "two questions have the id " + question.id);
    }
  }
  return set;
}

Status DataSet::Add(Question question, const std::string& where) {
  if (question.id.empty()) return BadDataSet(where, "the id is empty");
  if (question.gold.empty()) {
    ++without_gold_;
    return OkStatus();
  }
  if (question.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return BadDataSet(where, "the question is empty");
  }
  questions_.push_back(std::move(question));
  return OkStatus();
}

Status DataSet::ReadQuestions(const DataSetOptions& options) {
  if (format_ == DataSetFormat::kCsv) {
    return VisitCsv(
        folder_ + "/queries.csv",
        {.required = {"id", "question", "gold"}, .optional = {"type"}},
        [&](const std::vector<std::string_view>& fields,
            const std::string& where) {
          return Add({.id = std::string(fields[0]),
                      .text = std::string(fields[1]),
                      .type = std::string(fields[3]),
                      .gold = SplitGold(fields[2])},
                     where);
        });
  }
  const bool beir = format_ == DataSetFormat::kBeir;
  Judgements judgements;
  if (beir) {
    CAIRN_ASSIGN_OR_RETURN(
        judgements, ReadAllJudgements(folder_ + "/qrels", options.split));
  }
  return VisitJsonLines(
      folder_ + "/queries.jsonl",
      [&](const Json& row, const std::string& where) -> Status {
        Question question;
        CAIRN_ASSIGN_OR_RETURN(question.id,
                               TextOf(row, beir ? "_id" : "id", where));
        CAIRN_ASSIGN_OR_RETURN(question.text,
                               TextOf(row, beir ? "text" : "question", where));
        if (beir) {
          for (const auto& [document, grade] : judgements[question.id]) {
            question.gold.push_back({.document = document, .grade = grade});
          }
        } else {
          CAIRN_ASSIGN_OR_RETURN(question.type,
                                 OptionalText(row, "type", where));
          CAIRN_ASSIGN_OR_RETURN(question.gold, GoldOf(row, where));
        }
        return Add(std::move(question), where);
      });
}

Status DataSet::VisitDocuments(const Visit& visit) const {
  std::unordered_set<std::string> ids;
  const Visit once = [&](CorpusDocument document) -> Status {
    if (document.id.empty() || !ids.insert(document.id).second) {
      return BadDataSet(folder_,
                        document.id.empty()
                            ? "a document has an empty id"
                            : "two documents have the id " + document.id);
    }
    return visit(std::move(document));
  };
  switch (format_) {
    case DataSetFormat::kJsonl:
      return VisitJsonDocuments(folder_ + "/corpus.jsonl", "id", once);
    case DataSetFormat::kBeir:
      return VisitJsonDocuments(folder_ + "/corpus.jsonl", "_id", once);
    case DataSetFormat::kCsv:
      break;
  }
  return VisitCsv(
      folder_ + "/corpus.csv",
      {.required = {"id", "text"}, .optional = {"title"}},
      [&](const std::vector<std::string_view>& fields, const std::string&) {
        return once({.id = std::string(fields[0]),
                     .title = std::string(fields[2]),
                     .text = std::string(fields[1])});
      });
}

}  // namespace cairn::eval
