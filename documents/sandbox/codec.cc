#include "documents/sandbox/codec.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/coding.h"
#include "documents/charset.h"

namespace cairn {
namespace {

constexpr std::string_view kFrameSigns = "CRN1";
constexpr std::size_t kWarningsMax = 1000;
constexpr std::size_t kMessageBytesMax = 4096;
constexpr std::size_t kNameBytesMax = 64;
// Far beyond any page; keeps arithmetic on coordinates finite.
constexpr float kCoordinateMax = 1e7F;

Status Unsound(std::string_view what) {
  return InvalidArgumentError(
      "the parser process gave a damaged reply (" + std::string(what) + ")",
      "PARSER_CRASHED");
}

void AppendSpan(std::string& out, const ByteSpan& span) {
  AppendVarint(out, span.begin);
  AppendVarint(out, span.end);
}

void AppendBox(std::string& out, const Box& box) {
  AppendVarint(out, box.page);
  AppendFloat(out, box.left);
  AppendFloat(out, box.top);
  AppendFloat(out, box.right);
  AppendFloat(out, box.bottom);
}

void AppendBlock(std::string& out, const Block& block) {
  AppendVarint(out, static_cast<std::uint64_t>(block.type));
  AppendVarint(out, block.level);
  AppendSpan(out, block.span);
  AppendVarint(out, block.heading);
  AppendVarint(out, block.table);
  AppendVarint(out, block.page);
  AppendVarint(out, block.boxes.size());
  for (const Box& box : block.boxes) AppendBox(out, box);
  AppendVarint(out, block.time.has_value() ? 1 : 0);
  if (block.time.has_value()) {
    AppendVarint(out, block.time->begin_ms);
    AppendVarint(out, block.time->end_ms);
  }
}

void AppendCell(std::string& out, const Cell& cell) {
  AppendVarint(out, cell.row);
  AppendVarint(out, cell.column);
  AppendVarint(out, cell.row_span);
  AppendVarint(out, cell.column_span);
  AppendSpan(out, cell.span);
  AppendVarint(out, cell.header ? 1 : 0);
  AppendVarint(out, cell.box.has_value() ? 1 : 0);
  if (cell.box.has_value()) AppendBox(out, *cell.box);
}

void AppendTable(std::string& out, const Table& table) {
  AppendVarint(out, table.block);
  AppendSpan(out, table.caption);
  AppendVarint(out, table.rows);
  AppendVarint(out, table.columns);
  AppendVarint(out, table.header_rows);
  AppendVarint(out, table.cells.size());
  for (const Cell& cell : table.cells) AppendCell(out, cell);
  AppendVarint(out, table.row_spans.size());
  for (const ByteSpan& span : table.row_spans) AppendSpan(out, span);
}

// Reads what the functions above wrote, and notes the first value that is out
// of its range.
class DocumentReader {
 public:
  DocumentReader(std::string_view bytes, const Limits& limits)
      : in_(bytes), limits_(limits) {}

  StatusOr<ParsedDocument> Read();

 private:
  std::uint32_t Number(std::uint64_t max = UINT32_MAX);
  std::string Text(std::size_t bytes_max);
  ByteSpan Span();
  Box ReadBox();
  Block ReadBlock();
  Cell ReadCell();
  Table ReadTable();
  std::size_t Count(std::size_t item_bytes_min, std::size_t max);

  Decoder in_;
  const Limits& limits_;
  std::size_t cells_ = 0;
  bool sound_ = true;
};

std::uint32_t DocumentReader::Number(std::uint64_t max) {
  const std::uint64_t value = in_.Varint();
  if (value > max) sound_ = false;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, max));
}

std::string DocumentReader::Text(std::size_t bytes_max) {
  const std::string_view text = in_.String();
  if (text.size() > bytes_max || !IsValidUtf8(text) ||
      text.find('\0') != std::string_view::npos) {
    sound_ = false;
    return {};
  }
  return std::string(text);
}

ByteSpan DocumentReader::Span() {
  ByteSpan span;
  span.begin = Number();
  span.end = Number();
  return span;
}

Box DocumentReader::ReadBox() {
  Box box;
  box.page = Number(limits_.pages_max);
  for (float* side : {&box.left, &box.top, &box.right, &box.bottom}) {
    *side = in_.Float();
    if (!(std::fabs(*side) <= kCoordinateMax)) sound_ = false;
  }
  return box;
}

std::size_t DocumentReader::Count(std::size_t item_bytes_min, std::size_t max) {
  const std::size_t count = in_.Count(item_bytes_min);
  if (count <= max && sound_) return count;
  sound_ = false;
  return 0;
}

Block DocumentReader::ReadBlock() {
  Block block;
  block.type =
      static_cast<BlockType>(Number(static_cast<int>(BlockType::kCode)));
  block.level = static_cast<std::uint8_t>(Number(UINT8_MAX));
  if (block.type == BlockType::kHeading &&
      (block.level < 1 || block.level > 6)) {
    sound_ = false;
  }
  block.span = Span();
  block.heading = Number();
  block.table = Number();
  block.page = Number(limits_.pages_max);
  const std::size_t boxes = Count(17, SIZE_MAX);
  block.boxes.reserve(boxes);
  for (std::size_t i = 0; i < boxes; ++i) block.boxes.push_back(ReadBox());
  if (Number(1) == 1) {
    const std::uint32_t begin = Number();
    block.time = TimeRange{begin, Number()};
  }
  return block;
}

Cell DocumentReader::ReadCell() {
  Cell cell;
  // Small enough that the sums of FindBreach cannot wrap around.
  cell.row = Number(limits_.cells_max);
  cell.column = Number(limits_.cells_max);
  cell.row_span = Number(limits_.cells_max);
  cell.column_span = Number(limits_.cells_max);
  cell.span = Span();
  cell.header = Number(1) == 1;
  if (Number(1) == 1) cell.box = ReadBox();
  return cell;
}

Table DocumentReader::ReadTable() {
  Table table;
  table.block = Number();
  table.caption = Span();
  table.rows = Number(limits_.cells_max);
  table.columns = Number(limits_.cells_max);
  table.header_rows = Number(table.rows);
  const std::size_t cells = Count(8, limits_.cells_max - cells_);
  cells_ += cells;
  table.cells.reserve(cells);
  for (std::size_t i = 0; i < cells; ++i) table.cells.push_back(ReadCell());
  const std::size_t rows = Count(2, limits_.cells_max);
  table.row_spans.reserve(rows);
  for (std::size_t i = 0; i < rows; ++i) table.row_spans.push_back(Span());
  return table;
}

StatusOr<ParsedDocument> DocumentReader::Read() {
  ParsedDocument document;
  document.title = Text(limits_.title_bytes_max);
  document.text = Text(limits_.text_bytes_max);
  document.pages = Number(limits_.pages_max);
  document.unread_pictures = Number();
  document.unread_speech = Number(1) == 1;
  document.language = Text(kNameBytesMax);
  document.format = Text(kNameBytesMax);
  const std::size_t properties = Count(2, limits_.metadata_entries_max);
  for (std::size_t i = 0; i < properties; ++i) {
    std::string key = Text(kNameBytesMax);
    document.properties[std::move(key)] = Text(limits_.metadata_bytes_max);
  }
  const std::size_t warnings = Count(1, kWarningsMax);
  for (std::size_t i = 0; i < warnings; ++i) {
    document.warnings.push_back(Text(kMessageBytesMax));
  }
  const std::size_t blocks = Count(8, limits_.blocks_max);
  document.blocks.reserve(blocks);
  for (std::size_t i = 0; i < blocks && sound_ && in_.ok(); ++i) {
    document.blocks.push_back(ReadBlock());
  }
  const std::size_t tables = Count(8, limits_.blocks_max);
  document.tables.reserve(tables);
  for (std::size_t i = 0; i < tables && sound_ && in_.ok(); ++i) {
    document.tables.push_back(ReadTable());
  }
  if (!in_.done()) return Unsound("wrong length");
  if (!sound_) return Unsound("a value out of range");
  const std::string breach = FindBreach(document);
  if (!breach.empty()) return Unsound(breach);
  return document;
}

// The codes a parser may answer with; anything else is a bug of ours.
StatusCode CodeOfReply(std::uint64_t code) {
  for (const StatusCode known :
       {StatusCode::kInvalidArgument, StatusCode::kResourceExhausted,
        StatusCode::kFailedPrecondition}) {
    if (code == static_cast<std::uint64_t>(known)) return known;
  }
  return StatusCode::kInternal;
}

bool IsReason(std::string_view reason) {
  return reason.size() <= kNameBytesMax &&
         std::all_of(reason.begin(), reason.end(), [](char sign) {
           return (sign >= 'A' && sign <= 'Z') || sign == '_' ||
                  (sign >= '0' && sign <= '9');
         });
}

// Of a file's name; it goes into the head of a request.
bool IsEnding(std::string_view ending) {
  return ending.size() <= 8 &&
         std::all_of(ending.begin(), ending.end(), [](char sign) {
           return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
         });
}

bool IsMessage(std::string_view text) {
  return text.size() <= kMessageBytesMax && IsValidUtf8(text) &&
         text.find('\0') == std::string_view::npos;
}

bool IsJpeg(std::string_view bytes) {
  return bytes.starts_with("\xff\xd8\xff");
}

// One frame behind those before it, which began at `after_ms` or earlier.
bool ReadFrame(Decoder& in, std::uint32_t after_ms, const Limits& limits,
               FilmFrame& frame) {
  const std::uint64_t begin = in.Varint();
  const std::uint64_t end = in.Varint();
  const std::string_view jpeg = in.String();
  if (!in.ok() || begin < after_ms || end < begin || end > UINT32_MAX ||
      !IsJpeg(jpeg) || jpeg.size() > limits.described_picture_bytes_max) {
    return false;
  }
  frame.time = {static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(end)};
  frame.jpeg = std::string(jpeg);
  return true;
}

// Begins every reply; an error is all of it.
std::string EncodeStatus(const Status& status) {
  std::string out;
  AppendVarint(out, static_cast<std::uint64_t>(status.code()));
  if (!status.ok()) {
    AppendString(out, ReasonOf(status));
    AppendString(out, MessageOf(status));
  }
  return out;
}

Status DecodeStatus(Decoder& in) {
  const std::uint64_t code = in.Varint();
  if (!in.ok()) return Unsound("empty");
  if (code == 0) return OkStatus();
  const std::string_view reason = in.String();
  const std::string_view message = in.String();
  if (!in.done() || !IsReason(reason) || message.size() > kMessageBytesMax ||
      !IsValidUtf8(message)) {
    return Unsound("an error that cannot be read");
  }
  return MakeError(CodeOfReply(code), message, reason);
}

}  // namespace

std::string EncodeRequestHead(const ParseRequest& request) {
  std::string out;
  AppendString(out, request.format);
  AppendVarint(out, static_cast<std::uint64_t>(request.wanted));
  AppendString(out, request.input.media_type);
  AppendString(out, request.input.file_name);
  const Limits& limits = request.limits;
  for (const std::uint64_t value :
       {std::uint64_t{limits.document_bytes_max},
        std::uint64_t{limits.text_bytes_max}, std::uint64_t{limits.blocks_max},
        std::uint64_t{limits.cells_max}, std::uint64_t{limits.pages_max},
        std::uint64_t{limits.nesting_max},
        std::uint64_t{limits.title_bytes_max},
        std::uint64_t{limits.ocr_pages_max},
        std::uint64_t{limits.described_picture_bytes_max},
        std::uint64_t{limits.film_frames_max},
        std::uint64_t{limits.parser_memory_bytes_max},
        std::uint64_t{limits.parser_cpu_seconds_max},
        std::uint64_t{limits.parser_wall_seconds_max},
        std::uint64_t{limits.parser_output_bytes_max}}) {
    AppendVarint(out, value);
  }
  AppendVarint(out, request.input.bytes.size());
  return out;
}

StatusOr<ParseRequest> DecodeRequest(std::string_view bytes) {
  Decoder in(bytes);
  ParseRequest request;
  request.format = in.String();
  const std::uint64_t wanted = in.Varint();
  request.input.media_type = in.String();
  request.input.file_name = in.String();
  Limits& limits = request.limits;
  for (std::size_t* value :
       {&limits.document_bytes_max, &limits.text_bytes_max, &limits.blocks_max,
        &limits.cells_max, &limits.pages_max, &limits.nesting_max,
        &limits.title_bytes_max, &limits.ocr_pages_max,
        &limits.described_picture_bytes_max, &limits.film_frames_max,
        &limits.parser_memory_bytes_max}) {
    *value = static_cast<std::size_t>(in.Varint());
  }
  limits.parser_cpu_seconds_max = static_cast<std::uint32_t>(in.Varint());
  limits.parser_wall_seconds_max = static_cast<std::uint32_t>(in.Varint());
  limits.parser_output_bytes_max = static_cast<std::size_t>(in.Varint());
  request.input.bytes = in.String();
  request.wanted = static_cast<Wanted>(wanted);
  if (!in.done() || wanted > static_cast<std::uint64_t>(Wanted::kFrames)) {
    return InvalidArgumentError("the parser process got a damaged request",
                                "PARSER_CRASHED");
  }
  return request;
}

void EncodeParsedDocument(const ParsedDocument& document, std::string& out) {
  AppendString(out, document.title);
  AppendString(out, document.text);
  AppendVarint(out, document.pages);
  AppendVarint(out, document.unread_pictures);
  AppendVarint(out, document.unread_speech ? 1 : 0);
  AppendString(out, document.language);
  AppendString(out, document.format);
  AppendVarint(out, document.properties.size());
  for (const auto& [key, value] : document.properties) {
    AppendString(out, key);
    AppendString(out, value);
  }
  AppendVarint(out, document.warnings.size());
  for (const std::string& warning : document.warnings) {
    AppendString(out, warning);
  }
  AppendVarint(out, document.blocks.size());
  for (const Block& block : document.blocks) AppendBlock(out, block);
  AppendVarint(out, document.tables.size());
  for (const Table& table : document.tables) AppendTable(out, table);
}

StatusOr<ParsedDocument> DecodeParsedDocument(std::string_view bytes,
                                              const Limits& limits) {
  return DocumentReader(bytes, limits).Read();
}

std::string EncodeReply(const StatusOr<ParsedDocument>& result) {
  std::string out = EncodeStatus(result.status());
  if (result.ok()) EncodeParsedDocument(*result, out);
  return out;
}

StatusOr<ParsedDocument> DecodeReply(std::string_view body,
                                     const Limits& limits) {
  Decoder in(body);
  CAIRN_RETURN_IF_ERROR(DecodeStatus(in));
  return DecodeParsedDocument(in.rest(), limits);
}

std::string EncodeSoundReply(const StatusOr<SoundTrack>& result) {
  std::string out = EncodeStatus(result.status());
  if (result.ok()) {
    AppendString(out, result->ending);
    AppendVarint(out, result->begin_ms);
    out += result->bytes;
  }
  return out;
}

StatusOr<SoundTrack> DecodeSoundReply(std::string_view body,
                                      const Limits& limits) {
  Decoder in(body);
  CAIRN_RETURN_IF_ERROR(DecodeStatus(in));
  SoundTrack sound;
  sound.ending = std::string(in.String());
  const std::uint64_t begin = in.Varint();
  sound.bytes = std::string(in.rest());
  if (!in.ok() || !IsEnding(sound.ending) || begin > UINT32_MAX ||
      sound.bytes.size() > limits.document_bytes_max) {
    return Unsound("a sound that cannot be read");
  }
  sound.begin_ms = static_cast<std::uint32_t>(begin);
  return sound;
}

std::string EncodeFramesReply(const StatusOr<FilmFrames>& result) {
  std::string out = EncodeStatus(result.status());
  if (!result.ok()) return out;
  std::string film;
  EncodeParsedDocument(result->film, film);
  AppendString(out, film);
  AppendVarint(out, result->warnings.size());
  for (const std::string& warning : result->warnings) {
    AppendString(out, warning);
  }
  AppendVarint(out, result->frames.size());
  for (const FilmFrame& frame : result->frames) {
    AppendVarint(out, frame.time.begin_ms);
    AppendVarint(out, frame.time.end_ms);
    AppendString(out, frame.jpeg);
  }
  return out;
}

StatusOr<FilmFrames> DecodeFramesReply(std::string_view body,
                                       const Limits& limits) {
  Decoder in(body);
  CAIRN_RETURN_IF_ERROR(DecodeStatus(in));
  FilmFrames out;
  CAIRN_ASSIGN_OR_RETURN(out.film, DecodeParsedDocument(in.String(), limits));
  if (!out.film.blocks.empty() || !out.film.text.empty()) {
    return Unsound("text where there is none");
  }
  const std::size_t warnings = in.Count();
  for (std::size_t i = 0; i < warnings && in.ok(); ++i) {
    out.warnings.emplace_back(in.String());
    if (i >= kWarningsMax || !IsMessage(out.warnings.back())) {
      return Unsound("a warning that cannot be read");
    }
  }
  const std::size_t frames = in.Count();
  std::uint32_t after_ms = 0;
  for (std::size_t i = 0; i < frames && in.ok(); ++i) {
    FilmFrame frame;
    if (i >= limits.film_frames_max ||
        !ReadFrame(in, after_ms, limits, frame)) {
      return Unsound("a frame that cannot be read");
    }
    after_ms = frame.time.begin_ms;
    out.frames.push_back(std::move(frame));
  }
  if (!in.done()) return Unsound("wrong length");
  return out;
}

std::string Framed(std::string_view body) {
  std::string frame(kFrameSigns);
  frame.reserve(kFrameHeaderBytes + body.size());
  AppendBigEndian64(frame, body.size());
  frame.append(body);
  return frame;
}

StatusOr<std::size_t> FramedBodyBytes(std::string_view header,
                                      std::size_t bytes_max) {
  Decoder in(header);
  if (in.Bytes(kFrameSigns.size()) != kFrameSigns) {
    return Unsound("not a frame");
  }
  const std::uint64_t size = in.BigEndian64();
  if (!in.done()) return Unsound("half a frame");
  if (size > bytes_max) return Unsound("larger than its limit");
  return static_cast<std::size_t>(size);
}

}  // namespace cairn
