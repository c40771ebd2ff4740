#include "services/query/candidate.h"

#include <algorithm>
#include <numeric>

namespace cairn {

const char* NameOf(Part part) {
  switch (part) {
    case Part::kDense:
      return "dense";
    case Part::kSentence:
      return "sentence";
    case Part::kLexical:
      return "lexical";
    case Part::kLink:
      return "link";
    case Part::kHopLink:
      return "hop_link";
    case Part::kHopLinkFit:
      return "hop_link_fit";
    case Part::kHopName:
      return "hop_name";
    case Part::kHopNear:
      return "hop_near";
    case Part::kHopDense:
      return "hop_dense";
    case Part::kHopSentence:
      return "hop_sentence";
    case Part::kHopLexical:
      return "hop_lexical";
    case Part::kSimilar:
      return "similar";
    case Part::kGraph:
      return "graph";
    case Part::kFitted:
      return "fitted";
    case Part::kRerank:
      return "rerank";
    case Part::kTable:
      return "table";
  }
  return "unknown";
}

double Candidate::score() const {
  return std::accumulate(parts.begin(), parts.end(), 0.0);
}

ScoreParts Candidate::Explain() const {
  ScoreParts explained;
  for (std::size_t i = 0; i < kParts; ++i) {
    if (parts[i] != 0) explained[NameOf(static_cast<Part>(i))] = parts[i];
  }
  return explained;
}

void SortByScore(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) {
              const double left = a.score();
              const double right = b.score();
              return left != right ? left > right : a.chunk < b.chunk;
            });
}

}  // namespace cairn
