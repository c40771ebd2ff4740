// DocMaker: Word files made in tests.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/ole/compound_file_for_test.h"

namespace cairn {

inline std::string Words16(std::initializer_list<unsigned> words) {
  std::string out;
  for (const unsigned word : words) PutU16(out, word);
  return out;
}
inline std::string Words32(std::initializer_list<std::uint32_t> words) {
  std::string out;
  for (const std::uint32_t word : words) PutU32(out, word);
  return out;
}

// Properties with their operands.
inline std::string Sprms(
    std::initializer_list<std::pair<unsigned, std::string>> list) {
  std::string out;
  for (const auto& [code, operand] : list) {
    PutU16(out, code);
    out += operand;
  }
  return out;
}

// The cells of a row: edges, one more than flags.
inline std::string CellsSprm(const std::vector<int>& edges,
                             const std::vector<unsigned>& flags) {
  std::string body(1, static_cast<char>(flags.size()));
  for (const int edge : edges) PutU16(body, static_cast<unsigned>(edge));
  for (const unsigned flag : flags) {
    PutU16(body, flag);
    body.append(18, '\0');
  }
  std::string out = Words16({0xd608, static_cast<unsigned>(body.size() + 1)});
  return out + body;
}

// Two lists: "1.", below it "1.a)"; and one that begins with 7.
inline std::map<int, std::string> ListParts() {
  const auto level = [](std::uint32_t start, char format,
                        const std::string& text) {
    std::string out = Words32({start});
    out.push_back(format);
    out.resize(28);
    PutU16(out, static_cast<unsigned>(text.size()));
    return out + Utf16(text);
  };
  const auto definition = [](std::uint32_t id, bool simple) {
    std::string out = Words32({id});
    out.resize(26);
    out.push_back(simple ? 1 : 0);
    out.push_back(0);
    return out;
  };
  std::string definitions =
      Words16({2}) + definition(10, false) + definition(20, true);
  definitions += level(1, 0, std::string(1, '\0') + ".");
  definitions += level(1, 4, std::string("\0.\1)", 4));
  for (int i = 2; i < 9; ++i) definitions += level(1, 0, "");
  definitions += level(1, 0, std::string(1, '\0') + ".");
  std::string uses = Words32({2, 10, 0, 0, 0, 20, 0, 0, 1, 0, 0, 7, 0x10});
  return {{73, definitions}, {74, uses}};
}

class DocMaker {
 public:
  struct Run {
    std::size_t end;  // In the paragraph.
    std::string changes;
  };
  struct Format {
    unsigned style = 0;
    std::string changes;
    std::vector<Run> runs;
    char mark = '\r';
  };
  struct Style {
    unsigned number = 0;
    unsigned based_on = 0xfff;
  };

  std::vector<Style> styles = {{}};
  std::map<int, std::string> parts;  // Of the table stream, by index.
  unsigned flags = 0, version = 193;
  std::uint32_t claimed = 0;  // Characters; 0: as many as there are.
  bool wide = false;
  std::string data;     // The stream of this name.
  std::string between;  // Bytes of the stream before the text, at kBetweenAt.
  static constexpr std::uint32_t kBetweenAt = 1'200;

  // `text`: Latin-1.
  void Add(const std::string& text) { Add(text, Format()); }
  void Add(const std::string& text, Format format) {
    format.runs.push_back({text.size() + 1, ""});
    paragraphs_.push_back(
        {body_.size(), body_.size() + text.size() + 1, format});
    body_ += text + format.mark;
  }
  void Footnote(const std::string& text) {
    parts[3] = Words32({0, static_cast<std::uint32_t>(text.size()),
                        static_cast<std::uint32_t>(text.size())});
    footnotes_ = text;
  }
  void Stories(const std::vector<std::string>& stories) {
    std::string places;
    for (const std::string& story : stories) {
      PutU32(places, static_cast<std::uint32_t>(headers_.size()));
      headers_ += story;
    }
    PutU32(places, static_cast<std::uint32_t>(headers_.size()));
    parts[11] = places;
  }
  std::uint32_t body_size() const {
    return static_cast<std::uint32_t>(body_.size());
  }

  std::string Make() const {
    const std::string text = body_ + footnotes_ + headers_;
    std::string main(kTextAt, '\0');
    for (const char sign : text) {
      main.push_back(sign);
      if (wide) main.push_back('\0');
    }
    std::map<int, std::string> all = parts;
    all[1] = StyleSheet();
    all[33] = Pieces(static_cast<std::uint32_t>(text.size()));
    all[13] = ParagraphPages(main);
    all[12] = CharacterPages(main);
    std::string table;
    std::string pairs(8 * 120, '\0');
    for (const auto& [index, bytes] : all) {
      const auto at = static_cast<std::size_t>(index) * 8;
      SetU32(pairs, at, static_cast<std::uint32_t>(table.size()));
      SetU32(pairs, at + 4, static_cast<std::uint32_t>(bytes.size()));
      table += bytes;
    }
    std::string head = Words16({0xa5ec, version, 0, 0, 0, flags});
    head.resize(24);
    head += Words32({kTextAt});
    head.resize(76);
    head += Words32({body_size(), static_cast<std::uint32_t>(footnotes_.size()),
                     static_cast<std::uint32_t>(headers_.size())});
    head.resize(152);
    head += Words16({120}) + pairs;
    main.replace(0, head.size(), head);
    main.replace(kBetweenAt, between.size(), between);
    return MakeCompoundFile(
        {{"WordDocument", main}, {"0Table", table}, {"Data", data}});
  }

 private:
  static constexpr std::uint32_t kTextAt = 2048;
  struct Paragraph {
    std::size_t begin = 0, end = 0;
    Format format;
  };

  std::uint32_t OffsetOf(std::size_t at) const {
    return kTextAt + static_cast<std::uint32_t>(at * (wide ? 2 : 1));
  }

  std::string Pieces(std::uint32_t size) const {
    const std::uint32_t place = wide ? kTextAt : (kTextAt * 2) | 0x40000000U;
    std::string out(1, '\2');
    return out + Words32({16, 0, claimed > 0 ? claimed : size}) + Words16({0}) +
           Words32({place}) + Words16({0});
  }

  std::string StyleSheet() const {
    std::string out = Words16(
        {18, static_cast<unsigned>(styles.size()), 10, 0, 0, 0, 0, 0, 0, 0});
    for (const Style& style : styles) {
      std::string entry =
          Words16({style.number, style.based_on << 4 | 1, 2, 0, 0, 1}) +
          Utf16("N") + Words16({0, 2, 0, 0});
      PutU16(out, static_cast<unsigned>(entry.size()));
      out += entry;
    }
    return out;
  }

  // One page for each paragraph or run: simple, and enough for tests.
  static std::string Page(std::string& main, std::uint32_t begin,
                          std::uint32_t end, std::size_t place_bytes,
                          const std::string& entry) {
    main.resize((main.size() + 511) / 512 * 512);
    const auto number = static_cast<std::uint32_t>(main.size() / 512);
    std::string page = Words32({begin, end});
    page.push_back(32);  // The entry stands at 64.
    page.resize(page.size() + place_bytes - 1);
    page.resize(64);
    page += entry;
    page.resize(511);
    page.push_back(1);
    main += page;
    return Words32({number});
  }

  std::string ParagraphPages(std::string& main) const {
    std::string places;
    std::string pages;
    for (const Paragraph& paragraph : paragraphs_) {
      std::string entry = Words16({paragraph.format.style});
      entry += paragraph.format.changes;
      if (entry.size() % 2 != 0) entry.push_back(0);
      std::string sized(1, '\0');
      sized.push_back(static_cast<char>(entry.size() / 2));
      PutU32(places, OffsetOf(paragraph.begin));
      pages += Page(main, OffsetOf(paragraph.begin), OffsetOf(paragraph.end),
                    13, sized + entry);
    }
    PutU32(places, OffsetOf(body_.size()));
    return places + pages;
  }

  std::string CharacterPages(std::string& main) const {
    std::string places;
    std::string pages;
    for (const Paragraph& paragraph : paragraphs_) {
      std::size_t begin = 0;
      for (const Run& run : paragraph.format.runs) {
        PutU32(places, OffsetOf(paragraph.begin + begin));
        pages += Page(main, OffsetOf(paragraph.begin + begin),
                      OffsetOf(paragraph.begin + run.end), 1,
                      std::string(1, static_cast<char>(run.changes.size())) +
                          run.changes);
        begin = run.end;
      }
    }
    PutU32(places, OffsetOf(body_.size()));
    return places + pages;
  }

  std::vector<Paragraph> paragraphs_;
  std::string body_, footnotes_, headers_;
};

}  // namespace cairn
