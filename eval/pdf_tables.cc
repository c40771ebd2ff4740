// Tables of PDFs as JSON, one file a document, for scorers of table detection:
//
//   pdf_tables OUT_FOLDER FILE.pdf...
//
// (scans and pictures too: eval/scan_pdfs.py makes them)
//
// writes OUT_FOLDER/NAME.json with
// {"tables":[{"cells":[{"row","col","row_span", "col_span","text"}]}]} and
// prints pages and seconds. Parses in this process, without the jail: for files
// that one trusts, as in a benchmark.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

#include "documents/parser.h"
#include "eval/table_json.h"

namespace cairn {
namespace {

int Run(const std::filesystem::path& folder, int count, char** files) {
  std::filesystem::create_directories(folder);
  std::uint64_t pages = 0;
  int failed = 0;
  Limits limits;
  // Of the whole run here: scans take seconds a page.
  limits.parser_cpu_seconds_max = 86'400;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) {
    const std::filesystem::path path = files[i];
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const StatusOr<ParsedDocument> document = ParseInProcess(
        {.bytes = bytes, .media_type = {}, .file_name = {}}, limits);
    nlohmann::json out = {{"tables", nlohmann::json::array()}};
    if (!document.ok()) {
      ++failed;
      std::cerr << path << ": " << document.status() << "\n";
    } else {
      pages += document->pages;
      out = TablesJson(*document);
      const std::string breach = FindBreach(*document);
      if (!breach.empty()) std::cerr << path << ": " << breach << "\n";
      if (std::getenv("CAIRN_PDF_TEXT") != nullptr) {
        std::ofstream(folder / (path.stem().string() + ".txt"))
            << document->text << "\n";
      }
    }
    std::ofstream(folder / (path.stem().string() + ".json"))
        << out.dump(1, ' ', false, nlohmann::json::error_handler_t::replace)
        << "\n";
  }
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;
  std::cout << pages << " pages in " << seconds.count() << " s, "
            << static_cast<double>(pages) / seconds.count() << " pages/s\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cairn

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: pdf_tables OUT_FOLDER FILE.pdf...\n";
    return 2;
  }
  return cairn::Run(argv[1], argc - 2, argv + 2);
}
