#include "documents/formats/film/mp4_samples.h"

#include <algorithm>
#include <cstddef>

#include "documents/formats/film/boxes.h"

namespace cairn::film {
namespace {

// A table of numbers behind a version, flags and a count; entries that the box
// has no room for are not there.
class NumberTable {
 public:
  NumberTable(std::string_view body, std::size_t count_at,
              std::size_t entry_bytes)
      : bytes_(From(body, count_at + 4)),
        entry_bytes_(entry_bytes),
        size_(std::min<std::size_t>(U32At(body, count_at),
                                    bytes_.size() / entry_bytes)) {}

  std::size_t size() const { return size_; }
  std::uint64_t At(std::size_t entry, std::size_t offset,
                   std::size_t bytes) const {
    return NumberAt(bytes_, entry * entry_bytes_ + offset, bytes);
  }

 private:
  const std::string_view bytes_;
  const std::size_t entry_bytes_;
  const std::size_t size_;
};

// Numbers of samples, told in runs of equal ones.
class RunTable {
 public:
  explicit RunTable(std::string_view body) : table_(body, 4, 8) {}

  std::uint32_t Next() {
    while (left_ == 0) {
      if (run_ >= table_.size()) return last_;  // What is missing is equal.
      left_ = static_cast<std::uint32_t>(table_.At(run_, 0, 4));
      last_ = static_cast<std::uint32_t>(table_.At(run_, 4, 4));
      ++run_;
    }
    --left_;
    return last_;
  }

 private:
  const NumberTable table_;
  std::size_t run_ = 0;
  std::uint32_t left_ = 0, last_ = 0;
};

// Which samples are key frames; without a table all are.
class KeyTable {
 public:
  explicit KeyTable(std::string_view stss)
      : table_(stss, 4, 4), all_(stss.empty()) {}

  // Asked for one sample after another, from 0.
  bool Has(std::size_t sample) {
    while (next_ < table_.size() && table_.At(next_, 0, 4) < sample + 1) {
      ++next_;
    }
    return all_ ||
           (next_ < table_.size() && table_.At(next_, 0, 4) == sample + 1);
  }

 private:
  const NumberTable table_;
  const bool all_;
  std::size_t next_ = 0;
};

// How many samples each chunk has, told in runs of equal ones.
class ChunkSizes {
 public:
  explicit ChunkSizes(std::string_view stsc) : table_(stsc, 4, 12) {}

  // Asked for one chunk after another, from 0.
  std::uint32_t Of(std::size_t chunk) {
    while (run_ < table_.size() && table_.At(run_, 0, 4) <= chunk + 1) {
      samples_ = static_cast<std::uint32_t>(table_.At(run_++, 4, 4));
    }
    return samples_;
  }

 private:
  const NumberTable table_;
  std::size_t run_ = 0;
  std::uint32_t samples_ = 1;
};

// Adds the bytes at `offset`; false: enough.
bool Add(std::string_view file, std::uint64_t offset, Sample sample,
         std::uint64_t size, Budget& budget, Track& track) {
  if (offset > file.size() || file.size() - offset < size) {
    budget.NoteDamage();
    return budget.TakePart();
  }
  sample.bytes = file.substr(static_cast<std::size_t>(offset),
                             static_cast<std::size_t>(size));
  return budget.AddSample(sample, track);
}

// `base` and an offset that may lead back.
std::uint64_t Moved(std::uint64_t base, std::uint32_t offset) {
  return base + static_cast<std::uint64_t>(static_cast<std::int64_t>(
                    static_cast<std::int32_t>(offset)));
}

struct Run {
  std::uint64_t offset;  // Where its samples lie, and then where they end.
  std::int64_t begin;
};

// How much later a sample is shown than decoded: 32 bits that may have a sign.
std::int64_t Shift(std::uint32_t offset) {
  return static_cast<std::int32_t>(offset);
}

// The flags of a sample say when it needs others.
bool IsKey(std::uint32_t flags) { return (flags & 0x10000) == 0; }

// Samples of one `trun`; false: enough.
bool AddRun(std::string_view file, std::string_view body,
            std::uint64_t moof_offset, FragmentDefaults defaults,
            Budget& budget, Run& run, Track& track) {
  const std::uint32_t flags = U32At(body, 0) & 0xffffff;
  std::size_t at = 8;
  if ((flags & 0x1) != 0) {
    run.offset = Moved(moof_offset, U32At(body, at));
    at += 4;
  }
  std::uint32_t sample_flags = defaults.flags;
  if ((flags & 0x4) != 0) {
    sample_flags = U32At(body, at);  // Of the first one.
    at += 4;
  }
  std::size_t entry_bytes = 0;
  for (const std::uint32_t flag : {0x100U, 0x200U, 0x400U, 0x800U}) {
    if ((flags & flag) != 0) entry_bytes += 4;
  }
  for (std::uint32_t left = U32At(body, 4); left > 0; --left) {
    if (entry_bytes > 0 && From(body, at).size() < entry_bytes) {
      budget.NoteDamage();
      return true;
    }
    std::size_t field = at;
    at += entry_bytes;
    Sample sample{.begin = run.begin,
                  .duration = defaults.duration,
                  .bytes = {},
                  .key = IsKey(sample_flags)};
    std::uint32_t size = defaults.size;
    if ((flags & 0x100) != 0) {
      sample.duration = U32At(body, field);
      field += 4;
    }
    if ((flags & 0x200) != 0) {
      size = U32At(body, field);
      field += 4;
    }
    if ((flags & 0x400) != 0) {
      sample.key = IsKey(U32At(body, field));
      field += 4;
    }
    if ((flags & 0x800) != 0) sample.begin += Shift(U32At(body, field));
    if (!Add(file, run.offset, sample, size, budget, track)) return false;
    run.offset += size;
    run.begin += sample.duration;
    sample_flags = defaults.flags;
  }
  return true;
}

}  // namespace

void AddTableSamples(std::string_view file, const SampleTables& tables,
                     Budget& budget, Track& track) {
  const bool wide = tables.stco.empty();
  const NumberTable chunks(wide ? tables.co64 : tables.stco, 4, wide ? 8 : 4);
  const std::uint32_t equal_size = U32At(tables.stsz, 4);
  const NumberTable sizes(tables.stsz, 8, 4);
  const std::size_t claimed = U32At(tables.stsz, 8);
  const std::size_t count = equal_size != 0 ? claimed : sizes.size();
  RunTable durations(tables.stts);
  RunTable shifts(tables.ctts);
  KeyTable keys(tables.stss);
  ChunkSizes chunk_sizes(tables.stsc);
  std::int64_t begin = 0;
  std::size_t sample = 0;
  for (std::size_t chunk = 0; chunk < chunks.size() && sample < count;
       ++chunk) {
    std::uint64_t offset = chunks.At(chunk, 0, wide ? 8 : 4);
    for (std::uint32_t left = chunk_sizes.Of(chunk); left > 0 && sample < count;
         --left, ++sample) {
      const std::uint64_t size =
          equal_size != 0 ? equal_size : sizes.At(sample, 0, 4);
      const std::uint32_t duration = durations.Next();
      if (!Add(file, offset,
               {.begin = begin + Shift(shifts.Next()),
                .duration = duration,
                .bytes = {},
                .key = keys.Has(sample)},
               size, budget, track)) {
        return;
      }
      offset += size;
      begin += duration;
    }
  }
  if (sample < claimed) budget.NoteDamage();
}

void AddFragmentSamples(std::string_view file, std::string_view traf,
                        std::uint64_t moof_offset, FragmentDefaults defaults,
                        Budget& budget, std::int64_t& next_begin,
                        Track& track) {
  Run run{.offset = moof_offset, .begin = next_begin};
  BoxWalk walk(traf, budget);
  for (MediaBox box; walk.Next(box);) {
    if (box.type == "tfhd") {
      const std::uint32_t flags = U32At(box.body, 0) & 0xffffff;
      std::size_t at = 8;
      if ((flags & 0x1) != 0) {
        moof_offset = NumberAt(box.body, at, 8);
        run.offset = moof_offset;
        at += 8;
      }
      if ((flags & 0x2) != 0) at += 4;
      if ((flags & 0x8) != 0) {
        defaults.duration = U32At(box.body, at);
        at += 4;
      }
      if ((flags & 0x10) != 0) {
        defaults.size = U32At(box.body, at);
        at += 4;
      }
      if ((flags & 0x20) != 0) defaults.flags = U32At(box.body, at);
    } else if (box.type == "tfdt") {
      const bool wide = NumberAt(box.body, 0, 1) == 1;
      // Of 63 bits, so that sums of durations fit.
      run.begin = static_cast<std::int64_t>(
          NumberAt(box.body, 4, wide ? 8 : 4) & (UINT64_MAX >> 2));
    } else if (box.type == "trun" && !AddRun(file, box.body, moof_offset,
                                             defaults, budget, run, track)) {
      break;
    }
  }
  next_begin = run.begin;
}

}  // namespace cairn::film
