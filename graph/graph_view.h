// GraphView: the in-memory graph of one collection, for walks at query time.
//
// Place: a follower of kAdjacency, kNames and kEntities; retrieval uses it for
// question links, title links and personalised PageRank. Immutable once made.
// Form: compressed sparse rows over two node kinds, chunks (by id) and then
// entities (by id); edge weight idf(entity) * (1 + ln count) with
// idf = ln(1 + chunks / chunks with it); title edges (entity to the chunks of
// the documents it is the title of) add 2.
// Threads: a view is immutable; readers share it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "domain/entity.h"
#include "domain/ids.h"
#include "storage/follower.h"

namespace cairn {

using NodeIndex = std::uint32_t;

struct PageRankOptions {
  double restart = 0.5;   // Probability to jump back to a seed.
  double epsilon = 1e-6;  // Residual per unit of degree that is left unpushed.
  std::size_t pushes_max = 5'000'000;
};

struct Seed {
  NodeIndex node = 0;
  double weight = 0;  // Positive; normalised over the seeds.
};

struct RankedNode {
  NodeIndex node = 0;
  double score = 0;
};

// A name of the collection found in a question.
struct QuestionLink {
  EntityId entity;
  ByteSpan span;        // Of the question.
  std::string name;     // Normalised.
  double strength = 1;  // Of the name; divided by sqrt(titles that own it).
  std::vector<DocumentKey>
      titled;              // Documents whose title (or an alias) it is.
  std::size_t chunks = 0;  // That mention it.
};

// A title that a name stands for.
struct TitleTarget {
  EntityId entity;
  double strength = 1;  // Of the name, over sqrt(titles that bear it).
};

class GraphView {
 public:
  virtual ~GraphView() = default;

  virtual std::size_t node_count() const = 0;
  virtual std::size_t edge_count() const = 0;  // Undirected.
  virtual std::size_t chunk_count() const = 0;
  virtual std::optional<NodeIndex> NodeOf(const ChunkId& chunk) const = 0;
  virtual std::optional<NodeIndex> NodeOf(EntityId entity) const = 0;
  // Exactly one of the two has a value.
  virtual std::optional<ChunkId> ChunkOf(NodeIndex node) const = 0;
  virtual std::optional<EntityId> EntityOf(NodeIndex node) const = 0;
  // Neighbours and edge weights, by node.
  virtual std::span<const std::pair<NodeIndex, float>> Edges(
      NodeIndex node) const = 0;
  // Chunks of the documents whose title is `entity`.
  virtual std::span<const ChunkId> TitledChunks(EntityId entity) const = 0;
  // Titles that the name of this entity stands for: its own, and those of
  // which it is an alias. Stop words and single short tokens stand for none.
  virtual std::span<const TitleTarget> TitlesOf(EntityId name) const = 0;
  // Chunks that hold an entity; its document frequency at chunk level.
  virtual std::size_t ChunksWith(EntityId entity) const = 0;

  // Chunks that hold the (normalised) name, alone or inside a longer one; see
  // token_index.h. Empty when there are more than `limit`.
  virtual std::vector<ChunkId> ChunksNaming(std::string_view name,
                                            std::size_t limit) const = 0;

  // The token of the collection's names that is one edit from a folded token
  // which is none itself; see token_speller.h.
  virtual std::optional<std::string> MendToken(
      std::string_view token) const = 0;

  // Names of the collection in the question, by span. First the defined names,
  // leftmost-longest, one link for each entity that a name stands for
  // (strongest first, at most 16). Case is ignored for names of two tokens or
  // more; a name of one token needs a capital or a digit in the question,
  // unless the question has no capitals at all. Stop words and names of one or
  // two letters need the capital always, and count only behind the first word.
  // Digits and dates count only where they are a title or an alias.
  // Then names that are mentioned but that no document defines, leftmost-
  // longest, with strength 1: they must begin and end with a token that stands
  // out (two tokens or more: or the question has no capitals). One inside a
  // defined name is left out.
  virtual std::vector<QuestionLink> LinkQuestion(
      std::string_view question) const = 0;

  // Personalised PageRank by forward push (Andersen, Chung, Lang 2006): every
  // score is within epsilon * degree of the true one. Best first.
  virtual std::vector<RankedNode> PersonalizedPageRank(
      std::span<const Seed> seeds, const PageRankOptions& options) const = 0;
};

// Chunks that hold the entity; none when there are more than `limit`.
inline std::vector<ChunkId> ChunksHolding(
    const GraphView& graph, EntityId entity,
    std::size_t limit = std::numeric_limits<std::size_t>::max()) {
  std::vector<ChunkId> chunks;
  const std::optional<NodeIndex> node = graph.NodeOf(entity);
  if (!node || graph.Edges(*node).size() > limit) return chunks;
  for (const auto& [neighbor, edge] : graph.Edges(*node)) {
    if (const auto chunk = graph.ChunkOf(neighbor)) chunks.push_back(*chunk);
  }
  return chunks;
}

// GraphFollower: keeps the view of one collection. A change makes the whole
// view anew, once a catch-up, at its first change; a checkpoint would not be
// faster than that.
class GraphFollower final : public Follower {
 public:
  explicit GraphFollower(const CollectionKey& collection);
  std::string_view name() const override { return "graph"; }
  Sequence applied() const override { return applied_; }
  Status Rebuild(const StoreSnapshot& snapshot) override;
  Status Apply(const Change& change, const StoreSnapshot& snapshot) override;
  Status Finish(Sequence reached) override;
  // Never null; empty at first.
  std::shared_ptr<const GraphView> view() const { return view_; }

 private:
  const CollectionKey collection_;
  Sequence applied_;
  std::optional<Sequence> built_;  // The state that view_ shows.
  std::shared_ptr<const GraphView> view_;
};

// The same by power iteration over the whole graph: the oracle of the tests. A
// node without edges keeps what it has.
std::vector<double> PowerIterationPageRank(const GraphView& graph,
                                           std::span<const Seed> seeds,
                                           double restart,
                                           std::size_t iterations);

}  // namespace cairn
