#include "documents/formats/film/aac_description.h"

#include <array>
#include <cstddef>

#include "documents/formats/film/big_endian.h"
#include "documents/formats/film/mp4_writer.h"

namespace cairn::film {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::size_t kConfigBytesMax = 64;  // So that lengths take one byte.
constexpr std::array<std::uint32_t, 13> kRates = {
    96'000, 88'200, 64'000, 48'000, 44'100, 32'000, 24'000,
    22'050, 16'000, 12'000, 11'025, 8'000,  7'350};

// Up to 32 bits from bit `at`.
std::uint32_t Bits(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    const std::uint64_t byte = NumberAt(bytes, i / 8, 1);
    value = value << 1 | static_cast<std::uint32_t>(byte >> (7 - i % 8) & 1);
  }
  return value;
}

// A descriptor of MPEG-4: tag, length, body.
std::string Descriptor(std::uint8_t tag, const std::string& body) {
  std::string out;
  AppendNumber(out, tag, 1);
  AppendNumber(out, body.size(), 1);
  return out + body;
}

std::string ElementaryStream(std::string_view config) {
  constexpr std::uint8_t kStream = 3, kDecoder = 4, kConfig = 5, kSync = 6;
  // MPEG-4 audio, a stream of sound, sizes and rates that are not known.
  const std::string decoder = std::string("\x40\x15"sv) + std::string(11, '\0');
  return std::string(4, '\0') +
         Descriptor(kStream,
                    "\0\1\0"s +
                        Descriptor(kDecoder,
                                   decoder + Descriptor(kConfig,
                                                        std::string(config))) +
                        Descriptor(kSync, "\2"));
}

}  // namespace

std::optional<AacDescription> DescribeAac(std::string_view config) {
  if (config.size() < 2 || config.size() > kConfigBytesMax) return std::nullopt;
  const std::size_t type_bits = Bits(config, 0, 5) == 31 ? 11 : 5;
  const std::uint32_t index = Bits(config, type_bits, 4);
  AacDescription aac;
  std::size_t channels_at = type_bits + 4;
  if (index == 15) {
    aac.sample_rate = Bits(config, channels_at, 24);
    channels_at += 24;
  } else if (index < kRates.size()) {
    aac.sample_rate = kRates[index];
  }
  if (aac.sample_rate == 0) return std::nullopt;
  std::string entry(6, '\0');
  AppendNumber(entry, 1, 2);  // The first, and only, place of data.
  AppendNumber(entry, 0, 8);
  AppendNumber(entry, Bits(config, channels_at, 4), 2);
  AppendNumber(entry, 16, 2);
  AppendNumber(entry, 0, 4);
  AppendNumber(entry, aac.sample_rate & 0xffff, 2);
  AppendNumber(entry, 0, 2);
  entry += BoxOf("esds", ElementaryStream(config));
  AppendNumber(aac.description, 1, 8);  // Version and flags; one entry.
  aac.description += BoxOf("mp4a", entry);
  return aac;
}

}  // namespace cairn::film
