// RtfPicture: the picture of a \pict group, as its words and digits come in
// (RTF 1.9.1, "Pictures").
//
// Place: under RtfReader. Threads: none. Errors: none; what is no digit is
// passed over.
#pragma once

#include <string>
#include <string_view>

#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/rtf/rtf_lexer.h"

namespace cairn {

class RtfPicture {
 public:
  // `of_shape`: of one that stands beside the text.
  explicit RtfPicture(bool of_shape) : of_shape_(of_shape) {}

  // Of the group itself.
  void Word(const RtfToken& token);
  // Two digits a byte; a byte may be split over calls.
  void AddHex(std::string_view digits);

  bool of_shape() const { return of_shape_; }
  // It stands here.
  void Write(DocumentPictures& pictures, DocumentBuilder& builder) const;

 private:
  enum class Kind { kUnknown, kPicture, kBitmap, kDrawing };

  Kind kind_ = Kind::kUnknown;
  bool of_shape_;
  std::string bytes_;
  int high_ = -1;                      // The first digit of a byte.
  int width_ = 0, height_ = 0;         // Twips.
  int scale_x_ = 100, scale_y_ = 100;  // Percent.
};

}  // namespace cairn
