// ReadPresentation: the slides of a presentation, in their order.
//
// PowerPoint appends what was changed to its stream. The newest edit names a
// directory of objects and the edit before it; of an object that several
// directories name, the newest counts [MS-PPT 2.1.2].
// Errors: INVALID_ARGUMENT, ENCRYPTED_PACKAGE; DAMAGED_OLE_FILE when no slide
// can be found. Where the directory is damaged the slides are taken in the
// order of the stream, old versions of them included.
// Limits: directories are read up to the size of the stream, and slides and
// notes together too, so that objects inside of each other do not multiply it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace cairn {

// Bodies of records, views into the stream.
struct PptSlide {
  std::string_view slide;
  std::string_view notes;    // Empty: none.
  std::string_view outline;  // Texts that its placeholders refer to.
};

struct PptPresentation {
  std::string_view pictures;     // The list that BlipStore reads.
  std::vector<PptSlide> slides;  // Such as cannot be read have no `slide`.
  std::size_t embedded_objects = 0;
  bool in_stream_order = false;  // The directory is damaged.
};

// `current_user`, `document`: the streams "Current User", which may be empty,
// and "PowerPoint Document".
StatusOr<PptPresentation> ReadPresentation(std::string_view current_user,
                                           std::string_view document);

}  // namespace cairn
