#include "documents/formats/package/page_margins.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace cairn {
namespace {

// What people write around a page number.
constexpr std::array<std::string_view, 24> kNumberWords = {
    "page",   "pages",  "of",     "p",  "pg",  "seite", "seiten", "von",
    "s",      "página", "pagina", "de", "di",  "sur",   "strona", "z",
    "strana", "sida",   "side",   "av", "van", "стр",   "из",     "str"};

bool IsPageNumber(std::string_view text) {
  std::string word;
  for (const char sign : std::string(text) + " ") {
    if (!IsAscii(sign) || IsAsciiLetter(sign)) {
      word.push_back(AsciiLower(sign));
      continue;
    }
    const bool known =
        word.empty() || std::find(kNumberWords.begin(), kNumberWords.end(),
                                  word) != kNumberWords.end();
    // Dashes beside the number are words of signs that are not ASCII.
    if (!known && word != "–" && word != "—" && word != "·" && word != "•") {
      return false;
    }
    word.clear();
  }
  return true;
}

}  // namespace

void PageMargins::Add(bool header, std::string_view text, bool numbered) {
  const std::string lines = CollapseLines(text);
  if (lines.empty() || (numbered && IsPageNumber(lines)) ||
      std::none_of(lines.begin(), lines.end(), [](char sign) {
        return !IsAscii(sign) || IsAsciiLetter(sign);
      })) {
    return;
  }
  const std::string told = (header ? "Page header: " : "Page footer: ") + lines;
  if (std::find(texts_.begin(), texts_.end(), told) != texts_.end()) return;
  if (texts_.size() >= kPageMarginsMax || told.size() > kPageMarginBytesMax) {
    ++left_out_;
    return;
  }
  texts_.push_back(told);
}

void PageMargins::Write(DocumentBuilder& builder) {
  for (; written_ < texts_.size(); ++written_) {
    builder.AddBlock(BlockType::kParagraph, texts_[written_]);
  }
  if (left_out_ > 0) {
    builder.AddWarning(std::to_string(left_out_) +
                       " page headers or footers were left out: more than " +
                       std::to_string(kPageMarginsMax) + ", or too long");
    left_out_ = 0;
  }
}

}  // namespace cairn
