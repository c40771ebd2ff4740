#include "documents/formats/subtitles/subtitles_parser.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/subtitles/cue_text.h"
#include "documents/formats/subtitles/cue_writer.h"
#include "documents/text_input.h"

namespace cairn {
namespace {

bool IsDigit(char sign) { return sign >= '0' && sign <= '9'; }

// "1:02:03.004", "02:03.004", with a comma in SubRip; taken from `text`.
std::optional<std::int64_t> TakeTime(std::string_view& text) {
  std::int64_t parts[4] = {0, 0, 0, 0};
  std::size_t count = 0;
  std::size_t at = 0;
  while (at < text.size() && text[at] == ' ') ++at;
  bool fraction = false;
  for (; count < 4; ++count) {
    const std::size_t begin = at;
    while (at < text.size() && IsDigit(text[at]) && at - begin < 6) {
      parts[count] = parts[count] * 10 + (text[at++] - '0');
    }
    if (at == begin) return std::nullopt;
    if (fraction) {
      ++count;
      break;
    }
    if (at >= text.size() ||
        (text[at] != ':' && text[at] != '.' && text[at] != ',')) {
      ++count;
      break;
    }
    fraction = text[at] != ':';
    ++at;
  }
  text.remove_prefix(at);
  const std::size_t whole = fraction ? count - 1 : count;
  if (whole < 2 || whole > 3) return std::nullopt;
  std::int64_t seconds = 0;
  for (std::size_t i = 0; i < whole; ++i) seconds = seconds * 60 + parts[i];
  return seconds * 1000 + (fraction ? parts[whole] : 0);
}

bool ReadTimes(std::string_view line, Cue& cue) {
  const auto begin = TakeTime(line);
  if (!begin) return false;
  line = TrimWhiteSpace(line);
  if (!line.starts_with("-->")) return false;
  line.remove_prefix(3);
  const auto end = TakeTime(line);
  if (!end) return false;
  cue.begin_ms = *begin;
  cue.end_ms = *end;
  return true;
}

class Subtitles final : public FormatParser {
 public:
  std::string_view name() const override { return "subtitles"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

// Text before the first times, identifiers, notes and styles are not in a cue.
std::size_t WriteCues(std::string_view text, DocumentBuilder& builder) {
  CueWriter writer(builder);
  std::size_t cues = 0;
  bool in_cue = false;
  Cue cue;
  while (!text.empty() && !builder.failed()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    Cue next;
    if (line.find("-->") != std::string_view::npos && ReadTimes(line, next)) {
      if (in_cue) writer.Add(std::move(cue));
      cue = std::move(next);
      in_cue = true;
      ++cues;
    } else if (TrimWhiteSpace(line).empty()) {
      if (in_cue) writer.Add(std::exchange(cue, Cue()));
      in_cue = false;
    } else if (in_cue) {
      AddCueLine(line, cue);
    }
  }
  if (in_cue) writer.Add(std::move(cue));
  writer.Flush();
  return cues;
}

StatusOr<ParsedDocument> Subtitles::Parse(const ParseInput& input,
                                          const Limits& limits) const {
  DocumentBuilder builder(name(), limits);
  CAIRN_ASSIGN_OR_RETURN(const std::string source,
                         ReadTextInput(input, limits, builder));
  // "WEBVTT Title" and "WEBVTT - Title".
  const std::string_view text = source;
  if (text.starts_with("WEBVTT")) {
    std::string_view title = text.substr(6, text.find('\n') - 6);
    while (title.starts_with(' ') || title.starts_with('-')) {
      title.remove_prefix(1);
    }
    builder.SetTitle(title);
  }
  if (WriteCues(text, builder) == 0) {
    return InvalidArgumentError(
        "the file has no cue such as \"00:01.000 --> 00:02.000\": give it as "
        "text",
        "NO_CUES");
  }
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& SubtitlesParser() {
  static const Subtitles* const parser = new Subtitles();
  return *parser;
}

}  // namespace cairn
