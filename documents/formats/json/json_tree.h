// JsonTree: a JSON text as values in their order, within limits.
//
// Place: under JsonParser and NotebookParser. Library: nlohmann's reader; its
// own values either lose the order of keys or find them in quadratic time.
// Threads: safe.
// Errors: INVALID_ARGUMENT with BAD_JSON (with the byte), TOO_MANY_VALUES.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"

namespace cairn {

struct JsonNode {
  enum class Kind : std::uint8_t {
    kNull,
    kBool,
    kNumber,
    kString,
    kArray,
    kObject
  };
  Kind kind = Kind::kNull;
  std::string key;   // In its object; empty in an array.
  std::string text;  // Of a scalar: as a reader sees it, no controls.
  std::vector<JsonNode> children;

  bool scalar() const { return kind < Kind::kArray; }
  // The first member of this name; null: none.
  const JsonNode* Find(std::string_view name) const;
  // The text of the string member of this name; empty: none.
  std::string_view TextOf(std::string_view name) const;
};

// `text`: valid UTF-8. Values are bounded by limits.cells_max, nesting by
// limits.nesting_max.
StatusOr<JsonNode> ReadJson(std::string_view text, const Limits& limits);

}  // namespace cairn
