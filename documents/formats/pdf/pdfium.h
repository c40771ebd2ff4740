// Pdfium: the functions of the PDFium library that text extraction and pictures
// of pages need.
//
// Place: pdf_file.cc calls them; nothing else of Cairn knows PDFium. The
// library is opened while the program runs, not linked, so that only the jailed
// parser process ever maps it. The declarations below are written from the
// documented C interface (stable; checked with build 8149).
// Library: $CAIRN_PDFIUM, else libpdfium.so in ../deps/lib, ../../deps/lib or
// ../lib/cairn beside the program, else where the loader finds libpdfium.so.
// Fonts: PDFium is told that the system has none, so that it never looks for
// font files; its built-in ones are enough for text.
// Threads: LoadPdfium is safe; PDFium itself is not, so hold PdfiumMutex
// while calling it.
// Errors: FAILED_PRECONDITION (NO_PDFIUM) when there is no usable library.
#pragma once

#include <cstddef>
#include <mutex>

#include "base/status.h"

namespace cairn::pdf {

struct PdfiumDocument;
struct PdfiumPage;
struct PdfiumTextPage;
struct PdfiumObject;
struct PdfiumSegment;
struct PdfiumBookmark;
struct PdfiumDest;
struct PdfiumBitmap;

struct PdfiumRect {
  float left = 0, top = 0, right = 0, bottom = 0;
};

struct PdfiumMatrix {
  float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0;
};

// What FPDFPageObj_GetType and FPDFPathSegment_GetType tell.
enum PdfiumObjectType : int {
  kPdfiumPath = 2,
  kPdfiumImage = 3,
  kPdfiumForm = 5
};
enum PdfiumSegmentType : int { kPdfiumLineTo = 0, kPdfiumMoveTo = 2 };

// What FPDF_GetLastError tells.
enum PdfiumError : unsigned long {
  kPdfiumUnknown = 1,
  kPdfiumFile = 2,
  kPdfiumFormat = 3,
  kPdfiumPassword = 4,
  kPdfiumSecurity = 5,
  kPdfiumPage = 6,
};

// Each member is the function FPDF_<its name> or FPDF<its name>.
struct Pdfium {
  PdfiumDocument* (*LoadMemDocument64)(const void* bytes, std::size_t size,
                                       const char* password) = nullptr;
  void (*CloseDocument)(PdfiumDocument*) = nullptr;
  unsigned long (*GetLastError)() = nullptr;
  int (*GetPageCount)(PdfiumDocument*) = nullptr;
  // UTF-16LE with its terminator; both return the size in bytes it takes.
  unsigned long (*GetMetaText)(PdfiumDocument*, const char* tag, void* buffer,
                               unsigned long size) = nullptr;

  unsigned long (*GetPageLabel)(PdfiumDocument*, int index, void* buffer,
                                unsigned long size) = nullptr;

  PdfiumPage* (*LoadPage)(PdfiumDocument*, int index) = nullptr;
  void (*ClosePage)(PdfiumPage*) = nullptr;
  int (*GetPageBoundingBox)(PdfiumPage*, PdfiumRect*) = nullptr;
  int (*Page_GetRotation)(PdfiumPage*) = nullptr;

  // Pages as pictures; sizes in points, as displayed.
  float (*GetPageWidthF)(PdfiumPage*) = nullptr;
  float (*GetPageHeightF)(PdfiumPage*) = nullptr;
  PdfiumBitmap* (*Bitmap_CreateEx)(int width, int height, int format,
                                   void* pixels, int bytes_per_line) = nullptr;
  int (*Bitmap_FillRect)(PdfiumBitmap*, int left, int top, int width,
                         int height, unsigned long argb) = nullptr;
  void (*RenderPageBitmap)(PdfiumBitmap*, PdfiumPage*, int left, int top,
                           int width, int height, int rotate,
                           int flags) = nullptr;
  void (*Bitmap_Destroy)(PdfiumBitmap*) = nullptr;

  PdfiumTextPage* (*Text_LoadPage)(PdfiumPage*) = nullptr;
  void (*Text_ClosePage)(PdfiumTextPage*) = nullptr;
  int (*Text_CountChars)(PdfiumTextPage*) = nullptr;
  unsigned int (*Text_GetUnicode)(PdfiumTextPage*, int index) = nullptr;
  int (*Text_GetLooseCharBox)(PdfiumTextPage*, int index,
                              PdfiumRect*) = nullptr;
  int (*Text_GetCharOrigin)(PdfiumTextPage*, int index, double* x,
                            double* y) = nullptr;
  int (*Text_GetMatrix)(PdfiumTextPage*, int index, PdfiumMatrix*) = nullptr;
  double (*Text_GetFontSize)(PdfiumTextPage*, int index) = nullptr;
  int (*Text_GetFontWeight)(PdfiumTextPage*, int index) = nullptr;
  unsigned long (*Text_GetFontInfo)(PdfiumTextPage*, int index, void* buffer,
                                    unsigned long size, int* flags) = nullptr;
  PdfiumObject* (*Text_GetTextObject)(PdfiumTextPage*, int index) = nullptr;

  int (*Page_CountObjects)(PdfiumPage*) = nullptr;
  PdfiumObject* (*Page_GetObject)(PdfiumPage*, int index) = nullptr;
  int (*FormObj_CountObjects)(PdfiumObject*) = nullptr;
  PdfiumObject* (*FormObj_GetObject)(PdfiumObject*,
                                     unsigned long index) = nullptr;
  int (*PageObj_GetType)(PdfiumObject*) = nullptr;
  int (*PageObj_GetMatrix)(PdfiumObject*, PdfiumMatrix*) = nullptr;
  int (*PageObj_GetFillColor)(PdfiumObject*, unsigned int* red,
                              unsigned int* green, unsigned int* blue,
                              unsigned int* alpha) = nullptr;
  int (*PageObj_GetStrokeWidth)(PdfiumObject*, float*) = nullptr;
  int (*Path_CountSegments)(PdfiumObject*) = nullptr;
  PdfiumSegment* (*Path_GetPathSegment)(PdfiumObject*, int index) = nullptr;
  int (*Path_GetDrawMode)(PdfiumObject*, int* fill, int* stroke) = nullptr;
  int (*PathSegment_GetPoint)(PdfiumSegment*, float* x, float* y) = nullptr;
  int (*PathSegment_GetType)(PdfiumSegment*) = nullptr;
  int (*PathSegment_GetClose)(PdfiumSegment*) = nullptr;

  PdfiumBookmark* (*Bookmark_GetFirstChild)(PdfiumDocument*,
                                            PdfiumBookmark*) = nullptr;
  PdfiumBookmark* (*Bookmark_GetNextSibling)(PdfiumDocument*,
                                             PdfiumBookmark*) = nullptr;
  unsigned long (*Bookmark_GetTitle)(PdfiumBookmark*, void* buffer,
                                     unsigned long size) = nullptr;
  PdfiumDest* (*Bookmark_GetDest)(PdfiumDocument*, PdfiumBookmark*) = nullptr;
  int (*Dest_GetDestPageIndex)(PdfiumDocument*, PdfiumDest*) = nullptr;
};

// Opens and initialises the library at the first call; the answer is kept for
// the life of the process. Never null on OK.
StatusOr<const Pdfium*> LoadPdfium();

std::mutex& PdfiumMutex();

}  // namespace cairn::pdf
