// List markers: "•", "–", "1.", "(a)", "iv)" at the beginning of a line.
#pragma once

#include <cstddef>
#include <string>

namespace cairn::pdf {

// Bytes of the marker that `text` begins with, without the space after it; 0:
// none.
std::size_t ListMarkerBytes(const std::string& text);

// How many numbers "2.3.1 Title" begins with (3); 0: no section number.
std::size_t SectionNumberDepth(const std::string& text);

}  // namespace cairn::pdf
