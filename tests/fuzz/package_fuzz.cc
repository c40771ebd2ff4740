// One format that is a package, CAIRN_FUZZ_FORMAT. The input is the parts
// before they are packed, names and contents with a zero byte after each, so
// that the XML is what mutates and not the archive around it. An input that
// begins with "PK" is taken as it stands.
#include "documents/formats/package/package_for_test.h"
#include "documents/parser.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/fuzz.h"

namespace {

constexpr std::size_t kPartsMax = 16;

std::string_view TakePiece(std::string_view& text) {
  const std::string_view piece = text.substr(0, text.find('\0'));
  text.remove_prefix(std::min(text.size(), piece.size() + 1));
  return piece;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  static const FormatParser* const parser = FormatByName(CAIRN_FUZZ_FORMAT);
  std::string_view text = fuzz::TextOf(data, size);
  std::string bytes(text);
  if (!text.starts_with("PK") && !text.starts_with('<')) {
    TestParts parts;
    while (!text.empty() && parts.size() < kPartsMax) {
      const std::string_view name = TakePiece(text);
      parts.emplace_back(name, TakePiece(text));
    }
    bytes = MakePackage(parts, /*stored=*/true);
  }
  fuzz::CheckDocument(parser->Parse({.bytes = bytes}, Limits()));
  return 0;
}
