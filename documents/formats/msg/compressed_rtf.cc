#include "documents/formats/msg/compressed_rtf.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::size_t kHeadBytes = 16;
constexpr std::uint32_t kCompressed = 0x75465a4c;
constexpr std::uint32_t kStored = 0x414c454d;
constexpr std::size_t kWindowBytes = 4096;
constexpr std::size_t kShortest = 2;  // Of a repetition.

// What the window holds at first: words that begin nearly every RTF.
constexpr std::string_view kWindowStart =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman "
    "\\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New "
    "RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(kWindowStart.size() == 207);

// LZ77 over a ring: each control byte tells of eight tokens, lowest bit first,
// which are repetitions. A repetition is a place in the ring of 12 bits and a
// length of 4; one at the place written next is the end.
std::string Decompress(std::string_view bytes, std::size_t bytes_max) {
  std::string ring(kWindowStart);
  ring.resize(kWindowBytes);
  std::size_t next = kWindowStart.size();
  std::string out;
  const auto put = [&](char sign) {
    out.push_back(sign);
    ring[next] = sign;
    next = (next + 1) % kWindowBytes;
  };
  for (std::size_t at = 0; at < bytes.size() && out.size() < bytes_max;) {
    const unsigned control = ByteAt(bytes, at++);
    for (unsigned token = 0; token < 8 && at < bytes.size(); ++token) {
      if ((control >> token & 1) == 0) {
        put(bytes[at++]);
        continue;
      }
      const unsigned pair =
          static_cast<unsigned>(ByteAt(bytes, at)) << 8 | ByteAt(bytes, at + 1);
      at += 2;
      const std::size_t place = pair >> 4;
      if (place == next) return out;
      const std::size_t length = (pair & 0xf) + kShortest;
      for (std::size_t i = 0; i < length; ++i) {
        put(ring[(place + i) % kWindowBytes]);
      }
    }
  }
  return out;
}

}  // namespace

std::string DecompressRtf(std::string_view bytes, std::size_t bytes_max) {
  if (bytes.size() < kHeadBytes) return {};
  const std::uint32_t kind = U32At(bytes, 8);
  const std::string_view content = bytes.substr(kHeadBytes);
  if (kind == kStored) {
    return std::string(
        content.substr(0, std::min<std::size_t>(U32At(bytes, 4), bytes_max)));
  }
  return kind == kCompressed ? Decompress(content, bytes_max) : std::string();
}

}  // namespace cairn
