#include "cli/export_tables.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace cairn::cli {
namespace {

std::string CellOf(const Json& value) {
  if (value.is_null()) return {};
  return value.is_string() ? value.get<std::string>() : value.dump();
}

bool FitsXml(unsigned char sign) {
  return sign >= 0x20 || sign == '\t' || sign == '\n' || sign == '\r';
}

}  // namespace

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    if (cell.find_first_of(",\"\r\n") == cell.npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char sign : cell) {
      if (sign == '"') line += '"';
      line += sign;
    }
    line += '"';
  }
  return line + "\r\n";
}

std::string XmlEscaped(std::string_view text) {
  std::string escaped;
  for (const char sign : text) {
    switch (sign) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        if (FitsXml(static_cast<unsigned char>(sign))) {
          escaped += sign;
        } else {
          escaped += "\xef\xbf\xbd";
        }
    }
  }
  return escaped;
}

struct TableFile::File {
  std::string path;
  std::ofstream stream;
};

TableFile::TableFile(std::string path, ExportFormat format)
    : file_(std::make_unique<File>()), format_(format) {
  file_->path =
      std::move(path) + (format == ExportFormat::kCsv ? ".csv" : ".jsonl");
  file_->stream.open(file_->path, std::ios::binary | std::ios::trunc);
}

TableFile::~TableFile() = default;

void TableFile::Add(const Json& row) {
  if (format_ != ExportFormat::kCsv) {
    file_->stream << row.dump(-1, ' ', false,
                              nlohmann::json::error_handler_t::replace)
                  << '\n';
    ++rows_;
    return;
  }
  std::vector<std::string> cells;
  if (rows_ == 0) {
    for (const auto& [key, value] : row.items()) cells.push_back(key);
    file_->stream << CsvLine(cells);
    cells.clear();
  }
  for (const auto& [key, value] : row.items()) cells.push_back(CellOf(value));
  file_->stream << CsvLine(cells);
  ++rows_;
}

Status TableFile::Close() {
  file_->stream.close();
  if (file_->stream.good()) return OkStatus();
  return ResourceExhaustedError("could not write " + file_->path + ": " +
                                    std::strerror(errno) +
                                    "; free space, or choose another folder",
                                "DISK_FULL");
}

void Relationships::AddChunk(std::uint32_t chunk,
                             std::vector<std::uint32_t> entities) {
  std::sort(entities.begin(), entities.end());
  const double weight = 1.0 / static_cast<double>(entities.size());
  for (std::size_t i = 0; i < entities.size(); ++i) {
    for (std::size_t j = i + 1; j < entities.size(); ++j) {
      Tie& tie = ties_[{entities[i], entities[j]}];
      tie.weight += weight;
      tie.chunks.push_back(chunk);
    }
  }
}

std::vector<std::uint32_t> Relationships::Degrees(std::size_t entities) const {
  std::vector<std::uint32_t> degrees(entities, 0);
  for (const auto& [pair, tie] : ties_) {
    ++degrees[pair.first];
    ++degrees[pair.second];
  }
  return degrees;
}

}  // namespace cairn::cli
