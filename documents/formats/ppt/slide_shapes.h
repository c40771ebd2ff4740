// ReadPptShapes: what stands on a slide, in reading order.
//
// At most kPptShapesMax; groups within groups are read to `nesting_max`. A
// group that says it is a table becomes one: the edges of its shapes are the
// lines of the grid. Threads: safe; pure. Linear in the drawing but for sorting
// by place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/package/table_draft.h"
#include "documents/formats/ppt/slide_text.h"

namespace cairn {

inline constexpr std::size_t kPptShapesMax = 20'000;  // Of one slide.

struct PptShape {
  enum class Kind { kText, kTitle, kOutline, kNotes, kTable };

  Kind kind = Kind::kText;
  PptText text;
  TableDraft table;           // Of kTable.
  std::string description;    // The alternative text.
  std::uint32_t picture = 0;  // The number of its blip; 0: none.
  ShownSize shown;            // Of the picture.
};

struct PptShapes {
  std::vector<PptShape> shapes;
  std::size_t left_out = 0;  // Shapes beyond a limit, groups too deep.
};

// `slide`: the body of a slide or notes. `outline`: texts that placeholders
// refer to by number; each is given to the first that does. The title comes
// first, then the rest by place; dates, footers, slide numbers and what shows
// nothing are left out.
PptShapes ReadPptShapes(std::string_view slide, std::vector<PptText> outline,
                        std::size_t nesting_max);

}  // namespace cairn
