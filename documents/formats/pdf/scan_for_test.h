// Scans for tests: pages of TestPdf as pictures, in a bitmap file or in a PDF
// without a text layer. Tests set CAIRN_MODELS before.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "documents/formats/pdf/pdf_file.h"
#include "documents/formats/pdf/pdf_for_test.h"
#include "documents/ocr/picture.h"
#include "documents/ocr/picture_reader.h"

namespace cairn::pdf {

#define SKIP_WITHOUT_OCR()                                           \
  if (const auto loaded = ocr::PrepareReader(); !loaded.ok()) {      \
    GTEST_SKIP() << "reading of pictures is NOT tested: " << loaded; \
  }

// A page with a heading, prose and a ruled table.
inline TestPdf TowersPage() {
  TestPdf pdf;
  pdf.Page().Text(60, 720, "Lighthouses of the coast", 18, true);
  pdf.Text(60, 680,
           "Every tower of this coast was built before the year 1900,");
  pdf.Text(60, 668, "and keepers have left all of them by now.");
  const char* const rows[4][3] = {{"Tower", "Height", "Lamp"},
                                  {"Varne", "12", "oil"},
                                  {"Casquets", "37", "gas"},
                                  {"Longships", "35", "electric"}};
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 3; ++column) {
      pdf.Text(60 + 100 * column, 620 - 18 * row, rows[row][column]);
    }
  }
  for (int i = 0; i <= 4; ++i) pdf.Stroke(55, 634 - 18 * i, 355, 634 - 18 * i);
  for (int i = 0; i < 4; ++i) pdf.Stroke(55 + 100 * i, 634, 55 + 100 * i, 562);
  return pdf;
}

inline ocr::Picture Rendered(const TestPdf& pdf, float dots_per_inch) {
  const std::string bytes = pdf.Bytes();
  const auto file = PdfFile::Open(bytes);
  EXPECT_TRUE(file.ok()) << file.status();
  auto picture = file->RenderPage(1, dots_per_inch);
  EXPECT_TRUE(picture.ok()) << picture.status();
  return *std::move(picture);
}

// Turned by a quarter, clockwise.
inline ocr::Picture TurnedRight(const ocr::Picture& picture) {
  ocr::Picture out = picture;
  out.width = picture.height;
  out.height = picture.width;
  for (std::size_t y = 0; y < picture.height; ++y) {
    for (std::size_t x = 0; x < picture.width; ++x) {
      out.grey[x * out.width + (out.width - 1 - y)] =
          picture.grey[y * picture.width + x];
    }
  }
  return out;
}

inline std::string LittleEndian32(std::uint32_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

// A Windows bitmap of 8 bits a pixel; without its resolution when `named` is
// false.
inline std::string ToBitmap(const ocr::Picture& picture, bool named = true) {
  const std::uint32_t stride = (picture.width + 3) / 4 * 4;
  const std::uint32_t head = 14 + 40 + 1024;
  const auto per_metre = static_cast<std::uint32_t>(
      named ? picture.dots_per_inch / 0.0254F + 0.5F : 0.0F);
  std::string out = "BM" + LittleEndian32(head + stride * picture.height) +
                    LittleEndian32(0) + LittleEndian32(head);
  out += LittleEndian32(40) + LittleEndian32(picture.width) +
         LittleEndian32(picture.height) + LittleEndian32(1 | 8 << 16) +
         LittleEndian32(0) + LittleEndian32(stride * picture.height) +
         LittleEndian32(per_metre) + LittleEndian32(per_metre) +
         LittleEndian32(256) + LittleEndian32(0);
  for (std::uint32_t i = 0; i < 256; ++i) out += LittleEndian32(i * 0x10101);
  for (std::uint32_t y = picture.height; y > 0; --y) {
    const auto* row =
        picture.grey.data() + static_cast<std::size_t>(y - 1) * picture.width;
    out.append(reinterpret_cast<const char*>(row), picture.width);
    out.append(stride - picture.width, '\0');
  }
  return out;
}

// A page of letter size that is nothing but the picture.
inline void DrawPicture(const ocr::Picture& picture, TestPdf& pdf) {
  std::string image =
      "q 612 0 0 792 0 0 cm BI /W " + std::to_string(picture.width) + " /H " +
      std::to_string(picture.height) + " /CS /G /BPC 8 /F /AHx ID ";
  constexpr char kDigits[] = "0123456789abcdef";
  for (const std::uint8_t pixel : picture.grey) {
    image += kDigits[pixel >> 4];
    image += kDigits[pixel & 15];
  }
  pdf.Draw(image + "> EI Q");
}

}  // namespace cairn::pdf
