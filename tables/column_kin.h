// ColumnKin: which words of a question speak of what a column's header names
// with another word: "tallest" of "Height", "who" of "Player".
// Private to tables/. English. Pure; threads: safe.
#pragma once

#include <string_view>

namespace cairn {

// `asked` is a folded word of a question, `header` a stem (StemOf) of a
// header's word.
bool AreKin(std::string_view asked, std::string_view header);

}  // namespace cairn
