// DocumentLayout: from the signs of pages to a document.
//
// Place: what stands between reading pages (characters of a PDF, words read in
// pictures) and the document: lines, columns, tables, paragraphs, headings.
// Whatever reads pages gives them as PageText and shares all of that.
// Life cycle: AddPage for every page in order, then Write once.
// Threads: none. Errors: INVALID_ARGUMENT with TEXT_TOO_LARGE,
// TOO_MANY_BLOCKS or TOO_MANY_CELLS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/pdf_file.h"
#include "domain/document.h"

namespace cairn::pdf {

class DocumentLayout {
 public:
  // Pages are counted from 1. One that cannot be read is an empty one.
  void AddPage(PageText page);

  // Signs of all pages so far.
  std::size_t glyphs() const { return glyphs_; }
  std::uint32_t pages() const {
    return static_cast<std::uint32_t>(lines_.size());
  }

  // `title` is what the file calls itself; when it makes no sense, the title is
  // the largest heading of the first page. Text, blocks, tables, pages and
  // title are set, the rest is left for the caller.
  StatusOr<ParsedDocument> Write(const std::vector<Bookmark>& outline,
                                 std::string title, const Limits& limits) &&;

 private:
  std::vector<std::vector<Line>> lines_;
  std::vector<std::vector<Ruling>> rulings_;
  std::uint32_t regions_ = 0;
  std::size_t glyphs_ = 0;
};

}  // namespace cairn::pdf
