// HtmlTree: gumbo's tree of a page, freed in one piece.
//
// Place: under HtmlParser, after GuardHtml. Gumbo frees its tree by recursion
// and a node at a time; here all its memory comes from an arena instead.
// Threads: none.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

class HtmlTree {
 public:
  explicit HtmlTree(std::string html);
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  // Lives as long as the tree.
  const GumboNode* document() const { return output_->document; }

 private:
  static void* Allocate(void* tree, std::size_t size);
  static void Free(void* tree, void* memory);

  std::string html_;  // Gumbo's nodes point into it.
  std::vector<std::unique_ptr<char[]>> slabs_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  GumboOutput* output_ = nullptr;
};

// An attribute's value; null: absent.
const char* AttributeOf(const GumboNode& element, const char* name);

const GumboVector& ChildrenOf(const GumboNode& node);

bool IsElement(const GumboNode& node);

}  // namespace cairn
