// Runs of lines that may be a table without rulings. Pure.
#pragma once

#include <vector>

#include "documents/formats/pdf/table_items.h"

namespace cairn::pdf {

// Runs of `rows`, with the heads above them.
std::vector<std::vector<const TextRow*>> FindRuns(
    const std::vector<TextRow>& rows);

}  // namespace cairn::pdf
