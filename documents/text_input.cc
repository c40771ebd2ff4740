#include "documents/text_input.h"

#include <utility>

#include "documents/charset.h"

namespace cairn {

StatusOr<std::string> ReadTextInput(const ParseInput& input,
                                    std::string_view declared,
                                    const Limits& limits,
                                    DocumentBuilder& builder) {
  CAIRN_ASSIGN_OR_RETURN(DecodedText decoded,
                         DecodeText(input.bytes, declared, limits));
  for (std::string& warning : decoded.warnings) {
    builder.AddWarning(std::move(warning));
  }
  return std::move(decoded.text);
}

StatusOr<std::string> ReadTextInput(const ParseInput& input,
                                    const Limits& limits,
                                    DocumentBuilder& builder) {
  return ReadTextInput(input, CharsetOfMediaType(input.media_type), limits,
                       builder);
}

}  // namespace cairn
