// What MP4 says of AAC, from what Matroska says of it.
//
// Place: sound_track.cc. Pure; threads: safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cairn::film {

// Of one frame, before a decoder doubles its rate (HE-AAC).
constexpr std::int64_t kAacFrameSamples = 1024;

struct AacDescription {
  std::string description;  // The body of `stsd`.
  std::uint32_t sample_rate = 0;
};

// `config`: an AudioSpecificConfig [ISO/IEC 14496-3]. Nothing when it is none.
std::optional<AacDescription> DescribeAac(std::string_view config);

}  // namespace cairn::film
