// Speed of the whole parse of PDFs, in pages a second:
//   CAIRN_PDFIUM=build/deps/lib/libpdfium.so CAIRN_BENCH_PDF=FILE pdf_bench
// Without a file: a made document of prose and tables.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/file.h"
#include "documents/formats/pdf/pdf_for_test.h"
#include "documents/formats/pdf/pdf_parser.h"

namespace cairn::pdf {
namespace {

constexpr int kPages = 50;

std::string MadePdf() {
  TestPdf pdf;
  for (int page = 0; page < kPages; ++page) {
    pdf.Page();
    for (int line = 0; line < 30; ++line) {
      pdf.Text(60, 740 - 12 * line,
               "Keeper " + std::to_string(page * 30 + line) +
                   " wrote down the height of the tide and of the tower.");
    }
    for (int row = 0; row < 20; ++row) {
      for (int column = 0; column < 5; ++column) {
        pdf.Text(60 + 90 * column, 340 - 14 * row,
                 std::to_string(row * 37 + column * 11 + page));
      }
      if (page % 2 == 0) pdf.Stroke(55, 336 - 14 * row, 500, 336 - 14 * row);
    }
  }
  return pdf.Bytes();
}

const std::string& Bytes() {
  static const std::string bytes = [] {
    const char* const file = std::getenv("CAIRN_BENCH_PDF");
    return file == nullptr ? MadePdf()
                           : ReadFile(file, std::size_t{64} << 20).value();
  }();
  return bytes;
}

void BM_ParsePdf(benchmark::State& state) {
  std::int64_t pages = 0;
  for (auto _ : state) {
    const StatusOr<ParsedDocument> document = PdfParser().Parse(
        {.bytes = Bytes(), .media_type = {}, .file_name = {}}, Limits());
    if (!document.ok()) {
      state.SkipWithError(document.status().ToString().c_str());
      return;
    }
    pages += document->pages;
  }
  state.SetItemsProcessed(pages);
}
BENCHMARK(BM_ParsePdf)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cairn::pdf
