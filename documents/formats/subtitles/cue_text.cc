#include "documents/formats/subtitles/cue_text.h"

#include "documents/entities.h"

namespace cairn {
namespace {

bool IsAlnum(char sign) {
  return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z') ||
         (sign >= 'A' && sign <= 'Z');
}

}  // namespace

void AddCueLine(std::string_view line, Cue& cue) {
  if (!cue.text.empty()) cue.text.push_back(' ');
  for (std::size_t i = 0; i < line.size(); ++i) {
    // Nothing is looked for twice: a line may be long and full of these signs.
    if (line[i] == '<' && i + 1 < line.size() &&
        (IsAlnum(line[i + 1]) || line[i + 1] == '/')) {
      const std::size_t end = line.find('>', i);
      if (end == std::string_view::npos) {
        cue.text += line.substr(i);
        return;
      }
      const std::string_view name = line.substr(i + 1, end - i - 1);
      const std::size_t space = name.find(' ');
      if ((name.starts_with("v ") || name.starts_with("v.")) &&
          space != std::string_view::npos && cue.speaker.empty()) {
        cue.speaker = CollapseWhiteSpace(name.substr(space));
      }
      i = end;
      continue;
    }
    if (line.substr(i).starts_with("{\\")) {  // "{\an8}" of SubRip.
      const std::size_t end = line.substr(0, i + 40).find('}', i);
      if (end != std::string_view::npos) {
        i = end;
        continue;
      }
    }
    if (line[i] == '&') {
      const std::size_t end = line.substr(0, i + 12).find(';', i);
      if (end != std::string_view::npos) {
        AppendEntity(cue.text, line.substr(i, end - i + 1));
        i = end;
        continue;
      }
    }
    cue.text.push_back(line[i]);
  }
}

}  // namespace cairn
