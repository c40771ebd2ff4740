#include <string_view>
#include <unordered_set>

#include "text/words.h"

namespace cairn {

bool IsStopWord(std::string_view folded) {
  static const std::unordered_set<std::string_view> words = {
      "a",       "about",    "above",    "after",   "again",      "against",
      "all",     "also",     "although", "am",      "an",         "and",
      "any",     "are",      "as",       "at",      "be",         "became",
      "because", "been",     "before",   "being",   "below",      "between",
      "both",    "but",      "by",       "can",     "could",      "did",
      "do",      "does",     "doing",    "down",    "during",     "each",
      "either",  "few",      "for",      "from",    "further",    "had",
      "has",     "have",     "having",   "he",      "her",        "here",
      "hers",    "herself",  "him",      "himself", "his",        "how",
      "however", "i",        "if",       "in",      "into",       "is",
      "it",      "its",      "itself",   "just",    "many",       "may",
      "me",      "might",    "more",     "most",    "much",       "must",
      "my",      "myself",   "neither",  "no",      "nor",        "not",
      "now",     "of",       "off",      "on",      "once",       "one",
      "only",    "or",       "other",    "our",     "ours",       "out",
      "over",    "own",      "same",     "shall",   "she",        "should",
      "since",   "so",       "some",     "such",    "than",       "that",
      "the",     "their",    "theirs",   "them",    "themselves", "then",
      "there",   "these",    "they",     "this",    "those",      "though",
      "through", "to",       "too",      "under",   "until",      "up",
      "upon",    "us",       "very",     "was",     "we",         "were",
      "what",    "when",     "where",    "whether", "which",      "while",
      "who",     "whom",     "whose",    "why",     "will",       "with",
      "within",  "without",  "would",    "yet",     "you",        "your",
      "yours",   "yourself",
  };
  return words.contains(folded);
}

}  // namespace cairn
