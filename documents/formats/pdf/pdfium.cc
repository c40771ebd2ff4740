#include "documents/formats/pdf/pdfium.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/function_binder.h"

namespace cairn::pdf {
namespace {

struct LibraryConfig {
  int version = 2;
  const char** user_font_paths = nullptr;
  void* isolate = nullptr;
  unsigned int embedder_slot = 0;
};

// PDFium's window to the fonts of the system. It says "none" to everything.
struct SystemFonts {
  int version = 1;
  void (*release)(SystemFonts*) = nullptr;
  void (*enumerate)(SystemFonts*, void* mapper) = nullptr;
  void* (*map)(SystemFonts*, int weight, int italic, int charset, int pitch,
               const char* face, int* exact) = nullptr;
  void* (*get)(SystemFonts*, const char* face) = nullptr;
  unsigned long (*data)(SystemFonts*, void* font, unsigned int table,
                        unsigned char* buffer, unsigned long size) = nullptr;
  unsigned long (*face_name)(SystemFonts*, void* font, char* buffer,
                             unsigned long size) = nullptr;
  int (*charset)(SystemFonts*, void* font) = nullptr;
  void (*remove)(SystemFonts*, void* font) = nullptr;
};

SystemFonts* NoFonts() {
  static SystemFonts fonts;
  fonts.release = [](SystemFonts*) {};
  fonts.enumerate = [](SystemFonts*, void*) {};
  fonts.map = [](SystemFonts*, int, int, int, int, const char*, int*) -> void* {
    return nullptr;
  };
  fonts.get = [](SystemFonts*, const char*) -> void* { return nullptr; };
  fonts.data = [](SystemFonts*, void*, unsigned int, unsigned char*,
                  unsigned long) { return 0UL; };
  fonts.face_name = [](SystemFonts*, void*, char*, unsigned long) {
    return 0UL;
  };
  fonts.charset = [](SystemFonts*, void*) { return 0; };
  fonts.remove = [](SystemFonts*, void*) {};
  return &fonts;
}

void* OpenPdfium(std::string& error) {
  std::vector<std::string> paths;
  if (const char* named = std::getenv("CAIRN_PDFIUM");
      named != nullptr && *named != '\0') {
    paths.emplace_back(named);
  } else {
    const std::string folder = ProgramFolder();
    paths = {folder + "/../deps/lib/libpdfium.so",
             folder + "/../../deps/lib/libpdfium.so",
             folder + "/../lib/cairn/libpdfium.so", "libpdfium.so"};
  }
  for (const std::string& path : paths) {
    void* library = OpenLibrary(path, error);
    if (library != nullptr) return library;
  }
  return nullptr;
}

void BindDocument(FunctionBinder& binder, Pdfium& pdfium) {
  binder.Bind("FPDF_LoadMemDocument64", pdfium.LoadMemDocument64);
  binder.Bind("FPDF_CloseDocument", pdfium.CloseDocument);
  binder.Bind("FPDF_GetLastError", pdfium.GetLastError);
  binder.Bind("FPDF_GetPageCount", pdfium.GetPageCount);
  binder.Bind("FPDF_GetMetaText", pdfium.GetMetaText);
  binder.Bind("FPDF_GetPageLabel", pdfium.GetPageLabel);
  binder.Bind("FPDF_LoadPage", pdfium.LoadPage);
  binder.Bind("FPDF_ClosePage", pdfium.ClosePage);
  binder.Bind("FPDF_GetPageBoundingBox", pdfium.GetPageBoundingBox);
  binder.Bind("FPDFPage_GetRotation", pdfium.Page_GetRotation);
  binder.Bind("FPDFBookmark_GetFirstChild", pdfium.Bookmark_GetFirstChild);
  binder.Bind("FPDFBookmark_GetNextSibling", pdfium.Bookmark_GetNextSibling);
  binder.Bind("FPDFBookmark_GetTitle", pdfium.Bookmark_GetTitle);
  binder.Bind("FPDFBookmark_GetDest", pdfium.Bookmark_GetDest);
  binder.Bind("FPDFDest_GetDestPageIndex", pdfium.Dest_GetDestPageIndex);
}

void BindPictures(FunctionBinder& binder, Pdfium& pdfium) {
  binder.Bind("FPDF_GetPageWidthF", pdfium.GetPageWidthF);
  binder.Bind("FPDF_GetPageHeightF", pdfium.GetPageHeightF);
  binder.Bind("FPDFBitmap_CreateEx", pdfium.Bitmap_CreateEx);
  binder.Bind("FPDFBitmap_FillRect", pdfium.Bitmap_FillRect);
  binder.Bind("FPDF_RenderPageBitmap", pdfium.RenderPageBitmap);
  binder.Bind("FPDFBitmap_Destroy", pdfium.Bitmap_Destroy);
}

void BindText(FunctionBinder& binder, Pdfium& pdfium) {
  binder.Bind("FPDFText_LoadPage", pdfium.Text_LoadPage);
  binder.Bind("FPDFText_ClosePage", pdfium.Text_ClosePage);
  binder.Bind("FPDFText_CountChars", pdfium.Text_CountChars);
  binder.Bind("FPDFText_GetUnicode", pdfium.Text_GetUnicode);
  binder.Bind("FPDFText_GetLooseCharBox", pdfium.Text_GetLooseCharBox);
  binder.Bind("FPDFText_GetCharOrigin", pdfium.Text_GetCharOrigin);
  binder.Bind("FPDFText_GetMatrix", pdfium.Text_GetMatrix);
  binder.Bind("FPDFText_GetFontSize", pdfium.Text_GetFontSize);
  binder.Bind("FPDFText_GetFontWeight", pdfium.Text_GetFontWeight);
  binder.Bind("FPDFText_GetFontInfo", pdfium.Text_GetFontInfo);
  binder.Bind("FPDFText_GetTextObject", pdfium.Text_GetTextObject);
}

void BindPaths(FunctionBinder& binder, Pdfium& pdfium) {
  binder.Bind("FPDFPage_CountObjects", pdfium.Page_CountObjects);
  binder.Bind("FPDFPage_GetObject", pdfium.Page_GetObject);
  binder.Bind("FPDFFormObj_CountObjects", pdfium.FormObj_CountObjects);
  binder.Bind("FPDFFormObj_GetObject", pdfium.FormObj_GetObject);
  binder.Bind("FPDFPageObj_GetType", pdfium.PageObj_GetType);
  binder.Bind("FPDFPageObj_GetMatrix", pdfium.PageObj_GetMatrix);
  binder.Bind("FPDFPageObj_GetFillColor", pdfium.PageObj_GetFillColor);
  binder.Bind("FPDFPageObj_GetStrokeWidth", pdfium.PageObj_GetStrokeWidth);
  binder.Bind("FPDFPath_CountSegments", pdfium.Path_CountSegments);
  binder.Bind("FPDFPath_GetPathSegment", pdfium.Path_GetPathSegment);
  binder.Bind("FPDFPath_GetDrawMode", pdfium.Path_GetDrawMode);
  binder.Bind("FPDFPathSegment_GetPoint", pdfium.PathSegment_GetPoint);
  binder.Bind("FPDFPathSegment_GetType", pdfium.PathSegment_GetType);
  binder.Bind("FPDFPathSegment_GetClose", pdfium.PathSegment_GetClose);
}

Status Unusable(const std::string& why) {
  return FailedPreconditionError(
      "PDF documents need the PDFium library: " + why +
          "; run ./run setup, or set CAIRN_PDFIUM to the path of libpdfium.so",
      "NO_PDFIUM");
}

StatusOr<const Pdfium*> Load() {
  std::string error;
  void* library = OpenPdfium(error);
  if (library == nullptr) return Unusable(error);
  static Pdfium pdfium;
  FunctionBinder binder(library);
  BindDocument(binder, pdfium);
  BindText(binder, pdfium);
  BindPictures(binder, pdfium);
  BindPaths(binder, pdfium);
  void (*init)(const LibraryConfig*) = nullptr;
  void (*set_fonts)(SystemFonts*) = nullptr;
  binder.Bind("FPDF_InitLibraryWithConfig", init);
  binder.Bind("FPDF_SetSystemFontInfo", set_fonts);
  if (!binder.missing().empty()) {
    return Unusable("it lacks the function " + binder.missing());
  }
  const LibraryConfig config;
  init(&config);
  set_fonts(NoFonts());
  return &pdfium;
}

}  // namespace

StatusOr<const Pdfium*> LoadPdfium() {
  // Kept for ever: PDFium is never shut down, the process ends instead.
  static const auto* const loaded = new StatusOr<const Pdfium*>(Load());
  return *loaded;
}

std::mutex& PdfiumMutex() {
  static auto* const mutex = new std::mutex();
  return *mutex;
}

}  // namespace cairn::pdf
