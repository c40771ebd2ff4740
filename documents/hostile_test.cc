// Damaged, truncated and random bytes through every parser of this process:
// an answer or an error, never a breach of domain/document.h. Then the sample
// files beside the repository, where they are.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "documents/chunking/chunker.h"
#include "documents/parser.h"

namespace cairn {
namespace {

const std::vector<std::string>& Seeds() {
  static const auto* const seeds = new std::vector<std::string>{
      "Title\n=====\n\nText one. Text two.\n\n- a\n  - b\n\n1 Part\n\nEnd\f2\n",
      "---\ntitle: x\n---\n# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n* x\n  "
      "1. y\n\n> q\n\n```\ncode\n```\n<div>h &amp; <b>i</b></div>\n[l](u) "
      "![i](v) &eacute; `c`\n",
      "<!doctype html><html lang=de><title>t</title><nav>n</nav><h1>H</h1><p>a"
      "<b>c<i>d</b>e</i><ul><li>x<li>y<ol><li>z</ol></ul><table><caption>c"
      "</caption><tr><th rowspan=2>a<th colspan=3>b<tr><td>1<td>2<td>3</table>"
      "<pre>\n p\n</pre><svg><g></g></svg><select><option>o</select>",
      "id,name,note\n1,\"a, b\",\"x\"\"y\"\n2,\"two\nlines\",\n3,Größe,7\n",
      "{\"title\":\"t\",\"a\":[{\"b\":1,\"c\":2},{\"b\":3}],\"d\":{\"e\":[[1,"
      "2],[3,4]]},\"f\":[\"g\",null,{\"h\":[]}]}",
      "{\"cells\":[{\"cell_type\":\"markdown\",\"source\":[\"# A\\n\",\"b\"]},{"
      "\"cell_type\":\"code\",\"source\":\"x\",\"outputs\":[{\"text\":\"y\"},{"
      "\"data\":{\"text/html\":\"<table><tr><td>1<td>2</table>\"}}]}]}",
      "{\\rtf1\\ansi{\\fonttbl{\\f1\\fcharset204 B;}}{\\info{\\title T}}\\s1 "
      "a\\'e4\\u8364?{\\footnote n}\\par\\trowd\\clvmgf\\cellx10\\cellx90\\"
      "intbl b\\cell c\\cell\\row\\trowd\\clvmrg\\cellx10\\clmrg\\cellx90 "
      "d\\cell e\\cell\\row\\pard\\ls1 f\\par{\\pict 00}\\f1\\'cf}",
      "WEBVTT t\n\nNOTE n\n\n00:01.000 --> 00:02.000\n<v A>b &amp; <i>c</i>"
      "\n\n2\n00:00:09,000 --> 00:00:10,000\n{\\an8}d\n",
      "<?xml version='1.0'?><article><front><title-group><article-title>T"
      "</article-title></title-group></front><body><sec><title>S</title><p>a "
      "<list><list-item><p>b</p></list-item></list><table-wrap><label>c</label>"
      "<table><tr><td rowspan='2' colspan='3'>d</td></tr><tr><th>e</th></tr>"
      "</table></table-wrap></p></sec></body></article>",
      "<a b='c'><d>e</d><d>f<g>h</g></d><![CDATA[i]]></a>",
      "# c\nimport x\n\ndef f():\n  return 1\n\n}\n\nclass C:\n\n  pass\n",
      "\\title{T}\\begin{document}\\section{S}a\\footnote{b} $c$ \\'e\n\n"
      "\\begin{itemize}\\item d\\end{itemize}\\begin{table}\\caption{e}"
      "\\begin{tabular}{ll}\\hline f&\\multicolumn{2}{c}{g}\\\\\\midrule "
      "\\multirow{2}{*}{h}&i\\\\&j\\end{tabular}\\end{table}% k\n",
      "\xff\xfeh\0e\0l\0l\0o\0",
  };
  return *seeds;
}

std::string Mutated(std::mt19937& random) {
  const std::vector<std::string>& seeds = Seeds();
  std::string bytes = seeds[random() % seeds.size()];
  for (unsigned i = random() % 12; i > 0; --i) {
    const std::size_t at = bytes.empty() ? 0 : random() % bytes.size();
    switch (random() % 5) {
      case 0:
        bytes.resize(at);
        break;
      case 1:
        if (!bytes.empty()) bytes[at] = static_cast<char>(random());
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, random() % 60));
        break;
      case 3:
        bytes.erase(at, random() % 8);
        break;
      default: {
        const std::string& other = seeds[random() % seeds.size()];
        bytes.insert(at, other.substr(random() % other.size(), 20));
      }
    }
  }
  return bytes;
}

std::size_t CountRuns(std::string_view text) {
  std::size_t runs = 0;
  std::size_t length = 0;
  for (const char sign : text) {
    length = static_cast<unsigned char>(sign) <= ' ' ? 0 : length + 1;
    if (length % 6 == 1) ++runs;
  }
  return runs;
}

void ExpectSound(const ParsedDocument& document) {
  ASSERT_EQ(FindBreach(document), "");
  ASSERT_TRUE(document.text.find('\0') == std::string::npos);
  ASSERT_TRUE(document.text.find('\r') == std::string::npos);
  const auto chunks = MakeChunks(document, document.title, ChunkerOptions(),
                                 CountRuns, Limits());
  ASSERT_TRUE(chunks.ok()) << chunks.status();
  std::uint32_t end = 0;
  for (const Chunk& chunk : *chunks) {
    ASSERT_GE(chunk.span.begin, end);
    ASSERT_LE(chunk.tokens, ChunkerOptions().max_tokens);
    end = chunk.span.end;
  }
}

TEST(HostileInput, NeverBreaksAPromise) {
  for (unsigned seed = 0; seed < 4000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string bytes = Mutated(random);
    for (const FormatParser* format : AllFormats()) {
      if (format->needs_jail()) continue;
      SCOPED_TRACE(format->name());
      const auto document = format->Parse({.bytes = bytes}, Limits());
      if (document.ok()) {
        ExpectSound(*document);
      } else {
        EXPECT_EQ(document.status().code(), StatusCode::kInvalidArgument);
        EXPECT_NE(ReasonOf(document.status()), "");
      }
    }
    if (HasFailure()) return;
  }
}

TEST(HostileInput, SmallLimitsGiveErrorsNotDamage) {
  Limits limits;
  limits.blocks_max = 3;
  limits.cells_max = 4;
  limits.nesting_max = 3;
  limits.text_bytes_max = 60;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string bytes = Mutated(random);
    for (const FormatParser* format : AllFormats()) {
      if (format->needs_jail()) continue;
      const auto document = format->Parse({.bytes = bytes}, limits);
      if (!document.ok()) continue;
      ASSERT_EQ(FindBreach(*document), "") << format->name();
      ASSERT_LE(document->blocks.size(), 3U) << format->name();
      ASSERT_LE(document->text.size(), 60U) << format->name();
    }
  }
}

TEST(SampleFiles, AreAllParsed) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(CAIRN_SOURCE_DIR) / "../shared/data/documents";
  if (!fs::exists(root)) {
    GTEST_SKIP() << "SKIPPED: no sample documents at " << root;
  }
  std::map<std::string, double> bytes_of;
  std::map<std::string, double> seconds_of;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string end = entry.path().extension().string();
    if (end != ".html" && end != ".csv" && end != ".md" && end != ".txt") {
      continue;
    }
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const std::string name = entry.path().filename().string();
    SCOPED_TRACE(name);
    const auto start = std::chrono::steady_clock::now();
    const auto document =
        ParseInProcess({.bytes = bytes, .file_name = name}, Limits());
    seconds_of[end] +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
            .count();
    bytes_of[end] += static_cast<double>(bytes.size());
    if (document.ok()) {
      ExpectSound(*document);
    } else {
      EXPECT_EQ(ReasonOf(document.status()), "EMPTY_DOCUMENT")
          << document.status();
    }
  }
  for (const auto& [end, bytes] : bytes_of) {
    std::cout << end << ": " << bytes / 1e6 << " MB, "
              << bytes / 1e6 / seconds_of[end] << " MB/s\n";
  }
}

}  // namespace
}  // namespace cairn
