// StrongId: integers of different meaning that cannot be mixed up.
//
// Place: ids of the domain and small counters. A value type, as cheap as the
// integer inside. Two ids of different tags neither compare nor convert.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace cairn {

template <typename Tag, typename Integer = std::uint64_t>
class StrongId {
 public:
  constexpr StrongId() = default;
  constexpr explicit StrongId(Integer value) : value_(value) {}
  constexpr Integer value() const { return value_; }
  friend constexpr auto operator<=>(StrongId, StrongId) = default;

 private:
  Integer value_ = 0;
};

}  // namespace cairn

template <typename Tag, typename Integer>
struct std::hash<cairn::StrongId<Tag, Integer>> {
  std::size_t operator()(cairn::StrongId<Tag, Integer> id) const noexcept {
    return std::hash<Integer>()(id.value());
  }
};
