// PageMargins: what stands at the top and bottom of every page of an office
// document, told once.
//
// Place: texts of DOCX, ODT and RTF. Life cycle: one document; Add for every
// header and footer the file holds, then Write before its content, and again
// where more were found behind.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "documents/document_builder.h"

namespace cairn {

inline constexpr std::size_t kPageMarginsMax = 20;
inline constexpr std::size_t kPageMarginBytesMax = 2000;

class PageMargins {
 public:
  // `text`: without page numbers; `numbered`: some stood in it, so that words
  // such as "Page of" mean nothing.
  void Add(bool header, std::string_view text, bool numbered);

  // "Page header: ..." and "Page footer: ...", each text once; a warning for
  // those beyond the limits. What was written is not written again.
  void Write(DocumentBuilder& builder);

 private:
  std::vector<std::string> texts_;
  std::size_t written_ = 0, left_out_ = 0;
};

}  // namespace cairn
