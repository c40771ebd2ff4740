#include "documents/formats/package/comment_label.h"

#include <cstdio>

#include "documents/document_builder.h"
#include "text/utf8.h"

namespace cairn {

std::string_view DayOf(std::string_view time) {
  constexpr std::string_view kPattern = "0000-00-00";
  time = TrimWhiteSpace(time).substr(0, kPattern.size());
  if (time.size() < kPattern.size() || time.starts_with("0000")) return {};
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    const bool fits =
        kPattern[i] == '-' ? time[i] == '-' : IsAsciiDigit(time[i]);
    if (!fits) return {};
  }
  return time;
}

std::string CommentLabel(std::string_view place, std::string_view author,
                         std::string_view time) {
  std::string label = "Comment";
  if (!place.empty()) label += " on " + std::string(place);
  const std::string name = CollapseWhiteSpace(author);
  if (!name.empty()) label += " by " + name;
  const std::string_view day = DayOf(time);
  if (!day.empty()) label += ", " + std::string(day);
  return label;
}

std::string DayText(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      day > 31) {
    return {};
  }
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
  return text;
}

std::string DayOfDttm(std::uint32_t time) {
  return DayText(static_cast<int>(1900 + (time >> 20 & 511)),
                 static_cast<int>(time >> 16 & 15),
                 static_cast<int>(time >> 11 & 31));
}

}  // namespace cairn
