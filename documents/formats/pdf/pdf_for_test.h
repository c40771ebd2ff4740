// TestPdf: PDF files of a few pages, written byte by byte for tests.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/pdf/pdf_bytes_for_test.h"

namespace cairn::pdf {

class TestPdf {
 public:
  // Letter size; `rotate` in degrees.
  TestPdf& Page(int rotate = 0) {
    pages_.push_back({"", rotate});
    return *this;
  }
  // Helvetica; `x` and `y` from the bottom left, as PDF has it.
  TestPdf& Text(int x, int y, const std::string& text, int size = 10,
                bool bold = false) {
    std::string quoted;
    for (const char sign : text) {
      if (sign == '(' || sign == ')' || sign == '\\') quoted += '\\';
      quoted += sign;
    }
    return Draw("BT /F" + std::string(bold ? "2 " : "1 ") +
                std::to_string(size) + " Tf " + std::to_string(x) + " " +
                std::to_string(y) + " Td (" + quoted + ") Tj ET");
  }
  TestPdf& Stroke(int x1, int y1, int x2, int y2) {
    return Draw(std::to_string(x1) + " " + std::to_string(y1) + " m " +
                std::to_string(x2) + " " + std::to_string(y2) + " l S");
  }
  TestPdf& Fill(int x, int y, int width, int height) {
    return Draw(std::to_string(x) + " " + std::to_string(y) + " " +
                std::to_string(width) + " " + std::to_string(height) + " re f");
  }
  TestPdf& Draw(const std::string& operators) {
    pages_.back().content += operators + "\n";
    return *this;
  }
  // A form all pages draw with "/Form Do".
  TestPdf& Form(const std::string& content) {
    form_ = content;
    return *this;
  }
  TestPdf& Catalog(const std::string& entries) {
    catalog_ = entries;
    return *this;
  }

  std::string Bytes() const {
    // 1 catalog, 2 pages, 3 and 4 fonts, 5 form, then page and content.
    std::vector<std::string> objects;
    std::string kids;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      kids += std::to_string(6 + 2 * i) + " 0 R ";
    }
    objects.push_back("<</Type/Catalog/Pages 2 0 R" + catalog_ + ">>");
    objects.push_back("<</Type/Pages/Count " + std::to_string(pages_.size()) +
                      "/Kids[" + kids + "]>>");
    for (const char* name : {"Helvetica", "Helvetica-Bold"}) {
      objects.push_back("<</Type/Font/Subtype/Type1/BaseFont/" +
                        std::string(name) + "/Encoding/WinAnsiEncoding>>");
    }
    objects.push_back(Stream(form_,
                             "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
                             "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"));
    for (const OnePage& page : pages_) {
      objects.push_back(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate " +
          std::to_string(page.rotate) +
          "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</Form 5 0 R>>>>"
          "/Contents " +
          std::to_string(objects.size() + 2) + " 0 R>>");
      objects.push_back(Stream(page.content, ""));
    }
    return PdfOfObjects(objects);
  }

 private:
  struct OnePage {
    std::string content;
    int rotate = 0;
  };

  static std::string Stream(const std::string& content,
                            const std::string& entries) {
    return "<</Length " + std::to_string(content.size()) + entries +
           ">>\nstream\n" + content + "\nendstream";
  }
  std::vector<OnePage> pages_;
  std::string form_;
  std::string catalog_;
};

}  // namespace cairn::pdf
