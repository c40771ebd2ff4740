#include "documents/formats/odf/length.h"

#include <charconv>
#include <cstddef>
#include <system_error>

namespace cairn {

bool OdfLength(std::string_view text, double& points) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return false;
  const std::string_view unit(
      end, static_cast<std::size_t>(text.data() + text.size() - end));
  points = value * (unit == "cm"   ? 28.35
                    : unit == "mm" ? 2.835
                    : unit == "in" ? 72
                                   : 1);
  return true;
}

}  // namespace cairn
