// RtfGroup: what holds within an open group, and RtfParagraph: what is said of
// the paragraph that is being read.
//
// Place: under RtfReader. Values.
#pragma once

#include <string_view>

#include "documents/formats/rtf/rtf_styles.h"

namespace cairn {

// Where the text of a group goes.
enum class RtfTarget {
  kBody,
  kSkip,
  kFonts,
  kStyles,
  kTitle,
  kProperty,
  kTime,
  kNote,
  kListText,
  kHeader,
  kFooter,
  kFieldCode,  // Of fields in heads and feet.
  kCommentAuthor,
  kCommentTime,
  kComment,
  kPropertyName,  // Of a shape or picture.
  kDescription,
  kPicture,
  kCount,
};

inline bool IsMargin(RtfTarget target) {
  return target == RtfTarget::kHeader || target == RtfTarget::kFooter;
}

struct RtfGroup {
  RtfTarget target = RtfTarget::kBody;
  bool hidden = false, deleted = false;
  bool in_margin = false;
  bool shows_picture = false;  // The property of a shape that is one.
  bool counts_pages = false;   // The result of a field that does.
  int fallback = 1;            // \uc
  std::string_view charset;
  bool starred = false;  // "\*" came first.
};

struct RtfParagraph {
  bool in_table = false;
  int outline = kRtfBodyLevel;
  int style = 0;
  int list = 0;
  int list_level = 0;
  bool list_text = false;
};

}  // namespace cairn
