// Pages of signs and lines, as PDF files and pictures give them, to a document.
// The input is a list of commands, each a byte and its numbers: a page, a
// direction of text, a ruling, or a word.
#include "documents/formats/pdf/page_layout.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace cairn;

constexpr std::size_t kPagesMax = 8;

class PageReader {
 public:
  explicit PageReader(std::string_view bytes) : bytes_(bytes) {}

  StatusOr<ParsedDocument> Read() {
    Clear();
    while (!bytes_.empty()) {
      switch (Byte() & 7) {
        case 0:
          EndPage();
          break;
        case 1:
          TakeTurn();
          break;
        case 2:
          TakeRuling();
          break;
        default:
          TakeWord();
      }
    }
    EndPage();
    auto document = std::move(layout_).Write({}, "", Limits());
    if (document.ok()) document->format = "pdf";
    return document;
  }

 private:
  unsigned Byte() {
    if (bytes_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte;
  }
  // A place on the page, now and then far beside it.
  float Place() {
    const unsigned byte = Byte();
    return byte == 255   ? -1e6F
           : byte == 254 ? 1e6F
                         : static_cast<float>(byte) * 3;
  }
  void Clear() {
    page_ = {};
    page_.width = 612;
    page_.height = 792;
    page_.runs.emplace_back();
  }
  void EndPage() {
    if (layout_.pages() < kPagesMax) layout_.AddPage(std::move(page_));
    Clear();
  }
  void TakeTurn() {
    constexpr pdf::Turn kTurns[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    page_.runs.push_back({kTurns[Byte() & 3], {}});
  }
  void TakeRuling() {
    const unsigned kind = Byte();
    pdf::Ruling ruling;
    ruling.horizontal = (kind & 1) != 0;
    ruling.area = (kind & 2) != 0;
    ruling.at = Place();
    const float one = Place();
    const float other = Place();
    ruling.from = std::min(one, other);
    ruling.to = std::max(one, other);
    page_.rulings.push_back(ruling);
  }
  void TakeWord() {
    float left = Place();
    const float baseline = Place();
    const unsigned looks = Byte();
    const float size = 4 + static_cast<float>(looks & 15);
    const std::string_view word = bytes_.substr(0, 1 + (Byte() & 15));
    bytes_.remove_prefix(word.size());
    bool space = true;
    for (const char32_t sign : DecodeUtf8(word)) {
      if (sign < ' ') continue;
      pdf::Glyph glyph;
      glyph.sign = sign;
      glyph.box = {left, baseline - size * 0.8F, left + size / 2,
                   baseline + size * 0.2F};
      glyph.baseline = baseline;
      glyph.size = size;
      glyph.font.bold = (looks & 16) != 0;
      glyph.font.monospaced = (looks & 32) != 0;
      glyph.space_before = std::exchange(space, sign == ' ');
      if (sign != ' ') page_.runs.back().glyphs.push_back(glyph);
      left += size / 2;
    }
  }

  std::string_view bytes_;
  pdf::PageText page_;
  pdf::DocumentLayout layout_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const auto document = PageReader(fuzz::TextOf(data, size)).Read();
  fuzz::CheckDocument(document);
  return 0;
}
