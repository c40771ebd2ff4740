// RtfWords: control words that stand for signs or for what is not shown.
//
// Place: under RtfReader.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace cairn {

struct RtfSign {
  std::string_view word;
  std::string_view text;
};
inline constexpr std::array kRtfSigns = {
    RtfSign{"tab", "\t"},       RtfSign{"line", "\n"},
    RtfSign{"emdash", "—"},     RtfSign{"endash", "–"},
    RtfSign{"lquote", "‘"},     RtfSign{"rquote", "’"},
    RtfSign{"ldblquote", "“"},  RtfSign{"rdblquote", "”"},
    RtfSign{"bullet", "•"},     RtfSign{"emspace", " "},
    RtfSign{"enspace", " "},    RtfSign{"qmspace", " "},
    RtfSign{"nestcell", " | "}, RtfSign{"nestrow", "\n"},
    RtfSign{"softline", "\n"},  RtfSign{"lbr", "\n"},
};

template <typename Words>
bool IsOneOf(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What a file says of itself, and the property that it becomes.
inline constexpr std::array<std::string_view, 3> kRtfProperties = {
    "author", "subject", "keywords"};

// Heads and feet of pages, and destinations whose text is not the document's;
// shapes and pictures are repeated for old programs.
inline constexpr std::array<std::string_view, 4> kRtfHeaders = {
    "header", "headerl", "headerr", "headerf"};
inline constexpr std::array<std::string_view, 4> kRtfFooters = {
    "footer", "footerl", "footerr", "footerf"};
inline constexpr std::array<std::string_view, 23> kRtfSkipped = {
    "colortbl", "shprslt", "nonshppict",   "fldinst",  "sp",       "ftnsep",
    "ftnsepc",  "ftncn",   "aftnsep",      "aftnsepc", "aftncn",   "operator",
    "comment",  "doccomm", "company",      "manager",  "category", "hlinkbase",
    "upr",      "objdata", "nonesttables", "xe",       "tc"};

// Those that count within what is skipped.
inline constexpr std::array<std::string_view, 5> kRtfWithinSkipped = {
    "ud", "shptxt", "sn", "sv", "pict"};

}  // namespace cairn
