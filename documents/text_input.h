// ReadTextInput: the first step of parsers of text.
//
// Decodes the bytes (charset.h); what was mended becomes warnings of the
// document. `declared`: a charset that the document names; without it that of
// the media type counts. Threads, errors: as DecodeText.
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "documents/document_builder.h"
#include "documents/parser.h"

namespace cairn {

StatusOr<std::string> ReadTextInput(const ParseInput& input,
                                    std::string_view declared,
                                    const Limits& limits,
                                    DocumentBuilder& builder);
StatusOr<std::string> ReadTextInput(const ParseInput& input,
                                    const Limits& limits,
                                    DocumentBuilder& builder);

}  // namespace cairn
