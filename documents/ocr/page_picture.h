// PagePicture: a grey picture on its way to an engine, turned upright and made
// level as far as the shapes of its letters tell.
//
// Threads: one at a time. Memory: a byte a pixel, twice that while it turns.
#pragma once

#include <cstdint>
#include <optional>

#include "documents/ocr/ocr_libraries.h"
#include "documents/ocr/picture.h"
#include "documents/ocr/pix.h"

namespace cairn::ocr {

class PagePicture {
 public:
  // Nothing when there is no memory for it.
  static std::optional<PagePicture> Make(const OcrLibraries& ocr,
                                         const Picture& picture);

  // Quarter turns clockwise.
  void Turn(int quarters);
  // A part from the middle, half as wide and high: enough to tell whether a
  // turn makes sense of the letters.
  std::optional<PagePicture> Middle() const;

  Pix* pix() const { return pix_.get(); }
  Picture ToPicture() const { return ocr::ToPicture(*ocr_, pix_.get()); }
  const Turned& turned() const { return turned_; }
  std::uint8_t dark_below() const { return dark_below_; }
  // Height of most letters in pixels; 0: no letters.
  float letter() const { return letter_; }

 private:
  PagePicture(const OcrLibraries& ocr, PixOwner pix);
  PixOwner Binary() const;
  void MakeLevel();

  const OcrLibraries* ocr_;
  PixOwner pix_;
  Turned turned_;
  std::uint8_t dark_below_ = 128;
  float letter_ = 0;
};

}  // namespace cairn::ocr
