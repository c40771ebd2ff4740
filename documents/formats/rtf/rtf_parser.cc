#include "documents/formats/rtf/rtf_parser.h"

#include <string>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/rtf/rtf_reader.h"

namespace cairn {
namespace {

class Rtf final : public FormatParser {
 public:
  std::string_view name() const override { return "rtf"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

StatusOr<ParsedDocument> Rtf::Parse(const ParseInput& input,
                                    const Limits& limits) const {
  std::string_view bytes = TrimWhiteSpace(input.bytes);
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (!bytes.starts_with("{\\rtf")) {
    return InvalidArgumentError(
        "the file does not begin with {\\rtf: it is no RTF file, whatever its "
        "name says",
        "NOT_RTF");
  }
  DocumentBuilder builder(name(), limits);
  ReadRtf(bytes, limits, builder);
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& RtfParser() {
  static const Rtf* const parser = new Rtf();
  return *parser;
}

}  // namespace cairn
