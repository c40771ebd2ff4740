#include "graph/stored_graph_view.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "graph/contribution.h"
#include "graph/csr_graph.h"
#include "graph/layout.h"
#include "graph/name_dictionary.h"
#include "graph/token_index.h"
#include "graph/token_speller.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr double kTitleWeight = 2;
constexpr std::size_t kMentionedTokensMax = 8;
constexpr std::size_t kTargetsMax = 16;  // Entities of one name.

// Everything a view is made of, as read.
struct Parts {
  std::vector<ChunkId> chunks;  // Sorted: the first nodes.
  std::unordered_map<DocumentKey, std::pair<NodeIndex, std::uint32_t>>
      documents;                      // First node, chunks.
  std::vector<EntityId> entities;     // Sorted: the nodes behind.
  std::vector<std::uint32_t> counts;  // Chunks with the entity.
  std::unordered_map<EntityId, std::vector<DocumentKey>> titled;
  std::vector<CsrGraph::Edge> edges;
  NameDictionary names;
  TokenIndex tokens;
  TokenSpeller speller;

  // nullopt: the chunk is not in the graph.
  std::optional<NodeIndex> NodeOf(const ChunkId& chunk) const;
};

std::optional<NodeIndex> Parts::NodeOf(const ChunkId& chunk) const {
  const auto found = documents.find(chunk.document);
  if (found == documents.end() || chunk.ordinal >= found->second.second) {
    return std::nullopt;
  }
  return found->second.first + chunk.ordinal;
}

class StoredGraphView final : public GraphView {
 public:
  explicit StoredGraphView(Parts parts);

  std::size_t node_count() const override { return graph_.node_count(); }
  std::size_t edge_count() const override { return graph_.edge_count(); }
  std::size_t chunk_count() const override { return parts_.chunks.size(); }
  std::optional<NodeIndex> NodeOf(const ChunkId& chunk) const override;
  std::optional<NodeIndex> NodeOf(EntityId entity) const override;
  std::optional<ChunkId> ChunkOf(NodeIndex node) const override;
  std::optional<EntityId> EntityOf(NodeIndex node) const override;
  std::span<const std::pair<NodeIndex, float>> Edges(
      NodeIndex node) const override {
    return graph_.Row(node);
  }
  std::span<const ChunkId> TitledChunks(EntityId entity) const override;
  std::span<const TitleTarget> TitlesOf(EntityId name) const override;
  std::size_t ChunksWith(EntityId entity) const override;
  std::vector<ChunkId> ChunksNaming(std::string_view name,
                                    std::size_t limit) const override;
  std::optional<std::string> MendToken(std::string_view token) const override {
    const auto nearest = parts_.speller.Nearest(token);
    if (!nearest) return std::nullopt;
    return std::string(*nearest);
  }
  std::vector<QuestionLink> LinkQuestion(
      std::string_view question) const override;
  std::vector<RankedNode> PersonalizedPageRank(
      std::span<const Seed> seeds,
      const PageRankOptions& options) const override {
    return ForwardPush(graph_, seeds, options);
  }

 private:
  std::vector<QuestionLink> LinkDefined(const std::vector<TextToken>& tokens,
                                        bool cased) const;
  std::vector<QuestionLink> LinkMentioned(const std::vector<TextToken>& tokens,
                                          bool cased) const;
  std::size_t LongestMentioned(std::span<const TextToken> tokens, bool cased,
                               QuestionLink& link) const;
  void AddLinks(const NameDictionary::Name& name, const ByteSpan& span,
                std::vector<QuestionLink>& links) const;
  std::size_t CountTitles(EntityId entity) const;
  void CollectTitles(const NameDictionary::Name& name);

  Parts parts_;
  CsrGraph graph_;
  std::unordered_map<EntityId, std::vector<ChunkId>> titled_chunks_;
  // By the entity of the name itself.
  std::unordered_map<EntityId, std::vector<TitleTarget>> titles_;
};

StoredGraphView::StoredGraphView(Parts parts)
    : parts_(std::move(parts)),
      graph_(parts_.chunks.size() + parts_.entities.size(), parts_.edges) {
  std::vector<CsrGraph::Edge>().swap(parts_.edges);
  for (const auto& [entity, documents] : parts_.titled) {
    std::vector<ChunkId>& chunks = titled_chunks_[entity];
    for (const DocumentKey document : documents) {
      const auto [first, count] = parts_.documents.at(document);
      const auto begin = parts_.chunks.begin() + first;
      chunks.insert(chunks.end(), begin, begin + count);
    }
  }
  parts_.names.ForEach(
      [this](const NameDictionary::Name& name) { CollectTitles(name); });
}

std::optional<NodeIndex> StoredGraphView::NodeOf(const ChunkId& chunk) const {
  return parts_.NodeOf(chunk);
}

std::vector<ChunkId> StoredGraphView::ChunksNaming(std::string_view name,
                                                   std::size_t limit) const {
  std::vector<std::string_view> tokens = SplitName(name);
  std::erase_if(tokens, [](std::string_view token) {
    return IsStopWord(token) || token.size() > kTokenBytesMax;
  });
  std::vector<ChunkId> chunks;
  for (const NodeIndex node : parts_.tokens.Holders(tokens, limit)) {
    chunks.push_back(parts_.chunks[node]);
  }
  return chunks;
}

std::optional<NodeIndex> StoredGraphView::NodeOf(EntityId entity) const {
  const auto found =
      std::lower_bound(parts_.entities.begin(), parts_.entities.end(), entity);
  if (found == parts_.entities.end() || *found != entity) return std::nullopt;
  return static_cast<NodeIndex>(parts_.chunks.size() +
                                (found - parts_.entities.begin()));
}

std::optional<ChunkId> StoredGraphView::ChunkOf(NodeIndex node) const {
  if (node >= parts_.chunks.size()) return std::nullopt;
  return parts_.chunks[node];
}

std::optional<EntityId> StoredGraphView::EntityOf(NodeIndex node) const {
  if (node < parts_.chunks.size() || node >= node_count()) return std::nullopt;
  return parts_.entities[node - parts_.chunks.size()];
}

std::span<const ChunkId> StoredGraphView::TitledChunks(EntityId entity) const {
  const auto found = titled_chunks_.find(entity);
  if (found == titled_chunks_.end()) return {};
  return found->second;
}

std::size_t StoredGraphView::ChunksWith(EntityId entity) const {
  const auto node = NodeOf(entity);
  return node ? parts_.counts[*node - parts_.chunks.size()] : 0;
}

std::span<const TitleTarget> StoredGraphView::TitlesOf(EntityId name) const {
  const auto found = titles_.find(name);
  if (found == titles_.end()) return {};
  return found->second;
}

void StoredGraphView::CollectTitles(const NameDictionary::Name& name) {
  if (name.shape != NameShape::kLinkable) return;
  std::size_t titles = 0;
  for (const auto& target : name.targets) titles += CountTitles(target.entity);
  if (titles == 0) return;
  std::vector<TitleTarget>& targets = titles_[EntityIdOf(name.normalized)];
  for (const auto& target : name.targets) {
    if (CountTitles(target.entity) == 0) continue;
    targets.push_back({.entity = target.entity,
                       .strength = target.strength / 1000.0 /
                                   std::sqrt(static_cast<double>(titles))});
  }
}

std::size_t StoredGraphView::CountTitles(EntityId entity) const {
  const auto found = parts_.titled.find(entity);
  return found == parts_.titled.end() ? 0 : found->second.size();
}

void StoredGraphView::AddLinks(const NameDictionary::Name& name,
                               const ByteSpan& span,
                               std::vector<QuestionLink>& links) const {
  std::size_t titles = 0;
  for (const auto& target : name.targets) titles += CountTitles(target.entity);
  const double owners =
      std::sqrt(static_cast<double>(std::max<std::size_t>(titles, 1)));
  std::vector<NameDictionary::Target> targets = name.targets;
  std::stable_sort(
      targets.begin(), targets.end(),
      [](const auto& a, const auto& b) { return a.strength > b.strength; });
  targets.resize(std::min(targets.size(), kTargetsMax));
  for (const NameDictionary::Target& target : targets) {
    QuestionLink link{.entity = target.entity,
                      .span = span,
                      .name = name.normalized,
                      .strength = target.strength / 1000.0 / owners,
                      .titled = {},
                      .chunks = ChunksWith(target.entity)};
    const auto found = parts_.titled.find(target.entity);
    if (found != parts_.titled.end()) link.titled = found->second;
    links.push_back(std::move(link));
  }
}

// Digits stand out too, but say nothing about the manner of writing.
bool HasCapitals(std::string_view question) {
  std::string letters;
  for (const char sign : question) {
    if (sign < '0' || sign > '9') letters.push_back(sign);
  }
  return StandsOut(letters);
}

std::vector<QuestionLink> StoredGraphView::LinkQuestion(
    std::string_view question) const {
  const std::vector<TextToken> tokens = TokensOf(question, 0);
  const bool cased = HasCapitals(question);
  std::vector<QuestionLink> links = LinkDefined(tokens, cased);
  const std::size_t defined = links.size();
  for (QuestionLink& link : LinkMentioned(tokens, cased)) {
    const bool inside = std::any_of(
        links.begin(), links.begin() + static_cast<std::ptrdiff_t>(defined),
        [&](const QuestionLink& other) {
          return other.span.Contains(link.span);
        });
    if (!inside) links.push_back(std::move(link));
  }
  std::stable_sort(links.begin(), links.end(),
                   [](const QuestionLink& a, const QuestionLink& b) {
                     return a.span < b.span;
                   });
  return links;
}

// Tokens of the longest mentioned name that `tokens` begin with; 0: none.
std::size_t StoredGraphView::LongestMentioned(std::span<const TextToken> tokens,
                                              bool cased,
                                              QuestionLink& link) const {
  const auto may_end = [&](const TextToken& token) {
    return (token.marked || !cased) && !IsStopWord(token.term);
  };
  if (!may_end(tokens.front())) return 0;
  std::size_t longest = 0;
  std::string name;
  const std::size_t count_max = std::min(tokens.size(), kMentionedTokensMax);
  for (std::size_t count = 1; count <= count_max; ++count) {
    if (count > 1) name.push_back(' ');
    name += tokens[count - 1].term;
    if (!may_end(tokens[count - 1])) continue;
    if (count == 1 && !tokens.front().marked) continue;
    const EntityId entity = EntityIdOf(name);
    if (!NodeOf(entity) || ShapeOf(SplitName(name)) != NameShape::kLinkable) {
      continue;
    }
    longest = count;
    link.entity = entity;
    link.name = name;
  }
  return longest;
}

std::vector<QuestionLink> StoredGraphView::LinkMentioned(
    const std::vector<TextToken>& tokens, bool cased) const {
  std::vector<QuestionLink> links;
  for (std::size_t first = 0; first < tokens.size();) {
    QuestionLink link;
    const std::size_t count =
        LongestMentioned(std::span(tokens).subspan(first), cased, link);
    if (count > 0) {
      link.span = {tokens[first].span.begin,
                   tokens[first + count - 1].span.end};
      link.chunks = ChunksWith(link.entity);
      const auto found = parts_.titled.find(link.entity);
      if (found != parts_.titled.end()) link.titled = found->second;
      links.push_back(std::move(link));
    }
    first += std::max<std::size_t>(count, 1);
  }
  return links;
}

std::vector<QuestionLink> StoredGraphView::LinkDefined(
    const std::vector<TextToken>& tokens, bool cased) const {
  const auto accepts = [&](const NameDictionary::Name& name,
                           std::size_t first) {
    const auto span = std::span(tokens).subspan(first, name.tokens);
    const bool marked =
        std::any_of(span.begin(), span.end(),
                    [](const TextToken& token) { return token.marked; });
    switch (name.shape) {
      case NameShape::kTooLong:
        return false;
      case NameShape::kNumeric:
        return std::any_of(name.targets.begin(), name.targets.end(),
                           [](const auto& target) { return target.title; });
      case NameShape::kShort:
      case NameShape::kStopWords:
        // "The" in front of the question is no name.
        return marked && (first > 0 || name.tokens > 1) && span.back().marked;
      case NameShape::kLinkable:
        return name.tokens > 1 || marked || !cased;
    }
    return false;
  };
  std::vector<QuestionLink> links;
  for (const auto& match : parts_.names.MatchAll(tokens, accepts)) {
    AddLinks(parts_.names.name(match.name),
             {tokens[match.first].span.begin,
              tokens[match.first + match.count - 1].span.end},
             links);
  }
  return links;
}

Status ReadDocuments(const StoreReader& reader, const CollectionKey& collection,
                     Parts& parts) {
  Status read;
  CAIRN_RETURN_IF_ERROR(reader.Scan(
      Family::kRelations, graph_layout::RelationDocumentPrefix(collection), {},
      [&](std::string_view key, std::string_view value) {
        const auto document = graph_layout::ParseRelationDocumentKey(key);
        const auto info = graph_layout::DecodeDocumentInfo(value);
        read = document.ok() ? info.status() : document.status();
        if (!read.ok()) return false;
        parts.documents[*document] = {
            static_cast<NodeIndex>(parts.chunks.size()), info->chunks};
        for (std::uint32_t i = 0; i < info->chunks; ++i) {
          parts.chunks.push_back({.document = *document, .ordinal = i});
        }
        return true;
      }));
  CAIRN_RETURN_IF_ERROR(read);
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kRelations, graph_layout::TitlePrefix(collection), {},
                  [&](std::string_view key, std::string_view) {
                    const auto title = graph_layout::ParseTitleKey(key);
                    read = title.status();
                    if (!read.ok()) return false;
                    if (parts.documents.contains(title->second)) {
                      parts.titled[title->first].push_back(title->second);
                    }
                    return true;
                  }));
  return read;
}

// Chunks of the entity's own documents; one edge a chunk.
void AddTitleWeights(EntityId entity, const Parts& parts,
                     std::vector<std::pair<NodeIndex, double>>& weights) {
  const auto titled = parts.titled.find(entity);
  if (titled == parts.titled.end()) return;
  for (const DocumentKey document : titled->second) {
    const auto [first, count] = parts.documents.at(document);
    for (NodeIndex i = 0; i < count; ++i) {
      weights.emplace_back(first + i, kTitleWeight);
    }
  }
  std::sort(weights.begin(), weights.end());
  std::vector<std::pair<NodeIndex, double>> merged;
  for (const auto& [chunk, weight] : weights) {
    if (!merged.empty() && merged.back().first == chunk) {
      merged.back().second += weight;
    } else {
      merged.emplace_back(chunk, weight);
    }
  }
  weights = std::move(merged);
}

void AddEdges(EntityId entity, const std::vector<Posting>& postings,
              Parts& parts) {
  const double idf = std::log1p(static_cast<double>(parts.chunks.size()) /
                                static_cast<double>(postings.size()));
  // The entities' nodes come last; numbered when all chunks are known.
  const auto node =
      static_cast<NodeIndex>(parts.chunks.size() + parts.entities.size());
  std::vector<std::pair<NodeIndex, double>> weights;
  weights.reserve(postings.size());
  for (const Posting& posting : postings) {
    const auto chunk = parts.NodeOf(posting.chunk);
    if (!chunk) continue;
    weights.emplace_back(
        *chunk, idf * (1 + std::log(static_cast<double>(posting.count))));
  }
  AddTitleWeights(entity, parts, weights);
  for (const auto& [chunk, weight] : weights) {
    parts.edges.push_back(
        {.a = node, .b = chunk, .weight = static_cast<float>(weight)});
  }
  parts.entities.push_back(entity);
  parts.counts.push_back(static_cast<std::uint32_t>(postings.size()));
}

Status ReadTokens(const StoreReader& reader, const CollectionKey& collection,
                  Parts& parts) {
  Status read;
  CAIRN_RETURN_IF_ERROR(reader.Scan(
      Family::kAdjacency, graph_layout::AnchorPostingsPrefix(collection), {},
      [&](std::string_view key, std::string_view value) {
        const auto token = graph_layout::ParseAnchorPostingsKey(key);
        const auto postings = DecodePostings(value);
        read = token.ok() ? postings.status() : token.status();
        if (!read.ok()) return false;
        std::vector<NodeIndex> chunks;
        for (const Posting& posting : *postings) {
          if (const auto chunk = parts.NodeOf(posting.chunk)) {
            chunks.push_back(*chunk);
          }
        }
        parts.tokens.Add(*token, chunks);
        parts.speller.Add(*token, chunks.size());
        return true;
      }));
  parts.tokens.Finish();
  parts.speller.Finish();
  return read;
}

}  // namespace

StatusOr<std::shared_ptr<const GraphView>> LoadGraphView(
    const StoreReader& reader, const CollectionKey& collection) {
  Parts parts;
  CAIRN_RETURN_IF_ERROR(ReadDocuments(reader, collection, parts));
  Status read;
  CAIRN_RETURN_IF_ERROR(reader.Scan(
      Family::kAdjacency, graph_layout::EntityPostingsPrefix(collection), {},
      [&](std::string_view key, std::string_view value) {
        const auto entity = graph_layout::ParseEntityPostingsKey(key);
        const auto postings = DecodePostings(value);
        read = entity.ok() ? postings.status() : entity.status();
        if (!read.ok()) return false;
        if (!postings->empty()) AddEdges(*entity, *postings, parts);
        return true;
      }));
  CAIRN_RETURN_IF_ERROR(read);
  CAIRN_RETURN_IF_ERROR(ReadTokens(reader, collection, parts));
  CAIRN_ASSIGN_OR_RETURN(LoadedNames names, LoadNames(reader, collection));
  parts.names = std::move(names.dictionary);
  return std::shared_ptr<const GraphView>(
      std::make_shared<StoredGraphView>(std::move(parts)));
}

std::shared_ptr<const GraphView> EmptyGraphView() {
  return std::make_shared<StoredGraphView>(Parts{});
}

GraphFollower::GraphFollower(const CollectionKey& collection)
    : collection_(collection), view_(EmptyGraphView()) {}

Status GraphFollower::Rebuild(const StoreSnapshot& snapshot) {
  CAIRN_ASSIGN_OR_RETURN(view_, LoadGraphView(snapshot, collection_));
  built_ = snapshot.sequence();
  return OkStatus();
}

Status GraphFollower::Apply(const Change& change,
                            const StoreSnapshot& snapshot) {
  if (change.collection != collection_ || built_ == snapshot.sequence()) {
    return OkStatus();
  }
  return Rebuild(snapshot);
}

Status GraphFollower::Finish(Sequence reached) {
  applied_ = reached;
  return OkStatus();
}

}  // namespace cairn
