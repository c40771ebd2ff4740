#include "documents/formats/film/ebml.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "documents/formats/film/big_endian.h"

namespace cairn::film {

std::optional<std::uint64_t> TakeVarint(std::string_view& bytes) {
  if (bytes.empty()) return std::nullopt;
  const auto first = static_cast<unsigned char>(bytes.front());
  const auto size = static_cast<std::size_t>(std::countl_zero(first)) + 1;
  if (size > 8 || size > bytes.size()) return std::nullopt;
  const std::uint64_t mask = (std::uint64_t{1} << (7 * size)) - 1;
  const std::uint64_t value = NumberAt(bytes, 0, size) & mask;
  bytes.remove_prefix(size);
  return value == mask ? UINT64_MAX : value;
}

bool ElementWalk::Next(Element& element) {
  if (rest_.empty() || !budget_.TakePart()) return false;
  const std::string_view whole = rest_;
  const auto id_size = static_cast<std::size_t>(std::countl_zero(
                           static_cast<unsigned char>(rest_.front()))) +
                       1;
  std::string_view behind = From(rest_, id_size);
  const auto size = id_size > 4 ? std::nullopt : TakeVarint(behind);
  if (!size.has_value()) {
    budget_.NoteDamage();
    rest_ = {};
    return false;
  }
  element.id = static_cast<std::uint32_t>(NumberAt(rest_, 0, id_size));
  // Without a size it ends where its holder does; this is no damage.
  if (*size != UINT64_MAX && *size > behind.size()) budget_.NoteDamage();
  element.body = behind.substr(
      0,
      static_cast<std::size_t>(std::min<std::uint64_t>(*size, behind.size())));
  const std::size_t length = whole.size() - behind.size() + element.body.size();
  element.whole = whole.substr(0, length);
  rest_ = whole.substr(length);
  return true;
}

std::uint64_t UnsignedOf(std::string_view body) {
  return NumberAt(body, 0, std::min<std::size_t>(body.size(), 8));
}

double FloatOf(std::string_view body) {
  double value = 0;
  if (body.size() == 4) value = std::bit_cast<float>(U32At(body, 0));
  if (body.size() == 8) value = std::bit_cast<double>(NumberAt(body, 0, 8));
  return std::isfinite(value) ? value : 0;
}

}  // namespace cairn::film
