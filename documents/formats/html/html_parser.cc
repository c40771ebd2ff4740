#include "documents/formats/html/html_parser.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/html/html_guard.h"
#include "documents/formats/html/html_tree.h"
#include "documents/formats/html/html_writer.h"
#include "documents/text_input.h"

namespace cairn {
namespace {

// Each costs some 200 bytes of tree.
constexpr std::size_t kElementsMax = 1'000'000;

class Html final : public FormatParser {
 public:
  std::string_view name() const override { return "html"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

StatusOr<ParsedDocument> Html::Parse(const ParseInput& input,
                                     const Limits& limits) const {
  std::string_view charset = CharsetOfMediaType(input.media_type);
  if (charset.empty()) charset = CharsetOfHtml(input.bytes);
  DocumentBuilder builder(name(), limits);
  CAIRN_ASSIGN_OR_RETURN(const std::string source,
                         ReadTextInput(input, charset, limits, builder));
  const std::size_t nesting_max = std::max<std::size_t>(limits.nesting_max, 8);
  GuardedHtml guarded = GuardHtml(source, nesting_max, kElementsMax);
  if (guarded.tags > kElementsMax) {
    return InvalidArgumentError("the page has more than " +
                                    std::to_string(kElementsMax) +
                                    " elements: split it",
                                "TOO_MANY_ELEMENTS");
  }
  if (guarded.dropped > 0) {
    builder.AddWarning(std::to_string(guarded.dropped) +
                       " tags were left out: nested deeper than the limit "
                       "nesting_max of " +
                       std::to_string(nesting_max) +
                       ", never closed, or with too many attributes");
  }
  const HtmlTree tree(std::move(guarded.html));
  WriteHtml(tree, builder);
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& HtmlParser() {
  static const Html* const parser = new Html();
  return *parser;
}

}  // namespace cairn
