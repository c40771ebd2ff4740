#include "documents/formats/html/html_tree.h"

#include <algorithm>
#include <utility>

namespace cairn {
namespace {

constexpr std::size_t kSlabBytes = 256 << 10;
constexpr std::size_t kAlignment = alignof(std::max_align_t);

}  // namespace

HtmlTree::HtmlTree(std::string html) : html_(std::move(html)) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &HtmlTree::Allocate;
  options.deallocator = &HtmlTree::Free;
  options.userdata = this;
  // Every recorded error copies the stack of open elements.
  options.max_errors = 0;
  output_ = gumbo_parse_with_options(&options, html_.data(), html_.size());
}

void* HtmlTree::Allocate(void* tree, std::size_t size) {
  auto& self = *static_cast<HtmlTree*>(tree);
  size = (std::max<std::size_t>(size, 1) + kAlignment - 1) / kAlignment *
         kAlignment;
  if (size > self.left_) {
    const std::size_t slab = std::max(size, kSlabBytes);
    self.slabs_.push_back(std::make_unique<char[]>(slab));
    if (slab > kSlabBytes) return self.slabs_.back().get();
    self.next_ = self.slabs_.back().get();
    self.left_ = slab;
  }
  char* const memory = self.next_;
  self.next_ += size;
  self.left_ -= size;
  return memory;
}

void HtmlTree::Free(void*, void*) {}  // All goes with the tree.

const char* AttributeOf(const GumboNode& element, const char* name) {
  const GumboAttribute* attribute =
      gumbo_get_attribute(&element.v.element.attributes, name);
  return attribute == nullptr ? nullptr : attribute->value;
}

bool IsElement(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

const GumboVector& ChildrenOf(const GumboNode& node) {
  if (node.type == GUMBO_NODE_DOCUMENT) return node.v.document.children;
  return IsElement(node) ? node.v.element.children : kGumboEmptyVector;
}

}  // namespace cairn
