// FigurePictures: the pictures inside a package (.docx, .pptx, ...) and the
// words on them.
//
// Place: parsers of packages tell it of every picture where it stands, after
// its alternative text. The first reading of a document only counts those that
// may hold text; when there are some, PictureFormat (picture_format.h) has the
// document read again with the words of its pictures (picture_words.h).
// Passed over, beside what DocumentPictures passes over: drawings (WMF, EMF,
// SVG) and repetitions under another name.
// Limits: those of DocumentPictures.
// Life cycle: Add in reading order, then Finish once. A document without
// pictures costs nothing: the package is opened at the first one.
// Threads: none; one parse owns it. Errors: none of its own: a picture that
// cannot be read is counted for a warning.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/status.h"
#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/package/zip_package.h"

namespace cairn {

class FigurePictures {
 public:
  // `bytes`: of the package; must outlive this.
  FigurePictures(std::string_view bytes, PictureMode mode, const Limits& limits)
      : bytes_(bytes), limits_(limits), pictures_(mode, limits) {}

  // The picture `part` stands here.
  void Add(std::string_view part, const ShownSize& shown,
           DocumentBuilder& builder);

  // As DocumentPictures.
  StatusOr<ParsedDocument> Finish(DocumentBuilder builder) {
    return pictures_.Finish(std::move(builder));
  }

 private:
  bool OpenPackage();

  std::string_view bytes_;
  const Limits& limits_;
  bool opened_ = false;
  // Of its own, so that pictures do not use up what its text may expand to.
  std::optional<ZipPackage> package_;
  std::set<std::string, std::less<>> parts_;  // Seen so far.
  DocumentPictures pictures_;
};

}  // namespace cairn
