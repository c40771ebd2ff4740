#include "documents/formats/doc/numbering.h"

#include <algorithm>

#include "documents/formats/ole/little_endian.h"
#include "documents/formats/package/ordinal.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kDefinitionBytes = 28;
constexpr std::size_t kUseBytes = 16;
constexpr std::size_t kLevelBytes = 28;
constexpr std::size_t kLabelMax = 64;  // Units; Word allows fewer.
constexpr int kBullet = 23;
constexpr int kNothing = 255;

std::string_view OrdinalFormat(int format) {
  switch (format) {
    case 1:
      return "upperRoman";
    case 2:
      return "lowerRoman";
    case 3:
      return "upperLetter";
    case 4:
      return "lowerLetter";
    case 22:
      return "decimalZero";
    default:
      return "decimal";
  }
}

}  // namespace

DocListNumbers::DocListNumbers(std::string_view table, const Fib& fib) {
  ReadDefinitions(table, fib.Part(DocPartIndex::kLists));
  ReadUses(table, fib.Part(DocPartIndex::kListUses));
}

DocListNumbers::Level DocListNumbers::ReadLevel(std::string_view table,
                                                std::size_t& at) {
  Level level;
  level.start = std::max(I32At(table, at), 0);
  level.format = ByteAt(table, at + 4);
  level.plain_digits = (ByteAt(table, at + 5) & 4) != 0;
  at += kLevelBytes + ByteAt(table, at + 24) + ByteAt(table, at + 25);
  const std::size_t length = U16At(table, at);
  for (std::size_t i = 0; i < std::min(length, kLabelMax); ++i) {
    level.text.push_back(static_cast<char16_t>(U16At(table, at + 2 + 2 * i)));
  }
  at += 2 + 2 * length;
  return level;
}

// The definitions, then the levels of all of them [MS-DOC 2.9.190].
void DocListNumbers::ReadDefinitions(std::string_view table,
                                     const DocPart& part) {
  if (part.size == 0) return;
  const std::size_t count =
      std::min<std::size_t>(U16At(table, part.at), kDocListsMax);
  std::size_t at = std::size_t{part.at} + 2 + kDefinitionBytes * count;
  for (std::size_t i = 0; i < count && at < table.size(); ++i) {
    const std::size_t entry = std::size_t{part.at} + 2 + kDefinitionBytes * i;
    const bool one_level = (ByteAt(table, entry + 26) & 1) != 0;
    Levels levels;
    for (std::size_t j = 0; j < (one_level ? 1 : levels.size()); ++j) {
      levels[j] = ReadLevel(table, at);
    }
    definitions_.emplace(I32At(table, entry), std::move(levels));
  }
}

// The uses, then what each says otherwise than its definition [MS-DOC 2.9.191].
void DocListNumbers::ReadUses(std::string_view table, const DocPart& part) {
  if (part.size == 0) return;
  const std::size_t count =
      std::min<std::size_t>(U32At(table, part.at), kDocListsMax);
  std::size_t at = std::size_t{part.at} + 4 + kUseBytes * count;
  for (std::size_t i = 0; i < count && at < table.size(); ++i) {
    const std::size_t entry = std::size_t{part.at} + 4 + kUseBytes * i;
    List list;
    list.definition = I32At(table, entry);
    list.starts.fill(-1);
    at += 4;
    for (int left = ByteAt(table, entry + 12); left > 0; --left) {
      const int start = I32At(table, at);
      const unsigned flags = U32At(table, at + 4);
      at += 8;
      const std::size_t level = std::min<std::size_t>(flags & 0xf, 8);
      Level other;
      if ((flags & 0x20) != 0) {
        other = ReadLevel(table, at);
        if ((flags & 0x10) != 0) list.starts[level] = other.start;
      } else if ((flags & 0x10) != 0) {
        list.starts[level] = std::max(start, 0);
      }
      list.restarts = list.restarts || (flags & 0x10) != 0;
    }
    lists_.push_back(list);
  }
}

std::string DocListNumbers::Next(int list_number, int level) {
  const auto index = static_cast<std::size_t>(list_number) - 1;
  if (index >= lists_.size()) return {};
  List& list = lists_[index];
  const auto definition = definitions_.find(list.definition);
  if (definition == definitions_.end()) return {};
  const Levels& levels = definition->second;
  Counter& counter = counters_[list.definition];
  const auto at = static_cast<std::size_t>(std::clamp(level, 0, 8));
  if (list.restarts) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (list.starts[i] < 0) continue;
      counter.values[i] = list.starts[i] - 1;
      counter.begun[i] = true;
    }
    list.restarts = false;
  }
  // Levels above that were skipped count as begun; those below begin anew.
  for (std::size_t i = 0; i <= at; ++i) {
    if (!counter.begun[i]) {
      counter.values[i] = levels[i].start - (i == at ? 1 : 0);
      counter.begun[i] = true;
    }
  }
  if (counter.values[at] < 1'000'000) ++counter.values[at];
  for (std::size_t i = at + 1; i < levels.size(); ++i) {
    counter.begun[i] = false;
  }
  return Label(levels, counter, at);
}

std::string DocListNumbers::Label(const Levels& levels, const Counter& counter,
                                  std::size_t level) {
  const Level& own = levels[level];
  if (own.format == kBullet || own.format == kNothing) return {};
  std::string out;
  Utf16Decoder decoder(out);
  for (const char16_t unit : own.text) {
    if (unit >= levels.size()) {
      if (unit >= ' ') decoder.Add(unit);
      continue;
    }
    decoder.Finish();
    out += FormatOrdinal(counter.values[unit],
                         own.plain_digits ? std::string_view("decimal")
                                          : OrdinalFormat(levels[unit].format));
  }
  decoder.Finish();
  return out;
}

}  // namespace cairn
