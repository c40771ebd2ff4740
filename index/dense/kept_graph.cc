#include "index/dense/kept_graph.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/hash.h"

namespace cairn {
namespace {

static_assert(std::endian::native == std::endian::little);

// The last sign is the version.
constexpr std::string_view kMagic = "CairnHG1";
constexpr std::size_t kHeaderBytes = 56;
constexpr std::size_t kChecksumAt = 48;

template <typename T>
T Load(std::string_view bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

template <typename T>
void Append(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// Where the columns begin.
std::size_t PrintsAt() { return kHeaderBytes; }
std::size_t LinksAt(const GraphHeader& header) {
  return PrintsAt() + std::size_t{header.nodes} * sizeof(std::uint64_t);
}
std::size_t LevelsAt(const GraphHeader& header) {
  return LinksAt(header) + header.links * sizeof(std::uint32_t);
}
std::size_t CountsAt(const GraphHeader& header) {
  return LevelsAt(header) + header.nodes;
}
std::size_t End(const GraphHeader& header) {
  return CountsAt(header) + header.lists;
}

std::string WithoutChecksum(const GraphHeader& header) {
  std::string bytes(kMagic);
  for (const std::uint32_t number :
       {header.shape.dimension, header.shape.links, header.shape.build_width,
        header.nodes, header.lists, header.entry, header.missing, 0U}) {
    Append(bytes, number);
  }
  Append(bytes, header.links);
  return bytes;
}

// Not of the prints: they are overwritten one by one, and a wrong one is the
// print of no vector.
std::uint64_t Checksum(std::string_view header, std::string_view columns) {
  std::string both(header.substr(0, kChecksumAt));
  Append(both, Fingerprint64(columns));
  return Fingerprint64(both);
}

Status Damaged(std::string_view what) {
  return DataLossError("kept graph: " + std::string(what), "GRAPH_DAMAGED");
}

GraphHeader LoadHeader(std::string_view bytes) {
  const auto number = [&](std::size_t i) {
    return Load<std::uint32_t>(bytes, kMagic.size() + i * 4);
  };
  return {.shape = {.dimension = number(0),
                    .links = number(1),
                    .build_width = number(2)},
          .nodes = number(3),
          .lists = number(4),
          .entry = number(5),
          .missing = number(6),
          .links = Load<std::uint64_t>(bytes, 40)};
}

// Is it ours, and of the length that it tells?
StatusOr<GraphHeader> CheckHeader(std::string_view bytes,
                                  std::uint64_t file_bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with(kMagic)) {
    return Damaged("not a graph of this version");
  }
  const GraphHeader header = LoadHeader(bytes);
  if (header.links > file_bytes || End(header) != file_bytes) {
    return Damaged("length");
  }
  if (header.nodes == 0 || header.nodes > INT32_MAX ||
      header.entry >= header.nodes || header.missing > INT32_MAX ||
      header.shape.links == 0 || header.shape.links > kKeptLinksMax) {
    return Damaged("header");
  }
  return header;
}

class OpenFile {
 public:
  OpenFile(const std::string& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  // Zeros where there is nothing.
  std::string Read(std::size_t at, std::size_t size) const {
    std::string bytes(size, '\0');
    if (fd_ < 0) return bytes;
    const ssize_t got =
        ::pread(fd_, bytes.data(), size, static_cast<off_t>(at));
    if (got != static_cast<ssize_t>(size)) bytes.assign(size, '\0');
    return bytes;
  }
  std::uint64_t size() const {
    const off_t end = fd_ < 0 ? 0 : ::lseek(fd_, 0, SEEK_END);
    return end < 0 ? 0 : static_cast<std::uint64_t>(end);
  }
  StatusOr<GraphHeader> header() const {
    return CheckHeader(Read(0, kHeaderBytes), size());
  }
  bool Zero(std::size_t at, std::size_t size) const {
    const std::string zeros(size, '\0');
    return ::pwrite(fd_, zeros.data(), size, static_cast<off_t>(at)) ==
           static_cast<ssize_t>(size);
  }

 private:
  const int fd_;
};

// The place of a print in the file. They ascend, but some are 0.
std::optional<std::size_t> FindPlace(const OpenFile& file,
                                     const GraphHeader& header,
                                     std::uint64_t print) {
  std::uint32_t low = 0, high = header.nodes;
  const auto place = [](std::uint32_t node) {
    return PrintsAt() + std::size_t{node} * sizeof(std::uint64_t);
  };
  const auto at = [&](std::uint32_t node) {
    return Load<std::uint64_t>(file.Read(place(node), sizeof print), 0);
  };
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    std::uint32_t probe = middle;
    std::uint64_t found = at(probe);
    while (found == 0 && ++probe < high) found = at(probe);
    if (found == print) return place(probe);
    if (found != 0 && found < print) {
      low = probe + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

// False: a print may still be there.
bool Overwrite(const std::string& path,
               const std::unordered_set<std::uint64_t>& prints) {
  if (prints.empty()) return true;
  const OpenFile file(path, O_RDWR);
  const auto header = file.header();
  if (!header.ok()) return !std::filesystem::exists(path);
  for (const std::uint64_t print : prints) {
    const auto place = FindPlace(file, *header, print);
    if (place && !file.Zero(*place, sizeof print)) return false;
  }
  return true;
}

}  // namespace

GraphShape ShapeOf(const DenseIndexOptions& options) {
  return {.dimension = static_cast<std::uint32_t>(options.dimension),
          .links = static_cast<std::uint32_t>(options.hnsw_links),
          .build_width = static_cast<std::uint32_t>(options.hnsw_build_width)};
}

StatusOr<KeptGraph> KeptGraph::Parse(std::string bytes) {
  CAIRN_ASSIGN_OR_RETURN(const GraphHeader header,
                         CheckHeader(bytes, bytes.size()));
  KeptGraph graph(std::move(bytes), header);
  CAIRN_RETURN_IF_ERROR(graph.Check());
  return graph;
}

Status KeptGraph::Check() {
  const std::string_view bytes = bytes_;
  if (Load<std::uint64_t>(bytes, kChecksumAt) !=
      Checksum(bytes, bytes.substr(LinksAt(header_)))) {
    return Damaged("checksum");
  }
  // A checksum keeps accidents away, not a file that was made to harm.
  CAIRN_RETURN_IF_ERROR(CheckNodes());
  return CheckLists();
}

Status KeptGraph::CheckNodes() {
  std::uint64_t last = 0, lists = 0;
  std::size_t highest = 0;
  for (std::uint32_t node = 0; node < header_.nodes; ++node) {
    const auto print = Load<std::uint64_t>(
        bytes_, PrintsAt() + std::size_t{node} * sizeof last);
    if (print != 0) {
      if (print <= last) return Damaged("order of prints");
      named_.emplace_back(print, node);
      last = print;
    }
    if (levels(node) == 0) return Damaged("a level");
    highest = std::max(highest, levels(node));
    lists += levels(node);
  }
  if (lists != header_.lists) return Damaged("number of lists");
  if (levels(header_.entry) != highest) return Damaged("entry");
  return OkStatus();
}

Status KeptGraph::CheckLists() const {
  std::uint64_t links = 0;
  for (std::size_t i = CountsAt(header_); i < End(header_); ++i) {
    links += static_cast<unsigned char>(bytes_[i]);
  }
  if (links != header_.links) return Damaged("number of links");
  bool sound = true;
  VisitLists([&](std::uint32_t node, std::size_t level,
                 std::span<const std::uint32_t> to) {
    sound = sound && to.size() <= header_.shape.links * (level == 0 ? 2 : 1) &&
            std::all_of(to.begin(), to.end(), [&](std::uint32_t other) {
              return other < header_.nodes && other != node &&
                     levels(other) > level;
            });
  });
  return sound ? OkStatus() : Damaged("a link");
}

std::optional<std::uint32_t> KeptGraph::Find(std::uint64_t print) const {
  const auto found = std::lower_bound(named_.begin(), named_.end(),
                                      std::pair(print, std::uint32_t{0}));
  if (found == named_.end() || found->first != print) return std::nullopt;
  return found->second;
}

std::size_t KeptGraph::levels(std::uint32_t node) const {
  return static_cast<unsigned char>(bytes_[LevelsAt(header_) + node]);
}

void KeptGraph::VisitLists(const ListVisit& visit) const {
  std::size_t links_at = LinksAt(header_), count_at = CountsAt(header_);
  std::vector<std::uint32_t> links;
  for (std::uint32_t node = 0; node < header_.nodes; ++node) {
    for (std::size_t level = 0; level < levels(node); ++level) {
      links.resize(static_cast<unsigned char>(bytes_[count_at++]));
      const std::size_t size = links.size() * sizeof(std::uint32_t);
      if (size > 0) std::memcpy(links.data(), bytes_.data() + links_at, size);
      links_at += size;
      visit(node, level, links);
    }
  }
}

GraphPacker::GraphPacker(const GraphShape& shape,
                         std::span<const std::uint64_t> prints)
    : shape_(shape), nodes_(prints.size()) {
  // Most lists of the lowest level are nearly full.
  bytes_.reserve(kHeaderBytes +
                 nodes_ * (12 + 2 * sizeof(std::uint32_t) * shape.links));
  bytes_.resize(kHeaderBytes);
  for (const std::uint64_t print : prints) Append(bytes_, print);
}

void GraphPacker::AddNode(std::size_t levels) {
  levels_.push_back(static_cast<char>(levels));
}

void GraphPacker::AddList(std::span<const std::uint32_t> links) {
  counts_.push_back(static_cast<char>(links.size()));
  links_ += links.size();
  for (const std::uint32_t to : links) Append(bytes_, to);
}

std::string GraphPacker::Finish(std::uint32_t entry, std::uint32_t missing) && {
  GraphHeader header{.shape = shape_,
                     .nodes = static_cast<std::uint32_t>(nodes_),
                     .lists = static_cast<std::uint32_t>(counts_.size()),
                     .entry = entry,
                     .missing = missing,
                     .links = links_};
  bytes_ += levels_;
  bytes_ += counts_;
  std::string head = WithoutChecksum(header);
  Append(head,
         Checksum(head, std::string_view(bytes_).substr(LinksAt(header))));
  bytes_.replace(0, kHeaderBytes, head);
  return std::move(bytes_);
}

std::optional<KeptGraph> GraphFile::Read(const GraphShape& shape) {
  if (!wanted()) return std::nullopt;
  ::unlink((path_ + ".tmp").c_str());  // Of a write that was cut off.
  const OpenFile file(path_, O_RDONLY);
  const auto header = file.header();
  if (header.ok() && header->shape == shape) {
    // So long as its header says, so nobody makes us read anything larger.
    auto bytes = ReadFile(path_, End(*header));
    if (bytes.ok()) {
      auto graph = KeptGraph::Parse(std::move(bytes).value());
      if (graph.ok()) return std::move(graph).value();
    }
  }
  Remove();
  return std::nullopt;
}

void GraphFile::Begin() {
  const std::lock_guard lock(mutex_);
  begun_ = true;
  since_.clear();
}

Status GraphFile::Write(std::string_view bytes) {
  const Status written = Put(bytes);
  const std::lock_guard lock(mutex_);
  if (!Overwrite(path_, since_)) ::unlink(path_.c_str());
  begun_ = false;
  since_.clear();
  return written;
}

Status GraphFile::Put(std::string_view bytes) const {
  if (make_folder_ && !make_folder_()) {
    return NotFoundError("no folder for " + path_, "FILE_NOT_FOUND");
  }
  std::error_code error;
  const auto space =
      std::filesystem::space(std::filesystem::path(path_).parent_path(), error);
  // What cannot be made again has the first right to the disk.
  if (!error && space.available / 2 < bytes.size()) {
    return ResourceExhaustedError("no room for " + path_, "DISK_FULL");
  }
  return WriteFileAtomically(path_, bytes);
}

void GraphFile::Forget(const std::unordered_set<std::uint64_t>& prints) {
  if (!wanted()) return;
  const std::lock_guard lock(mutex_);
  if (begun_) since_.insert(prints.begin(), prints.end());
  if (!Overwrite(path_, prints)) ::unlink(path_.c_str());
}

void GraphFile::Remove() {
  if (!wanted()) return;
  ::unlink(path_.c_str());
  ::unlink((path_ + ".tmp").c_str());
}

}  // namespace cairn
