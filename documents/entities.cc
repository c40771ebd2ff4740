#include "documents/entities.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cairn {
namespace {

struct Entity {
  std::string_view name;
  std::string_view text;
};

// The names of HTML 4 and the ASCII signs of HTML 5, sorted.
constexpr std::array kEntities = {
    Entity{"AElig", "\xc3\x86"},
    Entity{"Aacute", "\xc3\x81"},
    Entity{"Acirc", "\xc3\x82"},
    Entity{"Agrave", "\xc3\x80"},
    Entity{"Alpha", "\xce\x91"},
    Entity{"Aring", "\xc3\x85"},
    Entity{"Atilde", "\xc3\x83"},
    Entity{"Auml", "\xc3\x84"},
    Entity{"Beta", "\xce\x92"},
    Entity{"Ccedil", "\xc3\x87"},
    Entity{"Chi", "\xce\xa7"},
    Entity{"Dagger", "\xe2\x80\xa1"},
    Entity{"Delta", "\xce\x94"},
    Entity{"ETH", "\xc3\x90"},
    Entity{"Eacute", "\xc3\x89"},
    Entity{"Ecirc", "\xc3\x8a"},
    Entity{"Egrave", "\xc3\x88"},
    Entity{"Epsilon", "\xce\x95"},
    Entity{"Eta", "\xce\x97"},
    Entity{"Euml", "\xc3\x8b"},
    Entity{"Gamma", "\xce\x93"},
    Entity{"Hat", "\x5e"},
    Entity{"Iacute", "\xc3\x8d"},
    Entity{"Icirc", "\xc3\x8e"},
    Entity{"Igrave", "\xc3\x8c"},
    Entity{"Iota", "\xce\x99"},
    Entity{"Iuml", "\xc3\x8f"},
    Entity{"Kappa", "\xce\x9a"},
    Entity{"Lambda", "\xce\x9b"},
    Entity{"Mu", "\xce\x9c"},
    Entity{"NewLine", "\x0a"},
    Entity{"Ntilde", "\xc3\x91"},
    Entity{"Nu", "\xce\x9d"},
    Entity{"OElig", "\xc5\x92"},
    Entity{"Oacute", "\xc3\x93"},
    Entity{"Ocirc", "\xc3\x94"},
    Entity{"Ograve", "\xc3\x92"},
    Entity{"Omega", "\xce\xa9"},
    Entity{"Omicron", "\xce\x9f"},
    Entity{"Oslash", "\xc3\x98"},
    Entity{"Otilde", "\xc3\x95"},
    Entity{"Ouml", "\xc3\x96"},
    Entity{"Phi", "\xce\xa6"},
    Entity{"Pi", "\xce\xa0"},
    Entity{"Prime", "\xe2\x80\xb3"},
    Entity{"Psi", "\xce\xa8"},
    Entity{"Rho", "\xce\xa1"},
    Entity{"Scaron", "\xc5\xa0"},
    Entity{"Sigma", "\xce\xa3"},
    Entity{"THORN", "\xc3\x9e"},
    Entity{"Tab", "\x09"},
    Entity{"Tau", "\xce\xa4"},
    Entity{"Theta", "\xce\x98"},
    Entity{"Uacute", "\xc3\x9a"},
    Entity{"Ucirc", "\xc3\x9b"},
    Entity{"Ugrave", "\xc3\x99"},
    Entity{"Upsilon", "\xce\xa5"},
    Entity{"Uuml", "\xc3\x9c"},
    Entity{"Xi", "\xce\x9e"},
    Entity{"Yacute", "\xc3\x9d"},
    Entity{"Yuml", "\xc5\xb8"},
    Entity{"Zeta", "\xce\x96"},
    Entity{"aacute", "\xc3\xa1"},
    Entity{"acirc", "\xc3\xa2"},
    Entity{"acute", "\xc2\xb4"},
    Entity{"aelig", "\xc3\xa6"},
    Entity{"agrave", "\xc3\xa0"},
    Entity{"alefsym", "\xe2\x84\xb5"},
    Entity{"alpha", "\xce\xb1"},
    Entity{"amp", "\x26"},
    Entity{"and", "\xe2\x88\xa7"},
    Entity{"ang", "\xe2\x88\xa0"},
    Entity{"apos", "\x27"},
    Entity{"aring", "\xc3\xa5"},
    Entity{"ast", "\x2a"},
    Entity{"asymp", "\xe2\x89\x88"},
    Entity{"atilde", "\xc3\xa3"},
    Entity{"auml", "\xc3\xa4"},
    Entity{"bdquo", "\xe2\x80\x9e"},
    Entity{"beta", "\xce\xb2"},
    Entity{"brvbar", "\xc2\xa6"},
    Entity{"bsol", "\x5c"},
    Entity{"bull", "\xe2\x80\xa2"},
    Entity{"cap", "\xe2\x88\xa9"},
    Entity{"ccedil", "\xc3\xa7"},
    Entity{"cedil", "\xc2\xb8"},
    Entity{"cent", "\xc2\xa2"},
    Entity{"check", "\xe2\x9c\x93"},
    Entity{"chi", "\xcf\x87"},
    Entity{"circ", "\xcb\x86"},
    Entity{"clubs", "\xe2\x99\xa3"},
    Entity{"colon", "\x3a"},
    Entity{"comma", "\x2c"},
    Entity{"commat", "\x40"},
    Entity{"cong", "\xe2\x89\x85"},
    Entity{"copy", "\xc2\xa9"},
    Entity{"crarr", "\xe2\x86\xb5"},
    Entity{"cup", "\xe2\x88\xaa"},
    Entity{"curren", "\xc2\xa4"},
    Entity{"dArr", "\xe2\x87\x93"},
    Entity{"dagger", "\xe2\x80\xa0"},
    Entity{"darr", "\xe2\x86\x93"},
    Entity{"dash", "\xe2\x80\x90"},
    Entity{"deg", "\xc2\xb0"},
    Entity{"delta", "\xce\xb4"},
    Entity{"diams", "\xe2\x99\xa6"},
    Entity{"divide", "\xc3\xb7"},
    Entity{"dollar", "\x24"},
    Entity{"eacute", "\xc3\xa9"},
    Entity{"ecirc", "\xc3\xaa"},
    Entity{"egrave", "\xc3\xa8"},
    Entity{"empty", "\xe2\x88\x85"},
    Entity{"emsp", "\xe2\x80\x83"},
    Entity{"ensp", "\xe2\x80\x82"},
    Entity{"epsilon", "\xce\xb5"},
    Entity{"equals", "\x3d"},
    Entity{"equiv", "\xe2\x89\xa1"},
    Entity{"eta", "\xce\xb7"},
    Entity{"eth", "\xc3\xb0"},
    Entity{"euml", "\xc3\xab"},
    Entity{"euro", "\xe2\x82\xac"},
    Entity{"excl", "\x21"},
    Entity{"exist", "\xe2\x88\x83"},
    Entity{"fnof", "\xc6\x92"},
    Entity{"forall", "\xe2\x88\x80"},
    Entity{"frac12", "\xc2\xbd"},
    Entity{"frac14", "\xc2\xbc"},
    Entity{"frac34", "\xc2\xbe"},
    Entity{"frasl", "\xe2\x81\x84"},
    Entity{"gamma", "\xce\xb3"},
    Entity{"ge", "\xe2\x89\xa5"},
    Entity{"grave", "\x60"},
    Entity{"gt", "\x3e"},
    Entity{"hArr", "\xe2\x87\x94"},
    Entity{"harr", "\xe2\x86\x94"},
    Entity{"hearts", "\xe2\x99\xa5"},
    Entity{"hellip", "\xe2\x80\xa6"},
    Entity{"hyphen", "\xe2\x80\x90"},
    Entity{"iacute", "\xc3\xad"},
    Entity{"icirc", "\xc3\xae"},
    Entity{"iexcl", "\xc2\xa1"},
    Entity{"igrave", "\xc3\xac"},
    Entity{"image", "\xe2\x84\x91"},
    Entity{"infin", "\xe2\x88\x9e"},
    Entity{"int", "\xe2\x88\xab"},
    Entity{"iota", "\xce\xb9"},
    Entity{"iquest", "\xc2\xbf"},
    Entity{"isin", "\xe2\x88\x88"},
    Entity{"iuml", "\xc3\xaf"},
    Entity{"kappa", "\xce\xba"},
    Entity{"lArr", "\xe2\x87\x90"},
    Entity{"lambda", "\xce\xbb"},
    Entity{"lang", "\xe2\x9f\xa8"},
    Entity{"laquo", "\xc2\xab"},
    Entity{"larr", "\xe2\x86\x90"},
    Entity{"lbrack", "\x5b"},
    Entity{"lceil", "\xe2\x8c\x88"},
    Entity{"lcub", "\x7b"},
    Entity{"ldquo", "\xe2\x80\x9c"},
    Entity{"le", "\xe2\x89\xa4"},
    Entity{"lfloor", "\xe2\x8c\x8a"},
    Entity{"lowast", "\xe2\x88\x97"},
    Entity{"lowbar", "\x5f"},
    Entity{"loz", "\xe2\x97\x8a"},
    Entity{"lpar", "\x28"},
    Entity{"lrm", "\xe2\x80\x8e"},
    Entity{"lsaquo", "\xe2\x80\xb9"},
    Entity{"lsqb", "\x5b"},
    Entity{"lsquo", "\xe2\x80\x98"},
    Entity{"lt", "\x3c"},
    Entity{"macr", "\xc2\xaf"},
    Entity{"mdash", "\xe2\x80\x94"},
    Entity{"micro", "\xc2\xb5"},
    Entity{"middot", "\xc2\xb7"},
    Entity{"minus", "\xe2\x88\x92"},
    Entity{"mu", "\xce\xbc"},
    Entity{"nabla", "\xe2\x88\x87"},
    Entity{"nbsp", "\xc2\xa0"},
    Entity{"ndash", "\xe2\x80\x93"},
    Entity{"ne", "\xe2\x89\xa0"},
    Entity{"ni", "\xe2\x88\x8b"},
    Entity{"not", "\xc2\xac"},
    Entity{"notin", "\xe2\x88\x89"},
    Entity{"nsub", "\xe2\x8a\x84"},
    Entity{"ntilde", "\xc3\xb1"},
    Entity{"nu", "\xce\xbd"},
    Entity{"num", "\x23"},
    Entity{"oacute", "\xc3\xb3"},
    Entity{"ocirc", "\xc3\xb4"},
    Entity{"oelig", "\xc5\x93"},
    Entity{"ograve", "\xc3\xb2"},
    Entity{"oline", "\xe2\x80\xbe"},
    Entity{"omega", "\xcf\x89"},
    Entity{"omicron", "\xce\xbf"},
    Entity{"oplus", "\xe2\x8a\x95"},
    Entity{"or", "\xe2\x88\xa8"},
    Entity{"ordf", "\xc2\xaa"},
    Entity{"ordm", "\xc2\xba"},
    Entity{"oslash", "\xc3\xb8"},
    Entity{"otilde", "\xc3\xb5"},
    Entity{"otimes", "\xe2\x8a\x97"},
    Entity{"ouml", "\xc3\xb6"},
    Entity{"para", "\xc2\xb6"},
    Entity{"part", "\xe2\x88\x82"},
    Entity{"percnt", "\x25"},
    Entity{"period", "\x2e"},
    Entity{"permil", "\xe2\x80\xb0"},
    Entity{"perp", "\xe2\x8a\xa5"},
    Entity{"phi", "\xcf\x86"},
    Entity{"pi", "\xcf\x80"},
    Entity{"piv", "\xcf\x96"},
    Entity{"plus", "\x2b"},
    Entity{"plusmn", "\xc2\xb1"},
    Entity{"pound", "\xc2\xa3"},
    Entity{"prime", "\xe2\x80\xb2"},
    Entity{"prod", "\xe2\x88\x8f"},
    Entity{"prop", "\xe2\x88\x9d"},
    Entity{"psi", "\xcf\x88"},
    Entity{"quest", "\x3f"},
    Entity{"quot", "\x22"},
    Entity{"rArr", "\xe2\x87\x92"},
    Entity{"radic", "\xe2\x88\x9a"},
    Entity{"rang", "\xe2\x9f\xa9"},
    Entity{"raquo", "\xc2\xbb"},
    Entity{"rarr", "\xe2\x86\x92"},
    Entity{"rbrack", "\x5d"},
    Entity{"rceil", "\xe2\x8c\x89"},
    Entity{"rcub", "\x7d"},
    Entity{"rdquo", "\xe2\x80\x9d"},
    Entity{"real", "\xe2\x84\x9c"},
    Entity{"reg", "\xc2\xae"},
    Entity{"rfloor", "\xe2\x8c\x8b"},
    Entity{"rho", "\xcf\x81"},
    Entity{"rlm", "\xe2\x80\x8f"},
    Entity{"rpar", "\x29"},
    Entity{"rsaquo", "\xe2\x80\xba"},
    Entity{"rsqb", "\x5d"},
    Entity{"rsquo", "\xe2\x80\x99"},
    Entity{"sbquo", "\xe2\x80\x9a"},
    Entity{"scaron", "\xc5\xa1"},
    Entity{"sdot", "\xe2\x8b\x85"},
    Entity{"sect", "\xc2\xa7"},
    Entity{"semi", "\x3b"},
    Entity{"shy", "\xc2\xad"},
    Entity{"sigma", "\xcf\x83"},
    Entity{"sigmaf", "\xcf\x82"},
    Entity{"sim", "\xe2\x88\xbc"},
    Entity{"sol", "\x2f"},
    Entity{"spades", "\xe2\x99\xa0"},
    Entity{"star", "\xe2\x98\x86"},
    Entity{"sub", "\xe2\x8a\x82"},
    Entity{"sube", "\xe2\x8a\x86"},
    Entity{"sum", "\xe2\x88\x91"},
    Entity{"sup", "\xe2\x8a\x83"},
    Entity{"sup1", "\xc2\xb9"},
    Entity{"sup2", "\xc2\xb2"},
    Entity{"sup3", "\xc2\xb3"},
    Entity{"supe", "\xe2\x8a\x87"},
    Entity{"szlig", "\xc3\x9f"},
    Entity{"tau", "\xcf\x84"},
    Entity{"there4", "\xe2\x88\xb4"},
    Entity{"theta", "\xce\xb8"},
    Entity{"thetasym", "\xcf\x91"},
    Entity{"thinsp", "\xe2\x80\x89"},
    Entity{"thorn", "\xc3\xbe"},
    Entity{"tilde", "\xcb\x9c"},
    Entity{"times", "\xc3\x97"},
    Entity{"trade", "\xe2\x84\xa2"},
    Entity{"uArr", "\xe2\x87\x91"},
    Entity{"uacute", "\xc3\xba"},
    Entity{"uarr", "\xe2\x86\x91"},
    Entity{"ucirc", "\xc3\xbb"},
    Entity{"ugrave", "\xc3\xb9"},
    Entity{"uml", "\xc2\xa8"},
    Entity{"upsih", "\xcf\x92"},
    Entity{"upsilon", "\xcf\x85"},
    Entity{"uuml", "\xc3\xbc"},
    Entity{"vert", "\x7c"},
    Entity{"weierp", "\xe2\x84\x98"},
    Entity{"xi", "\xce\xbe"},
    Entity{"yacute", "\xc3\xbd"},
    Entity{"yen", "\xc2\xa5"},
    Entity{"yuml", "\xc3\xbf"},
    Entity{"zeta", "\xce\xb6"},
    Entity{"zwj", "\xe2\x80\x8d"},
    Entity{"zwnj", "\xe2\x80\x8c"},
};

void AppendCodePoint(std::string& out, std::uint32_t value) {
  const auto push = [&out](std::uint32_t byte) {
    out.push_back(static_cast<char>(byte));
  };
  if (value < 0x80) {
    push(value);
  } else if (value < 0x800) {
    push(0xc0 | (value >> 6));
    push(0x80 | (value & 0x3f));
  } else if (value < 0x10000) {
    push(0xe0 | (value >> 12));
    push(0x80 | ((value >> 6) & 0x3f));
    push(0x80 | (value & 0x3f));
  } else {
    push(0xf0 | (value >> 18));
    push(0x80 | ((value >> 12) & 0x3f));
    push(0x80 | ((value >> 6) & 0x3f));
    push(0x80 | (value & 0x3f));
  }
}

// The number of "#65" or "#x41"; 0: none or not a character of a text.
std::uint32_t NumberOf(std::string_view digits) {
  const bool hexadecimal = digits.starts_with("x") || digits.starts_with("X");
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t value = 0;
  for (const char sign : digits) {
    std::uint32_t digit = 99;
    if (sign >= '0' && sign <= '9') {
      digit = static_cast<std::uint32_t>(sign - '0');
    } else if (sign >= 'a' && sign <= 'f') {
      digit = static_cast<std::uint32_t>(sign - 'a' + 10);
    } else if (sign >= 'A' && sign <= 'F') {
      digit = static_cast<std::uint32_t>(sign - 'A' + 10);
    }
    const std::uint32_t base = hexadecimal ? 16 : 10;
    if (digit >= base) return 0;
    value = value * base + digit;
    if (value > 0x10ffff) return 0;
  }
  const bool control = (value < 0x20 && value != '\t' && value != '\n') ||
                       (value >= 0x7f && value < 0xa0);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  return control || surrogate ? 0 : value;
}

}  // namespace

void AppendEntity(std::string& out, std::string_view reference) {
  std::string_view name = reference;
  if (name.starts_with("&")) name.remove_prefix(1);
  if (name.ends_with(";")) name.remove_suffix(1);
  if (name.starts_with("#")) {
    const std::uint32_t value = NumberOf(name.substr(1));
    AppendCodePoint(out, value == 0 ? 0xfffd : value);
    return;
  }
  const auto* const at =
      std::lower_bound(kEntities.begin(), kEntities.end(), name,
                       [](const Entity& entity, std::string_view key) {
                         return entity.name < key;
                       });
  const bool known = at != kEntities.end() && at->name == name;
  out += known ? at->text : reference;
}

}  // namespace cairn
