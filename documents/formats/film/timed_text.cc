#include "documents/formats/film/timed_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "documents/charset.h"
#include "documents/formats/film/big_endian.h"
#include "documents/formats/film/boxes.h"
#include "documents/formats/subtitles/cue_text.h"

namespace cairn::film {
namespace {

// How older files of WebM call WebVTT; an identifier and settings stand before
// the text, each in a line.
constexpr std::array<std::string_view, 2> kOlderWebVtt = {"D_WEBVTT/SUBTITLES",
                                                          "D_WEBVTT/CAPTIONS"};
constexpr std::array<std::string_view, 10> kTextCodecs = {
    "tx3g",          "text",          "wvtt",       "S_TEXT/UTF8",
    "S_TEXT/ASCII",  "S_TEXT/WEBVTT", "S_TEXT/ASS", "S_TEXT/SSA",
    kOlderWebVtt[0], kOlderWebVtt[1]};

// As SubRip and WebVTT write it.
void AddMarkup(std::string_view bytes, Cue& cue) {
  const std::string text = CleanText(bytes);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!line.empty()) AddCueLine(line, cue);
  }
}

std::string_view WithoutLines(std::string_view text, int lines) {
  for (; lines > 0; --lines) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text;
}

std::string Utf16Text(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
    auto sign = static_cast<char32_t>(NumberAt(bytes, at, 2));
    const auto low = static_cast<char32_t>(NumberAt(bytes, at + 2, 2));
    if (sign >= 0xd800 && sign < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
      sign = 0x10000 + ((sign - 0xd800) << 10) + (low - 0xdc00);
      at += 2;
    }
    AppendUtf8(out, sign);
  }
  return out;
}

// A length, the text, boxes about its look.
void AddQuickTimeText(std::string_view bytes, Cue& cue) {
  const std::string_view text = From(bytes, 2, NumberAt(bytes, 0, 2));
  cue.text = CleanText(text.starts_with("\xfe\xff") ? Utf16Text(text.substr(2))
                                                    : std::string(text));
}

// A box `vttc` for each cue, with its text in `payl`.
void AddWebVtt(std::string_view bytes, Budget& budget, Cue& cue) {
  BoxWalk walk(bytes, budget);
  for (MediaBox box; walk.Next(box);) {
    if (box.type != "vttc") continue;
    BoxWalk inside(box.body, budget);
    for (MediaBox part; inside.Next(part);) {
      if (part.type == "payl") AddMarkup(part.body, cue);
    }
  }
}

// Whether a drawing follows such tags: "\p1" begins one, "\p0" ends it.
bool DrawingAfter(std::string_view tags, bool drawing) {
  for (std::size_t at = tags.find("\\p"); at != std::string_view::npos;
       at = tags.find("\\p", at + 2)) {
    const std::string_view digit = From(tags, at + 2, 1);
    if (digit >= "0" && digit <= "9") drawing = digit != "0";
  }
  return drawing;
}

// Without "{\i1}" and the like; of drawings nothing is text.
void AddStyledText(std::string_view text, std::string& out) {
  bool drawing = false;
  bool closed = true;  // False: no brace closes behind.
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{' && closed) {
      const std::size_t end = text.find('}', at);
      closed = end != std::string_view::npos;
      if (closed) {
        drawing = DrawingAfter(text.substr(at, end - at), drawing);
        at = end;
        continue;
      }
    }
    const std::string_view two = text.substr(at, 2);
    if (two == "\\N" || two == "\\n" || two == "\\h") {
      out.push_back(' ');
      ++at;
    } else if (!drawing) {
      out.push_back(text[at]);
    }
  }
}

// "ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text".
void AddSubStation(std::string_view bytes, Cue& cue) {
  constexpr int kFieldsBefore = 8;
  constexpr int kNameField = 3;
  const std::string line = CleanText(bytes);
  std::string_view rest = line;
  for (int field = 0; field < kFieldsBefore; ++field) {
    const std::size_t comma = rest.find(',');
    if (comma == std::string_view::npos) return;
    if (field == kNameField) {
      cue.speaker = CollapseWhiteSpace(rest.substr(0, comma));
    }
    rest.remove_prefix(comma + 1);
  }
  AddStyledText(rest, cue.text);
}

}  // namespace

bool IsTextCodec(std::string_view codec) {
  return std::find(kTextCodecs.begin(), kTextCodecs.end(), codec) !=
         kTextCodecs.end();
}

std::vector<Cue> CuesOf(const Track& track) {
  std::vector<Cue> cues;
  Budget budget(0);
  for (const Sample& sample : track.samples) {
    // Where the next begins, one without a length ends.
    const std::int64_t begin =
        Milliseconds(sample.begin, track.ticks_per_second);
    if (!cues.empty() && cues.back().end_ms < 0) {
      cues.back().end_ms = std::max(begin, cues.back().begin_ms);
    }
    Cue cue{.begin_ms = begin, .end_ms = -1, .speaker = {}, .text = {}};
    if (sample.duration > 0) {
      cue.end_ms =
          Milliseconds(sample.begin + sample.duration, track.ticks_per_second);
    }
    if (track.codec == "wvtt") {
      AddWebVtt(sample.bytes, budget, cue);
    } else if (track.codec == "tx3g" || track.codec == "text") {
      AddQuickTimeText(sample.bytes, cue);
    } else if (track.codec == "S_TEXT/ASS" || track.codec == "S_TEXT/SSA") {
      AddSubStation(sample.bytes, cue);
    } else if (track.codec == kOlderWebVtt[0] ||
               track.codec == kOlderWebVtt[1]) {
      AddMarkup(WithoutLines(sample.bytes, 2), cue);
    } else {
      AddMarkup(sample.bytes, cue);
    }
    if (!TrimWhiteSpace(cue.text).empty()) cues.push_back(std::move(cue));
  }
  for (Cue& cue : cues) cue.end_ms = std::max(cue.end_ms, cue.begin_ms);
  std::stable_sort(cues.begin(), cues.end(), [](const Cue& a, const Cue& b) {
    return a.begin_ms < b.begin_ms;
  });
  return cues;
}

}  // namespace cairn::film
