// ElementWalk: one element of EBML [RFC 8794] after another.
//
// Place: matroska_reader.cc and sound_track.cc. Elements inside elements get a
// walk of their own, or are entered. Lengths are cut at the end of what holds
// them. Threads: none.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "documents/formats/film/film.h"

namespace cairn::film {

struct Element {
  std::uint32_t id = 0;
  std::string_view whole;  // With its head.
  std::string_view body;   // To the end of its holder, where it tells no size.
};

// A number of 1 to 8 bytes whose first bits tell how many; taken from `bytes`.
// Nothing: there is none. All ones (no size known): UINT64_MAX.
std::optional<std::uint64_t> TakeVarint(std::string_view& bytes);

class ElementWalk {
 public:
  ElementWalk(std::string_view bytes, Budget& budget)
      : rest_(bytes), budget_(budget) {}

  bool Next(Element& element);
  // Goes on with what stands inside the element that Next gave last.
  void Enter(const Element& element) {
    const auto behind =
        static_cast<std::size_t>(rest_.data() - element.body.data());
    rest_ = {element.body.data(), behind + rest_.size()};
  }

 private:
  std::string_view rest_;
  Budget& budget_;
};

std::uint64_t UnsignedOf(std::string_view body);
// Of 4 or 8 bytes; 0 of others and of what is no number.
double FloatOf(std::string_view body);

}  // namespace cairn::film
