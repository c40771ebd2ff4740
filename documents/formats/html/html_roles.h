// What the elements of a page are to a reader.
#pragma once

#include "documents/formats/html/html_tree.h"

namespace cairn {

enum class HtmlRole {
  kInline,
  kBlock,
  kHeading,
  kList,
  kItem,
  kCode,
  kTable,
  kBreak,
  kImage,
  kCell,
};

HtmlRole RoleOf(GumboTag tag);

// Navigation, side bars, lists of the page's languages and the head and foot of
// the whole page. Asides within
// the main text are notes and warnings, and belong to it.
bool IsBoilerplate(const GumboNode& element);

// False for script, style, hidden elements and the like.
bool IsVisible(const GumboNode& element);

// The first element below `node` with that tag; null: none.
const GumboNode* FindBelow(const GumboNode& node, GumboTag tag);

}  // namespace cairn
