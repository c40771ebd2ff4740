// PagePictures: pages that are pictures, read.
//
// Place: pdf_parser.cc asks for each page without a text layer. The page is
// drawn at 300 dots an inch and read (documents/ocr); its words become the
// signs of the page. Limits: ocr_pages_max, and four fifths of the CPU time
// that the process has, so that what was read so far is not lost.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/limits.h"
#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/pdf_file.h"
#include "documents/formats/pdf/picture_text.h"
#include "domain/document.h"

namespace cairn::pdf {

// What reading of pictures gave, for warnings.
struct PictureReport {
  std::size_t read = 0;
  double confidence = 0;                // Sum over the pages read with words.
  std::size_t with_words = 0;           // Of the pages read.
  std::size_t dropped = 0;              // Words too doubtful to be kept.
  std::vector<std::uint32_t> doubtful;  // Pages below 70 of 100.
  std::vector<std::uint32_t> failed;
  std::vector<std::uint32_t> left_out;  // Above a limit.
  std::vector<PagePlace> places;        // For PutBack.

  void Add(std::uint32_t page, const ocr::ReadPage& page_read);
};

// Whether a picture may still be read: pages and CPU time.
bool MayReadMore(const PictureReport& report, const Limits& limits);

void AddWarnings(const PictureReport& report, ParsedDocument& document);

// "2, 5-7 and 12 more".
std::string PageList(const std::vector<std::uint32_t>& pages);

class PagePictures {
 public:
  PagePictures(const PdfFile& file, const Limits& limits, PictureReport& report)
      : file_(file), limits_(limits), report_(report) {}

  // Puts what is read on the page in place of its text, when that is more.
  // False: the text is as it was.
  bool Read(std::uint32_t page, PageText& text);

 private:
  const PdfFile& file_;
  const Limits& limits_;
  PictureReport& report_;
};

}  // namespace cairn::pdf
