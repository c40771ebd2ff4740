// Networks: the two of PP-OCR (one finds lines of text, one reads a line) on
// ONNX Runtime, which is opened while the program runs.
//
// Place: pp_ocr_engine.cc. Nothing else of this room knows ONNX Runtime.
// Library: libonnxruntime.so.1 where the loader finds it. Models: det.onnx and
// rec.onnx in the folder pp-ocrv6-small of $CAIRN_MODELS, else of
// ../deps/models or ../../deps/models from the program's folder.
// Life cycle: Load before the jail closes; all of it is in memory then.
// Threads: loading is safe; one run at a time, on the thread that asks.
// Memory: some 150 bytes a pixel of the picture to search.
// Errors: FAILED_PRECONDITION (NO_PP_OCR) without library or models; INTERNAL
// when the runtime fails.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/status.h"
#include "documents/ocr/line_decoder.h"
#include "documents/ocr/picture.h"
#include "documents/ocr/text_regions.h"

namespace cairn::ocr {

inline constexpr std::uint32_t kMapStep = 32;      // Sides are multiples of it.
inline constexpr std::uint32_t kStripHeight = 48;  // Of a line to be read.

class Networks {
 public:
  Networks() = default;
  Networks(const Networks&) = delete;
  Networks& operator=(const Networks&) = delete;
  virtual ~Networks() = default;

  // The sides of `picture` are multiples of kMapStep.
  virtual StatusOr<ProbabilityMap> FindText(const Picture& picture) const = 0;
  // `strip` is kStripHeight high; a column is some eight of its pixels wide.
  virtual StatusOr<std::vector<ColumnChoice>> ReadStrip(
      const Picture& strip) const = 0;
  // Of the classes of a column, see DecodeColumns.
  virtual std::span<const char32_t> signs() const = 0;
};

// Opens and loads at the first call; the answer is kept for the life of the
// process. Never null on OK.
StatusOr<const Networks*> LoadNetworks();

}  // namespace cairn::ocr
