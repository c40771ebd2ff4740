// Records of drawings made in tests.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/ole/compound_file_for_test.h"

namespace cairn {

inline constexpr unsigned kArtEmf = 0xf01a;
inline constexpr unsigned kArtPng = 0xf01e;
inline constexpr unsigned kArtBitmap = 0xf01f;
inline constexpr unsigned kArtTiff = 0xf029;

inline std::string ArtRecord(unsigned type, const std::string& body,
                             unsigned instance = 0, unsigned version = 0) {
  std::string out;
  PutU16(out, instance << 4 | version);
  PutU16(out, type);
  PutU32(out, static_cast<std::uint32_t>(body.size()));
  return out + body;
}
inline std::string ArtContainer(unsigned type, const std::string& body) {
  return ArtRecord(type, body, 0, 15);
}

// A picture, after one check sum or two.
inline std::string ArtBlip(unsigned type, const std::string& file,
                           bool two_sums = false) {
  return ArtRecord(type, std::string(two_sums ? 33 : 17, 'u') + file,
                   two_sums ? 1 : 0);
}

// An entry of the list of pictures: with one inside, behind a name, or at a
// place of the stream.
inline std::string ArtEntry(const std::string& blip,
                            std::uint32_t place = 0xffffffff,
                            std::uint32_t size = 1) {
  std::string out(20, 'e');
  for (const std::uint32_t number : {size, 1U, place}) PutU32(out, number);
  out += blip.empty() ? std::string(4, '\0') : std::string("\0\2\0\0na", 6);
  return ArtRecord(0xf007, out + blip);
}

// What all drawings of a file share.
inline std::string ArtGroupOf(const std::string& entries) {
  return ArtContainer(0xf000, ArtContainer(0xf001, entries));
}

// `picture`: 0 for none. `more`: further records.
inline std::string ArtShape(std::uint32_t id, std::uint32_t picture,
                            const std::string& description = "",
                            const std::string& more = "") {
  std::string head;
  PutU32(head, id);
  PutU32(head, 0);
  std::string list;
  PutU16(list, 0x4104);
  PutU32(list, picture);
  const std::string text = Utf16(description);
  PutU16(list, 0xc381);
  PutU32(list, static_cast<std::uint32_t>(text.size()));
  return ArtContainer(0xf004, ArtRecord(0xf00a, head) +
                                  ArtRecord(0xf00b, list + text, 2) + more);
}

// The shapes of one page, sheet or text.
inline std::string ArtDrawing(const std::string& shapes) {
  return ArtContainer(0xf002,
                      ArtContainer(0xf003, ArtShape(1'000, 0) + shapes));
}

}  // namespace cairn
