// FigurePictures: the pictures inside a package (.docx, .pptx, ...) and the
// words on them.
//
// Place: parsers of packages tell it of every picture where it stands, after
// its alternative text. The first reading of a document only counts those that
// may hold text; when there are some, PictureFormat (picture_format.h) has the
// document read again with the words of its pictures (picture_words.h).
// Passed over: what is too small to hold text (logos, icons, bullets), drawings
// (WMF, EMF, SVG), and every repetition of a picture, under another name too.
// Limits: kLooksMax pictures are looked at; those of PictureWords. What is left
// out is told in one warning.
// Life cycle: Add in reading order, then Finish once. A document without
// pictures costs nothing: the package is opened at the first one.
// Threads: none; one parse owns it. Errors: none of its own: a picture that
// cannot be read is counted for a warning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/status.h"
#include "documents/document_builder.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/figures/picture_size.h"
#include "documents/formats/figures/picture_words.h"
#include "documents/formats/package/zip_package.h"

namespace cairn {

// Points on the page or slide; 0: unknown.
struct ShownSize {
  double width = 0, height = 0;
};

class FigurePictures {
 public:
  // `bytes`: of the package; must outlive this.
  FigurePictures(std::string_view bytes, PictureMode mode, const Limits& limits)
      : bytes_(bytes), mode_(mode), limits_(limits), words_(limits) {}

  // The picture `part` stands here.
  void Add(std::string_view part, const ShownSize& shown,
           DocumentBuilder& builder);

  // Finishes the document, with `unread_pictures` and the warnings. Of a
  // document that has nothing but pictures: NO_TEXT_LAYER while they are only
  // counted.
  StatusOr<ParsedDocument> Finish(DocumentBuilder builder);

 private:
  bool OpenPackage();
  bool MayHoldText(std::string_view part);

  std::string_view bytes_;
  PictureMode mode_;
  const Limits& limits_;
  bool opened_ = false;
  // Of its own, so that pictures do not use up what its text may expand to.
  std::optional<ZipPackage> package_;
  std::set<std::string, std::less<>> parts_;  // Seen so far.
  // Size and check sum of those looked at.
  std::set<std::pair<std::uint64_t, std::uint32_t>> contents_;
  std::size_t found_ = 0;  // That may hold text.
  PictureWords words_;
};

}  // namespace cairn
