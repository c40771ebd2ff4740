// One format that is kept in a compound file, CAIRN_FUZZ_FORMAT. The input is
// the streams before they are packed, a path, a zero byte, two bytes of length
// and the bytes of each, so that what they say mutates and not the container
// around them. An input that is a compound file is taken as it stands: all its
// streams are read, then the format.
#include <string>
#include <string_view>

#include "documents/formats/ole/compound_file.h"
#include "documents/formats/ole/compound_file_for_test.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/parser.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/fuzz.h"

namespace cairn {
namespace {

constexpr std::size_t kStreamsMax = 32;
constexpr std::size_t kNameBytesMax = 31;

std::string Packed(std::string_view input) {
  TestStreams streams;
  while (!input.empty() && streams.size() < kStreamsMax) {
    const std::string_view path = input.substr(0, input.find('\0'));
    input.remove_prefix(std::min(input.size(), path.size() + 1));
    const std::string_view bytes = Slice(input, 2, U16At(input, 0));
    input.remove_prefix(std::min(input.size(), bytes.size() + 2));
    const std::size_t name = path.rfind('/') + 1;
    if (path.size() - name > kNameBytesMax || path.size() > 200) continue;
    streams.emplace_back(path, bytes);
  }
  return MakeCompoundFile(streams);
}

// Work is bounded by the size of the file, however its chains run.
void ReadAll(std::string_view bytes) {
  StatusOr<CompoundFile> file = CompoundFile::Open(bytes);
  if (!file.ok()) return;
  std::size_t read = 0;
  for (std::uint32_t i = 0; i < file->entries().size(); ++i) {
    read += file->Read(i).size();
  }
  fuzz::Require(read <= (1 << 20) + CompoundFile::kReadTimesMax * bytes.size(),
                "streams together stay below their limit");
}

}  // namespace
}  // namespace cairn

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  static const FormatParser* const parser = FormatByName(CAIRN_FUZZ_FORMAT);
  const std::string_view input = fuzz::TextOf(data, size);
  const bool packed = input.starts_with(kCompoundFileMagic);
  if (packed) ReadAll(input);
  const std::string made = packed ? std::string() : Packed(input);
  fuzz::CheckDocument(
      parser->Parse({.bytes = packed ? input : made}, Limits()));
  return 0;
}
