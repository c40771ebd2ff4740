// ReadDrawing: the shapes of a drawing that show a picture or say what they
// show, for the formats that read nothing else of it (.doc, .xls).
//
// Threads: safe; pure. Linear in the drawing. Limits: the first
// kDrawnShapesMax; groups deeper than `nesting_max` are left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/office97/records.h"

namespace cairn {

inline constexpr std::size_t kDrawnShapesMax = 100'000;

struct DrawnShape {
  std::uint32_t id = 0;       // Of the outermost group that holds it, or own.
  std::uint32_t picture = 0;  // The number of its blip; 0: none.
  std::string description;    // The alternative text.
};

struct Drawing {
  std::vector<DrawnShape> shapes;  // In the order of the file.
  std::size_t left_out = 0;        // Shapes and groups beyond the limits.
};

// The alternative text of a shape. Old programs gave a picture the name of its
// file for want of words, which is none.
std::string DescriptionOf(const ShapeProperties& shape);

// Of what the container of a shape holds, but for the id.
DrawnShape ReadDrawnShape(std::string_view shape);

// `drawing`: what the container of a drawing holds.
Drawing ReadDrawing(std::string_view drawing, std::size_t nesting_max);

}  // namespace cairn
