// DrawingPictures: the pictures of a file's drawings, and the words on them.
//
// Place: readers of .doc, .ppt and .xls tell it of every shape that shows one,
// where it stands, after its alternative text.
// Life cycle: the bytes and `pictures` must outlive it. Threads: none. Limits:
// those of BlipStore and DocumentPictures.
#pragma once

#include <cstdint>
#include <string_view>

#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/office97/blips.h"

namespace cairn {

// What all drawings of a file share holds: the list of its pictures.
std::string_view PictureListOf(std::string_view drawing_group);

// A blip that stands here: read, or counted for a warning.
void AddBlip(const Blip& blip, const ShownSize& shown,
             DocumentPictures& pictures, DocumentBuilder& builder);

class DrawingPictures {
 public:
  // `list` and `stream`: as BlipStore.
  DrawingPictures(std::string_view list, std::string_view stream,
                  DocumentPictures& pictures)
      : blips_(list, stream), pictures_(pictures) {}

  // The blip of this number stands here; 0: none.
  void Add(std::uint32_t number, const ShownSize& shown,
           DocumentBuilder& builder);

 private:
  BlipStore blips_;
  DocumentPictures& pictures_;
};

}  // namespace cairn
