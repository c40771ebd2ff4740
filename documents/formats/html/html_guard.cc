#include "documents/formats/html/html_guard.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kAttributesMax = 256;
constexpr std::size_t kFormattingMax = 32;
constexpr std::size_t kNameBytes = 24;

bool IsSpace(char sign) {
  return sign == ' ' || sign == '\t' || sign == '\n' || sign == '\f' ||
         sign == '\r';
}
template <std::size_t size>
bool OneOf(const std::array<std::string_view, size>& names,
           std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 16> kVoid = {
    "area", "base", "br",    "col",    "embed", "hr",  "img",    "input",
    "link", "meta", "param", "source", "track", "wbr", "keygen", "frame"};

// Left open, these are opened again in every block that follows.
constexpr std::array<std::string_view, 14> kFormatting = {
    "a",    "b", "big",   "code",   "em",     "font", "i",
    "nobr", "s", "small", "strike", "strong", "tt",   "u"};

// In these the tree builder reads raw text as tags, or ignores tags.
constexpr std::array<std::string_view, 6> kForeign = {
    "svg", "math", "select", "frameset", "template", "noscript"};

// Their end tags close all that stands inside them, but for kBorders.
constexpr std::array<std::string_view, 37> kBlocks = {
    "address", "article", "aside",   "blockquote", "center",   "details",
    "dialog",  "dir",     "div",     "dl",         "fieldset", "figcaption",
    "figure",  "footer",  "header",  "hgroup",     "main",     "nav",
    "ol",      "pre",     "section", "summary",    "ul",       "p",
    "li",      "dd",      "dt",      "h1",         "h2",       "h3",
    "h4",      "h5",      "h6",      "table",      "tr",       "td",
    "th"};

constexpr std::array<std::string_view, 13> kBorders = {
    "table",  "td",       "th",     "caption", "object", "button", "marquee",
    "applet", "template", "select", "svg",     "math",   "form"};

// There is one of each; a second one and their end tags change nothing.
constexpr std::array<std::string_view, 3> kOnce = {"html", "head", "body"};

constexpr std::array<std::string_view, 9> kTableParts = {
    "caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th", "col"};

// Groups of tags that end an open one of the same group.
int ClosingGroup(std::string_view name) {
  if (name == "p") return 1;
  if (name == "li") return 2;
  if (name == "dt" || name == "dd") return 3;
  if (name == "option" || name == "optgroup") return 4;
  if (name == "td" || name == "th") return 5;
  if (name == "tr") return 6;
  if (name == "tbody" || name == "thead" || name == "tfoot") return 7;
  return 0;
}

struct Tag {
  std::string name;     // Lower case, cut.
  std::size_t end = 0;  // One past '>'.
  std::size_t attributes = 0;
  bool closes = false;
  bool complete = false;
};

// The tag at `at` ("<x" or "</x"), as the standard's tokenizer splits it.
Tag ReadTag(std::string_view html, std::size_t at) {
  Tag tag;
  std::size_t i = at + 1;
  tag.closes = html[i] == '/';
  if (tag.closes) ++i;
  for (;
       i < html.size() && !IsSpace(html[i]) && html[i] != '/' && html[i] != '>';
       ++i) {
    const char sign = html[i];
    if (tag.name.size() >= kNameBytes) continue;
    tag.name.push_back(sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32)
                                                  : sign);
  }
  for (;;) {
    while (i < html.size() && (IsSpace(html[i]) || html[i] == '/')) ++i;
    if (i >= html.size()) break;
    if (html[i] == '>') {
      tag.complete = true;
      tag.end = i + 1;
      return tag;
    }
    ++tag.attributes;
    ++i;  // A name may begin with '='.
    while (i < html.size() && !IsSpace(html[i]) && html[i] != '/' &&
           html[i] != '>' && html[i] != '=') {
      ++i;
    }
    while (i < html.size() && IsSpace(html[i])) ++i;
    if (i >= html.size() || html[i] != '=') continue;
    ++i;
    while (i < html.size() && IsSpace(html[i])) ++i;
    if (i >= html.size()) break;
    if (html[i] == '"' || html[i] == '\'') {
      const std::size_t close = html.find(html[i], i + 1);
      if (close == std::string_view::npos) break;
      i = close + 1;
    } else {
      while (i < html.size() && !IsSpace(html[i]) && html[i] != '>') ++i;
    }
  }
  tag.end = html.size();
  return tag;
}

class Guard {
 public:
  Guard(std::string_view html, std::size_t nesting_max, std::size_t tags_max)
      : html_(html), nesting_max_(nesting_max), tags_max_(tags_max) {}

  GuardedHtml Run() {
    out_.html.reserve(html_.size());
    while (at_ < html_.size() && out_.tags <= tags_max_) {
      const std::size_t open = html_.find('<', at_);
      const std::size_t end = std::min(open, html_.size());
      out_.html += html_.substr(at_, end - at_);
      at_ = end;
      if (at_ < html_.size()) Markup();
    }
    return std::move(out_);
  }

 private:
  void Keep(std::size_t end) {
    out_.html += html_.substr(at_, end - at_);
    at_ = end;
  }

  void Markup() {
    const std::string_view rest = html_.substr(at_);
    const bool closes =
        rest.size() > 2 && rest[1] == '/' && IsAsciiLetter(rest[2]);
    if (rest.size() < 2) return Keep(html_.size());
    if (rest.starts_with("<!--")) return Comment();
    if (rest[1] == '!' && IsAsciiLetter(rest.size() > 2 ? rest[2] : ' ')) {
      const std::size_t end = html_.find('>', at_);  // The document type.
      return Keep(end == std::string_view::npos ? html_.size() : end + 1);
    }
    if (rest[1] == '!' || rest[1] == '?' || (rest[1] == '/' && !closes)) {
      const std::size_t end = html_.find('>', at_);
      at_ = end == std::string_view::npos ? html_.size() : end + 1;
      return;
    }
    if (!closes && !IsAsciiLetter(rest[1])) return Keep(at_ + 1);
    const Tag tag = ReadTag(html_, at_);
    if (!tag.complete) {  // The tree builder drops it as well.
      at_ = html_.size();
      return;
    }
    if (closes) return End(tag);
    Start(tag);
  }

  // Comments go; where one ends early the rest is counted, which is safe.
  void Comment() {
    std::size_t end = html_.find("-->", at_ + 2);
    end = end == std::string_view::npos ? html_.size() : end + 3;
    at_ = end;
  }

  void Start(const Tag& tag) {
    if (OneOf(kForeign, tag.name)) foreign_ = true;
    if (tag.name == "plaintext" || tag.attributes > kAttributesMax) {
      ++out_.dropped;
      at_ = tag.end;
      return;
    }
    const bool raw = tag.name == "script" || tag.name == "style";
    if (raw && !foreign_) return Raw(tag);
    if (OneOf(kVoid, tag.name)) {
      ++out_.tags;
      return Keep(tag.end);
    }
    const bool stray = OneOf(kTableParts, tag.name) && counts_["table"] == 0;
    if (OneOf(kOnce, tag.name) || stray) {  // Ignored, or kept for attributes.
      ++out_.tags;
      return Keep(tag.end);
    }
    Imply(tag);
    const bool formatting = OneOf(kFormatting, tag.name);
    if (open_.size() + formatting_ >= nesting_max_ ||
        (formatting && formatting_ >= kFormattingMax)) {
      ++out_.dropped;
      at_ = tag.end;
      return;
    }
    ++out_.tags;
    if (formatting) {
      ++formatting_;
    } else {
      open_.push_back(tag.name);
    }
    ++counts_[tag.name];
    Keep(tag.end);
  }

  // Scripts and style sheets have nothing to show: they go whole.
  void Raw(const Tag& tag) {
    const std::string end = "</" + tag.name;
    std::size_t at = tag.end;
    for (;; ++at) {
      at = html_.find("</", at);
      if (at == std::string_view::npos) {
        at_ = html_.size();
        return;
      }
      const Tag other = at + 2 < html_.size() && IsAsciiLetter(html_[at + 2])
                            ? ReadTag(html_, at)
                            : Tag();
      if (other.name == tag.name) {
        at_ = other.complete ? other.end : html_.size();
        return;
      }
    }
  }

  void Imply(const Tag& tag) {
    const int group = ClosingGroup(tag.name);
    if (group == 0) return;
    const auto pop = [this](auto matches) {
      while (!open_.empty() && matches(ClosingGroup(open_.back()))) Pop();
    };
    if (group < 5) {
      pop([group](int other) { return other == 1 || other == group; });
    } else {
      pop([group](int other) { return other >= 1 && other <= group; });
    }
  }

  void Pop() {
    --counts_[open_.back()];
    open_.pop_back();
  }

  void End(const Tag& tag) {
    const auto count = counts_.find(tag.name);
    if (count != counts_.end() && count->second > 0) {
      if (OneOf(kFormatting, tag.name)) {
        --count->second;
        --formatting_;
      } else if (!open_.empty() && open_.back() == tag.name) {
        Pop();
      } else if (tag.name != "form") {  // That one closes nothing else.
        CloseTo(tag.name);
      }
    }
    Keep(tag.end);
  }

  // Takes off only what the tree builder surely closes as well.
  void CloseTo(const std::string& name) {
    const bool block = OneOf(kBlocks, name) && !foreign_;
    const bool part = OneOf(kTableParts, name) || name == "table";
    for (std::size_t i = open_.size(); i > 0; --i) {
      const std::string& other = open_[i - 1];
      if (other == name) {
        while (open_.size() >= i) Pop();
        return;
      }
      if (block && part && other != "table" && other != "template") continue;
      if (OneOf(kBorders, other)) return;
      if (!block && (OneOf(kBlocks, other) || OneOf(kTableParts, other))) {
        return;
      }
      if (name == "li" && (other == "ul" || other == "ol")) return;
    }
  }

  std::string_view html_;
  std::size_t nesting_max_;
  std::size_t tags_max_;
  std::size_t at_ = 0;
  bool foreign_ = false;
  std::size_t formatting_ = 0;
  std::vector<std::string> open_;
  std::unordered_map<std::string, std::size_t> counts_;
  GuardedHtml out_;
};

}  // namespace

GuardedHtml GuardHtml(std::string_view html, std::size_t nesting_max,
                      std::size_t tags_max) {
  return Guard(html, nesting_max, tags_max).Run();
}

}  // namespace cairn
