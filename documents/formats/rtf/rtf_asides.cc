#include "documents/formats/rtf/rtf_asides.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "documents/formats/package/comment_label.h"

namespace cairn {

void RtfAsides::AddText(std::string text) {
  asides_.push_back({.text = std::move(text)});
}

void RtfAsides::AddComment(const std::string& text, const std::string& author,
                           const std::string& time) {
  if (text.empty()) return;
  std::uint32_t number = 0;
  std::from_chars(time.data(), time.data() + time.size(), number);
  AddText(CommentLabel("", author, DayOfDttm(number)) + ": " + text);
}

void RtfAsides::AddPicture(RtfPicture picture) {
  asides_.push_back({.picture = std::move(picture)});
}

void RtfAsides::AddDescription(std::string text) {
  // Programs write a picture twice, for newer and older readers.
  const auto before =
      std::find_if(asides_.rbegin(), asides_.rend(),
                   [](const Aside& aside) { return !aside.picture; });
  if (before != asides_.rend() && before->text == text) return;
  // What shapes say of themselves may stand behind their picture.
  const bool late = !asides_.empty() && asides_.back().picture &&
                    asides_.back().picture->of_shape();
  asides_.insert(late ? asides_.end() - 1 : asides_.end(),
                 {.type = BlockType::kFigure, .text = std::move(text)});
}

void RtfAsides::Write(std::size_t count, DocumentPictures& pictures,
                      DocumentBuilder& builder) {
  const auto end = asides_.begin() + static_cast<std::ptrdiff_t>(count);
  for (auto aside = asides_.begin(); aside != end; ++aside) {
    builder.AddBlock(aside->type, aside->text);
    if (aside->picture) aside->picture->Write(pictures, builder);
  }
  asides_.erase(asides_.begin(), end);
  of_table_ = 0;
}

}  // namespace cairn
