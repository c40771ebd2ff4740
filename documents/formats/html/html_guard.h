// HtmlGuard: makes foreign HTML safe to give to the tree builder.
//
// Why: gumbo recurses over the depth of the tree, walks the stack of open
// elements for many a tag and compares every attribute of a tag with all before
// it, so a few kilobytes of "<b><b><b>" or of attributes can cost minutes and
// the stack. The guard reads the tags once, as the HTML standard splits them,
// and leaves out those that would make the tree deeper than the limit. It may
// count a tag as open that the tree builder closes by itself, never the other
// way round, except for tags that close each other (p, li, td, ...), whose
// depth it follows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

struct GuardedHtml {
  std::string html;
  std::size_t tags = 0;     // Start tags kept.
  std::size_t dropped = 0;  // Start tags left out for their depth.
};

// Stops reading, with `tags` above it, at `tags_max`.
GuardedHtml GuardHtml(std::string_view html, std::size_t nesting_max,
                      std::size_t tags_max);

}  // namespace cairn
