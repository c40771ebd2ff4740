// PictureWords: the words on the pictures of one document, one after the other,
// under the limits that they share.
//
// What is read becomes figures and tables of the document: what looks like a
// heading on a screenshot is none. What is read with little confidence, or has
// no word, is taken for the noise of a photograph and dropped.
// Limits: ocr_pages_max pages and four fifths of the CPU time of the process.
// Threads: none; one parse owns it. Jailed process only. Errors: none of its
// own: a picture that cannot be read is counted for a warning.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "documents/document_builder.h"
#include "documents/formats/pdf/page_pictures.h"

namespace cairn {

class PictureWords {
 public:
  explicit PictureWords(const Limits& limits) : limits_(limits) {}

  // False: a limit is reached.
  bool MayReadMore() const { return pdf::MayReadMore(report_, limits_); }
  // `bytes`: a picture file.
  void Read(std::string_view bytes, DocumentBuilder& builder);
  void CountFailed() { ++failed_; }
  void CountLeftOut() { ++left_out_; }

  // `left_out`: the limits, in words, that pictures may have been beyond.
  void Warn(std::string_view left_out, DocumentBuilder& builder) const;

 private:
  const Limits& limits_;
  std::size_t left_out_ = 0, failed_ = 0;
  // Over all pictures; `with_words` counts those that gave words.
  pdf::PictureReport report_;
};

// "1 picture", "3 pictures".
std::string PicturesInWords(std::size_t count);

}  // namespace cairn
