// Codec: what the service and its jailed parser process say to each other.
//
// Place: both ends are the same program, so the format has no version and is
// never stored. A message is a frame: four signs, the length, the body.
// Trust: the parser process reads foreign bytes and may be taken over by them;
// its reply is checked against every limit and every promise of
// domain/document.h before anything of it is used.
// Threads: safe. Errors: the decoders answer INVALID_ARGUMENT with reason
// PARSER_CRASHED for bytes that no sound parser process writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "documents/parser.h"
#include "domain/document.h"

namespace cairn {

// Which function of FormatParser is asked for.
enum class Wanted : std::uint8_t { kText, kSound, kFrames };

struct ParseRequest {
  std::string_view format;  // A name for FormatByName.
  Wanted wanted = Wanted::kText;
  ParseInput input;
  Limits limits;
};

// Without the document's bytes, which follow it as they are: they are large and
// would be copied.
std::string EncodeRequestHead(const ParseRequest& request);
// Of the head and the bytes. Views of the result point into `bytes`.
StatusOr<ParseRequest> DecodeRequest(std::string_view bytes);

void EncodeParsedDocument(const ParsedDocument& document, std::string& out);
StatusOr<ParsedDocument> DecodeParsedDocument(std::string_view bytes,
                                              const Limits& limits);

// A document or the reason why there is none.
std::string EncodeReply(const StatusOr<ParsedDocument>& result);
StatusOr<ParsedDocument> DecodeReply(std::string_view body,
                                     const Limits& limits);

// The same of a film's sound.
std::string EncodeSoundReply(const StatusOr<SoundTrack>& result);
StatusOr<SoundTrack> DecodeSoundReply(std::string_view body,
                                      const Limits& limits);

// The same of its frames.
std::string EncodeFramesReply(const StatusOr<FilmFrames>& result);
StatusOr<FilmFrames> DecodeFramesReply(std::string_view body,
                                       const Limits& limits);

// Frames of bytes, which hold the above.
inline constexpr std::size_t kFrameHeaderBytes = 12;
std::string Framed(std::string_view body);
// The length of the body that follows, from a frame's first kFrameHeaderBytes
// bytes; INVALID_ARGUMENT when they are none or announce more than `bytes_max`.
StatusOr<std::size_t> FramedBodyBytes(std::string_view header,
                                      std::size_t bytes_max);

}  // namespace cairn
