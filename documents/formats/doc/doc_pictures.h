// DocPictures: the pictures of a Word file, within the text and beside it, and
// what their alternative texts say.
//
// Place: under WriteDoc, which tells it what stands where; each becomes
// figures. One within the text lies in the stream Data [MS-DOC 2.9.192], one
// beside it in the drawing of the file [MS-DOC 2.9.172]. Life cycle: the
// streams and `pictures` must outlive it; the drawing is read at the first
// shape. Threads: none. Limits: each place of Data is read once, all of them
// together no more than its length; those of ReadDrawing, BlipStore and
// DocumentPictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/doc/anchors.h"
#include "documents/formats/doc/fib.h"
#include "documents/formats/doc/formatting.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/office97/drawing.h"
#include "documents/formats/office97/drawing_pictures.h"

namespace cairn {

class DocPictures {
 public:
  DocPictures(const DocStreams& streams, const Fib& fib,
              std::size_t nesting_max, DocumentPictures& pictures,
              DocumentBuilder& builder);

  // The sign of a picture has this format.
  void AddInline(const CharacterFormat& format);
  // A shape is anchored here.
  void AddShape(const DocShape& shape);

  void Warn();

 private:
  void ReadDrawings();

  std::string_view data_;
  std::string_view drawings_;  // Of the file, not read yet.
  std::size_t nesting_max_;
  DocumentPictures& pictures_;
  DocumentBuilder& builder_;
  std::set<std::uint32_t> places_;  // In Data, seen so far.
  std::size_t budget_;
  bool read_ = false;
  std::vector<DrawnShape> shapes_;  // By their ids.
  std::size_t left_out_ = 0;
  DrawingPictures drawn_;
};

}  // namespace cairn
