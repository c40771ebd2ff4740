// OcrLibraries: the functions of Tesseract and Leptonica that reading of
// pictures needs.
//
// Place: picture_file.cc, page_picture.cc and tesseract_engine.cc call them;
// nothing else of Cairn knows these libraries. They are opened while the
// program runs, not linked, so that only the jailed parser process ever maps
// them and a machine without them loses pictures only. The declarations below
// are written from the documented C interfaces (checked with Tesseract 5.3 and
// Leptonica 1.82). Library: $CAIRN_TESSERACT, else libtesseract.so.5 where the
// loader finds it. Threads: LoadOcr is safe; what it gives is for one thread at
// a time. Errors: FAILED_PRECONDITION (NO_OCR) without the library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/status.h"

namespace cairn::ocr {

struct Tesseract;
struct TesseractIterator;
struct Pix;
struct Box;
struct Boxa;

// Values of Tesseract's TessPageSegMode and TessPageIteratorLevel.
enum PageLayout : int { kAnyLayout = 3, kSparseText = 11 };
enum Level : int { kLevelLine = 2, kLevelWord = 3, kLevelSign = 4 };

struct OcrLibraries {
  // Of Tesseract: TessBaseAPI<name> and Tess<name>.
  Tesseract* (*Create)() = nullptr;
  void (*Delete)(Tesseract*) = nullptr;
  int (*Init3)(Tesseract*, const char* folder, const char* languages) = nullptr;
  int (*SetVariable)(Tesseract*, const char* name, const char* value) = nullptr;
  void (*SetPageSegMode)(Tesseract*, int mode) = nullptr;
  void (*SetImage)(Tesseract*, const unsigned char* pixels, int width,
                   int height, int bytes_per_pixel,
                   int bytes_per_line) = nullptr;
  void (*SetSourceResolution)(Tesseract*, int dots_per_inch) = nullptr;
  int (*Recognize)(Tesseract*, void* monitor) = nullptr;
  void (*Clear)(Tesseract*) = nullptr;
  TesseractIterator* (*GetIterator)(Tesseract*) = nullptr;
  void (*ResultIteratorDelete)(TesseractIterator*) = nullptr;
  int (*ResultIteratorNext)(TesseractIterator*, int level) = nullptr;
  char* (*ResultIteratorGetUTF8Text)(const TesseractIterator*,
                                     int level) = nullptr;
  float (*ResultIteratorConfidence)(const TesseractIterator*,
                                    int level) = nullptr;
  const char* (*ResultIteratorWordFontAttributes)(
      const TesseractIterator*, int* bold, int* italic, int* underlined,
      int* monospaced, int* serif, int* small_capitals, int* points,
      int* font) = nullptr;
  // A result iterator is a page iterator too.
  int (*PageIteratorBoundingBox)(const TesseractIterator*, int level, int* left,
                                 int* top, int* right, int* bottom) = nullptr;
  int (*PageIteratorBaseline)(const TesseractIterator*, int level, int* x1,
                              int* y1, int* x2, int* y2) = nullptr;
  int (*PageIteratorIsAtBeginningOf)(const TesseractIterator*,
                                     int level) = nullptr;
  void (*DeleteText)(const char*) = nullptr;

  // Of Leptonica: pix<name>, box<name> and boxa<name>.
  int (*setMsgSeverity)(int severity) = nullptr;
  int (*ReadHeaderMem)(const std::uint8_t*, std::size_t, int* format,
                       int* width, int* height, int* bits, int* samples,
                       int* colour_map) = nullptr;
  Pix* (*ReadMem)(const std::uint8_t*, std::size_t) = nullptr;
  Pix* (*ReadMemFromMultipageTiff)(const std::uint8_t*, std::size_t,
                                   std::size_t* offset) = nullptr;
  void (*Destroy)(Pix**) = nullptr;
  Pix* (*CreateNoInit)(int width, int height, int depth) = nullptr;
  int (*GetWidth)(const Pix*) = nullptr;
  int (*GetHeight)(const Pix*) = nullptr;
  int (*GetWpl)(const Pix*) = nullptr;
  int (*GetXRes)(const Pix*) = nullptr;
  int (*GetSpp)(const Pix*) = nullptr;
  std::uint32_t* (*GetData)(Pix*) = nullptr;
  int (*EndianByteSwap)(Pix*) = nullptr;
  Pix* (*ConvertTo8)(Pix*, int colour_map) = nullptr;
  Pix* (*RemoveAlpha)(Pix*) = nullptr;
  Pix* (*RotateAMGray)(Pix*, float radians, std::uint8_t fill) = nullptr;
  Pix* (*RotateOrth)(Pix*, int quarters) = nullptr;
  Pix* (*ScaleGrayLI)(Pix*, float across, float down) = nullptr;
  Pix* (*ScaleAreaMap)(Pix*, float across, float down) = nullptr;
  Pix* (*ThresholdToBinary)(Pix*, int threshold) = nullptr;
  int (*FindSkew)(Pix*, float* degrees, float* confidence) = nullptr;
  int (*OrientDetect)(Pix*, float* up, float* left, int count_min,
                      int debug) = nullptr;
  Boxa* (*ConnCompBB)(Pix*, int connectivity) = nullptr;
  void (*BoxaDestroy)(Boxa**) = nullptr;
  Box* (*BoxCreate)(int left, int top, int width, int height) = nullptr;
  void (*BoxDestroy)(Box**) = nullptr;
  Pix* (*ClipRectangle)(Pix*, Box*, Box** clipped) = nullptr;
  int (*BoxaGetCount)(const Boxa*) = nullptr;
  int (*BoxaGetBoxGeometry)(const Boxa*, int index, int* left, int* top,
                            int* width, int* height) = nullptr;
};

// Opens the libraries at the first call; the answer is kept for the life of the
// process. Never null on OK.
StatusOr<const OcrLibraries*> LoadOcr();

// Why Tesseract cannot be used, and the remedy.
Status NoOcr(std::string_view why);

}  // namespace cairn::ocr
