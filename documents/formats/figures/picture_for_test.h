// Pictures for the tests of formats that may hold some.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

#include "documents/formats/pdf/scan_for_test.h"

namespace cairn {

// The cells of TowersBitmap.
inline constexpr char kTowers[] =
    "Tower,Height,Lamp;Varne,12,oil;Casquets,37,gas;"
    "Longships,35,electric";

// Where the engine of ocr and what draws the pages are.
inline void PreparePictureTests() {
  ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0);
  ::setenv("CAIRN_MODELS", CAIRN_DEPS_DIR "/models", 0);
}

// A page with a heading, prose and a table, as a file.
inline std::string TowersBitmap() {
  return pdf::ToBitmap(pdf::Rendered(pdf::TowersPage(), 150));
}

// As Windows keeps it in memory: without the head of the file.
inline std::string WithoutBitmapHead(const std::string& file) {
  return file.substr(14);
}

// A PNG that is nothing but its head.
inline std::string PngHead(std::uint32_t width, std::uint32_t height) {
  std::string out("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  for (const std::uint32_t side : {width, height}) {
    for (int i = 3; i >= 0; --i) out += static_cast<char>(side >> (8 * i));
  }
  return out + std::string("\x08\0\0\0\0\0\0\0\0", 9);
}

}  // namespace cairn
