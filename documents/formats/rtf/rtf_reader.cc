#include "documents/formats/rtf/rtf_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/page_margins.h"
#include "documents/formats/rtf/rtf_lexer.h"
#include "documents/formats/rtf/rtf_picture.h"
#include "documents/formats/rtf/rtf_table.h"
#include "documents/formats/rtf/rtf_text.h"
#include "documents/formats/rtf/rtf_words.h"

namespace cairn {
namespace {

using Kind = RtfToken::Kind;

constexpr int kBodyLevel = 9;  // \outlinelevel of text that is no heading.

enum class Target {
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

bool IsMargin(Target target) {
  return target == Target::kHeader || target == Target::kFooter;
}

template <typename Words>
bool IsOneOf(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Group {
  Target target = Target::kBody;
  bool hidden = false, deleted = false;
  bool in_margin = false;
  bool shows_picture = false;  // The property of a shape that is one.
  bool counts_pages = false;   // The result of a field that does.
  int fallback = 1;            // \uc
  std::string_view charset;
  bool starred = false;  // "\*" came first.
};

// What stands after the paragraph that it belongs to.
struct Aside {
  BlockType type = BlockType::kParagraph;
  std::string text;
  std::optional<RtfPicture> picture;
};

struct Paragraph {
  bool in_table = false;
  int outline = kBodyLevel;
  int style = 0;
  int list = 0;
  int list_level = 0;
  bool list_text = false;
};

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
  void EndComment();
  void EndDescription();
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
  void EndParagraph();
  void EndCell();
  void EndRow();
  void AddAsides(std::size_t count);
  void EndStyle();
  int OutlineOf(const Paragraph& paragraph) const;
  void Report();

  RtfLexer lexer_;
  const Limits& limits_;
  DocumentPictures& pictures_;
  DocumentBuilder& builder_;

  std::vector<Group> open_;
  Group now_;
  std::size_t too_deep_ = 0;  // Open groups beyond the limit.
  int skip_ = 0;              // Signs that stand for the last \u.
  Paragraph paragraph_;
  std::array<RtfText, static_cast<std::size_t>(Target::kCount)> texts_;
  std::vector<Aside> asides_;
  std::size_t row_asides_ = 0;         // Of these, those of the table.
  std::optional<RtfPicture> picture_;  // The one being read.
  PageMargins margins_;
  bool numbered_ = false;  // The head or foot has a page number.
  std::string comment_author_, comment_time_, property_;
  int year_ = 0, month_ = 0, day_ = 0;
  std::string_view document_charset_ = "windows-1252";

  std::map<int, std::string_view> font_charsets_;
  int font_ = 0;
  std::map<int, int> style_outlines_;
  int style_ = 0, style_outline_ = kBodyLevel;

  RtfTable table_;
  std::vector<RtfCellDefinition> definitions_;
  RtfCellDefinition definition_;
  std::vector<std::string> cells_;
  std::string cell_;
  bool header_row_ = false;

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
  if (ended == Target::kStyles) EndStyle();
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
    asides_.push_back({.text = CollapseWhiteSpace(taken())});
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
  if (ended == Target::kComment) EndComment();
  if (ended == Target::kPropertyName) property_ = TrimWhiteSpace(taken());
  if (ended == Target::kDescription) EndDescription();
  if (ended == Target::kPicture && picture_.has_value()) {
    asides_.push_back({.picture = std::exchange(picture_, std::nullopt)});
  }
}

void RtfReader::EndDescription() {
  const std::string text = CollapseWhiteSpace(
      texts_[static_cast<std::size_t>(Target::kDescription)].Take());
  // Programs write a picture twice, for newer and older readers.
  const auto before =
      std::find_if(asides_.rbegin(), asides_.rend(),
                   [](const Aside& aside) { return !aside.picture; });
  if (before != asides_.rend() && before->text == text) return;
  // What shapes say of themselves may stand behind their picture.
  const bool late = !asides_.empty() && asides_.back().picture &&
                    asides_.back().picture->of_shape();
  asides_.insert(late ? asides_.end() - 1 : asides_.end(),
                 {.type = BlockType::kFigure, .text = text});
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

void RtfReader::EndComment() {
  const std::string text = CollapseWhiteSpace(
      texts_[static_cast<std::size_t>(Target::kComment)].Take());
  std::uint32_t time = 0;
  std::from_chars(comment_time_.data(),
                  comment_time_.data() + comment_time_.size(), time);
  if (!text.empty()) {
    asides_.push_back(
        {.text =
             CommentLabel("", comment_author_, DayOfDttm(time)) + ": " + text});
  }
  comment_author_.clear();
  comment_time_.clear();
}

// "heading 1" is in the style sheet of every language; so is \outlinelevel.
void RtfReader::EndStyle() {
  std::string name = texts_[static_cast<std::size_t>(Target::kStyles)].Take();
  name = name.substr(0, name.find(';'));
  if (name.starts_with("heading ") && name.size() == 9 && name[8] >= '1' &&
      name[8] <= '9') {
    style_outline_ = name[8] - '1';
  } else if (name == "Title") {
    style_outline_ = 0;
  }
  constexpr std::size_t kStylesMax = 10'000;
  if (style_outline_ < kBodyLevel && style_outlines_.size() < kStylesMax) {
    style_outlines_[style_] = style_outline_;
  }
  style_ = 0;
  style_outline_ = kBodyLevel;
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
  } else if (starred && word != "shpinst" && word != "shppict") {
    now_.target = Target::kSkip;
  } else if (word == "pict") {
    StartPicture();
  } else if (IsOneOf(kRtfSkipped, word)) {
    now_.target = Target::kSkip;
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
  } else if (token.text == "ansicpg") {
    const std::string_view name = CharsetOfCodePage(token.number);
    if (!name.empty()) document_charset_ = name;
  } else if (token.text == "mac") {
    document_charset_ = "macintosh";
  } else if (token.text == "pc") {
    document_charset_ = "ibm-437";
  } else if (token.text == "pca") {
    document_charset_ = "ibm-850";
  } else if (token.text == "deflang") {
    builder_.SetLanguage(LanguageOfLocale(token.number));
  } else {
    return false;
  }
  return true;
}

bool RtfReader::FontOrStyleWord(const RtfToken& token) {
  constexpr std::size_t kFontsMax = 10'000;
  if (token.text == "f") {
    font_ = token.number;
    const auto it = font_charsets_.find(font_);
    now_.charset = it == font_charsets_.end() ? std::string_view() : it->second;
  } else if (token.text == "fcharset") {
    if (now_.target == Target::kFonts && font_charsets_.size() < kFontsMax) {
      font_charsets_[font_] = CharsetOfFont(token.number);
    }
  } else if (now_.target == Target::kStyles && token.text == "s") {
    style_ = token.number;
  } else if (now_.target == Target::kStyles && token.text == "outlinelevel") {
    style_outline_ = token.number;
  } else {
    return now_.target == Target::kStyles;
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
  } else if (IsMargin(now_.target)) {
    numbered_ |= token.text == "chpgn";
    if (token.text == "cell" || token.text == "row") Sign("\n");
    return false;
  } else if (now_.target != Target::kBody) {
    return false;
  } else if (token.text == "pard") {
    const bool list_text = paragraph_.list_text;
    paragraph_ = Paragraph();
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
  if (token.text == "trowd") {
    definitions_.clear();
    definition_ = RtfCellDefinition();
    header_row_ = false;
  } else if (token.text == "trhdr") {
    header_row_ = true;
  } else if (token.text == "clmrg") {
    definition_.joins_left = true;
  } else if (token.text == "clvmrg") {
    definition_.joins_above = true;
  } else if (token.text == "cellx") {
    definition_.right_edge = token.number;
    if (definitions_.size() < kRtfColumnsMax) {
      definitions_.push_back(definition_);
    }
    definition_ = RtfCellDefinition();
  } else if (token.text == "cell") {
    EndCell();
  } else if (token.text == "row") {
    EndRow();
  } else {
    return false;
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

int RtfReader::OutlineOf(const Paragraph& paragraph) const {
  if (paragraph.outline != kBodyLevel) return paragraph.outline;
  const auto style = style_outlines_.find(paragraph.style);
  return style == style_outlines_.end() ? kBodyLevel : style->second;
}

void RtfReader::EndParagraph() {
  RtfText& body = texts_[static_cast<std::size_t>(Target::kBody)];
  const std::string text(TrimWhiteSpace(body.Take()));
  const Paragraph paragraph = paragraph_;
  paragraph_.list_text = false;
  if (paragraph.in_table) {
    cell_ += text + "\n";
    return;
  }
  // A picture may be all that it has.
  if (text.empty() && asides_.empty()) return;
  // A row that never ends is text like any other.
  if (!cell_.empty() || !cells_.empty()) EndRow();
  margins_.Write(builder_);
  table_.Write(builder_);
  AddAsides(row_asides_);
  const int outline = OutlineOf(paragraph);
  if (outline >= 0 && outline < kBodyLevel) {
    builder_.AddBlock(BlockType::kHeading, CollapseWhiteSpace(text),
                      static_cast<std::uint8_t>(std::min(outline, 5) + 1));
  } else if (paragraph.list > 0 || paragraph.list_text) {
    builder_.AddBlock(
        BlockType::kListItem, text,
        static_cast<std::uint8_t>(std::clamp(paragraph.list_level, 0, 8) + 1));
  } else {
    builder_.AddBlock(BlockType::kParagraph, text);
  }
  AddAsides(asides_.size());
}

void RtfReader::EndCell() {
  cell_ += texts_[static_cast<std::size_t>(Target::kBody)].Take();
  paragraph_.list_text = false;
  constexpr std::size_t kCellsMax = 2 * kRtfColumnsMax;
  if (cells_.size() < kCellsMax) {
    cells_.push_back(CollapseWhiteSpace(cell_));
  } else {
    cells_.back() += " " + CollapseWhiteSpace(cell_);
  }
  cell_.clear();
}

void RtfReader::EndRow() {
  const RtfText& body = texts_[static_cast<std::size_t>(Target::kBody)];
  if (!TrimWhiteSpace(cell_).empty() || body.size() > 0) EndCell();
  cell_.clear();
  row_asides_ = asides_.size();
  if (!cells_.empty()) {
    table_.AddRow(definitions_, std::exchange(cells_, {}), header_row_);
  }
}

void RtfReader::AddAsides(std::size_t count) {
  const auto end = asides_.begin() + static_cast<std::ptrdiff_t>(count);
  for (auto aside = asides_.begin(); aside != end; ++aside) {
    builder_.AddBlock(aside->type, aside->text);
    if (aside->picture) aside->picture->Write(pictures_, builder_);
  }
  asides_.erase(asides_.begin(), end);
  row_asides_ = 0;
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
  now_ = Group();
  if (paragraph_.in_table) EndRow();
  paragraph_.in_table = false;
  EndParagraph();
  if (!cells_.empty()) EndRow();
  margins_.Write(builder_);
  table_.Write(builder_);
  AddAsides(asides_.size());
  Report();
}

}  // namespace

void ReadRtf(std::string_view bytes, const Limits& limits,
             DocumentPictures& pictures, DocumentBuilder& builder) {
  RtfReader(bytes, limits, pictures, builder).Read();
}

}  // namespace cairn
