// BlipStore: the pictures that the shapes of a drawing show ("blips")
// [MS-ODRAW 2.2.20 to 2.2.32].
//
// A store lists its pictures; a picture stands in the list or at a place of
// another stream. Shapes name it by its number.
// Life cycle: the bytes must outlive it and what it gives. Threads: none.
// Limits: the first kBlipsMax; those at places of the stream are together no
// longer than it, so that entries which share their bytes do not multiply it.
// Cost: linear in the list once, a picture none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/office97/records.h"

namespace cairn {

struct Blip {
  enum class Kind {
    kNone,  // Not stored, or given before.
    kPicture,
    kDrawing,
    kDamaged,
  };

  Kind kind = Kind::kNone;
  StoredPicture picture;
};

class BlipStore {
 public:
  static constexpr std::size_t kBlipsMax = 100'000;

  // `list`: what the container of the pictures holds. `stream`: where those
  // stand that are not in it.
  BlipStore(std::string_view list, std::string_view stream);

  bool empty() const { return entries_.empty(); }
  // By its number, from 1 on; each is given once.
  Blip Take(std::uint32_t number);

 private:
  Blip At(const OfficeRecord& entry);

  std::string_view stream_;
  std::size_t budget_;
  std::vector<OfficeRecord> entries_;
  std::set<std::uint32_t> taken_;   // Numbers.
  std::set<std::uint32_t> places_;  // In the stream, likewise.
};

}  // namespace cairn
