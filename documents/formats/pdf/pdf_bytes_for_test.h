// PdfBytes: small PDFs made in a test, byte by byte.
//
// Places are points from the top left of an A4 page, as in our boxes. Text is
// Latin-1 in Helvetica, one of the fonts that every reader has.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace cairn::pdf {

constexpr float kPageWidth = 595;
constexpr float kPageHeight = 842;

// The drawing of one page.
class PageBytes {
 public:
  PageBytes& Text(float left, float baseline, const std::string& text,
                  float size = 10, bool bold = false) {
    std::string escaped;
    for (const char sign : text) {
      if (sign == '(' || sign == ')' || sign == '\\') escaped += '\\';
      escaped += sign;
    }
    content_ += "BT /" + std::string(bold ? "F2 " : "F1 ") + Number(size) +
                " Tf 1 0 0 1 " + Number(left) + " " +
                Number(kPageHeight - baseline) + " Tm (" + escaped +
                ") Tj ET\n";
    return *this;
  }
  PageBytes& Line(float from_x, float from_y, float to_x, float to_y) {
    content_ += "0.5 w " + Number(from_x) + " " + Number(kPageHeight - from_y) +
                " m " + Number(to_x) + " " + Number(kPageHeight - to_y) +
                " l S\n";
    return *this;
  }
  // All lines of a grid.
  PageBytes& Grid(const std::vector<float>& xs, const std::vector<float>& ys) {
    for (const float x : xs) Line(x, ys.front(), x, ys.back());
    for (const float y : ys) Line(xs.front(), y, xs.back(), y);
    return *this;
  }
  // "/Rotate 90" and the like.
  PageBytes& Entry(const std::string& entry) {
    entries_ += " " + entry;
    return *this;
  }
  const std::string& content() const { return content_; }
  const std::string& entries() const { return entries_; }

 private:
  static std::string Number(float value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", static_cast<double>(value));
    return text;
  }
  std::string content_, entries_;
};

// A whole file of objects, numbered from 1; the first one is the root.
inline std::string PdfOfObjects(const std::vector<std::string>& objects) {
  std::string out = "%PDF-1.7\n";
  std::string places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char place[32];
    std::snprintf(place, sizeof place, "%010zu 00000 n \n", out.size());
    places += place;
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(out.size());
  const std::string count = std::to_string(objects.size() + 1);
  out += "xref\n0 " + count + "\n0000000000 65535 f \n" + places;
  out += "trailer\n<</Size " + count + "/Root 1 0 R>>\nstartxref\n" + start +
         "\n%%EOF\n";
  return out;
}

// A whole file; `catalog` holds further entries of its root, `objects` further
// objects, numbered from `FirstObject(pages)`.
inline std::size_t FirstObject(std::size_t pages) { return 5 + 2 * pages; }

inline std::string PdfBytes(const std::vector<PageBytes>& pages,
                            const std::string& catalog = "",
                            const std::vector<std::string>& objects = {}) {
  std::vector<std::string> all;
  all.push_back("<</Type/Catalog/Pages 2 0 R " + catalog + ">>");
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    kids += std::to_string(5 + 2 * i) + " 0 R ";
  }
  all.push_back("<</Type/Pages/Count " + std::to_string(pages.size()) +
                "/Kids[" + kids + "]>>");
  all.push_back("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
  all.push_back("<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    all.push_back("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents " +
                  std::to_string(6 + 2 * i) +
                  " 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>" +
                  pages[i].entries() + ">>");
    all.push_back("<</Length " + std::to_string(pages[i].content().size()) +
                  ">>\nstream\n" + pages[i].content() + "\nendstream");
  }
  all.insert(all.end(), objects.begin(), objects.end());
  return PdfOfObjects(all);
}

}  // namespace cairn::pdf
