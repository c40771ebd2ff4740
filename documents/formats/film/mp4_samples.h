// Samples of a track of ISO media: from the tables that say where they lie.
//
// Place: mp4_reader.cc. Samples that do not lie inside the file are left out
// and noted as damage. Threads: none.
#pragma once

#include <cstdint>
#include <string_view>

#include "documents/formats/film/film.h"

namespace cairn::film {

// Bodies of the boxes of that name in `stbl`; empty: absent.
struct SampleTables {
  std::string_view stts, ctts, stsc, stsz, stss, stco, co64;
};

void AddTableSamples(std::string_view file, const SampleTables& tables,
                     Budget& budget, Track& track);

// What a fragment says when a run of it says nothing.
struct FragmentDefaults {
  std::uint32_t duration = 0, size = 0, flags = 0;
};

// The runs (`trun`) of `traf`, the part of one track in the fragment at
// `moof_offset` of the file. `next_begin`: where the track goes on.
void AddFragmentSamples(std::string_view file, std::string_view traf,
                        std::uint64_t moof_offset, FragmentDefaults defaults,
                        Budget& budget, std::int64_t& next_begin, Track& track);

}  // namespace cairn::film
