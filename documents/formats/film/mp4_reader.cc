// ISO base media: .mp4, .m4a, .mov, with or without fragments.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "documents/charset.h"
#include "documents/formats/film/boxes.h"
#include "documents/formats/film/film.h"
#include "documents/formats/film/mp4_samples.h"

namespace cairn::film {
namespace {

constexpr std::int64_t kSecondsFrom1904To1970 = 2'082'844'800;
constexpr std::size_t kTextMax = 64 << 10;
constexpr std::string_view kCopyright = "\xa9";  // Begins the names of texts.

struct TrackDraft {
  Track track;
  SampleTables tables;
  FragmentDefaults defaults;
  std::vector<std::uint32_t> chapter_tracks;
  std::int64_t delay = 0;       // Before its first sample, in movie ticks.
  std::int64_t media_from = 0;  // What stands before it is not shown.
  std::int64_t next_begin = 0;  // Of the next fragment.
};

TrackKind KindOf(std::string_view handler) {
  if (handler == "vide") return TrackKind::kSeen;
  if (handler == "soun") return TrackKind::kSound;
  for (const std::string_view text : {"sbtl", "subt", "text", "subp", "clcp"}) {
    if (handler == text) return TrackKind::kSubtitles;
  }
  return TrackKind::kOther;
}

// Five bits a letter.
std::string PackedLanguage(std::uint64_t packed) {
  std::string code;
  for (const int shift : {10, 5, 0}) {
    code.push_back(static_cast<char>(0x60 + (packed >> shift & 0x1f)));
  }
  return code;
}

// Of the matrix that a picture is shown by; cameras turn by quarters only.
unsigned QuarterTurns(std::string_view matrix) {
  constexpr std::uint32_t kOne = 0x10000, kMinusOne = 0xffff0000;
  const std::uint32_t a = U32At(matrix, 0);
  const std::uint32_t b = U32At(matrix, 4);
  const std::uint32_t c = U32At(matrix, 12);
  const std::uint32_t d = U32At(matrix, 16);
  if (a == kMinusOne && d == kMinusOne && b == 0) return 2;
  if (a != 0 || d != 0) return 0;
  if (b == kOne && c == kMinusOne) return 1;
  return b == kMinusOne && c == kOne ? 3 : 0;
}

class Mp4Reader {
 public:
  Mp4Reader(std::string_view bytes, TrackKind samples_of, Film& film)
      : bytes_(bytes),
        samples_of_(samples_of),
        film_(film),
        budget_(bytes.size()) {}

  Status Read();

 private:
  void ReadMovie(std::string_view body);
  void ReadMovieHead(std::string_view body);
  void ReadTrack(std::string_view body);
  void ReadEdits(std::string_view body, TrackDraft& draft);
  void ReadMedia(std::string_view body, TrackDraft& draft);
  void ReadTables(std::string_view body, TrackDraft& draft);
  void ReadExtends(std::string_view body);
  void ReadFragment(const MediaBox& fragment);
  void ReadUserData(std::string_view body);
  void ReadItems(std::string_view meta);
  void ReadChapterList(std::string_view body);
  void TakeText(std::string_view name, std::string_view text);
  bool Wants(const TrackDraft& draft) const;
  bool IsChapterTrack(std::uint64_t number) const;
  void TakeChapters(const Track& track);
  void Finish();

  TrackDraft* DraftOf(std::uint64_t number) {
    for (TrackDraft& draft : drafts_) {
      if (draft.track.number == number) return &draft;
    }
    return nullptr;
  }

  const std::string_view bytes_;
  const TrackKind samples_of_;
  Film& film_;
  Budget budget_;
  std::uint64_t ticks_per_second_ = 1000;
  std::vector<TrackDraft> drafts_;
  std::vector<Chapter> listed_chapters_;
};

Status Mp4Reader::Read() {
  BoxWalk walk(bytes_, budget_);
  bool found = false;
  for (MediaBox box; walk.Next(box);) {
    if (box.type == "moov" && !found) {
      found = true;
      ReadMovie(box.body);
      for (TrackDraft& draft : drafts_) {
        if (Wants(draft)) {
          AddTableSamples(bytes_, draft.tables, budget_, draft.track);
          if (!draft.track.samples.empty()) {
            const Sample& last = draft.track.samples.back();
            draft.next_begin = last.begin + last.duration;
          }
        }
      }
    } else if (box.type == "moof") {
      ReadFragment(box);
    }
  }
  if (drafts_.empty()) {
    return InvalidArgumentError(
        "the film has no list of tracks (moov): it was not written to its "
        "end, or is no MP4 or QuickTime file; save it anew",
        "DAMAGED_FILM");
  }
  Finish();
  return OkStatus();
}

void Mp4Reader::ReadMovie(std::string_view body) {
  BoxWalk walk(body, budget_);
  for (MediaBox box; walk.Next(box);) {
    if (box.type == "mvhd") ReadMovieHead(box.body);
    if (box.type == "trak") ReadTrack(box.body);
    if (box.type == "udta") ReadUserData(box.body);
    if (box.type == "meta") ReadItems(box.body);
    if (box.type == "mvex") ReadExtends(box.body);
  }
}

void Mp4Reader::ReadMovieHead(std::string_view body) {
  const bool wide = NumberAt(body, 0, 1) == 1;
  const std::size_t width = wide ? 8 : 4;
  const std::uint64_t made = NumberAt(body, 4, width);
  ticks_per_second_ = U32At(body, 4 + 2 * width);
  const std::uint64_t duration = NumberAt(body, 8 + 2 * width, width);
  if (duration < (wide ? UINT64_MAX : UINT32_MAX)) {
    film_.duration_ms = Milliseconds(
        static_cast<std::int64_t>(duration & INT64_MAX), ticks_per_second_);
  }
  if (made < UINT32_MAX * std::uint64_t{4}) {
    film_.AddProperty("created", DayOfSeconds(static_cast<std::int64_t>(made) -
                                              kSecondsFrom1904To1970));
  }
}

void Mp4Reader::ReadTrack(std::string_view body) {
  if (drafts_.size() >= kTracksMax) return;
  TrackDraft draft;
  BoxWalk walk(body, budget_);
  for (MediaBox box; walk.Next(box);) {
    if (box.type == "tkhd") {
      const bool wide = NumberAt(box.body, 0, 1) == 1;
      draft.track.number = U32At(box.body, wide ? 20 : 12);
      draft.track.preferred = (U32At(box.body, 0) & 1) != 0;  // Enabled.
      draft.track.quarter_turns = QuarterTurns(From(box.body, wide ? 52 : 40));
    } else if (box.type == "edts") {
      ReadEdits(box.body, draft);
    } else if (box.type == "mdia") {
      ReadMedia(box.body, draft);
    } else if (box.type == "tref") {
      BoxWalk references(box.body, budget_);
      for (MediaBox reference; references.Next(reference);) {
        if (reference.type != "chap") continue;
        for (std::size_t at = 0;
             at + 4 <= reference.body.size() && at < 4 * kTracksMax; at += 4) {
          draft.chapter_tracks.push_back(U32At(reference.body, at));
        }
      }
    }
  }
  drafts_.push_back(std::move(draft));
}

// Only how a track begins: an empty edit, then where its media is shown from.
void Mp4Reader::ReadEdits(std::string_view body, TrackDraft& draft) {
  BoxWalk walk(body, budget_);
  MediaBox box;
  if (!walk.Next(box) || box.type != "elst") return;
  const std::size_t width = NumberAt(box.body, 0, 1) == 1 ? 8 : 4;
  const std::uint64_t none = width == 8 ? UINT64_MAX : UINT32_MAX;
  std::size_t at = 8;
  if (U32At(box.body, 4) > 1 && NumberAt(box.body, at + width, width) == none) {
    draft.delay =
        static_cast<std::int64_t>(NumberAt(box.body, at, width) & UINT32_MAX);
    at += 2 * width + 4;
  }
  const std::uint64_t from = NumberAt(box.body, at + width, width);
  if (from != none) {
    draft.media_from = static_cast<std::int64_t>(from & UINT32_MAX);
  }
}

void Mp4Reader::ReadMedia(std::string_view body, TrackDraft& draft) {
  BoxWalk walk(body, budget_);
  for (MediaBox box; walk.Next(box);) {
    if (box.type == "mdhd") {
      const bool wide = NumberAt(box.body, 0, 1) == 1;
      draft.track.ticks_per_second = U32At(box.body, wide ? 20 : 12);
      const std::uint64_t packed = NumberAt(box.body, wide ? 32 : 20, 2);
      if (draft.track.language.empty()) {
        draft.track.language = LanguageTag(PackedLanguage(packed));
      }
    } else if (box.type == "elng") {
      const std::string_view tag = From(box.body, 4);
      draft.track.language = LanguageTag(tag.substr(0, tag.find('\0')));
    } else if (box.type == "hdlr" && draft.track.kind == TrackKind::kOther) {
      draft.track.kind = KindOf(From(box.body, 8, 4));
    } else if (box.type == "minf") {
      BoxWalk information(box.body, budget_);
      for (MediaBox part; information.Next(part);) {
        if (part.type == "stbl") ReadTables(part.body, draft);
      }
    }
  }
}

void Mp4Reader::ReadTables(std::string_view body, TrackDraft& draft) {
  BoxWalk walk(body, budget_);
  SampleTables& tables = draft.tables;
  for (MediaBox box; walk.Next(box);) {
    if (box.type == "stsd") {
      draft.track.description = box.body;
      draft.track.codec = CleanText(From(box.body, 12, 4));
      draft.track.locked = draft.track.codec.starts_with("enc");
    }
    if (box.type == "stts") tables.stts = box.body;
    if (box.type == "stsc") tables.stsc = box.body;
    if (box.type == "stsz") tables.stsz = box.body;
    if (box.type == "ctts") tables.ctts = box.body;
    if (box.type == "stss") tables.stss = box.body;
    if (box.type == "stco") tables.stco = box.body;
    if (box.type == "co64") tables.co64 = box.body;
  }
}

void Mp4Reader::ReadExtends(std::string_view body) {
  BoxWalk walk(body, budget_);
  for (MediaBox box; walk.Next(box);) {
    if (box.type != "trex") continue;
    if (TrackDraft* const draft = DraftOf(U32At(box.body, 4))) {
      draft->defaults = {.duration = U32At(box.body, 12),
                         .size = U32At(box.body, 16),
                         .flags = U32At(box.body, 20)};
    }
  }
}

void Mp4Reader::ReadFragment(const MediaBox& fragment) {
  const auto offset =
      static_cast<std::uint64_t>(fragment.whole.data() - bytes_.data());
  BoxWalk walk(fragment.body, budget_);
  for (MediaBox box; walk.Next(box);) {
    if (box.type != "traf") continue;
    BoxWalk inside(box.body, budget_);
    MediaBox head;
    if (!inside.Next(head) || head.type != "tfhd") continue;
    TrackDraft* const draft = DraftOf(U32At(head.body, 4));
    if (draft == nullptr || !Wants(*draft)) continue;
    AddFragmentSamples(bytes_, box.body, offset, draft->defaults, budget_,
                       draft->next_begin, draft->track);
  }
}

void Mp4Reader::ReadUserData(std::string_view body) {
  BoxWalk walk(body, budget_);
  for (MediaBox box; walk.Next(box);) {
    if (box.type == "meta") {
      ReadItems(box.body);
    } else if (box.type == "chpl") {
      ReadChapterList(box.body);
    } else if (box.type.starts_with(kCopyright)) {
      // QuickTime: a length, a language, the text.
      TakeText(box.type, From(box.body, 4, NumberAt(box.body, 0, 2)));
    }
  }
}

// The list of iTunes: a box for each text, which holds a box `data`.
void Mp4Reader::ReadItems(std::string_view meta) {
  // QuickTime's box has no version.
  BoxWalk parts(From(meta, From(meta, 4, 4) == "hdlr" ? 0 : 4), budget_);
  for (MediaBox part; parts.Next(part);) {
    if (part.type != "ilst") continue;
    BoxWalk items(part.body, budget_);
    for (MediaBox item; items.Next(item);) {
      BoxWalk inside(item.body, budget_);
      MediaBox data;
      constexpr std::uint32_t kUtf8 = 1;
      if (inside.Next(data) && data.type == "data" &&
          U32At(data.body, 0) == kUtf8) {
        TakeText(item.type, From(data.body, 8));
      }
    }
  }
}

void Mp4Reader::TakeText(std::string_view name, std::string_view text) {
  std::string value = CleanText(text.substr(0, kTextMax));
  if (name.starts_with(kCopyright)) name.remove_prefix(1);
  if (name == "nam") {
    if (film_.title.empty()) film_.title = std::move(value);
  } else if (name == "ldes") {
    film_.about = std::move(value);
  } else if (name == "desc" || name == "des" || name == "cmt") {
    if (film_.about.empty()) film_.about = std::move(value);
  } else if (name == "ART") {
    film_.AddProperty("author", std::move(value));
  } else if (name == "keyw") {
    film_.AddProperty("keywords", std::move(value));
  } else if (name == "gen") {
    film_.AddProperty("subject", std::move(value));
  } else if (name == "day") {
    film_.AddFirst("created", DayOf(value));
  }
}

// Nero's list of chapters: begins in units of 100 ns.
void Mp4Reader::ReadChapterList(std::string_view body) {
  std::size_t at = NumberAt(body, 0, 1) == 1 ? 8 : 4;
  const std::uint64_t count = NumberAt(body, at, 1);
  ++at;
  for (std::uint64_t i = 0; i < count && at + 9 <= body.size() &&
                            listed_chapters_.size() < kChaptersMax;
       ++i) {
    const auto begin =
        static_cast<std::int64_t>(NumberAt(body, at, 8) & (UINT64_MAX >> 1));
    const std::uint64_t size = NumberAt(body, at + 8, 1);
    listed_chapters_.push_back(
        {Milliseconds(begin, 10'000'000), CleanText(From(body, at + 9, size))});
    at += 9 + size;
  }
}

bool Mp4Reader::IsChapterTrack(std::uint64_t number) const {
  for (const TrackDraft& draft : drafts_) {
    for (const std::uint32_t chapters : draft.chapter_tracks) {
      if (chapters == number) return true;
    }
  }
  return false;
}

bool Mp4Reader::Wants(const TrackDraft& draft) const {
  return draft.track.kind == samples_of_;
}

// Samples are texts behind a length.
void Mp4Reader::TakeChapters(const Track& track) {
  for (const Sample& sample : track.samples) {
    if (film_.chapters.size() >= kChaptersMax) return;
    film_.chapters.push_back(
        {Milliseconds(sample.begin, track.ticks_per_second),
         CleanText(From(sample.bytes, 2, NumberAt(sample.bytes, 0, 2)))});
  }
}

void Mp4Reader::Finish() {
  for (TrackDraft& draft : drafts_) {
    Track& track = draft.track;
    // Longer than any film: where the first sample moves to.
    const auto delay = static_cast<std::int64_t>(
        static_cast<double>(draft.delay) *
        static_cast<double>(track.ticks_per_second) /
        static_cast<double>(std::max<std::uint64_t>(ticks_per_second_, 1)));
    for (Sample& sample : track.samples) {
      sample.begin += delay - draft.media_from;
    }
    if (IsChapterTrack(track.number)) {
      if (track.kind == TrackKind::kSubtitles) TakeChapters(track);
      track.kind = TrackKind::kOther;
      track.samples.clear();
    }
    film_.tracks.push_back(std::move(track));
  }
  if (film_.chapters.empty()) film_.chapters = std::move(listed_chapters_);
  budget_.Warn(film_);
}

}  // namespace

Status ReadMp4(std::string_view bytes, TrackKind samples_of, Film& film) {
  return Mp4Reader(bytes, samples_of, film).Read();
}

}  // namespace cairn::film
