#include "documents/formats/docx/paragraph_reader.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "documents/document_builder.h"
#include "documents/formats/ooxml/chart.h"
#include "documents/formats/ooxml/math_text.h"
#include "documents/formats/package/symbol_font.h"
#include "documents/superscript.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kFieldsMax = 64;
constexpr std::size_t kInstructionBytesMax = 200;

bool IsOn(XmlNode toggle) {
  if (!toggle) return false;
  const std::string_view value = AttributeOf(toggle, "val");
  return value.empty() || IsTrue(value);
}

bool IsContainer(std::string_view name) {
  return name == "hyperlink" || name == "ins" || name == "moveTo" ||
         name == "smartTag" || name == "sdt" || name == "sdtContent" ||
         name == "fldSimple" || name == "dir" || name == "bdo" ||
         name == "customXml" || name == "rubyBase" || name == "ruby";
}

void AppendSymbolOf(XmlNode node, std::string& out) {
  const std::string_view hex = AttributeOf(node, "char");
  std::uint32_t code = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
  AppendSymbol(AttributeOf(node, "font"), code, out);
}

ShownSize SizeOf(XmlNode extent) {
  return {NumberOf(AttributeOf(extent, "cx"), 0) / kEmusPerPoint,
          NumberOf(AttributeOf(extent, "cy"), 0) / kEmusPerPoint};
}

void AddPicture(std::string_view id, const ShownSize& shown,
                ParagraphContent& out) {
  if (!id.empty()) out.figures.push_back({"", std::string(id), shown});
}

}  // namespace

bool ParagraphReader::InInstruction() const {
  return std::any_of(fields_.begin(), fields_.end(), [](const Field& field) {
    return !field.past_instruction || field.dropped;
  });
}

bool ParagraphReader::IsDropped(std::string_view instruction) {
  if (page_numbers_ == PageNumbers::kShown) return false;
  instruction = TrimWhiteSpace(instruction);
  const std::string name =
      LowerAscii(instruction.substr(0, instruction.find_first_of(" \\\t")));
  const bool number =
      name == "page" || name == "numpages" || name == "sectionpages";
  dropped_numbers_ += number ? 1 : 0;
  return number;
}

void ParagraphReader::FieldBorder(XmlNode node) {
  const std::string_view type = AttributeOf(node, "fldCharType");
  if (type == "begin") {
    if (fields_.size() < kFieldsMax) fields_.emplace_back();
  } else if (type == "separate") {
    if (fields_.empty()) return;
    fields_.back().past_instruction = true;
    fields_.back().dropped = IsDropped(fields_.back().instruction);
  } else if (type == "end") {
    if (!fields_.empty()) fields_.pop_back();
  }
}

ParagraphContent ParagraphReader::Read(XmlNode paragraph) {
  ParagraphContent out;
  // An instruction never spans paragraphs; a damaged one must not eat the rest.
  for (Field& field : fields_) field.past_instruction = true;
  Inline(paragraph, out);
  return out;
}

void ParagraphReader::Inline(XmlNode node, ParagraphContent& out) {
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name == "r") {
      Run(child, out);
    } else if (name == "oMath" || name == "oMathPara") {
      if (!InInstruction()) out.text += MathText(child);
    } else if (IsContainer(name)) {
      if (name == "fldSimple" && IsDropped(AttributeOf(child, "instr"))) {
        continue;
      }
      Inline(child, out);
    } else if (name == "AlternateContent") {
      Inline(PreferredContent(child), out);
    } else if (name == "del" || name == "moveFrom") {
      ++deletions_;
    } else if (name == "drawing" || name == "pict" || name == "object") {
      Drawing(child, {}, out);
    }
  }
}

void ParagraphReader::Run(XmlNode run, ParagraphContent& out) {
  const XmlNode properties = ChildOf(run, "rPr");
  if (IsOn(ChildOf(properties, "vanish"))) {
    // Fields are still followed; a mark of an index is no text.
    hidden_ += ChildOf(run, "t") && !InInstruction() ? 1 : 0;
    for (const XmlNode child : run.children()) {
      if (Is(child, "fldChar")) FieldBorder(child);
    }
    return;
  }
  const std::size_t begin = out.text.size();
  for (const XmlNode child : run.children()) RunPart(child, out);
  if (AttributeOf(ChildOf(properties, "vertAlign"), "val") == "superscript" &&
      begin > 0) {
    const std::string raised =
        Superscript(std::string_view(out.text).substr(begin));
    if (!raised.empty()) out.text.replace(begin, std::string::npos, raised);
  }
}

void ParagraphReader::RunPart(XmlNode node, ParagraphContent& out) {
  const std::string_view name = LocalName(node);
  if (name == "fldChar") return FieldBorder(node);
  if (name == "AlternateContent") {
    for (const XmlNode child : PreferredContent(node).children()) {
      RunPart(child, out);
    }
    return;
  }
  if (name == "drawing" || name == "pict" || name == "object") {
    return Drawing(node, {}, out);
  }
  if (name == "instrText" && !fields_.empty() &&
      fields_.back().instruction.size() < kInstructionBytesMax) {
    fields_.back().instruction += AllText(node);
  }
  if (InInstruction()) return;
  if (name == "t") {
    out.text += AllText(node);
  } else if (name == "tab" || name == "ptab") {
    out.text += '\t';
  } else if (name == "br" || name == "cr") {
    out.text += AttributeOf(node, "type") == "page" ? ' ' : '\n';
  } else if (name == "noBreakHyphen") {
    out.text += '-';
  } else if (name == "sym") {
    AppendSymbolOf(node, out.text);
  } else if (name == "footnoteReference") {
    out.notes.push_back(
        {NoteKind::kFootnote, std::string(AttributeOf(node, "id"))});
  } else if (name == "endnoteReference") {
    out.notes.push_back(
        {NoteKind::kEndnote, std::string(AttributeOf(node, "id"))});
  } else if (name == "commentReference") {
    out.notes.push_back(
        {NoteKind::kComment, std::string(AttributeOf(node, "id"))});
  } else if (name == "ruby") {
    Inline(ChildOf(node, "rubyBase"), out);
  }
}

// Text boxes, alternative texts, pictures, charts and SmartArt below a drawing,
// in the order of the file. `shown`: how large the drawing is.
void ParagraphReader::Drawing(XmlNode node, ShownSize shown,
                              ParagraphContent& out) {
  if (const XmlNode extent = ChildOf(node, "extent")) {
    shown = SizeOf(extent);
  }
  for (const XmlNode child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name == "txbxContent") {
      out.boxes.push_back(child);
      continue;
    }
    if (name == "AlternateContent") {
      Drawing(PreferredContent(child), shown, out);
      continue;
    }
    if (name == "docPr" || name == "cNvPr") {
      std::string_view text = AttributeOf(child, "descr");
      if (text.empty()) text = AttributeOf(child, "title");
      // A picture names itself twice, as an object and as a picture.
      if (!TrimWhiteSpace(text).empty() &&
          (out.figures.empty() || out.figures.back().text != text)) {
        out.figures.push_back({std::string(text), "", {}});
      }
    } else if (name == "shape" || name == "imagedata") {
      std::string_view text = AttributeOf(child, "alt");
      if (!TrimWhiteSpace(text).empty()) {
        out.figures.push_back({std::string(text), "", {}});
      }
      // The pixels alone say how large it is.
      AddPicture(PrefixedAttributeOf(child, "id"), {}, out);
    } else if (name == "blip") {
      AddPicture(AttributeOf(child, "embed"), shown, out);
    } else if (name == "chart") {
      out.charts.emplace_back(PrefixedAttributeOf(child, "id"));
    } else if (name == "relIds") {
      out.diagrams.emplace_back(PrefixedAttributeOf(child, "dm"));
    }
    Drawing(child, shown, out);
  }
}

}  // namespace cairn
