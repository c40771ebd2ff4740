#include "documents/formats/msg/rtf_html.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "documents/formats/rtf/rtf_lexer.h"
#include "documents/formats/rtf/rtf_text.h"
#include "documents/formats/rtf/rtf_words.h"

namespace cairn {
namespace {

using Kind = RtfToken::Kind;

constexpr std::size_t kHeadBytes = 256;  // In which RTF says what it is of.

// Destinations whose text is none of the page.
constexpr std::array<std::string_view, 6> kTables = {
    "fonttbl", "colortbl", "stylesheet", "info", "listtable", "pntext"};

struct Group {
  bool markup = false;  // Of \htmltag: text is HTML as it stands.
  bool skipped = false;
  bool rtf_only = false;  // Between \htmlrtf and \htmlrtf0.
  bool starred = false;
  int fallback = 1;  // \uc
  int font = 0;
};

class Unwrapper {
 public:
  Unwrapper(std::string_view rtf, std::size_t nesting_max)
      : lexer_(rtf), nesting_max_(nesting_max) {}

  std::string Run() {
    for (RtfToken token = lexer_.Next(); token.kind != Kind::kEnd;
         token = lexer_.Next()) {
      Take(token);
    }
    return out_.Take();
  }

 private:
  void Take(const RtfToken& token) {
    switch (token.kind) {
      case Kind::kOpen:
        if (open_.size() >= nesting_max_) {
          ++too_deep_;
          return;
        }
        open_.push_back(now_);
        now_.starred = false;
        return;
      case Kind::kClose:
        return Close();
      case Kind::kWord:
        return Word(token);
      case Kind::kSymbol:
        return Symbol(token.text[0]);
      case Kind::kByte: {
        const char byte = static_cast<char>(token.number);
        return Text({&byte, 1});
      }
      default:
        return Text(token.text);
    }
  }

  void Close() {
    skip_ = 0;
    if (too_deep_ > 0) {
      --too_deep_;
    } else if (!open_.empty()) {
      now_ = open_.back();
      open_.pop_back();
    }
  }

  // That of the font, where it tells one.
  std::string_view Charset() const {
    const auto found = font_charsets_.find(now_.font);
    return found == font_charsets_.end() || found->second.empty()
               ? charset_
               : found->second;
  }

  bool Shown() const {
    return too_deep_ == 0 && !now_.skipped && !now_.rtf_only;
  }

  void Text(std::string_view bytes) {
    const std::size_t skipped = std::min(skip_, bytes.size());
    skip_ -= skipped;
    bytes.remove_prefix(skipped);
    if (!Shown()) return;
    if (now_.markup) return out_.AddBytes(bytes, Charset());
    // Signs that mean something in HTML stand in markup.
    while (!bytes.empty()) {
      const std::size_t plain =
          std::min(bytes.find_first_of("<&"), bytes.size());
      out_.AddBytes(bytes.substr(0, plain), Charset());
      bytes.remove_prefix(plain);
      if (bytes.empty()) return;
      out_.Add(bytes[0] == '<' ? "&lt;" : "&amp;");
      bytes.remove_prefix(1);
    }
  }

  void Symbol(char sign) {
    if (sign == '*') {
      now_.starred = true;
    } else if (sign == '~') {
      Put("\xc2\xa0");
    } else if (sign == '\\' || sign == '{' || sign == '}') {
      Put({&sign, 1});
    }
  }

  void Put(std::string_view utf8) {
    if (skip_ > 0) {
      --skip_;
    } else if (Shown()) {
      out_.Add(utf8);
    }
  }

  void Word(const RtfToken& token) {
    const bool starred = now_.starred;
    now_.starred = false;
    if (token.text == "htmlrtf") {
      now_.rtf_only = !token.has_number || token.number != 0;
    } else if (token.text == "htmltag") {
      now_.markup = true;
    } else if (token.text == "f") {
      now_.font = token.number;  // In the table: the font that is told of.
    } else if (token.text == "fcharset") {
      font_charsets_[now_.font] = CharsetOfFont(token.number);
    } else if (starred || std::find(kTables.begin(), kTables.end(),
                                    token.text) != kTables.end()) {
      now_.skipped = true;
    } else if (token.text == "ansicpg") {
      const std::string_view name = CharsetOfCodePage(token.number);
      if (!name.empty()) charset_ = name;
    } else if (token.text == "uc") {
      now_.fallback = token.number;
    } else if (token.text == "u") {
      if (Shown()) out_.AddUnit(token.number);
      skip_ = static_cast<std::size_t>(std::clamp(now_.fallback, 0, 16));
    } else {
      if (token.text == "par") Put("\n");
      for (const RtfSign& sign : kRtfSigns) {
        if (token.text == sign.word) Put(sign.text);
      }
    }
  }

  RtfLexer lexer_;
  const std::size_t nesting_max_;
  std::vector<Group> open_;
  Group now_;
  std::size_t too_deep_ = 0;
  std::size_t skip_ = 0;  // Signs that stand for the last \u.
  std::string_view charset_ = "windows-1252";
  std::map<int, std::string_view> font_charsets_;
  RtfText out_;
};

}  // namespace

std::optional<std::string> HtmlInRtf(std::string_view rtf,
                                     std::size_t nesting_max) {
  if (rtf.substr(0, kHeadBytes).find("\\fromhtml1") == std::string_view::npos) {
    return std::nullopt;
  }
  return Unwrapper(rtf, nesting_max).Run();
}

bool IsRtfOfPlainText(std::string_view rtf) {
  return rtf.substr(0, kHeadBytes).find("\\fromtext") != std::string_view::npos;
}

}  // namespace cairn
