#include "documents/formats/rtf/rtf_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/page_margins.h"
#include "documents/formats/rtf/rtf_asides.h"
#include "documents/formats/rtf/rtf_group.h"
#include "documents/formats/rtf/rtf_lexer.h"
#include "documents/formats/rtf/rtf_picture.h"
#include "documents/formats/rtf/rtf_row.h"
#include "documents/formats/rtf/rtf_styles.h"
#include "documents/formats/rtf/rtf_table.h"
#include "documents/formats/rtf/rtf_text.h"
#include "documents/formats/rtf/rtf_words.h"

namespace cairn {
namespace {

using Kind = RtfToken::Kind;

using Target = RtfTarget;

class RtfReader {
 public:
  RtfReader(std::string_view bytes, const Limits& limits,
            DocumentPictures& pictures, DocumentBuilder& builder)
      : lexer_(bytes),
        limits_(limits),
        pictures_(pictures),
        builder_(builder) {}

  void Read();

 private:
  void Open();
  void Close();
  void Word(const RtfToken& token);
  bool DestinationWord(std::string_view word);
  bool AsideWord(std::string_view word);
  void EndDestination(Target ended);
  void StartPicture();
  void Start(Target target);
  bool TimeWord(const RtfToken& token);
  bool CharacterWord(const RtfToken& token);
  bool ParagraphWord(const RtfToken& token);
  bool TableWord(const RtfToken& token);
  bool FontOrStyleWord(const RtfToken& token);
  void Symbol(char sign);
  void Text(std::string_view bytes);
  void Unit(int unit);
  void Sign(std::string_view utf8);
  bool Shown() const;
  RtfText& Sink();
  RtfText& Body() { return texts_[static_cast<std::size_t>(Target::kBody)]; }
  void EndParagraph();
  void EndRow();
  void Report();

  RtfLexer lexer_;
  const Limits& limits_;
  DocumentPictures& pictures_;
  DocumentBuilder& builder_;

  std::vector<RtfGroup> open_;
  RtfGroup now_;
  std::size_t too_deep_ = 0;  // Open groups beyond the limit.
  int skip_ = 0;              // Signs that stand for the last \u.
  RtfParagraph paragraph_;
  std::array<RtfText, static_cast<std::size_t>(Target::kCount)> texts_;
  RtfAsides asides_;
  std::optional<RtfPicture> picture_;  // The one being read.
  PageMargins margins_;
  bool numbered_ = false;  // The head or foot has a page number.
  std::string comment_author_, comment_time_, property_;
  int year_ = 0, month_ = 0, day_ = 0;
  std::string_view document_charset_ = "windows-1252";

  RtfStyles styles_;
  RtfTable table_;
  RtfRow row_;

  std::size_t left_out_ = 0;
};

void RtfReader::Open() {
  if (open_.size() >= limits_.nesting_max) {
    ++too_deep_;
    left_out_ += too_deep_ == 1 ? 1 : 0;
    return;
  }
  open_.push_back(now_);
  now_.starred = false;
}

void RtfReader::Close() {
  if (too_deep_ > 0) {
    --too_deep_;
    return;
  }
  skip_ = 0;
  if (open_.empty()) return;
  const Target ended = now_.target;
  const bool outer = open_.back().target != ended;
  now_ = open_.back();
  open_.pop_back();
  if (ended == Target::kStyles) {
    styles_.EndStyle(texts_[static_cast<std::size_t>(ended)].Take());
  }
  if (outer) EndDestination(ended);
}

void RtfReader::EndDestination(Target ended) {
  const auto taken = [&] {
    return texts_[static_cast<std::size_t>(ended)].Take();
  };
  if (ended == Target::kTitle) builder_.SetTitle(taken());
  if (ended == Target::kProperty) {
    builder_.SetProperty(property_, CollapseWhiteSpace(taken()));
    property_.clear();
  }
  if (ended == Target::kTime) {
    builder_.SetProperty(property_, DayText(year_, month_, day_));
    property_.clear();
    year_ = month_ = day_ = 0;
  }
  if (ended == Target::kNote) {
    asides_.AddText(CollapseWhiteSpace(taken()));
  }
  if (IsMargin(ended)) {
    margins_.Add(ended == Target::kHeader, taken(),
                 std::exchange(numbered_, false));
  }
  if (ended == Target::kFieldCode &&
      taken().find("PAGE") != std::string::npos) {
    now_.counts_pages = numbered_ = true;
  }
  if (ended == Target::kCommentAuthor) comment_author_ = taken();
  if (ended == Target::kCommentTime) comment_time_ = taken();
  if (ended == Target::kComment) {
    asides_.AddComment(CollapseWhiteSpace(taken()),
                       std::exchange(comment_author_, {}),
                       std::exchange(comment_time_, {}));
  }
  if (ended == Target::kPropertyName) property_ = TrimWhiteSpace(taken());
  if (ended == Target::kDescription) {
    asides_.AddDescription(CollapseWhiteSpace(taken()));
  }
  if (ended == Target::kPicture && picture_.has_value()) {
    asides_.AddPicture(*std::move(picture_));
    picture_.reset();
  }
}

// Those of heads and feet are not read, nor those of bullets and backgrounds.
void RtfReader::StartPicture() {
  const bool of_shape = std::exchange(now_.shows_picture, false);
  const bool shown =
      of_shape || now_.target == Target::kBody || now_.target == Target::kNote;
  if (!shown || now_.in_margin || now_.hidden || now_.deleted) {
    now_.target = Target::kSkip;
    return;
  }
  now_.target = Target::kPicture;
  picture_.emplace(of_shape);
}

bool RtfReader::Shown() const {
  return too_deep_ == 0 && now_.target != Target::kSkip &&
         now_.target != Target::kPicture && now_.target != Target::kFonts &&
         now_.target != Target::kListText && !now_.hidden && !now_.deleted &&
         !now_.counts_pages;
}

RtfText& RtfReader::Sink() {
  return texts_[static_cast<std::size_t>(now_.target)];
}

void RtfReader::Text(std::string_view bytes) {
  const auto skipped =
      std::min<std::size_t>(static_cast<std::size_t>(skip_), bytes.size());
  skip_ -= static_cast<int>(skipped);
  bytes.remove_prefix(skipped);
  if (now_.target == Target::kPicture && too_deep_ == 0 && picture_) {
    picture_->AddHex(bytes);
  }
  if (bytes.empty() || !Shown()) return;
  Sink().AddBytes(bytes,
                  now_.charset.empty() ? document_charset_ : now_.charset);
}

void RtfReader::Unit(int unit) {
  if (Shown()) Sink().AddUnit(unit);
  skip_ = std::clamp(now_.fallback, 0, 16);
}

void RtfReader::Sign(std::string_view utf8) {
  if (skip_ > 0) {
    --skip_;
  } else if (Shown()) {
    Sink().Add(utf8);
  }
}

void RtfReader::Symbol(char sign) {
  if (sign == '*') now_.starred = true;
  if (sign == '~') Sign("\xc2\xa0");
  if (sign == '_') Sign("-");
  if (sign == '\\' || sign == '{' || sign == '}') Sign({&sign, 1});
  if (sign == '\t') Sign("\t");
  if ((sign == '\n' || sign == '\r') && Shown()) EndParagraph();
}

void RtfReader::Start(Target target) {
  now_.target = target;
  now_.starred = false;
}

// What stands beside the text: heads and feet, comments, descriptions.
bool RtfReader::AsideWord(std::string_view word) {
  const bool header = IsOneOf(kRtfHeaders, word);
  const bool body = now_.target == Target::kBody;
  if (header || IsOneOf(kRtfFooters, word)) {
    now_.in_margin = true;
    Start(!body ? Target::kSkip : header ? Target::kHeader : Target::kFooter);
  } else if (word == "fldinst" && IsMargin(now_.target)) {
    Start(Target::kFieldCode);
  } else if (word == "atnauthor" && body) {
    Start(Target::kCommentAuthor);
  } else if (word == "atndate" && now_.target == Target::kComment) {
    Start(Target::kCommentTime);
  } else if (word == "annotation") {
    Start(body ? Target::kComment : Target::kSkip);
  } else if (word == "sn" && !now_.in_margin) {
    Start(Target::kPropertyName);
  } else if (word == "sv" && property_ == "pib") {
    property_.clear();
    now_.shows_picture = true;
  } else if (word == "sv" && property_ == "wzDescription") {
    property_.clear();
    Start(Target::kDescription);
  } else {
    return false;
  }
  return true;
}

// True when the word names a destination.
bool RtfReader::DestinationWord(std::string_view word) {
  const bool starred = std::exchange(now_.starred, false);
  if (AsideWord(word)) return true;
  if (word == "fonttbl") {
    now_.target = Target::kFonts;
  } else if (word == "stylesheet") {
    now_.target = Target::kStyles;
  } else if (word == "title") {
    now_.target = Target::kTitle;
  } else if (IsOneOf(kRtfProperties, word)) {
    property_ = word;
    now_.target = Target::kProperty;
  } else if (word == "creatim" || word == "revtim") {
    property_ = word == "creatim" ? "created" : "modified";
    now_.target = Target::kTime;
  } else if (word == "footnote") {
    if (now_.target == Target::kBody) Start(Target::kNote);
  } else if (word == "shptxt" || word == "ud") {
    // Text of a box, and the better one of two spellings: within groups that
    // are skipped.
    if (word == "ud") {
      now_.target = Target::kBody;
    } else if (now_.target == Target::kBody || now_.target == Target::kSkip) {
      Start(Target::kNote);
    }
  } else if (word == "listtext" || word == "pntext") {
    if (now_.target == Target::kBody) now_.target = Target::kListText;
    paragraph_.list_text = true;
  } else if ((starred && word != "shpinst" && word != "shppict") ||
             (word != "pict" && IsOneOf(kRtfSkipped, word))) {
    now_.target = Target::kSkip;
  } else if (word == "pict") {
    StartPicture();
  } else {
    return false;
  }
  return true;
}

// A time of the file, in numbers.
bool RtfReader::TimeWord(const RtfToken& token) {
  if (now_.target != Target::kTime) return false;
  if (token.text == "yr") year_ = token.number;
  if (token.text == "mo") month_ = token.number;
  if (token.text == "dy") day_ = token.number;
  return true;
}

bool RtfReader::CharacterWord(const RtfToken& token) {
  const bool on = !token.has_number || token.number != 0;
  if (token.text == "u") {
    Unit(token.number);
  } else if (token.text == "uc") {
    now_.fallback = token.number;
  } else if (token.text == "v") {
    now_.hidden = on;
  } else if (token.text == "deleted") {
    now_.deleted = on;
  } else if (token.text == "plain") {
    now_.hidden = now_.deleted = false;
    now_.charset = {};
  } else if (token.text == "deflang") {
    builder_.SetLanguage(LanguageOfLocale(token.number));
  } else {
    const std::string_view charset = CharsetOfWord(token.text, token.number);
    if (!charset.empty()) document_charset_ = charset;
    return !charset.empty();
  }
  return true;
}

bool RtfReader::FontOrStyleWord(const RtfToken& token) {
  const bool in_sheet = now_.target == Target::kStyles;
  if (token.text == "f") {
    now_.charset = styles_.UseFont(token.number);
  } else if (token.text == "fcharset") {
    if (now_.target == Target::kFonts) styles_.DefineFont(token.number);
  } else if (in_sheet) {
    styles_.Word(token);
  } else {
    return false;
  }
  return true;
}

bool RtfReader::ParagraphWord(const RtfToken& token) {
  if (token.text == "par" || token.text == "sect" || token.text == "page") {
    if (now_.target == Target::kBody) {
      EndParagraph();
    } else {
      Sign("\n");
    }
  } else if (now_.target != Target::kBody) {
    if (IsMargin(now_.target)) {
      numbered_ |= token.text == "chpgn";
      if (token.text == "cell" || token.text == "row") Sign("\n");
    }
    return false;
  } else if (token.text == "pard") {
    const bool list_text = paragraph_.list_text;
    paragraph_ = RtfParagraph();
    // Some programs write the bullet first.
    paragraph_.list_text = list_text;
  } else if (token.text == "intbl") {
    paragraph_.in_table = true;
  } else if (token.text == "outlinelevel") {
    paragraph_.outline = token.number;
  } else if (token.text == "s") {
    paragraph_.style = token.number;
  } else if (token.text == "ls") {
    paragraph_.list = token.number;
  } else if (token.text == "ilvl") {
    paragraph_.list_level = token.number;
  } else {
    return false;
  }
  return true;
}

bool RtfReader::TableWord(const RtfToken& token) {
  if (now_.target != Target::kBody) return false;
  if (token.text == "cell") {
    row_.EndCell(Body().Take());
    paragraph_.list_text = false;
  } else if (token.text == "row") {
    EndRow();
  } else {
    return row_.Word(token);
  }
  return true;
}

void RtfReader::Word(const RtfToken& token) {
  if (skip_ > 0 && token.text != "u" && token.text != "uc") {
    --skip_;  // A word may stand for a character too.
    return;
  }
  skip_ = 0;
  if (too_deep_ > 0) return;
  if (now_.target == Target::kSkip && !IsOneOf(kRtfWithinSkipped, token.text)) {
    return;
  }
  if (now_.target == Target::kPicture && picture_) picture_->Word(token);
  if (DestinationWord(token.text) || TimeWord(token) || CharacterWord(token) ||
      FontOrStyleWord(token) || ParagraphWord(token) || TableWord(token)) {
    return;
  }
  for (const RtfSign& sign : kRtfSigns) {
    if (token.text == sign.word) return Sign(sign.text);
  }
}

void RtfReader::EndParagraph() {
  const std::string text(TrimWhiteSpace(Body().Take()));
  const RtfParagraph paragraph = paragraph_;
  paragraph_.list_text = false;
  if (paragraph.in_table) {
    row_.AddParagraph(text);
    return;
  }
  // A picture may be all that it has.
  if (text.empty() && asides_.empty()) return;
  // A row that never ends is text like any other.
  if (!row_.empty()) EndRow();
  margins_.Write(builder_);
  table_.Write(builder_);
  asides_.WriteThoseOfTable(pictures_, builder_);
  const int outline = paragraph.outline != kRtfBodyLevel
                          ? paragraph.outline
                          : styles_.OutlineOf(paragraph.style);
  if (outline >= 0 && outline < kRtfBodyLevel) {
    builder_.AddBlock(BlockType::kHeading, CollapseWhiteSpace(text),
                      static_cast<std::uint8_t>(std::min(outline, 5) + 1));
  } else if (paragraph.list > 0 || paragraph.list_text) {
    builder_.AddBlock(
        BlockType::kListItem, text,
        static_cast<std::uint8_t>(std::clamp(paragraph.list_level, 0, 8) + 1));
  } else {
    builder_.AddBlock(BlockType::kParagraph, text);
  }
  asides_.WriteAll(pictures_, builder_);
}

void RtfReader::EndRow() {
  row_.End(Body().Take(), table_);
  paragraph_.list_text = false;
  asides_.EndRow();
}

void RtfReader::Report() {
  builder_.AddWarning(
      left_out_,
      "groups were left out: nested deeper than the limit nesting_max of " +
          std::to_string(limits_.nesting_max));
  builder_.AddWarning(open_.size() + too_deep_,
                      "groups are never closed: the file may be cut off");
}

void RtfReader::Read() {
  for (RtfToken token = lexer_.Next(); token.kind != Kind::kEnd;
       token = lexer_.Next()) {
    if (builder_.failed()) return;
    switch (token.kind) {
      case Kind::kOpen:
        Open();
        break;
      case Kind::kClose:
        Close();
        break;
      case Kind::kWord:
        Word(token);
        break;
      case Kind::kSymbol:
        Symbol(token.text[0]);
        break;
      case Kind::kByte: {
        const char byte = static_cast<char>(token.number);
        Text({&byte, 1});
        break;
      }
      default:
        Text(token.text);
    }
  }
  now_ = RtfGroup();
  if (paragraph_.in_table) EndRow();
  paragraph_.in_table = false;
  EndParagraph();
  if (row_.has_cells()) EndRow();
  margins_.Write(builder_);
  table_.Write(builder_);
  asides_.WriteAll(pictures_, builder_);
  Report();
}

}  // namespace

void ReadRtf(std::string_view bytes, const Limits& limits,
             DocumentPictures& pictures, DocumentBuilder& builder) {
  RtfReader(bytes, limits, pictures, builder).Read();
}

}  // namespace cairn
