#include "documents/formats/film/mp4_writer.h"

#include <algorithm>
#include <cstddef>

#include "documents/formats/film/big_endian.h"

namespace cairn::film {
namespace {

using namespace std::string_literals;

void Zeros(std::string& out, std::size_t count) { out.append(count, '\0'); }

// Turns and stretches nothing.
void AppendMatrix(std::string& out) {
  for (const std::uint32_t value :
       {0x10000U, 0U, 0U, 0U, 0x10000U, 0U, 0U, 0U, 0x40000000U}) {
    AppendNumber(out, value, 4);
  }
}

std::string MovieHead(std::uint32_t per_second, std::uint32_t duration) {
  std::string out;
  Zeros(out, 12);
  AppendNumber(out, per_second, 4);
  AppendNumber(out, duration, 4);
  AppendNumber(out, 0x10000, 4);  // As fast as it is.
  AppendNumber(out, 0x100, 2);    // As loud as it is.
  Zeros(out, 10);
  AppendMatrix(out);
  Zeros(out, 24);
  AppendNumber(out, 2, 4);  // The number of the next track.
  return BoxOf("mvhd", out);
}

std::string TrackHead(std::uint32_t duration) {
  std::string out;
  AppendNumber(out, 7, 4);  // Enabled, in the film and in its preview.
  Zeros(out, 8);
  AppendNumber(out, 1, 4);
  Zeros(out, 4);
  AppendNumber(out, duration, 4);
  Zeros(out, 12);
  AppendNumber(out, 0x100, 2);
  Zeros(out, 2);
  AppendMatrix(out);
  Zeros(out, 8);
  return BoxOf("tkhd", out);
}

std::string MediaHead(std::uint32_t per_second, std::uint32_t duration) {
  constexpr std::uint64_t kUndetermined = 0x55c4;
  std::string out;
  Zeros(out, 12);
  AppendNumber(out, per_second, 4);
  AppendNumber(out, duration, 4);
  AppendNumber(out, kUndetermined, 2);
  Zeros(out, 2);
  std::string handler;
  Zeros(handler, 8);
  handler += "soun";
  Zeros(handler, 13);
  return BoxOf("mdhd", out) + BoxOf("hdlr", handler);
}

std::string Durations(const std::vector<Sample>& samples) {
  std::string runs;
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < samples.size();) {
    std::size_t end = i;
    while (end < samples.size() &&
           samples[end].duration == samples[i].duration) {
      ++end;
    }
    AppendNumber(runs, end - i, 4);
    AppendNumber(runs, static_cast<std::uint64_t>(samples[i].duration), 4);
    ++count;
    i = end;
  }
  std::string out;
  AppendNumber(out, count, 8);
  return BoxOf("stts", out + runs);
}

std::string Sizes(const std::vector<Sample>& samples) {
  std::string out;
  Zeros(out, 8);
  AppendNumber(out, samples.size(), 4);
  for (const Sample& sample : samples) {
    AppendNumber(out, sample.bytes.size(), 4);
  }
  return BoxOf("stsz", out);
}

// All samples are one chunk.
std::string OneChunk(std::size_t samples, std::size_t data_at) {
  std::string chunks;
  AppendNumber(chunks, 1, 8);
  AppendNumber(chunks, 1, 4);
  AppendNumber(chunks, samples, 4);
  AppendNumber(chunks, 1, 4);
  std::string offsets;
  AppendNumber(offsets, 1, 8);
  AppendNumber(offsets, data_at, 4);
  return BoxOf("stsc", chunks) + BoxOf("stco", offsets);
}

std::string Movie(const SoundFormat& format, const std::vector<Sample>& samples,
                  std::size_t data_at) {
  std::uint64_t ticks = 0;
  for (const Sample& sample : samples) {
    ticks += static_cast<std::uint64_t>(sample.duration);
  }
  const auto duration =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(ticks, UINT32_MAX));
  const auto per_second = static_cast<std::uint32_t>(format.ticks_per_second);
  const std::string tables = BoxOf("stsd", format.description) +
                             Durations(samples) +
                             OneChunk(samples.size(), data_at) + Sizes(samples);
  std::string here;  // The data is in this file.
  AppendNumber(here, 1, 4);
  std::string places;
  AppendNumber(places, 1, 8);
  places += BoxOf("url ", here);
  const std::string information = BoxOf("smhd", std::string(8, '\0')) +
                                  BoxOf("dinf", BoxOf("dref", places)) +
                                  BoxOf("stbl", tables);
  const std::string media =
      MediaHead(per_second, duration) + BoxOf("minf", information);
  return BoxOf("moov",
               MovieHead(per_second, duration) +
                   BoxOf("trak", TrackHead(duration) + BoxOf("mdia", media)));
}

}  // namespace

std::string BoxOf(std::string_view type, std::string_view body) {
  std::string out;
  out.reserve(body.size() + 8);
  AppendNumber(out, body.size() + 8, 4);
  out += type;
  out += body;
  return out;
}

std::string WriteMp4(const SoundFormat& format,
                     const std::vector<Sample>& samples) {
  const std::string kind = format.quicktime
                               ? BoxOf("ftyp", "qt  \0\0\0\0qt  "s)
                               : BoxOf("ftyp", "M4A \0\0\0\0M4A mp42isom"s);
  // Its length does not depend on where the data lies.
  const std::size_t data_at =
      kind.size() + Movie(format, samples, 0).size() + 8;
  std::string out = kind + Movie(format, samples, data_at);
  std::string data;
  for (const Sample& sample : samples) data += sample.bytes;
  out += BoxOf("mdat", data);
  return out;
}

}  // namespace cairn::film
