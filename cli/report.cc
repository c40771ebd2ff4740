#include "cli/report.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

struct Column {
  const char* key;
  const char* head;
  std::size_t width;
};
// Numbers of the table; the share of characters and the path follow.
constexpr std::array kColumns = {
    Column{"pages", "pages", 6}, Column{"blocks", "blocks", 7},
    Column{"tables", "tables", 7}, Column{"cells", "cells", 8},
    Column{"characters", "chars", 10}};

const char* NameOf(v1::UploadDocumentResponse::Outcome outcome) {
  switch (outcome) {
    case v1::UploadDocumentResponse::OUTCOME_CREATED:
      return "created";
    case v1::UploadDocumentResponse::OUTCOME_UPDATED:
      return "updated";
    default:
      return "unchanged";
  }
}

std::string Right(std::string text, std::size_t width) {
  text.insert(0, width - std::min(width, text.size()), ' ');
  return text;
}

std::string Left(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

// "99.5%", rounded down: what is not all is not 100.
std::string ShareOf(const Json& row) {
  const auto all = row["characters"].get<std::uint64_t>();
  const auto kept = row["characters_kept"].get<std::uint64_t>();
  if (all == 0) return "-";
  const std::uint64_t thousandths = kept * 1000 / all;
  return std::to_string(thousandths / 10) + "." +
         std::to_string(thousandths % 10) + "%";
}

std::string TableHead() {
  std::string line = Left("outcome", 10) + Left("format", 10);
  for (const Column& column : kColumns)
    line += Right(column.head, column.width);
  return line + Right("kept", 8) + "  document";
}

std::string TableRow(const Json& row) {
  std::string line = Left(row["outcome"].get<std::string>(), 10);
  if (row.contains("blocks")) {
    line += Left(row["format"].get<std::string>(), 10);
    for (const Column& column : kColumns) {
      line +=
          Right(WithCommas(row[column.key].get<std::uint64_t>()), column.width);
    }
    line += Right(ShareOf(row), 8) + "  " + row["path"].get<std::string>();
    for (const Json& warning : row["warnings"]) {
      line += "\n            ! " + warning.get<std::string>();
    }
    return line;
  }
  const bool failed = row.contains("message");
  return line + row["path"].get<std::string>() + ": " +
         row[failed ? "message" : "note"].get<std::string>() +
         (failed ? " [" + row["reason"].get<std::string>() + "]" : "");
}

Status NotWritable(const std::string& path) {
  return InvalidArgumentError(
      "the report " + path + " cannot be written: " + std::strerror(errno) +
          "; give another file to --report",
      "REPORT_NOT_WRITABLE");
}

}  // namespace

StatusOr<Report> Report::Open(const std::string& path) {
  Report report;
  if (path.empty()) return report;
  report.path_ = path;
  report.file_.reset(path == "-" ? stdout : std::fopen(path.c_str(), "we"));
  if (report.file_ == nullptr) return NotWritable(path);
  report.table_ = path == "-" && StdoutIsTerminal();
  return report;
}

void Report::Add(const std::string& origin,
                 const v1::UploadDocumentResponse& reply) {
  if (file_ == nullptr) return;
  const v1::Document& document = reply.document();
  const auto name = ParseDocumentName(document.name(), "name");
  Json warnings = Json::array();
  for (const std::string& warning : reply.warnings()) {
    warnings.push_back(Cleaned(warning));
  }
  const v1::Fidelity& fidelity = document.fidelity();
  Write({{"path", Cleaned(origin)},
         {"document", name.ok() ? name->document : document.name()},
         {"outcome", NameOf(reply.outcome())},
         {"format", document.format()},
         {"pages", document.pages()},
         {"blocks", fidelity.blocks()},
         {"tables", document.table_count()},
         {"cells", fidelity.cells()},
         {"characters", fidelity.characters()},
         {"characters_kept", fidelity.characters_kept()},
         {"warnings", std::move(warnings)}});
}

void Report::AddFailure(const std::string& origin, const std::string& document,
                        const Status& status) {
  if (file_ == nullptr) return;
  Write({{"path", Cleaned(origin)},
         {"document", document},
         {"outcome", "failed"},
         {"reason", ReasonOf(status)},
         {"message", Cleaned(MessageOf(status))}});
}

void Report::AddLeftOut(const std::string& origin, const std::string& note) {
  if (file_ == nullptr) return;
  Write({{"path", Cleaned(origin)},
         {"document", ""},
         {"outcome", "left_out"},
         {"note", Cleaned(note)}});
}

void Report::Write(const Json& row) {
  if (!table_) {
    WriteLine(row.dump(-1, ' ', false, Json::error_handler_t::replace));
    return;
  }
  if (!std::exchange(head_written_, true)) WriteLine(TableHead());
  WriteLine(Cleaned(TableRow(row)));
}

void Report::WriteLine(const std::string& line) {
  const std::string whole = line + "\n";
  if (std::fwrite(whole.data(), 1, whole.size(), file_.get()) != whole.size()) {
    failed_ = true;
  }
}

Status Report::Close() {
  if (file_ == nullptr) return OkStatus();
  if (std::fflush(file_.get()) != 0) failed_ = true;
  return failed_ ? NotWritable(path_) : OkStatus();
}

}  // namespace cairn::cli
