#include "documents/formats/doc/range_reader.h"

#include <algorithm>

#include "documents/document_builder.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/package/symbol_font.h"
#include "documents/superscript.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kFieldsMax = 64;
constexpr std::size_t kInstructionUnitsMax = 200;
constexpr std::size_t kFontsMax = 5'000;
constexpr std::size_t kFontNameAt = 40;  // In its entry, after the size.

constexpr char16_t kFieldBegin = 0x13;
constexpr char16_t kFieldSeparator = 0x14;
constexpr char16_t kFieldEnd = 0x15;

}  // namespace

std::vector<std::string> ReadFontNames(std::string_view table, const Fib& fib) {
  const DocPart part = fib.Part(DocPartIndex::kFonts);
  const std::string_view list = Slice(table, part.at, part.size);
  std::vector<std::string> names;
  const std::size_t count = std::min<std::size_t>(U16At(list, 0), kFontsMax);
  for (std::size_t at = 4; names.size() < count && at < list.size();) {
    const std::size_t size = ByteAt(list, at);
    std::string name =
        Utf16ToUtf8(Slice(Slice(list, at, size + 1), kFontNameAt));
    name.resize(std::min(name.find('\0'), name.size()));
    names.push_back(std::move(name));
    at += size + 1;
  }
  return names;
}

std::string RangeReader::Read(const TextRange& range) {
  std::string out;
  // An instruction never spans paragraphs; a damaged one must not eat the rest.
  for (Field& field : fields_) field.past_instruction = true;
  unseen_ = static_cast<std::size_t>(
      std::count_if(fields_.begin(), fields_.end(),
                    [](const Field& field) { return field.dropped; }));
  const std::uint32_t end = std::min(range.end, text_.size());
  for (std::uint32_t at = range.begin; at < end;) {
    const DocText::Place place = text_.PlaceOf(at);
    const CharacterRun* const run = formatting_.CharactersAt(place.offset);
    std::uint32_t next = at + 1;
    CharacterFormat format;
    if (run != nullptr) {
      next = at + std::max((run->end - place.offset) / place.width, 1U);
      format = ReadCharacterChanges(run->changes);
    }
    next = std::min({next, end, std::max(place.end, at + 1)});
    ReadRun({at, next}, format, out);
    at = next;
  }
  return out;
}

void RangeReader::ReadRun(const TextRange& run, const CharacterFormat& format,
                          std::string& out) {
  const std::size_t begin = out.size();
  bool left_out = false;
  Utf16Decoder decoder(out);
  for (std::uint32_t at = run.begin; at < run.end; ++at) {
    const char16_t sign = text_[at];
    if (FieldBorder(sign)) continue;
    if (InInstruction()) {
      std::string& instruction = fields_.back().instruction;
      if (instruction.size() < kInstructionUnitsMax && sign < 0x80) {
        instruction.push_back(static_cast<char>(sign));
      }
      continue;
    }
    if (format.deleted || format.hidden) {
      left_out = left_out || sign >= ' ';
      continue;
    }
    if (sign == '(' && format.special && format.symbol != 0) {
      decoder.Finish();
      AppendSymbol(format.symbol_font < fonts_.size()
                       ? std::string_view(fonts_[format.symbol_font])
                       : std::string_view(),
                   format.symbol, out);
    } else if (sign == 0x0b || sign == 0x0e || sign == '\r') {
      decoder.Add('\n');
    } else if (sign == 0x0c) {
      decoder.Add(' ');
    } else if (sign == 0x1e) {
      decoder.Add('-');
    } else if (sign == '\t' || (sign >= ' ' && sign != 0x7f)) {
      decoder.Add(sign);
    }
  }
  decoder.Finish();
  deletions_ += left_out && format.deleted && !in_deletion_ ? 1 : 0;
  hidden_ += left_out && !format.deleted && !in_hidden_ ? 1 : 0;
  in_deletion_ = format.deleted;
  in_hidden_ = format.hidden;
  if (format.raised && begin > 0) {
    const std::string raised = Superscript(std::string_view(out).substr(begin));
    if (!raised.empty()) out.replace(begin, std::string::npos, raised);
  }
}

bool RangeReader::FieldBorder(char16_t sign) {
  if (sign == kFieldBegin) {
    if (fields_.size() >= kFieldsMax) {
      ++skipped_;
    } else {
      fields_.emplace_back();
      ++unseen_;
    }
  } else if (sign == kFieldSeparator) {
    if (skipped_ == 0) EndInstruction();
  } else if (sign == kFieldEnd) {
    if (skipped_ > 0) {
      --skipped_;
    } else if (!fields_.empty()) {
      EndInstruction();
      unseen_ -= fields_.back().dropped ? 1 : 0;
      fields_.pop_back();
    }
  } else {
    return false;
  }
  return true;
}

void RangeReader::EndInstruction() {
  if (fields_.empty() || fields_.back().past_instruction) return;
  Field& field = fields_.back();
  field.past_instruction = true;
  --unseen_;
  const std::string_view instruction = TrimWhiteSpace(field.instruction);
  const std::string name =
      LowerAscii(instruction.substr(0, instruction.find_first_of(" \\\t")));
  objects_ += name == "embed" ? 1 : 0;
  if (page_numbers_ == DocPageNumbers::kDropped &&
      (name == "page" || name == "numpages" || name == "sectionpages")) {
    field.dropped = true;
    ++unseen_;
    ++dropped_numbers_;
  }
}

}  // namespace cairn
