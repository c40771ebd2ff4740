// Labels: how the parts of a long document are numbered and referred to.
//
// Place: ingestion reads the labels of headings and captions and finds where
// other passages refer to them; questions are read by the same rules. What a
// label means (which document it belongs to) is for the caller to know.
// Forms: "4.2.6. Limits", "Chapter 4: Limits", "Appendix B", "Table 3. Limits",
// "Figure 7-26"; referred to as "Section 4.2.6", "sections 4.2 and 4.3",
// "chapter 4", "Appendix B", "§ 4.2", "Tables 3 and 4", "Fig. 7-26".
// English words; captions in the languages that PDFs are read in (see
// documents/formats/pdf/table_text.cc). Pure functions; threads: safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/span.h"

namespace cairn {

struct Label {
  // "section 4.2.6", whatever the part is called (chapter, appendix, clause);
  // "table 3", "figure 7.26", "example 9.3". Lower case.
  std::string key;
  ByteSpan span;  // Of the text read: "Chapter 4", "4.2.6", "Fig. 7-26".
  // "section 3 of the Act": of a work that is named behind it.
  bool of_other = false;
};

// A heading or a caption, taken apart. Without a label: an empty key, and all
// of it is words.
struct LabeledLine {
  Label label;
  ByteSpan words;  // "Limits".
};

// A number alone labels a heading when it has two parts ("4.2 Limits") or a
// stop behind it ("4. Limits"); "3 Idiots" and "1984" are words.
LabeledLine ReadHeading(std::string_view heading);
// Tables, figures, examples and the like; always by the word and a number.
LabeledLine ReadCaption(std::string_view caption);
// The same of a paragraph that is a caption: a label, a mark, few words. "Table
// 3 shows" begins a sentence.
std::optional<LabeledLine> FindCaption(std::string_view paragraph);

// In order.
std::vector<Label> FindReferences(std::string_view text);

}  // namespace cairn
