#include "documents/formats/film/matroska_writer.h"

#include <cstddef>
#include <cstdint>

#include "documents/formats/film/big_endian.h"

namespace cairn::film {
namespace {

constexpr std::uint32_t kClusterMs = 5'000;

void AppendId(std::string& out, std::uint32_t id) {
  const std::size_t size = id > 0xffffff ? 4
                           : id > 0xffff ? 3
                           : id > 0xff   ? 2
                                         : 1;
  AppendNumber(out, id, size);
}

void AppendElement(std::string& out, std::uint32_t id, std::string_view body) {
  AppendId(out, id);
  AppendNumber(out, std::uint64_t{1} << 56 | body.size(), 8);
  out += body;
}

std::string NumberElement(std::uint32_t id, std::uint64_t value) {
  std::string body;
  AppendNumber(body, value, 8);
  std::string out;
  AppendElement(out, id, body);
  return out;
}

std::string Head(std::string_view kind) {
  constexpr std::uint32_t kHeader = 0x1a45dfa3, kVersion = 0x4286,
                          kReadVersion = 0x42f7, kIdBytes = 0x42f2,
                          kSizeBytes = 0x42f3, kKind = 0x4282,
                          kKindVersion = 0x4287, kKindReadVersion = 0x4285;
  std::string body = NumberElement(kVersion, 1) +
                     NumberElement(kReadVersion, 1) +
                     NumberElement(kIdBytes, 4) + NumberElement(kSizeBytes, 8);
  AppendElement(body, kKind, kind);
  body += NumberElement(kKindVersion, 4) + NumberElement(kKindReadVersion, 2);
  std::string out;
  AppendElement(out, kHeader, body);
  return out;
}

// Clusters of a few seconds, since a block's time is told in 16 bits from its
// cluster's.
void AppendClusters(std::string& out, const Track& track) {
  constexpr std::uint32_t kCluster = 0x1f43b675, kTimestamp = 0xe7,
                          kSimpleBlock = 0xa3;
  const std::int64_t first = track.samples.front().begin;
  const std::uint64_t track_number = std::uint64_t{1} << 56 | track.number;
  std::string cluster;
  std::uint32_t cluster_ms = 0;
  const auto flush = [&] {
    if (!cluster.empty()) AppendElement(out, kCluster, cluster);
    cluster.clear();
  };
  for (const Sample& sample : track.samples) {
    const std::uint32_t ms =
        Milliseconds(sample.begin - first, track.ticks_per_second);
    if (cluster.empty() || ms < cluster_ms || ms - cluster_ms > kClusterMs) {
      flush();
      cluster_ms = ms;
      cluster = NumberElement(kTimestamp, ms);
    }
    std::string block;
    AppendNumber(block, track_number, 8);
    AppendNumber(block, ms - cluster_ms, 2);
    block.push_back('\x80');  // A key frame, as all of sound.
    block += sample.bytes;
    AppendElement(cluster, kSimpleBlock, block);
  }
  flush();
}

}  // namespace

std::string WriteMatroska(const Track& track, std::string_view kind) {
  constexpr std::uint32_t kSegment = 0x18538067, kInfo = 0x1549a966,
                          kTimestampScale = 0x2ad7b1, kMuxer = 0x4d80,
                          kWriter = 0x5741, kTracks = 0x1654ae6b,
                          kTrackEntry = 0xae;
  constexpr std::uint64_t kNanosecondsInMs = 1'000'000;
  std::string info = NumberElement(kTimestampScale, kNanosecondsInMs);
  AppendElement(info, kMuxer, "cairn");
  AppendElement(info, kWriter, "cairn");
  std::string tracks;
  AppendElement(tracks, kTrackEntry, track.description);
  std::string segment;
  AppendElement(segment, kInfo, info);
  AppendElement(segment, kTracks, tracks);
  AppendClusters(segment, track);
  std::string out = Head(kind);
  AppendElement(out, kSegment, segment);
  return out;
}

}  // namespace cairn::film
