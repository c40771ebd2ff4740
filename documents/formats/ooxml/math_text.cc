#include "documents/formats/ooxml/math_text.h"

#include <algorithm>
#include <string_view>

#include "documents/document_builder.h"

namespace cairn {
namespace {

std::string Inside(XmlNode node);

// The text of a child such as m:num.
std::string Part(XmlNode node, std::string_view name) {
  return std::string(TrimWhiteSpace(Inside(ChildOf(node, name))));
}

std::string_view Property(XmlNode node, std::string_view properties,
                          std::string_view name, std::string_view otherwise) {
  const XmlNode property = ChildAt(node, properties, name);
  if (!property) return otherwise;
  return HasAttribute(property, "val") ? AttributeOf(property, "val")
                                       : std::string_view();
}

// "(a+b)" but not "(a)(b)".
bool IsBracketed(std::string_view text) {
  if (!text.starts_with('(') || !text.ends_with(')')) return false;
  int open = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (open == 0 && i + 1 < text.size()) return false;
  }
  return open == 0;
}

// One sign or one number needs no brackets.
bool IsSimple(std::string_view text) {
  const bool digits = !text.empty() && text.find_first_not_of("0123456789.") ==
                                           std::string_view::npos;
  const auto signs = std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  });
  const bool word =
      text.find_first_of(" +-*/=^_()[]{},;") == std::string_view::npos;
  return digits || signs <= 1 || (word && signs <= 4) || IsBracketed(text);
}

std::string Grouped(const std::string& text) {
  return IsSimple(text) ? text : "(" + text + ")";
}

std::string Script(std::string_view mark, const std::string& text) {
  return text.empty() ? std::string() : std::string(mark) + Grouped(text);
}

// The parts of that name, joined.
std::string Joined(XmlNode node, std::string_view name,
                   std::string_view between) {
  std::string out;
  bool first = true;
  for (const XmlNode child : node.children()) {
    if (!Is(child, name)) continue;
    if (!first) out += between;
    first = false;
    out +=
        TrimWhiteSpace(name == "mr" ? Joined(child, "e", ", ") : Inside(child));
  }
  return out;
}

std::string Delimited(XmlNode node) {
  const std::string_view open = Property(node, "dPr", "begChr", "(");
  const std::string_view close = Property(node, "dPr", "endChr", ")");
  const std::string_view between = Property(node, "dPr", "sepChr", "|");
  const std::string inside = Joined(node, "e", between);
  if (open == "(" && close == ")" && IsBracketed(inside)) return inside;
  return std::string(open) + inside + std::string(close);
}

std::string Radical(XmlNode node) {
  const std::string degree = Part(node, "deg");
  const std::string inside = Part(node, "e");
  if (degree.empty() || degree == "2") return "√(" + inside + ")";
  return "root(" + degree + ", " + inside + ")";
}

std::string Fraction(XmlNode node) {
  const std::string above = Part(node, "num");
  const std::string below = Part(node, "den");
  if (Property(node, "fPr", "type", "bar") == "noBar") {
    return "(" + above + " over " + below + ")";
  }
  return Grouped(above) + "/" + Grouped(below);
}

std::string Structure(XmlNode node) {
  const std::string_view name = LocalName(node);
  if (name == "f") return Fraction(node);
  if (name == "sSup") {
    return Grouped(Part(node, "e")) + Script("^", Part(node, "sup"));
  }
  if (name == "sSub") {
    return Grouped(Part(node, "e")) + Script("_", Part(node, "sub"));
  }
  if (name == "sSubSup") {
    return Grouped(Part(node, "e")) + Script("_", Part(node, "sub")) +
           Script("^", Part(node, "sup"));
  }
  if (name == "sPre") {
    return Script("_", Part(node, "sub")) + Script("^", Part(node, "sup")) +
           Grouped(Part(node, "e"));
  }
  if (name == "rad") return Radical(node);
  if (name == "nary") {
    return std::string(Property(node, "naryPr", "chr", "∫")) +
           Script("_", Part(node, "sub")) + Script("^", Part(node, "sup")) +
           " " + Part(node, "e");
  }
  if (name == "d") return Delimited(node);
  if (name == "func") {
    const std::string argument = Part(node, "e");
    return Part(node, "fName") +
           (argument.starts_with("(") ? argument : " " + argument);
  }
  if (name == "limLow") return Part(node, "e") + Script("_", Part(node, "lim"));
  if (name == "limUpp") return Part(node, "e") + Script("^", Part(node, "lim"));
  if (name == "m") return "[" + Joined(node, "mr", "; ") + "]";
  if (name == "eqArr") return Joined(node, "e", "; ");
  if (name == "acc") {
    return Grouped(Part(node, "e")) +
           std::string(Property(node, "accPr", "chr", "\u0302"));
  }
  if (name == "bar") return Grouped(Part(node, "e")) + "\u0305";
  return Inside(node);
}

bool IsProperties(std::string_view name) {
  return name.ends_with("Pr") || name == "del" || name == "moveFrom";
}

std::string Inside(XmlNode node) {
  std::string out;
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name.empty() || IsProperties(name)) continue;
    if (name == "t") {
      out += AllText(child);
    } else if (name == "br") {
      out += ' ';
    } else {
      out += Structure(child);
    }
  }
  return out;
}

}  // namespace

std::string MathText(XmlNode math) {
  if (!Is(math, "oMathPara")) return Inside(math);
  return Joined(math, "oMath", "\n");
}

}  // namespace cairn
