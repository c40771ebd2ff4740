// ReadSource: the bytes of a document to its text, with the models that hear
// and see where the configuration names them.
//
// Place: Prepare, first of all.
// - A recording goes to the transcriber as it is.
// - Of a film the embedded subtitles are its text. Where it has none, its sound
//   goes to the transcriber, taken out of it when that saves half; chapters and
//   description stay. Subtitles are not heard once more: they are what people
//   wrote, cost nothing and never leave the machine.
// - A picture on which few words were found goes to the describer.
// Without a transcriber, a describer, nothing leaves the machine; what is then
// left out is an error or a warning.
// Threads: safe; blocks for as long as the models take.
// Errors: those of ParseDocument, the transcriber and the describer. An error
// of the describer that may pass by itself (UNAVAILABLE, DEADLINE_EXCEEDED,
// UNAUTHENTICATED) is one of the document too, though it has other text: the
// same bytes would never be described later. Others become warnings there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"
#include "models/picture_describer.h"
#include "models/transcriber.h"

namespace cairn {

// Of pictures that are given to a describer.
struct DescriptionLimits {
  std::uint32_t seconds_max = 120;  // Of one picture.
  std::size_t picture_bytes_max = std::size_t{16} << 20;
};

struct ReadingTools {
  const Transcriber* transcriber = nullptr;     // Null: recordings are refused.
  const PictureDescriber* describer = nullptr;  // Null: nothing is described.
  Limits limits;
  DescriptionLimits describing;
  std::string parser_program;  // See SandboxOptions::program.
};

StatusOr<ParsedDocument> ReadSource(const ReadingTools& tools,
                                    const DocumentSource& source);

}  // namespace cairn
