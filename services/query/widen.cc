#include "services/query/widen.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cairn {
namespace {

// Chunks of one section in a row, on the way to one hit.
struct Run {
  std::size_t place = 0;  // Among the hits, of the first of them.
  std::size_t best = 0;   // Index of the hit that gives score and context.
  Chunk first, last;      // The same for a single chunk.
  std::uint64_t tokens = 0;
};

bool SameSection(const Chunk& a, const Chunk& b) {
  return a.section == b.section && a.table == b.table;
}

class Widening {
 public:
  Widening(std::vector<Found> hits, std::uint64_t token_budget,
           Passages& passages)
      : hits_(std::move(hits)), passages_(passages) {
    left_ = std::numeric_limits<std::uint64_t>::max();
    if (token_budget == 0) return;
    left_ = token_budget;
    for (const Found& one : hits_) {
      left_ -= std::min<std::uint64_t>(left_, one.hit.tokens);
    }
  }

  Status Join() {
    std::vector<std::size_t> order(hits_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return hits_[a].hit.chunk < hits_[b].hit.chunk;
    });
    for (const std::size_t i : order) {
      const Hit& hit = hits_[i].hit;
      taken_.insert(hit.chunk);
      CAIRN_ASSIGN_OR_RETURN(const Chunk chunk, passages_.ChunkOf(hit.chunk));
      Run run{.place = i,
              .best = i,
              .first = chunk,
              .last = chunk,
              .tokens = chunk.tokens};
      CAIRN_ASSIGN_OR_RETURN(const bool joined, JoinToLast(run));
      if (!joined) runs_.push_back(std::move(run));
    }
    return OkStatus();
  }

  // Only with a budget: without one there would be no end to it.
  Status AddNeighbours() {
    std::vector<Run*> order;
    for (Run& run : runs_) order.push_back(&run);
    std::sort(order.begin(), order.end(), [&](const Run* a, const Run* b) {
      const double left = hits_[a->best].hit.score;
      const double right = hits_[b->best].hit.score;
      return left != right ? left > right : a->place < b->place;
    });
    for (Run* run : order) {
      CAIRN_RETURN_IF_ERROR(Extend(*run, run->last, 1));
      CAIRN_RETURN_IF_ERROR(Extend(*run, run->first, -1));
    }
    return OkStatus();
  }

  StatusOr<std::vector<Found>> Result() {
    std::sort(runs_.begin(), runs_.end(),
              [](const Run& a, const Run& b) { return a.place < b.place; });
    std::vector<Found> widened;
    for (const Run& run : runs_) {
      Found found = std::move(hits_[run.best]);
      if (run.first.ordinal != run.last.ordinal) {
        CAIRN_RETURN_IF_ERROR(Stretch(run, found.hit));
      }
      widened.push_back(std::move(found));
    }
    return widened;
  }

 private:
  DocumentKey DocumentOf(const Run& run) const {
    return hits_[run.best].hit.chunk.document;
  }

  // The chunk beside `from`, if it is there and of the same section.
  StatusOr<std::optional<Chunk>> Neighbour(DocumentKey document,
                                           const Chunk& from, int step) {
    CAIRN_ASSIGN_OR_RETURN(const Passages::Source* source,
                           passages_.SourceOf(document));
    const std::int64_t ordinal = std::int64_t{from.ordinal} + step;
    if (ordinal < 0 || ordinal >= std::int64_t{source->record.chunks}) {
      return std::nullopt;
    }
    CAIRN_ASSIGN_OR_RETURN(
        Chunk chunk,
        passages_.ChunkOf({document, static_cast<std::uint32_t>(ordinal)}));
    if (!SameSection(from, chunk)) return std::nullopt;
    return chunk;
  }

  // Joins `next` to the run before it, with the chunk between if there is one.
  StatusOr<bool> JoinToLast(const Run& next) {
    if (runs_.empty()) return false;
    Run& run = runs_.back();
    const DocumentKey document = DocumentOf(run);
    if (document != DocumentOf(next)) return false;
    if (!SameSection(run.last, next.first)) return false;
    const std::uint32_t gap = next.first.ordinal - run.last.ordinal;
    std::uint64_t between = 0;
    if (gap == 2) {
      CAIRN_ASSIGN_OR_RETURN(const std::optional<Chunk> chunk,
                             Neighbour(document, run.last, 1));
      if (!chunk || chunk->tokens > left_) return false;
      between = chunk->tokens;
    }
    if (gap > 2 || run.tokens + between + next.tokens > kWidenedTokensMax) {
      return false;
    }
    if (gap == 2) {
      taken_.insert({document, run.last.ordinal + 1});
      left_ -= between;
    }
    run.tokens += between + next.tokens;
    run.last = next.last;
    run.place = std::min(run.place, next.place);
    if (hits_[next.best].hit.score > hits_[run.best].hit.score) {
      run.best = next.best;
    }
    return true;
  }

  // `end` is the run's first or last chunk.
  Status Extend(Run& run, Chunk& end, int step) {
    const DocumentKey document = DocumentOf(run);
    CAIRN_ASSIGN_OR_RETURN(std::optional<Chunk> chunk,
                           Neighbour(document, end, step));
    if (!chunk || chunk->tokens > left_ ||
        run.tokens + chunk->tokens > kWidenedTokensMax ||
        !taken_.insert({document, chunk->ordinal}).second) {
      return OkStatus();
    }
    left_ -= chunk->tokens;
    run.tokens += chunk->tokens;
    end = std::move(*chunk);
    return OkStatus();
  }

  Status Stretch(const Run& run, Hit& hit) {
    CAIRN_ASSIGN_OR_RETURN(const Passages::Source* source,
                           passages_.SourceOf(hit.chunk.document));
    hit.span = {run.first.span.begin, run.last.span.end};
    hit.text = std::string(hit.span.Of(source->text));
    hit.page = run.first.page;
    hit.tokens = static_cast<std::uint32_t>(run.tokens);
    hit.chunks = run.last.ordinal - run.first.ordinal + 1;
    return OkStatus();
  }

  std::vector<Found> hits_;
  Passages& passages_;
  std::uint64_t left_ = 0;  // Tokens that may be added.
  std::vector<Run> runs_;   // By document and place, until Result.
  std::set<ChunkId> taken_;
};

}  // namespace

StatusOr<std::vector<Found>> Widen(std::vector<Found> hits,
                                   std::uint64_t token_budget,
                                   Passages& passages) {
  Widening widening(std::move(hits), token_budget, passages);
  CAIRN_RETURN_IF_ERROR(widening.Join());
  if (token_budget > 0) CAIRN_RETURN_IF_ERROR(widening.AddNeighbours());
  return widening.Result();
}

}  // namespace cairn
