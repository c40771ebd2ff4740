// Report: what each document of an ingestion became, as it comes.
//
// Place: `cairn ingest --report`. JSON Lines, one object a document; a table
// with a line a document when it goes to a terminal. Keys are for scripts:
// path, document, outcome (created, updated, unchanged, failed, left_out); then
// format, pages, blocks, tables, cells, characters, characters_kept, warnings;
// or reason and message; or note.
// Threads: one at a time. Errors: INVALID_ARGUMENT (REPORT_NOT_WRITABLE).
#pragma once

#include <cairn/v1/document_service.pb.h>

#include <cstdio>
#include <memory>
#include <string>

#include "base/status.h"
#include "cli/output.h"

namespace cairn::cli {

class Report {
 public:
  // `path` "-": stdout; empty: nothing is written.
  static StatusOr<Report> Open(const std::string& path);

  void Add(const std::string& origin, const v1::UploadDocumentResponse& reply);
  void AddFailure(const std::string& origin, const std::string& document,
                  const Status& status);
  void AddLeftOut(const std::string& origin, const std::string& note);
  // OK when all of it was written.
  Status Close();

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const {
      if (file != stdout) std::fclose(file);
    }
  };
  Report() = default;
  void Write(const Json& row);
  void WriteLine(const std::string& line);

  std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;  // Null: no report.
  bool table_ = false;
  bool head_written_ = false;
  bool failed_ = false;
};

}  // namespace cairn::cli
