#include "documents/formats/ppt/slide_text.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/office97/records.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/ppt/record_types.h"

namespace cairn {
namespace {

namespace type = ppt_record;

constexpr std::uint16_t kParagraphEnd = '\r';
constexpr std::uint16_t kLineBreak = '\v';
constexpr std::uint16_t kLevelMax = 8;

// Bits of the mask of a paragraph's format, and of its flags.
constexpr std::uint32_t kHasBullet = 1;
constexpr std::uint32_t kBulletFlags = 0xf;
constexpr std::uint32_t kTabStops = 1U << 20;

// What a format holds behind its mask, in this order; bits that share a field
// stand together.
struct Field {
  std::uint32_t mask;
  std::size_t bytes;
};
constexpr Field kFields[] = {
    {kBulletFlags, 2},  // Which bullet is shown.
    {1U << 7, 2},       // Its character,
    {1U << 4, 2},       // font,
    {1U << 6, 2},       // size,
    {1U << 5, 4},       // colour.
    {1U << 11, 2},      // Alignment.
    {1U << 12, 2},      // Space between lines,
    {1U << 13, 2},      // before,
    {1U << 14, 2},      // after.
    {1U << 8, 2},       // Margin.
    {1U << 10, 2},      // Indentation.
    {1U << 15, 2},      // Distance of tabs.
    {kTabStops, 2},     // A count; as many stops follow.
    {1U << 16, 2},      // Alignment of fonts.
    {7U << 17, 2},      // Wrapping.
    {1U << 21, 2},      // Direction.
};
constexpr std::size_t kTabStopBytes = 4;

// Consecutive characters with one format.
struct Run {
  std::size_t end = 0;
  std::uint8_t level = 0;
  PptParagraph::Bullet bullet = PptParagraph::Bullet::kUnsaid;
};

// The formats of paragraphs; those of characters, which follow, say nothing
// that is needed. `units`: of the text, whose end counts as one more.
std::vector<Run> ReadRuns(std::string_view style, std::size_t units) {
  std::vector<Run> runs;
  std::size_t covered = 0;
  for (std::size_t at = 0; covered <= units && at + 10 <= style.size();) {
    Run run;
    covered += U32At(style, at);
    run.end = covered;
    run.level =
        static_cast<std::uint8_t>(std::min(U16At(style, at + 4), kLevelMax));
    const std::uint32_t mask = U32At(style, at + 6);
    at += 10;
    if ((mask & kHasBullet) != 0) {
      run.bullet = (U16At(style, at) & kHasBullet) != 0
                       ? PptParagraph::Bullet::kShown
                       : PptParagraph::Bullet::kNone;
    }
    for (const Field& field : kFields) {
      if ((mask & field.mask) == 0) continue;
      if (field.mask == kTabStops) at += U16At(style, at) * kTabStopBytes;
      at += field.bytes;
    }
    runs.push_back(run);
  }
  return runs;
}

// Of one text while its atoms come.
struct Atoms {
  std::vector<std::uint16_t> units;
  std::string_view style;
  std::vector<std::size_t> fields;  // Places of dates, numbers and footers.
};

PptText MakeText(PptTextType text_type, Atoms& atoms) {
  PptText text{.type = text_type};
  const std::vector<Run> runs = ReadRuns(atoms.style, atoms.units.size());
  std::sort(atoms.fields.begin(), atoms.fields.end());
  auto run = runs.begin();
  auto field = atoms.fields.begin();
  std::size_t at = 0;
  while (at < atoms.units.size()) {
    PptParagraph paragraph;
    while (run != runs.end() && run->end <= at) ++run;
    if (run != runs.end()) {
      paragraph.level = run->level;
      paragraph.bullet = run->bullet;
    }
    Utf16Decoder decoder(paragraph.text);
    for (; at < atoms.units.size() && atoms.units[at] != kParagraphEnd; ++at) {
      while (field != atoms.fields.end() && *field < at) ++field;
      if (field != atoms.fields.end() && *field == at) continue;
      const std::uint16_t unit = atoms.units[at];
      if (unit >= ' ' && unit != 127) {
        decoder.Add(unit);
      } else if (unit == kLineBreak || unit == '\t') {
        decoder.Add(' ');
      }
    }
    decoder.Finish();
    ++at;
    text.paragraphs.push_back(std::move(paragraph));
  }
  return text;
}

void AddUnits(const OfficeRecord& record, std::vector<std::uint16_t>& units) {
  if (record.type == type::kTextBytes) {
    for (const char byte : record.body) {
      units.push_back(static_cast<unsigned char>(byte));
    }
    return;
  }
  for (std::size_t at = 0; at + 1 < record.body.size(); at += 2) {
    units.push_back(U16At(record.body, at));
  }
}

bool IsField(std::uint16_t record_type) {
  return record_type == type::kSlideNumber || record_type == type::kDate ||
         record_type == type::kGenericDate || record_type == type::kRtfDate ||
         record_type == type::kPageHeader || record_type == type::kPageFooter;
}

}  // namespace

bool PptText::empty() const {
  return std::all_of(paragraphs.begin(), paragraphs.end(),
                     [](const PptParagraph& paragraph) {
                       return TrimWhiteSpace(paragraph.text).empty();
                     });
}

std::string PptText::Joined() const {
  std::string out;
  for (const PptParagraph& paragraph : paragraphs) {
    if (&paragraph != &paragraphs.front()) out += '\n';
    out += paragraph.text;
  }
  return out;
}

std::vector<PptText> ReadTexts(std::string_view atoms) {
  std::vector<PptText> texts;
  Atoms current;
  PptTextType text_type = PptTextType::kOther;
  bool open = false;
  const auto end_text = [&] {
    if (open) texts.push_back(MakeText(text_type, current));
    current = Atoms();
  };
  while (const auto record = TakeRecord(atoms)) {
    if (record->type == type::kTextHeader) {
      end_text();
      text_type = static_cast<PptTextType>(U32At(record->body, 0));
      open = true;
    } else if (record->type == type::kTextChars ||
               record->type == type::kTextBytes) {
      AddUnits(*record, current.units);
    } else if (record->type == type::kTextStyle) {
      current.style = record->body;
    } else if (IsField(record->type)) {
      current.fields.push_back(U32At(record->body, 0));
    }
  }
  end_text();
  return texts;
}

}  // namespace cairn
