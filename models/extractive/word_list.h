// Word lists, which the rules of this folder are made of.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace cairn::extractive {

template <std::size_t kSize>
bool IsOneOf(std::string_view word,
             const std::array<std::string_view, kSize>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace cairn::extractive
