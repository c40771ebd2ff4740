// RtfWords: control words that stand for signs or for what is not shown.
//
// Place: under RtfReader.
#pragma once

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

// Destinations whose text is not the document's.
inline constexpr std::array<std::string_view, 33> kRtfSkipped = {
    "colortbl",     "header",   "headerl",  "headerr",   "headerf",  "footer",
    "footerl",      "footerr",  "footerf",  "pict",      "fldinst",  "sp",
    "ftnsep",       "ftnsepc",  "ftncn",    "aftnsep",   "aftnsepc", "aftncn",
    "author",       "operator", "subject",  "keywords",  "comment",  "doccomm",
    "company",      "manager",  "category", "hlinkbase", "upr",      "objdata",
    "nonesttables", "xe",       "tc"};

}  // namespace cairn
