// ReadTexts: the texts of shapes, in paragraphs with their levels and bullets.
//
// Threads: safe; pure. Linear in the atoms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

// What a text is for; the numbers of TextTypeEnum.
enum class PptTextType : std::uint32_t {
  kTitle = 0,
  kBody = 1,
  kNotes = 2,
  kOther = 4,
  kCenterBody = 5,
  kCenterTitle = 6,
  kHalfBody = 7,
  kQuarterBody = 8,
};

struct PptParagraph {
  enum class Bullet { kUnsaid, kNone, kShown };  // kUnsaid: as its master does.

  std::string text;        // Line breaks and tabs are spaces.
  std::uint8_t level = 0;  // From 0, at most 8.
  Bullet bullet = Bullet::kUnsaid;
};

struct PptText {
  PptTextType type = PptTextType::kOther;
  std::vector<PptParagraph> paragraphs;

  bool empty() const;
  // Paragraphs as lines.
  std::string Joined() const;
};

// `atoms`: each text begins with the atom that tells its type. Dates, slide
// numbers and footers, for which a text has a placeholder, are left out.
std::vector<PptText> ReadTexts(std::string_view atoms);

}  // namespace cairn
