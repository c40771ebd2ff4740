// Descriptions: what a model saw, behind the text of a document.
//
// Place: ingestion, after the describer. A citation must never be taken for the
// document's own words: what is added stands under a heading that names the
// model, the document gets the property "described_by" and a warning.
// Pure; threads: safe.
// Errors: INVALID_ARGUMENT (TEXT_TOO_LARGE, TOO_MANY_BLOCKS): nothing is added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"

namespace cairn {

struct Description {
  std::string text;  // As the model gave it.
  std::uint32_t page = 0;
  std::optional<TimeRange> time = std::nullopt;  // Of a film; shown before it.
};

struct Describer {
  std::string_view id;    // "llava at https://host/path".
  std::string_view name;  // "llava".
};

// Descriptions without a word are left out; true: some were added.
StatusOr<bool> AppendDescriptions(const std::vector<Description>& descriptions,
                                  const Describer& describer,
                                  const Limits& limits,
                                  ParsedDocument& document);

}  // namespace cairn
