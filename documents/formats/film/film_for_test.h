// Small films, made of boxes and elements.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/film/big_endian.h"
#include "documents/formats/film/mp4_writer.h"

namespace cairn::film {

inline std::string Number(std::uint64_t value, std::size_t size) {
  std::string out;
  AppendNumber(out, value, size);
  return out;
}

// ---- ISO base media.

struct TestSample {
  std::uint32_t duration_ms = 0;
  std::string bytes;
};

struct TestTrack {
  std::uint32_t number = 1;
  std::string handler;  // "soun".
  std::string codec;    // "mp4a".
  std::string language = "eng";
  std::vector<TestSample> samples;
  std::uint32_t chapters = 0;  // The number of a track of them; 0: none.
  std::string more;            // Further boxes of `trak`.
  std::string entry;  // What describes the codec, behind the first 8 bytes.
  std::vector<std::uint32_t> keys;  // Numbers of samples, from 1; none: all.
  std::string matrix = std::string(36, '\0');  // How a picture is shown.
};

// `entry` of pictures; `boxes` are those of the decoder.
inline std::string SeenEntry(std::uint32_t width, std::uint32_t height,
                             const std::string& boxes) {
  return Number(0, 8) + Number(0, 8) + Number(width, 2) + Number(height, 2) +
         std::string(50, '\0') + boxes;
}

// A sample of tx3g.
inline std::string TimedText(std::string_view text) {
  return Number(text.size(), 2) + std::string(text);
}

inline std::string TestTrackBox(const TestTrack& track, std::size_t data_at) {
  std::uint64_t language = 0;
  for (const char letter : track.language) {
    language = language << 5 | static_cast<std::uint64_t>(letter - 0x60);
  }
  std::string durations = Number(track.samples.size(), 8);
  std::string sizes = Number(0, 8) + Number(track.samples.size(), 4);
  for (const TestSample& sample : track.samples) {
    durations += Number(1, 4) + Number(sample.duration_ms, 4);
    sizes += Number(sample.bytes.size(), 4);
  }
  std::string keys;
  if (!track.keys.empty()) {
    keys = Number(track.keys.size(), 8);
    for (const std::uint32_t key : track.keys) keys += Number(key, 4);
    keys = BoxOf("stss", keys);
  }
  const std::string tables =
      BoxOf("stsd",
            Number(1, 8) + BoxOf(track.codec, Number(1, 8) + track.entry)) +
      keys + BoxOf("stts", durations) +
      BoxOf("stsc", Number(1, 8) + Number(1, 4) +
                        Number(track.samples.size(), 4) + Number(1, 4)) +
      BoxOf("stsz", sizes) + BoxOf("stco", Number(1, 8) + Number(data_at, 4));
  const std::string media =
      BoxOf("mdhd", Number(0, 12) + Number(1000, 4) + Number(0, 4) +
                        Number(language, 2) + Number(0, 2)) +
      BoxOf("hdlr", Number(0, 8) + track.handler + std::string(13, '\0')) +
      BoxOf("minf", BoxOf("stbl", tables));
  std::string references;
  if (track.chapters != 0) {
    references = BoxOf("tref", BoxOf("chap", Number(track.chapters, 4)));
  }
  return BoxOf(
      "trak",
      BoxOf("tkhd", Number(1, 4) + Number(0, 8) + Number(track.number, 4) +
                        std::string(24, '\0') + track.matrix + Number(0, 8)) +
          references + track.more + BoxOf("mdia", media));
}

// `more`: further boxes of `moov`.
inline std::string MakeMp4(const std::vector<TestTrack>& tracks,
                           const std::string& more = {}) {
  const std::string kind = BoxOf("ftyp", "isom" + Number(0, 4) + "isom");
  std::string data;
  std::string boxes;
  for (const TestTrack& track : tracks) {
    boxes += TestTrackBox(track, kind.size() + 8 + data.size());
    for (const TestSample& sample : track.samples) data += sample.bytes;
  }
  const std::string head =
      Number(0, 12) + Number(1000, 4) + Number(60'000, 4) + Number(0, 80);
  return kind + BoxOf("mdat", data) +
         BoxOf("moov", BoxOf("mvhd", head) + boxes + more);
}

// ---- Matroska.

inline std::string ElementOf(std::uint32_t id, std::string_view body) {
  std::string out;
  const std::size_t size = id > 0xffffff ? 4
                           : id > 0xffff ? 3
                           : id > 0xff   ? 2
                                         : 1;
  AppendNumber(out, id, size);
  AppendNumber(out, std::uint64_t{1} << 56 | body.size(), 8);
  return out.append(body);
}

inline std::string TrackEntry(std::uint64_t number, std::uint64_t type,
                              std::string_view codec, std::string_view language,
                              const std::string& more = {}) {
  return ElementOf(0xae, ElementOf(0xd7, Number(number, 1)) +
                             ElementOf(0x83, Number(type, 1)) +
                             ElementOf(0x86, codec) +
                             ElementOf(0x22b59c, language) + more);
}

// A block that lasts; `flags` tell how frames are laced.
inline std::string Block(std::uint8_t track, std::uint16_t ms,
                         std::uint64_t duration_ms, std::string_view bytes,
                         std::uint8_t flags = 0) {
  return ElementOf(0xa0,
                   ElementOf(0xa1, Number(0x80U | track, 1) + Number(ms, 2) +
                                       Number(flags, 1) + std::string(bytes)) +
                       ElementOf(0x9b, Number(duration_ms, 4)));
}

inline std::string Cluster(std::uint64_t ms, const std::string& blocks) {
  return ElementOf(0x1f43b675, ElementOf(0xe7, Number(ms, 4)) + blocks);
}

// `rest`: what stands behind the list of tracks.
inline std::string MakeMatroska(const std::string& tracks,
                                const std::string& rest) {
  return ElementOf(0x1a45dfa3, ElementOf(0x4282, "matroska")) +
         ElementOf(
             0x18538067,
             ElementOf(0x1549a966, ElementOf(0x2ad7b1, Number(1'000'000, 4)) +
                                       ElementOf(0x7ba9, "A Film")) +
                 ElementOf(0x1654ae6b, tracks) + rest);
}

}  // namespace cairn::film
