// The share of the words of another program's reading that ours holds, over the
// sample documents beside the repository, where they are.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

namespace fs = std::filesystem;

std::string BytesOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs of letters, digits and bytes above ASCII, in lower case.
std::map<std::string, int> WordsOf(const std::string& text) {
  std::map<std::string, int> words;
  std::string word;
  for (const char sign : text + " ") {
    const auto byte = static_cast<unsigned char>(sign);
    if (std::isalnum(byte) != 0 || byte >= 0x80) {
      word.push_back(static_cast<char>(std::tolower(byte)));
    } else if (!word.empty()) {
      ++words[word];
      word.clear();
    }
  }
  return words;
}

double ShareHeld(const std::string& truth, const std::string& text) {
  const std::map<std::string, int> held = WordsOf(text);
  double all = 0;
  double found = 0;
  for (const auto& [word, times] : WordsOf(truth)) {
    const auto it = held.find(word);
    all += times;
    if (it != held.end()) found += std::min(times, it->second);
  }
  return all == 0 ? 1 : found / all;
}

void CheckFolder(const char* format, double share_min) {
  const fs::path folder =
      fs::path(CAIRN_SOURCE_DIR) / "../shared/data/documents" / format;
  if (!fs::exists(folder / "groundtruth")) {
    GTEST_SKIP() << "SKIPPED: no sample documents at " << folder;
  }
  for (const auto& entry : fs::directory_iterator(folder / "groundtruth")) {
    const std::string name = entry.path().stem().string();  // Without ".md".
    const fs::path source = folder / "sources" / name;
    if (!fs::exists(source)) continue;
    // As a plain reading of the Markdown: its entities and escapes are markup.
    const ParsedDocument truth =
        ParseOk(BytesOf(entry.path()), "text/markdown");
    const ParsedDocument document = ParseOk(BytesOf(source), "", name);
    const double share = ShareHeld(truth.text, document.text);
    std::cout << format << " " << name << ": " << share << " of the words, "
              << document.tables.size() << " tables of " << truth.tables.size()
              << "\n";
    EXPECT_GE(share, share_min) << name;
  }
}

TEST(SilverTruth, OfJournalArticlesIsHeld) { CheckFolder("jats", 0.9); }
// The truth has no-break hyphens as plain ones.
TEST(SilverTruth, OfOldWordDocumentsIsHeld) { CheckFolder("doc", 0.8); }
TEST(SilverTruth, OfOldWorkbooksIsHeld) { CheckFolder("xls", 0.9); }
// The truth repeats the text of merged cells.
TEST(SilverTruth, OfOldPresentationsIsHeld) { CheckFolder("ppt", 0.85); }
TEST(SilverTruth, OfSubtitlesIsHeld) { CheckFolder("webvtt", 0.9); }

}  // namespace
}  // namespace cairn
