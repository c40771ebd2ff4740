#include "documents/ocr/ocr_libraries.h"

#include <cstdlib>
#include <string>

#include "base/function_binder.h"

namespace cairn::ocr {
namespace {

constexpr const char* kLibrary = "libtesseract.so.5";
constexpr int kSilence = 6;  // Leptonica's L_SEVERITY_NONE.

void BindTesseract(FunctionBinder& binder, OcrLibraries& ocr) {
  binder.Bind("TessBaseAPICreate", ocr.Create);
  binder.Bind("TessBaseAPIDelete", ocr.Delete);
  binder.Bind("TessBaseAPIInit3", ocr.Init3);
  binder.Bind("TessBaseAPISetVariable", ocr.SetVariable);
  binder.Bind("TessBaseAPISetPageSegMode", ocr.SetPageSegMode);
  binder.Bind("TessBaseAPISetImage", ocr.SetImage);
  binder.Bind("TessBaseAPISetSourceResolution", ocr.SetSourceResolution);
  binder.Bind("TessBaseAPIRecognize", ocr.Recognize);
  binder.Bind("TessBaseAPIClear", ocr.Clear);
  binder.Bind("TessBaseAPIGetIterator", ocr.GetIterator);
  binder.Bind("TessResultIteratorDelete", ocr.ResultIteratorDelete);
  binder.Bind("TessResultIteratorNext", ocr.ResultIteratorNext);
  binder.Bind("TessResultIteratorGetUTF8Text", ocr.ResultIteratorGetUTF8Text);
  binder.Bind("TessResultIteratorConfidence", ocr.ResultIteratorConfidence);
  binder.Bind("TessResultIteratorWordFontAttributes",
              ocr.ResultIteratorWordFontAttributes);
  binder.Bind("TessPageIteratorBoundingBox", ocr.PageIteratorBoundingBox);
  binder.Bind("TessPageIteratorBaseline", ocr.PageIteratorBaseline);
  binder.Bind("TessPageIteratorIsAtBeginningOf",
              ocr.PageIteratorIsAtBeginningOf);
  binder.Bind("TessDeleteText", ocr.DeleteText);
}

void BindLeptonica(FunctionBinder& binder, OcrLibraries& ocr) {
  binder.Bind("setMsgSeverity", ocr.setMsgSeverity);
  binder.Bind("pixReadHeaderMem", ocr.ReadHeaderMem);
  binder.Bind("pixReadMem", ocr.ReadMem);
  binder.Bind("pixReadMemFromMultipageTiff", ocr.ReadMemFromMultipageTiff);
  binder.Bind("pixDestroy", ocr.Destroy);
  binder.Bind("pixCreateNoInit", ocr.CreateNoInit);
  binder.Bind("pixGetWidth", ocr.GetWidth);
  binder.Bind("pixGetHeight", ocr.GetHeight);
  binder.Bind("pixGetWpl", ocr.GetWpl);
  binder.Bind("pixGetXRes", ocr.GetXRes);
  binder.Bind("pixGetSpp", ocr.GetSpp);
  binder.Bind("pixGetData", ocr.GetData);
  binder.Bind("pixEndianByteSwap", ocr.EndianByteSwap);
  binder.Bind("pixConvertTo8", ocr.ConvertTo8);
  binder.Bind("pixRemoveAlpha", ocr.RemoveAlpha);
  binder.Bind("pixRotateAMGray", ocr.RotateAMGray);
  binder.Bind("pixRotateOrth", ocr.RotateOrth);
  binder.Bind("pixScaleGrayLI", ocr.ScaleGrayLI);
  binder.Bind("pixScaleAreaMap", ocr.ScaleAreaMap);
  binder.Bind("pixThresholdToBinary", ocr.ThresholdToBinary);
  binder.Bind("pixFindSkew", ocr.FindSkew);
  binder.Bind("pixOrientDetect", ocr.OrientDetect);
  binder.Bind("pixConnCompBB", ocr.ConnCompBB);
  binder.Bind("boxCreate", ocr.BoxCreate);
  binder.Bind("boxDestroy", ocr.BoxDestroy);
  binder.Bind("pixClipRectangle", ocr.ClipRectangle);
  binder.Bind("boxaDestroy", ocr.BoxaDestroy);
  binder.Bind("boxaGetCount", ocr.BoxaGetCount);
  binder.Bind("boxaGetBoxGeometry", ocr.BoxaGetBoxGeometry);
}

StatusOr<const OcrLibraries*> Load() {
  const char* named = std::getenv("CAIRN_TESSERACT");
  const std::string path =
      named == nullptr || *named == '\0' ? kLibrary : named;
  std::string why;
  void* library = OpenLibrary(path, why);
  if (library == nullptr) return NoOcr(why);
  static OcrLibraries ocr;
  // Leptonica is looked up in the same: the one that Tesseract uses.
  FunctionBinder binder(library);
  BindTesseract(binder, ocr);
  BindLeptonica(binder, ocr);
  if (!binder.missing().empty()) {
    return NoOcr("it lacks the function " + binder.missing());
  }
  ocr.setMsgSeverity(kSilence);
  return &ocr;
}

}  // namespace

Status NoOcr(std::string_view why) {
  return FailedPreconditionError(
      "pictures and scans are read with Tesseract and Leptonica: " +
          std::string(why) +
          "; install it, on Debian with apt-get install tesseract-ocr "
          "tesseract-ocr-eng, or set CAIRN_TESSERACT to the path of "
          "libtesseract.so.5",
      "NO_OCR");
}

StatusOr<const OcrLibraries*> LoadOcr() {
  // Kept for ever: the process ends instead.
  static const auto* const loaded = new StatusOr<const OcrLibraries*>(Load());
  return *loaded;
}

}  // namespace cairn::ocr
