// ExportTables: rows of a collection written as files that other tools read.
//
// Place: `export` collects rows and hands them over, one table after another.
// Formats: jsonl, an object a line; csv, RFC 4180 with a header row, lists as
// JSON; graphml, one file of nodes (entities) and edges (relationships).
// Columns bear the names that GraphRAG gives its tables.
// Threads: one at a time. Errors: RESOURCE_EXHAUSTED (DISK_FULL) and others of
// a write, with the file.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "cli/output.h"

namespace cairn::cli {

enum class ExportFormat { kJsonl, kCsv, kGraphml };

// One line of a CSV file, with its line end.
std::string CsvLine(const std::vector<std::string>& cells);
// For text and attributes; what XML 1.0 cannot hold becomes U+FFFD.
std::string XmlEscaped(std::string_view text);

// A table: objects with the same keys in the same order.
class TableFile {
 public:
  // `path` without its ending.
  TableFile(std::string path, ExportFormat format);
  ~TableFile();
  TableFile(const TableFile&) = delete;
  TableFile& operator=(const TableFile&) = delete;
  void Add(const Json& row);
  // Once, at the end.
  Status Close();
  std::uint64_t rows() const { return rows_; }

 private:
  struct File;
  std::unique_ptr<File> file_;
  const ExportFormat format_;
  std::uint64_t rows_ = 0;
};

// Pairs of entities that share chunks, by place in the export.
class Relationships {
 public:
  struct Tie {
    double weight = 0;  // Shared chunks, each weighted by 1 / its entities.
    std::vector<std::uint32_t> chunks;  // Numbers of text units, in order.
  };
  // Entities of one text unit: numbers in order of first appearance.
  void AddChunk(std::uint32_t chunk, std::vector<std::uint32_t> entities);
  const std::map<std::pair<std::uint32_t, std::uint32_t>, Tie>& ties() const {
    return ties_;
  }
  // How many others an entity is tied to.
  std::vector<std::uint32_t> Degrees(std::size_t entities) const;

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, Tie> ties_;
};

}  // namespace cairn::cli
