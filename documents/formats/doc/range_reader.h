// RangeReader: what a reader sees of a range of a Word file's characters.
//
// Fields show their result, deleted and hidden runs are left out and counted,
// raised digits stay apart from the number before them.
// Life cycle: one part of the text, its ranges in order, since a field may
// begin in one paragraph and end in another. Threads: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/doc/anchors.h"
#include "documents/formats/doc/doc_text.h"
#include "documents/formats/doc/formatting.h"

namespace cairn {

enum class DocPageNumbers { kShown, kDropped };

// Names of the fonts of a file, by number.
std::vector<std::string> ReadFontNames(std::string_view table, const Fib& fib);

class RangeReader {
 public:
  RangeReader(const DocText& text, const DocFormatting& formatting,
              const std::vector<std::string>& fonts,
              DocPageNumbers page_numbers = DocPageNumbers::kShown)
      : text_(text),
        formatting_(formatting),
        fonts_(fonts),
        page_numbers_(page_numbers) {}

  // Breaks as '\n', white space as it stands; no paragraph's mark.
  std::string Read(const TextRange& range);

  // Runs that were left out, and page numbers that were dropped.
  std::size_t deletions() const { return deletions_; }
  std::size_t hidden() const { return hidden_; }
  std::size_t objects() const { return objects_; }
  std::size_t dropped_numbers() const { return dropped_numbers_; }

 private:
  struct Field {
    std::string instruction;
    bool past_instruction = false;
    bool dropped = false;
  };

  void ReadRun(const TextRange& run, const CharacterFormat& format,
               std::string& out);
  // True: the sign is the border of a field.
  bool FieldBorder(char16_t sign);
  bool InInstruction() const { return unseen_ > 0; }
  void EndInstruction();

  const DocText& text_;
  const DocFormatting& formatting_;
  const std::vector<std::string>& fonts_;
  DocPageNumbers page_numbers_;
  std::vector<Field> fields_;  // Open ones.
  std::size_t unseen_ = 0;     // Of these, the ones that show nothing now.
  std::size_t skipped_ = 0;    // Open ones beyond the limit.
  bool in_deletion_ = false, in_hidden_ = false;
  std::size_t deletions_ = 0, hidden_ = 0, objects_ = 0, dropped_numbers_ = 0;
};

}  // namespace cairn
