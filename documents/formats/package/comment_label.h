// CommentLabel: what stands before the text of a comment, in every format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

// "Comment on B7 by Ada, 2024-03-05". Each part may be empty; `time` as XML
// writes it ("2024-03-05T10:00:00Z"), of which the day is shown.
std::string CommentLabel(std::string_view place, std::string_view author,
                         std::string_view time);

// The day of such a time; empty when it is none.
std::string_view DayOf(std::string_view time);

// "2024-03-05"; empty when it is no day.
std::string DayText(int year, int month, int day);

// "2024-03-05" of a time as Word packs it [MS-DOC 2.9.70]; empty: none.
std::string DayOfDttm(std::uint32_t time);

}  // namespace cairn
