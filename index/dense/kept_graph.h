// KeptGraph: a navigable graph as the bytes of a file, and GraphFile, that
// file.
//
// Place: HnswGraph packs and restores itself, HnswIndex owns the file. Layout:
// docs/formats/kept_graph.md.
// Names: a node is a vector, named by the print of its half floats, so a graph
// fits whatever chunks have these vectors and in whatever order they come.
// Derived: without the file, or with one that is damaged, foreign or of another
// shape, the graph is built again. Deleting it costs time only.
// Forgetting: the print of a vector that leaves the collection is overwritten
// at the next Snapshot of its index. Its links stay, as those of a vector that
// nobody can name, until a start links past it and writes the file anew.
// Compaction removes the file, and what is written later does not name it.
// Threads: KeptGraph immutable; GraphFile safe, one Write at a time.
// Errors: DATA_LOSS names the check that failed; those of base/file.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/status.h"
#include "index/dense/dense_index.h"

namespace cairn {

// Of a list: counts of links fit in a byte, and the lowest level has twice as
// many.
inline constexpr std::uint32_t kKeptLinksMax = 127;

// What must be equal for a graph to be of use.
struct GraphShape {
  std::uint32_t dimension = 0;
  std::uint32_t links = 0;        // M
  std::uint32_t build_width = 0;  // efConstruction
  friend bool operator==(const GraphShape&, const GraphShape&) = default;
};
GraphShape ShapeOf(const DenseIndexOptions& options);

// The numbers at the beginning of the bytes.
struct GraphHeader {
  GraphShape shape;
  std::uint32_t nodes = 0;
  std::uint32_t lists = 0;
  std::uint32_t entry = 0;
  // Nodes that left since the graph was built, whose links are missing.
  std::uint32_t missing = 0;
  std::uint64_t links = 0;
};

class KeptGraph {
 public:
  // Takes no number on trust: every link leads to a node that has its level.
  static StatusOr<KeptGraph> Parse(std::string bytes);

  const GraphHeader& header() const { return header_; }
  // The node of a vector.
  std::optional<std::uint32_t> Find(std::uint64_t print) const;
  // At least 1, the lowest.
  std::size_t levels(std::uint32_t node) const;
  // All lists, by node, then from the lowest level.
  using ListVisit = std::function<void(std::uint32_t node, std::size_t level,
                                       std::span<const std::uint32_t> links)>;
  void VisitLists(const ListVisit& visit) const;

 private:
  KeptGraph(std::string bytes, const GraphHeader& header)
      : bytes_(std::move(bytes)), header_(header) {}
  Status Check();
  Status CheckNodes();
  Status CheckLists() const;

  std::string bytes_;
  GraphHeader header_;
  // The nodes that have a name, by it.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> named_;
};

// Writes the bytes: AddNode for each print, behind each as many AddList.
class GraphPacker {
 public:
  // At most kKeptLinksMax links. Prints ascend; 0 stands for one that is not
  // named.
  GraphPacker(const GraphShape& shape, std::span<const std::uint64_t> prints);
  void AddNode(std::size_t levels);
  void AddList(std::span<const std::uint32_t> links);
  std::string Finish(std::uint32_t entry, std::uint32_t missing) &&;

 private:
  const GraphShape shape_;
  const std::size_t nodes_;
  std::string bytes_, levels_, counts_;
  std::uint64_t links_ = 0;
};

class GraphFile {
 public:
  // An empty path: nothing is kept. `make_folder`, if given, is asked before a
  // write.
  GraphFile(std::string path, std::function<bool()> make_folder)
      : path_(std::move(path)), make_folder_(std::move(make_folder)) {}

  bool wanted() const { return !path_.empty(); }
  // A file that is of no use is removed.
  std::optional<KeptGraph> Read(const GraphShape& shape);
  // The state that the next Write writes is that of now: what is forgotten
  // from here on is forgotten in it too.
  void Begin();
  // RESOURCE_EXHAUSTED when the disk would be nearly full.
  Status Write(std::string_view bytes);
  // Overwrites the prints.
  void Forget(const std::unordered_set<std::uint64_t>& prints);
  void Remove();

 private:
  Status Put(std::string_view bytes) const;

  const std::string path_;
  const std::function<bool()> make_folder_;
  std::mutex mutex_;
  bool begun_ = false;                       // Guarded by mutex_.
  std::unordered_set<std::uint64_t> since_;  // Since Begin; likewise.
};

}  // namespace cairn
