// Matroska [RFC 9559]: .mkv and .webm.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "documents/charset.h"
#include "documents/formats/film/big_endian.h"
#include "documents/formats/film/ebml.h"
#include "documents/formats/film/film.h"

namespace cairn::film {
namespace {

constexpr std::size_t kTextMax = 64 << 10;
constexpr std::int64_t kNanosecondsMax = std::int64_t{1} << 60;
constexpr std::int64_t kSecondsFrom1970To2001 = 978'307'200;

// Identifiers, with their marker bits.
constexpr std::uint32_t kSegment = 0x18538067, kInfo = 0x1549a966,
                        kTimestampScale = 0x2ad7b1, kDuration = 0x4489,
                        kTitle = 0x7ba9, kDate = 0x4461, kTracks = 0x1654ae6b,
                        kTrackEntry = 0xae, kTrackNumber = 0xd7,
                        kTrackType = 0x83, kFlagDefault = 0x88,
                        kFlagForced = 0x55aa, kCodec = 0x86,
                        kCodecPrivate = 0x63a2, kLanguage = 0x22b59c,
                        kLanguageTag = 0x22b59d, kEncodings = 0x6d80,
                        kDefaultDuration = 0x23e383, kCluster = 0x1f43b675,
                        kTimestamp = 0xe7, kSimpleBlock = 0xa3,
                        kBlockGroup = 0xa0, kBlock = 0xa1,
                        kBlockDuration = 0x9b, kReference = 0xfb,
                        kChapters = 0x1043a770, kEdition = 0x45b9,
                        kChapterAtom = 0xb6, kChapterBegin = 0x91,
                        kChapterHidden = 0x98, kChapterDisplay = 0x80,
                        kChapterText = 0x85, kTags = 0x1254c367, kTag = 0x7373,
                        kTargets = 0x63c0, kSimpleTag = 0x67c8,
                        kTagName = 0x45a3, kTagText = 0x4487;
// Of kTargets: what is not about the whole film.
constexpr std::array<std::uint32_t, 4> kPartTargets = {0x63c5, 0x63c9, 0x63c4,
                                                       0x63c6};

// Lengths of the frames in a block that holds several; empty: damaged.
class Laces {
 public:
  // `flags`: of the block; `bytes`: what stands behind them.
  Laces(unsigned flags, std::string_view bytes) : rest_(bytes) {
    const unsigned lacing = flags >> 1 & 3;
    if (lacing == 0) {
      Take(rest_.size());
      return;
    }
    if (rest_.empty()) return;
    const std::size_t count = NumberAt(rest_, 0, 1) + 1;
    rest_.remove_prefix(1);
    if (lacing == 2) {
      const std::size_t size = rest_.size() / count;
      for (std::size_t i = 0; i < count; ++i) Take(size);
      return;
    }
    std::vector<std::size_t> sizes;
    if (!(lacing == 1 ? ReadXiph(count, sizes) : ReadEbml(count, sizes))) {
      return;
    }
    for (const std::size_t size : sizes) Take(size);
    Take(rest_.size());
  }
  const std::vector<std::string_view>& frames() const { return frames_; }

 private:
  void Take(std::size_t size) {
    size = std::min(size, rest_.size());
    frames_.push_back(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  // Bytes are summed up to the first that is not 255.
  bool ReadXiph(std::size_t count, std::vector<std::size_t>& sizes) {
    while (sizes.size() + 1 < count) {
      std::size_t size = 0;
      for (std::size_t byte = 255; byte == 255; size += byte) {
        if (rest_.empty()) return false;
        byte = NumberAt(rest_, 0, 1);
        rest_.remove_prefix(1);
      }
      sizes.push_back(size);
    }
    return true;
  }
  // The first length, then how much longer each is than the one before.
  bool ReadEbml(std::size_t count, std::vector<std::size_t>& sizes) {
    std::uint64_t size = 0;
    while (sizes.size() + 1 < count) {
      const std::size_t before = rest_.size();
      const auto value = TakeVarint(rest_);
      if (!value.has_value()) return false;
      const std::size_t width = before - rest_.size();
      const std::uint64_t middle = (std::uint64_t{1} << (7 * width - 1)) - 1;
      size = sizes.empty() ? *value : size + *value - middle;
      if (size > rest_.size()) return false;
      sizes.push_back(static_cast<std::size_t>(size));
    }
    return true;
  }

  std::string_view rest_;
  std::vector<std::string_view> frames_;
};

// A flag behind the number of the track and two bytes of time.
bool IsKeyBlock(std::string_view body) {
  return TakeVarint(body).has_value() && (NumberAt(body, 2, 1) & 0x80) != 0;
}

class MatroskaReader {
 public:
  MatroskaReader(std::string_view bytes, TrackKind samples_of, Film& film)
      : bytes_(bytes),
        samples_of_(samples_of),
        film_(film),
        budget_(bytes.size()) {}

  Status Read();

 private:
  void ReadSegment(std::string_view body);
  void ReadInfo(std::string_view body);
  void ReadTracks(std::string_view body);
  void ReadTrack(std::string_view body);
  void ReadGroup(std::string_view body);
  void ReadBlock(std::string_view body, std::uint64_t duration, bool key);
  void ReadChapters(std::string_view body);
  void ReadChapter(std::string_view body);
  void ReadTags(std::string_view body);
  void ReadTag(std::string_view body);
  void TakeTag(std::string_view name, std::string_view text);

  // Of ticks of the file, which are clusters' and blocks'.
  std::int64_t Nanoseconds(std::uint64_t ticks) const {
    const auto max = static_cast<std::uint64_t>(kNanosecondsMax) / scale_;
    return static_cast<std::int64_t>(std::min(ticks, max) * scale_);
  }

  const std::string_view bytes_;
  const TrackKind samples_of_;
  Film& film_;
  Budget budget_;
  std::uint64_t scale_ = 1'000'000;  // Nanoseconds in a tick.
  double duration_ticks_ = 0;
  std::uint64_t cluster_ticks_ = 0;
  std::vector<std::uint64_t> default_durations_;  // Of each track, in ns.
};

Status MatroskaReader::Read() {
  ElementWalk walk(bytes_, budget_);
  for (Element element; walk.Next(element);) {
    if (element.id == kSegment) ReadSegment(element.body);
  }
  if (film_.tracks.empty()) {
    return InvalidArgumentError(
        "the film has no list of tracks: it was not written to its end, or is "
        "no Matroska or WebM file; save it anew",
        "DAMAGED_FILM");
  }
  const double ms = duration_ticks_ * static_cast<double>(scale_) / 1e6;
  if (ms > 0 && ms < UINT32_MAX) {
    film_.duration_ms = static_cast<std::uint32_t>(ms);
  }
  budget_.Warn(film_);
  return OkStatus();
}

// Clusters are entered, since those of a live film tell no length.
void MatroskaReader::ReadSegment(std::string_view body) {
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    switch (element.id) {
      case kInfo:
        ReadInfo(element.body);
        break;
      case kTracks:
        ReadTracks(element.body);
        break;
      case kChapters:
        ReadChapters(element.body);
        break;
      case kTags:
        ReadTags(element.body);
        break;
      case kCluster:
        walk.Enter(element);
        break;
      case kTimestamp:
        cluster_ticks_ = UnsignedOf(element.body);
        break;
      case kSimpleBlock:
        ReadBlock(element.body, 0, IsKeyBlock(element.body));
        break;
      case kBlockGroup:
        ReadGroup(element.body);
        break;
      default:
        break;
    }
  }
}

void MatroskaReader::ReadInfo(std::string_view body) {
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    if (element.id == kTimestampScale) {
      scale_ =
          std::clamp<std::uint64_t>(UnsignedOf(element.body), 1, 1'000'000'000);
    } else if (element.id == kDuration) {
      duration_ticks_ = FloatOf(element.body);
    } else if (element.id == kTitle) {
      film_.title = CleanText(element.body.substr(0, kTextMax));
    } else if (element.id == kDate && element.body.size() == 8) {
      const auto since = static_cast<std::int64_t>(UnsignedOf(element.body));
      film_.AddProperty("created", DayOfSeconds(since / 1'000'000'000 +
                                                kSecondsFrom1970To2001));
    }
  }
}

void MatroskaReader::ReadTracks(std::string_view body) {
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    if (element.id == kTrackEntry && film_.tracks.size() < kTracksMax) {
      ReadTrack(element.body);
    }
  }
}

void MatroskaReader::ReadTrack(std::string_view body) {
  constexpr std::uint64_t kSeenType = 1, kSoundType = 2, kSubtitleType = 17;
  Track track;
  track.ticks_per_second = 1'000'000;
  track.description = body;
  // One without a language is English, says the format; files say otherwise, so
  // that the text is asked.
  std::uint64_t default_duration = 0;
  bool tagged = false;
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    const std::uint64_t value = UnsignedOf(element.body);
    switch (element.id) {
      case kTrackNumber:
        track.number = value;
        break;
      case kTrackType:
        track.kind = value == kSeenType       ? TrackKind::kSeen
                     : value == kSoundType    ? TrackKind::kSound
                     : value == kSubtitleType ? TrackKind::kSubtitles
                                              : TrackKind::kOther;
        break;
      case kFlagDefault:
        track.preferred = value != 0;
        break;
      case kFlagForced:
        track.forced = value != 0;
        break;
      case kCodec:
        track.codec = CleanText(element.body.substr(0, 64));
        break;
      case kCodecPrivate:
        track.codec_private = element.body;
        break;
      case kLanguage:
        if (!tagged) track.language = LanguageTag(element.body);
        break;
      case kLanguageTag:
        tagged = true;
        track.language = LanguageTag(element.body);
        break;
      case kEncodings:
        track.locked = true;
        break;
      case kDefaultDuration:
        default_duration = std::min<std::uint64_t>(value, 1'000'000'000);
        break;
      default:
        break;
    }
  }
  film_.tracks.push_back(std::move(track));
  default_durations_.push_back(default_duration);
}

void MatroskaReader::ReadGroup(std::string_view body) {
  std::string_view block;
  std::uint64_t duration = 0;
  bool key = true;
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    if (element.id == kBlock) block = element.body;
    if (element.id == kBlockDuration) duration = UnsignedOf(element.body);
    if (element.id == kReference) key = false;
  }
  ReadBlock(block, duration, key);
}

void MatroskaReader::ReadBlock(std::string_view body, std::uint64_t duration,
                               bool key) {
  const auto number = TakeVarint(body);
  if (!number.has_value() || body.size() < 3) return;
  for (std::size_t i = 0; i < film_.tracks.size(); ++i) {
    Track& track = film_.tracks[i];
    if (track.number != *number || track.kind != samples_of_) continue;
    const auto relative = static_cast<std::int16_t>(NumberAt(body, 0, 2));
    const auto flags = static_cast<unsigned>(NumberAt(body, 2, 1));
    const std::int64_t offset =
        std::int64_t{relative} * static_cast<std::int64_t>(scale_);
    std::int64_t begin = Nanoseconds(cluster_ticks_) + offset;
    const Laces laces(flags, body.substr(3));
    for (const std::string_view frame : laces.frames()) {
      if (!budget_.AddSample({.begin = begin / 1000,
                              .duration = Nanoseconds(duration) / 1000,
                              .bytes = frame,
                              .key = key},
                             track)) {
        return;
      }
      begin += static_cast<std::int64_t>(default_durations_[i]);
    }
    return;
  }
}

void MatroskaReader::ReadChapters(std::string_view body) {
  ElementWalk editions(body, budget_);
  for (Element edition; editions.Next(edition);) {
    if (edition.id != kEdition || !film_.chapters.empty()) continue;
    ElementWalk walk(edition.body, budget_);
    for (Element atom; walk.Next(atom);) {
      if (atom.id == kChapterAtom) ReadChapter(atom.body);
    }
  }
}

// Chapters within chapters are left out.
void MatroskaReader::ReadChapter(std::string_view body) {
  std::string title;
  std::uint64_t begin = 0;
  bool hidden = false;
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    if (element.id == kChapterBegin) begin = UnsignedOf(element.body);
    if (element.id == kChapterHidden) hidden = UnsignedOf(element.body) != 0;
    if (element.id != kChapterDisplay || !title.empty()) continue;
    ElementWalk display(element.body, budget_);
    for (Element text; display.Next(text);) {
      if (text.id == kChapterText) {
        title = CleanText(text.body.substr(0, kTextMax));
      }
    }
  }
  if (hidden || film_.chapters.size() >= kChaptersMax) return;
  const auto microseconds = static_cast<std::int64_t>(begin / 1000);
  film_.chapters.push_back(
      {Milliseconds(microseconds, 1'000'000), std::move(title)});
}

void MatroskaReader::ReadTags(std::string_view body) {
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    if (element.id == kTag) ReadTag(element.body);
  }
}

void MatroskaReader::ReadTag(std::string_view body) {
  std::vector<std::pair<std::string, std::string_view>> texts;
  ElementWalk walk(body, budget_);
  for (Element element; walk.Next(element);) {
    if (element.id != kTargets && element.id != kSimpleTag) continue;
    std::string name;
    std::string_view text;
    ElementWalk inside(element.body, budget_);
    for (Element part; inside.Next(part);) {
      const bool of_part = std::find(kPartTargets.begin(), kPartTargets.end(),
                                     part.id) != kPartTargets.end();
      // About a track or a chapter, unless it names none.
      if (element.id == kTargets && of_part && UnsignedOf(part.body) != 0) {
        return;
      }
      if (part.id == kTagName) name = CleanText(part.body.substr(0, 64));
      if (part.id == kTagText) text = part.body.substr(0, kTextMax);
    }
    if (element.id == kSimpleTag) texts.emplace_back(std::move(name), text);
  }
  for (const auto& [name, text] : texts) TakeTag(name, text);
}

void MatroskaReader::TakeTag(std::string_view name, std::string_view text) {
  std::string value = CleanText(text);
  const bool about = name == "DESCRIPTION" || name == "SYNOPSIS";
  const bool remark = name == "COMMENT" || name == "SUMMARY";
  if (name == "TITLE" && film_.title.empty()) {
    film_.title = std::move(value);
  } else if (about || (remark && film_.about.empty())) {
    film_.about = std::move(value);
  } else if (name == "ARTIST" || name == "DIRECTOR") {
    film_.AddProperty("author", std::move(value));
  } else if (name == "KEYWORDS") {
    film_.AddProperty("keywords", std::move(value));
  } else if (name == "GENRE" || name == "SUBJECT") {
    film_.AddProperty("subject", std::move(value));
  } else if (name == "DATE_RELEASED" || name == "DATE_RECORDED" ||
             name == "DATE") {
    film_.AddFirst("created", DayOf(value));
  }
}

}  // namespace

Status ReadMatroska(std::string_view bytes, TrackKind samples_of, Film& film) {
  return MatroskaReader(bytes, samples_of, film).Read();
}

}  // namespace cairn::film
