// BoxWalk: one box of ISO base media [ISO/IEC 14496-12] after another.
//
// Place: mp4_reader.cc and mp4_samples.cc. Boxes inside boxes get a walk of
// their own. Lengths are cut at the end of what holds them. Threads: none.
#pragma once

#include <string_view>

#include "documents/formats/film/big_endian.h"
#include "documents/formats/film/film.h"

namespace cairn::film {

struct MediaBox {
  std::string_view type;  // Four signs.
  std::string_view body;
  std::string_view whole;  // With its head.
};

class BoxWalk {
 public:
  BoxWalk(std::string_view bytes, Budget& budget)
      : rest_(bytes), budget_(budget) {}

  bool Next(MediaBox& box) {
    if (rest_.size() < 8 || !budget_.TakePart()) return false;
    std::uint64_t size = U32At(rest_, 0);
    std::size_t head = 8;
    if (size == 1) {
      size = NumberAt(rest_, 8, 8);
      head = 16;
    } else if (size == 0) {
      size = rest_.size();
    }
    if (size < head || rest_.size() < head) {
      budget_.NoteDamage();
      rest_ = {};
      return false;
    }
    if (size > rest_.size()) {
      budget_.NoteDamage();
      size = rest_.size();
    }
    box.type = rest_.substr(4, 4);
    box.whole = rest_.substr(0, static_cast<std::size_t>(size));
    box.body = rest_.substr(head, static_cast<std::size_t>(size) - head);
    rest_.remove_prefix(static_cast<std::size_t>(size));
    return true;
  }

 private:
  std::string_view rest_;
  Budget& budget_;
};

}  // namespace cairn::film
