#include "documents/ocr/ocr_libraries.h"

#include <dlfcn.h>

#include <cstdlib>
#include <string>

namespace cairn::ocr {
namespace {

constexpr const char* kLibrary = "libtesseract.so.5";
constexpr int kSilence = 6;  // Leptonica's L_SEVERITY_NONE.

std::string NamedBy(const char* variable, const char* otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr || *value == '\0' ? otherwise : value;
}

Status NoOcr(const std::string& why) {
  return FailedPreconditionError(
      "pictures and scans are read with Tesseract: " + why +
          "; install it, on Debian with apt-get install tesseract-ocr "
          "tesseract-ocr-eng, or set CAIRN_TESSERACT to the path of "
          "libtesseract.so.5",
      "NO_OCR");
}

// Binds functions by name and remembers the first that is missing. Names are
// looked up in the library and in those it needs, so that Leptonica is the one
// that Tesseract uses.
class Binder {
 public:
  explicit Binder(void* library) : library_(library) {}

  template <typename Function>
  void Bind(const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(::dlsym(library_, name));
    if (function == nullptr && missing_.empty()) missing_ = name;
  }
  const std::string& missing() const { return missing_; }

 private:
  void* library_;
  std::string missing_;
};

void BindTesseract(Binder& binder, OcrLibraries& ocr) {
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

void BindLeptonica(Binder& binder, OcrLibraries& ocr) {
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
  const std::string path = NamedBy("CAIRN_TESSERACT", kLibrary);
  // Everything is bound now: inside the jail nothing more can be loaded.
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* reason = ::dlerror();
    return NoOcr(reason == nullptr ? path : reason);
  }
  static OcrLibraries ocr;
  Binder binder(library);
  BindTesseract(binder, ocr);
  BindLeptonica(binder, ocr);
  if (!binder.missing().empty()) {
    return NoOcr("it lacks the function " + binder.missing());
  }
  ocr.setMsgSeverity(kSilence);
  ocr.engine = ocr.Create();
  const std::string languages = NamedBy("CAIRN_OCR_LANGUAGES", "eng");
  if (ocr.engine == nullptr ||
      ocr.Init3(ocr.engine, nullptr, languages.c_str()) != 0) {
    return NoOcr("its models for \"" + languages + "\" cannot be loaded");
  }
  // What it has to tell goes nowhere: it would be mixed with other output.
  ocr.SetVariable(ocr.engine, "debug_file", "/dev/null");
  return &ocr;
}

}  // namespace

StatusOr<const OcrLibraries*> LoadOcr() {
  // Kept for ever: the process ends instead.
  static const auto* const loaded = new StatusOr<const OcrLibraries*>(Load());
  return *loaded;
}

}  // namespace cairn::ocr
