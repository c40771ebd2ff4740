// Parser: bytes of a file to canonical text, blocks and cells.
//
// Place: ingestion calls Parse for every document. One folder per format under
// documents/formats/; to add one, implement FormatParser there and add it to
// the table in formats/registry.cc.
// Purity: parsers touch no file, clock, thread or log; they see bytes and give
// a value or an error, so that they can be fuzzed and jailed.
// Threads: safe; parsers hold no state.
// Errors: INVALID_ARGUMENT with a reason such as EMPTY_DOCUMENT,
// UNKNOWN_FORMAT, NOT_TEXT, DAMAGED_PDF, TOO_MANY_PAGES. Whatever can be read
// of a damaged document is read, with a warning; an error means nothing is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"

namespace cairn {

struct ParseInput {
  std::string_view bytes;
  std::string_view media_type;  // Empty: unknown.
  std::string_view file_name;   // A hint; empty: unknown.
  std::size_t depth = 0;        // Documents around it: it may be attached.
};

// The sound of a film alone, as a file of its own.
struct SoundTrack {
  std::string bytes;           // Empty: the film may as well be sent whole.
  std::string ending;          // "m4a": how such files are named.
  std::uint32_t begin_ms = 0;  // When it begins in the film.
};

// A picture of a film, and how long it stands for what is seen.
struct FilmFrame {
  TimeRange time;
  std::string jpeg;
};

struct FilmFrames {
  ParsedDocument film;  // Its names, properties and warnings; without text.
  std::vector<FilmFrame> frames;      // By time.
  std::vector<std::string> warnings;  // Of the frames.
};

class FormatParser {
 public:
  virtual ~FormatParser() = default;
  // "text", "markdown", "html", "csv", "pdf", "email", ...; what a program has
  // is in AllFormats and is listed by `cairn formats`.
  virtual std::string_view name() const = 0;
  // True: only ever run inside the jailed parser process.
  virtual bool needs_jail() const = 0;
  // What must be done while files can still be read, such as loading a library;
  // the parser process calls it before it enters the jail.
  virtual Status PrepareForJail() const { return OkStatus(); }
  // True: reads pictures, which takes seconds a page; the parser process runs
  // under the ocr limits.
  virtual bool reads_pictures() const { return false; }
  // Reads the same bytes and their pictures too. Asked for when this parser
  // left unread_pictures or answers NO_TEXT_LAYER; null: there is none.
  virtual const FormatParser* picture_reader() const { return nullptr; }
  virtual StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                         const Limits& limits) const = 0;
  // For transcribers. UNIMPLEMENTED of what is no film.
  virtual StatusOr<SoundTrack> ReadSound(const ParseInput& input,
                                         const Limits& limits) const;
  // For models that see. UNIMPLEMENTED of what is no film; NO_AVCODEC where the
  // library that decodes frames is not installed.
  virtual StatusOr<FilmFrames> ReadFrames(const ParseInput& input,
                                          const Limits& limits) const;
  // PrepareForJail of ReadFrames. The error is for people who ask what can be
  // read: ReadFrames gives it once more when it matters.
  virtual Status PrepareForFrames() const { return OkStatus(); }
};

// The format of the bytes, from magic numbers, then media type, then file
// name, then looks. Never null on OK. INVALID_ARGUMENT (UNKNOWN_FORMAT,
// EMPTY_DOCUMENT, NOT_TEXT) when no parser takes it.
StatusOr<const FormatParser*> FindFormat(const ParseInput& input);
const FormatParser* FormatByName(std::string_view name);
std::vector<const FormatParser*> AllFormats();

// The parser that must read the same bytes again, since `document` is what
// `format` made of them and pictures were left out; null: none must.
const FormatParser* PictureReaderFor(const FormatParser& format,
                                     const StatusOr<ParsedDocument>& document);

// FindFormat, then Parse (and its picture reader) in this process whatever the
// format asks for. For the jailed process itself and for tests; services call
// ParseDocument of documents/sandbox/parse_document.h.
StatusOr<ParsedDocument> ParseInProcess(const ParseInput& input,
                                        const Limits& limits);

}  // namespace cairn
