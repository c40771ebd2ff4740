// BuiltInFormat: the number formats that Excel's files name and do not spell
// out.
#pragma once

#include <string_view>

namespace cairn {

// The code of a number below 164, for NumberFormat; "General" when unknown.
std::string_view BuiltInFormat(int id);

}  // namespace cairn
