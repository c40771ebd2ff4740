#include "documents/formats/subtitles/cue_writer.h"

#include <algorithm>
#include <utility>

#include "base/clock_text.h"

namespace cairn {
namespace {

constexpr std::int64_t kPauseMs = 3'000;
constexpr std::size_t kParagraphBytes =
    500;  // Then the next full stop ends it.
constexpr std::size_t kParagraphBytesMax = 2'000;

std::uint32_t Milliseconds(std::int64_t ms) {
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(ms, 0, UINT32_MAX));
}

}  // namespace

std::string ShownTimes(std::int64_t begin_ms, std::int64_t end_ms) {
  return "[" + ClockText(begin_ms / 1000) + " - " + ClockText(end_ms / 1000) +
         "] ";
}

void CueWriter::Add(Cue cue) {
  cue.text = CollapseWhiteSpace(cue.text);
  // "- Hello." of two speakers in one cue stays as it is.
  if (cue.text.empty()) return;
  if (!open_.text.empty() && !Continues(cue)) Flush();
  if (open_.text.empty()) {
    open_ = std::move(cue);
    return;
  }
  // Captions that roll repeat the line before.
  if (cue.text != last_) open_.text += " " + cue.text;
  open_.end_ms = std::max(open_.end_ms, cue.end_ms);
  last_ = std::move(cue.text);
}

void CueWriter::Flush() {
  if (open_.text.empty()) return;
  std::string out = ShownTimes(open_.begin_ms, open_.end_ms);
  if (!open_.speaker.empty()) out += open_.speaker + ": ";
  builder_.AddBlock(BlockType::kParagraph, out + open_.text);
  const std::uint32_t begin = Milliseconds(open_.begin_ms);
  builder_.SetTime({begin, std::max(begin, Milliseconds(open_.end_ms))});
  open_ = Cue();
  last_.clear();
}

bool CueWriter::Continues(const Cue& cue) const {
  if (cue.speaker != open_.speaker) return false;
  if (cue.begin_ms - open_.end_ms > kPauseMs) return false;
  const std::size_t size = open_.text.size();
  const bool sentence_ends = open_.text.ends_with('.') ||
                             open_.text.ends_with('?') ||
                             open_.text.ends_with('!');
  return size < kParagraphBytesMax &&
         (size < kParagraphBytes || !sentence_ends);
}

}  // namespace cairn
