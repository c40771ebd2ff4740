// Pix of Leptonica with an owner, and pixels to and from them.
#pragma once

#include <memory>

#include "documents/ocr/ocr_libraries.h"
#include "documents/ocr/picture.h"

namespace cairn::ocr {

struct PixDeleter {
  const OcrLibraries* ocr = nullptr;
  void operator()(Pix* pix) const { ocr->Destroy(&pix); }
};
using PixOwner = std::unique_ptr<Pix, PixDeleter>;

inline PixOwner Own(const OcrLibraries& ocr, Pix* pix) {
  return PixOwner(pix, PixDeleter{&ocr});
}

// Eight bits a pixel; null when there is no memory for it.
PixOwner ToPix(const OcrLibraries& ocr, const Picture& picture);
// `pix` has eight bits a pixel; its bytes are swapped meanwhile.
Picture ToPicture(const OcrLibraries& ocr, Pix* pix);

}  // namespace cairn::ocr
