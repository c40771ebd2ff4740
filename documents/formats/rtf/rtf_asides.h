// RtfAsides: what stands after the paragraph or table that it belongs to:
// notes, comments, pictures and their descriptions.
//
// Place: under RtfReader. Threads: none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/rtf/rtf_picture.h"

namespace cairn {

class RtfAsides {
 public:
  bool empty() const { return asides_.empty(); }

  void AddText(std::string text);
  // `time`: as Word packs it, in digits.
  void AddComment(const std::string& text, const std::string& author,
                  const std::string& time);
  // Once, however many spellings of its picture say it; before its picture.
  void AddDescription(std::string text);
  void AddPicture(RtfPicture picture);
  // Those so far belong to a table.
  void EndRow() { of_table_ = asides_.size(); }

  // Written, they are forgotten.
  void WriteThoseOfTable(DocumentPictures& pictures, DocumentBuilder& builder) {
    Write(of_table_, pictures, builder);
  }
  void WriteAll(DocumentPictures& pictures, DocumentBuilder& builder) {
    Write(asides_.size(), pictures, builder);
  }

 private:
  struct Aside {
    BlockType type = BlockType::kParagraph;
    std::string text;
    std::optional<RtfPicture> picture;
  };

  void Write(std::size_t count, DocumentPictures& pictures,
             DocumentBuilder& builder);

  std::vector<Aside> asides_;
  std::size_t of_table_ = 0;  // The first ones.
};

}  // namespace cairn
