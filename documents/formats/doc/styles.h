// DocStyles: what the styles of a Word file say of its paragraphs.
//
// Life cycle: the stream must outlive it. Threads: safe; immutable. Limits:
// kDocStylesMax styles; inheritance to kStyleDepthMax.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "documents/formats/doc/fib.h"
#include "documents/formats/doc/formatting.h"

namespace cairn {

inline constexpr std::size_t kDocStylesMax = 4095;  // As the format's own.
inline constexpr int kStyleDepthMax = 32;

struct DocStyle {
  ParagraphFormat format;
  bool title = false, code = false;
};

class DocStyles {
 public:
  DocStyles(std::string_view table, const Fib& fib);

  // Own and inherited; an empty one for an unknown index.
  const DocStyle& Of(int style) const;

 private:
  std::vector<DocStyle> styles_;
};

}  // namespace cairn
