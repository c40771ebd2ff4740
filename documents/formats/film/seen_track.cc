#include "documents/formats/film/seen_track.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "documents/formats/film/big_endian.h"
#include "documents/formats/film/boxes.h"
#include "documents/formats/film/ebml.h"

namespace cairn::film {
namespace {

struct Known {
  std::string_view name;   // Of the container.
  std::string_view codec;  // Of the decoder.
  std::string_view setup;  // The box that holds it; empty: there is none.
};
constexpr std::array<Known, 10> kOfMp4 = {{{"avc1", "h264", "avcC"},
                                           {"avc3", "h264", "avcC"},
                                           {"hvc1", "hevc", "hvcC"},
                                           {"hev1", "hevc", "hvcC"},
                                           {"av01", "av1", "av1C"},
                                           {"vp08", "vp8", ""},
                                           {"vp09", "vp9", ""},
                                           {"mp4v", "mpeg4", "esds"},
                                           {"jpeg", "mjpeg", ""},
                                           {"mjpa", "mjpeg", ""}}};
// Of Matroska CodecPrivate is the same as the box.
constexpr std::array<Known, 9> kOfMatroska = {
    {{"V_MPEG4/ISO/AVC", "h264", "avcC"},
     {"V_MPEGH/ISO/HEVC", "hevc", "hvcC"},
     {"V_AV1", "av1", "av1C"},
     {"V_VP8", "vp8", ""},
     {"V_VP9", "vp9", ""},
     {"V_MPEG4/ISO/SP", "mpeg4", "private"},
     {"V_MPEG4/ISO/ASP", "mpeg4", "private"},
     {"V_MPEG4/ISO/AP", "mpeg4", "private"},
     {"V_MJPEG", "mjpeg", ""}}};

template <typename Table>
const Known* Find(const Table& table, std::string_view name) {
  for (const Known& known : table) {
    if (known.name == name) return &known;
  }
  return nullptr;
}

// Takes one descriptor [ISO/IEC 14496-1, 8.3.3] from `bytes`: a tag, a length
// of up to four bytes with seven bits each, a body.
std::string_view TakeDescriptor(std::string_view& bytes, std::uint64_t& tag) {
  tag = NumberAt(bytes, 0, 1);
  std::size_t at = 1;
  std::size_t size = 0;
  for (int i = 0; i < 4; ++i) {
    const std::uint64_t byte = NumberAt(bytes, at++, 1);
    size = size << 7 | (byte & 0x7f);
    if ((byte & 0x80) == 0) break;
  }
  const std::string_view body = From(bytes, at, size);
  bytes = From(bytes, at + size);
  return body;
}

// What `esds` says to the decoder; nothing where that is not MPEG-4's.
std::optional<std::string_view> SetupOfEsds(std::string_view body) {
  constexpr std::uint64_t kStream = 3, kDecoder = 4, kInformation = 5;
  constexpr std::uint64_t kMpeg4Pictures = 0x20;
  std::uint64_t tag = 0;
  std::string_view rest = From(body, 4);
  std::string_view stream = TakeDescriptor(rest, tag);
  if (tag != kStream) return std::nullopt;
  const std::uint64_t flags = NumberAt(stream, 2, 1);
  std::size_t at = 3;
  if ((flags & 0x80) != 0) at += 2;
  if ((flags & 0x40) != 0) at += 1 + NumberAt(stream, at, 1);
  if ((flags & 0x20) != 0) at += 2;
  stream = From(stream, at);
  std::string_view decoder = TakeDescriptor(stream, tag);
  if (tag != kDecoder || NumberAt(decoder, 0, 1) != kMpeg4Pictures) {
    return std::nullopt;
  }
  decoder = From(decoder, 13);
  const std::string_view information = TakeDescriptor(decoder, tag);
  return tag == kInformation ? information : std::string_view();
}

std::optional<SeenTrack> FromMp4(const Track& track) {
  // Samples of a second description would be seen by the first.
  if (U32At(track.description, 4) != 1) return std::nullopt;
  const Known* const known = Find(kOfMp4, track.codec);
  if (known == nullptr) return std::nullopt;
  const std::string_view entry = From(track.description, 16);
  SeenTrack seen{.codec = known->codec,
                 .setup = {},
                 .width = static_cast<std::uint32_t>(NumberAt(entry, 24, 2)),
                 .height = static_cast<std::uint32_t>(NumberAt(entry, 26, 2))};
  if (known->setup.empty()) return seen;
  constexpr std::size_t kEntryBytes = 78;  // Boxes follow.
  Budget budget(track.description.size());
  BoxWalk walk(From(entry, kEntryBytes), budget);
  for (MediaBox box; walk.Next(box);) {
    if (box.type != known->setup) continue;
    seen.setup = box.body;
    if (box.type != "esds") break;
    const auto setup = SetupOfEsds(box.body);
    if (!setup.has_value()) return std::nullopt;
    seen.setup = *setup;
    break;
  }
  return seen;
}

std::optional<SeenTrack> FromMatroska(const Track& track) {
  constexpr std::uint32_t kPictures = 0xe0, kWidth = 0xb0, kHeight = 0xba;
  const Known* const known = Find(kOfMatroska, track.codec);
  if (known == nullptr) return std::nullopt;
  SeenTrack seen{.codec = known->codec, .setup = {}};
  if (!known->setup.empty()) seen.setup = track.codec_private;
  Budget budget(track.description.size());
  ElementWalk walk(track.description, budget);
  for (Element element; walk.Next(element);) {
    if (element.id != kPictures) continue;
    ElementWalk inside(element.body, budget);
    for (Element part; inside.Next(part);) {
      const auto side = static_cast<std::uint32_t>(
          std::min<std::uint64_t>(UnsignedOf(part.body), UINT32_MAX));
      if (part.id == kWidth) seen.width = side;
      if (part.id == kHeight) seen.height = side;
    }
  }
  return seen;
}

}  // namespace

const Track* FirstSeen(const Film& film) {
  const Track* first = nullptr;
  for (const Track& track : film.tracks) {
    if (track.kind != TrackKind::kSeen || track.samples.empty()) continue;
    if (track.preferred) return &track;
    if (first == nullptr) first = &track;
  }
  return first;
}

std::optional<SeenTrack> DescribeSeen(const Track& track, bool matroska) {
  if (track.locked) return std::nullopt;
  return matroska ? FromMatroska(track) : FromMp4(track);
}

}  // namespace cairn::film
