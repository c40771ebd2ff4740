// PDF files: PDFium, which is not instrumented, and what we make of it.
#include <cstdlib>

#include "documents/formats/pdf/pdf_parser.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  static const bool named =
      ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0) == 0;
  const auto document =
      PdfParser().Parse({.bytes = fuzz::TextOf(data, size)}, Limits());
  fuzz::Require(named && ReasonOf(document.status()) != "NO_PDFIUM",
                MessageOf(document.status()));
  fuzz::CheckDocument(document);
  return 0;
}
