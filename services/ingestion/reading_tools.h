// ReadingTools: what the bytes of a document are read with, and the steps that
// kinds of sources share.
//
// Place: read_source.cc and read_film.cc.
// Threads: safe; blocks for as long as the models take.
// Errors: those of ParseDocument, the transcriber and the describer;
// INVALID_ARGUMENT (PICTURE_NOT_SENT) for pictures that no describer takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/limits.h"
#include "base/status.h"
#include "documents/parser.h"
#include "documents/sandbox/parse_document.h"
#include "domain/document.h"
#include "models/picture_describer.h"
#include "models/transcriber.h"

namespace cairn {

struct ReadingTools {
  const Transcriber* transcriber = nullptr;     // Null: recordings are refused.
  const PictureDescriber* describer = nullptr;  // Null: nothing is described.
  Limits limits;
  std::string parser_program;  // See SandboxOptions::program.
};

ParseInput InputOf(const DocumentSource& source);
SandboxOptions SandboxOf(const ReadingTools& tools);

// Within the limit of one recording; there must be a transcriber.
StatusOr<Transcript> Hear(const ReadingTools& tools,
                          const Recording& recording);
// The same of the whole source, as a document.
StatusOr<ParsedDocument> Transcribed(const ReadingTools& tools,
                                     const DocumentSource& source);

// What the describer says, within the limits of one picture and of `time`;
// there must be a describer.
StatusOr<std::string> See(const ReadingTools& tools, std::string_view bytes,
                          const Deadline& time = Deadline::Infinite());

// An error of a model that fails the document though it has other text: the
// same bytes are not read twice, so that it would stay without for good.
bool MayPass(const Status& status);

}  // namespace cairn
