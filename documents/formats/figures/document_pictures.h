// DocumentPictures: which pictures of one document are read, and the words on
// them.
//
// Place: parsers tell it of every picture where it stands, after its
// alternative text: of packages through FigurePictures, of other files with its
// bytes. The first reading only counts those that may hold text, see
// picture_format.h; the words come from PictureWords.
// Passed over: what is too small to hold text (logos, icons, bullets) and every
// repetition of a picture.
// Limits: kLooksMax pictures are looked at; those of PictureWords. What is left
// out is told in warnings.
// Life cycle: in reading order, then Finish once. Threads: none; one parse owns
// it. Errors: none of its own: a picture that cannot be read is counted for a
// warning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/status.h"
#include "documents/document_builder.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/figures/picture_words.h"

namespace cairn {

// Points on the page or slide; 0: unknown.
struct ShownSize {
  double width = 0, height = 0;
};

// A picture file, or a bitmap as Windows keeps it in memory, without the head
// that such a file has.
struct StoredPicture {
  std::string_view bytes;
  bool bitmap = false;
};

class DocumentPictures {
 public:
  // Cameras put up to 64 KiB before the size; without it a picture is read.
  static constexpr std::size_t kHeadBytes = std::size_t{32} << 10;

  DocumentPictures(PictureMode mode, const Limits& limits)
      : mode_(mode), words_(limits) {}

  // False: shown as small as a logo or an icon.
  static bool IsShownLarge(const ShownSize& shown);

  // The picture stands here. Cost: its head, and of one that may hold text a
  // sum over its bytes.
  void Add(const StoredPicture& picture, const ShownSize& shown,
           DocumentBuilder& builder);
  // What is drawn with lines and letters (WMF, EMF, PICT), which is not read.
  void CountDrawing() { ++drawings_; }
  void CountFailed() { words_.CountFailed(); }

  // The steps of Add, for those who get at the bytes one after the other. Each
  // says false when the picture is done with.
  // One more is looked at.
  bool Look();
  // `size` and `checksum`: of the whole picture.
  bool IsNew(std::uint64_t size, std::uint64_t checksum) {
    return contents_.emplace(size, checksum).second;
  }
  // `head`: kHeadBytes of its file, or all.
  bool MayHoldText(std::string_view head);
  // Counts it; true: Read is to follow.
  bool IsWanted();
  void Read(std::string_view file, DocumentBuilder& builder) {
    words_.Read(file, builder);
  }

  // Finishes the document, with `unread_pictures` and the warnings. Of a
  // document that has nothing but pictures: NO_TEXT_LAYER while they are only
  // counted.
  StatusOr<ParsedDocument> Finish(DocumentBuilder builder);

 private:
  PictureMode mode_;
  std::size_t looks_ = 0;
  // Size and check sum of those looked at.
  std::set<std::pair<std::uint64_t, std::uint64_t>> contents_;
  std::size_t found_ = 0;  // That may hold text.
  std::size_t drawings_ = 0;
  PictureWords words_;
};

}  // namespace cairn
