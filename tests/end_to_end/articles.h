// Articles: short invented ones, the same for the same seed.
//
// Each has a title that no other has, a few facts of its own and names others;
// some hold a small table. Nothing of it is in any real text, so that only
// what was ingested can answer.
// Place: tests that need many documents. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cairn {

struct Article {
  std::string id;
  std::string title;
  std::string text;
};

std::vector<Article> InventArticles(std::size_t count, unsigned seed);

// {"id","title","text"} a line.
std::string AsJsonLines(const std::vector<Article>& articles);

}  // namespace cairn
