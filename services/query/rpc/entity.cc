// EntityService: look-ups over the stored graph.
#include <cairn/v1/entity_service.grpc.pb.h>

#include <algorithm>
#include <map>

#include "base/coding.h"
#include "base/utf8.h"
#include "graph/entity_reader.h"
#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "services/query/rpc/handlers.h"
#include "services/query/rpc/services.h"

namespace cairn {
namespace {

constexpr std::size_t kNameBytesMax = 1024;
constexpr std::size_t kNeighborsMax = 10'000;
constexpr std::size_t kEvidenceBytesMax = 1024;
constexpr std::int32_t kPathStepsMax = 8;
constexpr std::size_t kPathsMax = 100;

// One collection at one state.
struct GraphState {
  std::shared_ptr<const StoreSnapshot> snapshot;
  CollectionRecord collection;
  EntityReader reader() const {
    return EntityReader(*snapshot, collection.key);
  }
};

StatusOr<GraphState> OpenGraph(QueryRpc& rpc, const Call& call,
                               const std::string& collection) {
  GraphState state;
  state.snapshot = rpc.store->Pin();
  CAIRN_ASSIGN_OR_RETURN(
      state.collection,
      FindCollection(*state.snapshot, call.tenant, collection));
  return state;
}

// Texts of the documents that one reply quotes, each read once.
class TextCache {
 public:
  explicit TextCache(const GraphState& state) : state_(state) {}
  StatusOr<std::string_view> TextOf(DocumentKey document) {
    auto found = texts_.find(document);
    if (found == texts_.end()) {
      CAIRN_ASSIGN_OR_RETURN(
          std::string text,
          LoadText(*state_.snapshot, state_.collection.key, document));
      found = texts_.emplace(document, std::move(text)).first;
    }
    return std::string_view(found->second);
  }

  Status Fill(const ChunkId& id, v1::Evidence* out) {
    const CollectionKey& key = state_.collection.key;
    CAIRN_ASSIGN_OR_RETURN(const Chunk chunk,
                           LoadChunk(*state_.snapshot, key, id));
    CAIRN_ASSIGN_OR_RETURN(const Document document,
                           LoadDocument(*state_.snapshot, key, id.document));
    CAIRN_ASSIGN_OR_RETURN(const std::string_view text, TextOf(id.document));
    out->set_document(MakeDocumentName(state_.collection.name, document.id));
    out->set_chunk(id.ordinal);
    ToProto(chunk.span, out->mutable_span());
    out->set_text(std::string(CutUtf8(chunk.span.Of(text), kEvidenceBytesMax)));
    return OkStatus();
  }

 private:
  const GraphState& state_;
  std::map<DocumentKey, std::string> texts_;
};

// Whole chunks only, so that the token (the last chunk) loses no mention: asks
// for more until one ends inside.
StatusOr<std::vector<MentionRecord>> MentionsPage(const EntityReader& reader,
                                                  EntityId id,
                                                  std::optional<ChunkId> after,
                                                  std::size_t size,
                                                  bool* more) {
  for (std::size_t asked = size + 1;; asked *= 2) {
    CAIRN_ASSIGN_OR_RETURN(std::vector<MentionRecord> found,
                           reader.Mentions(id, after, asked));
    *more = found.size() >= asked;
    if (!*more) return found;
    const ChunkId last = found.back().chunk;
    auto end = std::find_if(found.begin(), found.end(),
                            [&](const auto& m) { return m.chunk == last; });
    if (end != found.begin()) {
      found.erase(end, found.end());
      return found;
    }
  }
}

StatusOr<std::optional<ChunkId>> ParseChunkToken(const std::string& token) {
  if (token.empty()) return std::optional<ChunkId>();
  if (token.size() != 32) {
    return InvalidFieldError("page_token", "is malformed");
  }
  CAIRN_ASSIGN_OR_RETURN(const std::uint64_t document,
                         ParseHex64(token.substr(0, 16), "page_token"));
  CAIRN_ASSIGN_OR_RETURN(const std::uint64_t ordinal,
                         ParseHex64(token.substr(16), "page_token"));
  return std::optional<ChunkId>(
      ChunkId{DocumentKey(document), static_cast<std::uint32_t>(ordinal)});
}

void ToProto(const Chunk& chunk, const std::vector<EntityId>& entities,
             const std::string& collection, v1::ChunkEntities* out) {
  out->set_chunk(chunk.ordinal);
  ToProto(chunk.span, out->mutable_span());
  out->set_context(chunk.context);
  out->set_page(chunk.page);
  out->set_tokens(chunk.tokens);
  out->set_table(chunk.table != UINT32_MAX);
  for (const EntityId entity : entities) {
    out->add_entities(MakeEntityName(collection, entity));
  }
}

class EntityService final : public v1::EntityService::CallbackService {
 public:
  explicit EntityService(QueryRpc* rpc) : rpc_(*rpc) {}

 private:
  grpc::ServerUnaryReactor* LookupEntities(
      grpc::CallbackServerContext* context,
      const v1::LookupEntitiesRequest* request,
      v1::LookupEntitiesResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return LookupEntitiesRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* GetEntity(grpc::CallbackServerContext* context,
                                      const v1::GetEntityRequest* request,
                                      v1::Entity* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return GetEntityRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* ListMentions(
      grpc::CallbackServerContext* context,
      const v1::ListMentionsRequest* request,
      v1::ListMentionsResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ListMentionsRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* ListNeighbors(
      grpc::CallbackServerContext* context,
      const v1::ListNeighborsRequest* request,
      v1::ListNeighborsResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ListNeighborsRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* FindPaths(grpc::CallbackServerContext* context,
                                      const v1::FindPathsRequest* request,
                                      v1::FindPathsResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return FindPathsRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* ListEntities(
      grpc::CallbackServerContext* context,
      const v1::ListEntitiesRequest* request,
      v1::ListEntitiesResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ListEntitiesRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* ListChunks(grpc::CallbackServerContext* context,
                                       const v1::ListChunksRequest* request,
                                       v1::ListChunksResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ListChunksRpc(rpc_, call, *request, reply);
    });
  }

  QueryRpc& rpc_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEntityService(QueryRpc* rpc) {
  return std::make_unique<EntityService>(rpc);
}

Status LookupEntitiesRpc(QueryRpc& rpc, const Call& call,
                         const v1::LookupEntitiesRequest& request,
                         v1::LookupEntitiesResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string collection,
                         ParseCollectionName(request.parent(), "parent"));
  if (request.query().empty() || request.query().size() > kNameBytesMax) {
    return InvalidFieldError("query", "must have 1 to 1024 bytes");
  }
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t limit,
      ParsePageSize(request.limit(), 10, rpc.runtime.limits.results_max,
                    "limit"));
  CAIRN_ASSIGN_OR_RETURN(const GraphState state,
                         OpenGraph(rpc, call, collection));
  CAIRN_ASSIGN_OR_RETURN(const std::vector<EntityMatch> matches,
                         state.reader().Lookup(request.query(), limit));
  for (const EntityMatch& match : matches) {
    auto* message = reply->add_matches();
    ToProto(match.entity, collection, message->mutable_entity());
    message->set_kind(
        static_cast<v1::EntityMatch::Kind>(static_cast<int>(match.match) + 1));
    message->set_score(match.score);
  }
  return OkStatus();
}

Status GetEntityRpc(QueryRpc& rpc, const Call& call,
                    const v1::GetEntityRequest& request, v1::Entity* reply) {
  CAIRN_ASSIGN_OR_RETURN(const EntityName name,
                         ParseEntityName(request.name(), "name"));
  CAIRN_ASSIGN_OR_RETURN(const GraphState state,
                         OpenGraph(rpc, call, name.collection));
  CAIRN_ASSIGN_OR_RETURN(const Entity entity, state.reader().Get(name.entity));
  ToProto(entity, name.collection, reply);
  return OkStatus();
}

Status ListMentionsRpc(QueryRpc& rpc, const Call& call,
                       const v1::ListMentionsRequest& request,
                       v1::ListMentionsResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const EntityName name,
                         ParseEntityName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t size,
      ParsePageSize(request.page_size(), 100, rpc.runtime.limits.results_max,
                    "page_size"));
  CAIRN_ASSIGN_OR_RETURN(const std::optional<ChunkId> after,
                         ParseChunkToken(request.page_token()));
  CAIRN_ASSIGN_OR_RETURN(const GraphState state,
                         OpenGraph(rpc, call, name.collection));
  CAIRN_RETURN_IF_ERROR(state.reader().Get(name.entity).status());
  bool more = false;
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<MentionRecord> mentions,
      MentionsPage(state.reader(), name.entity, after, size, &more));
  TextCache texts(state);
  for (const MentionRecord& record : mentions) {
    auto* message = reply->add_mentions();
    ToProto(record.mention, message);
    message->set_document(MakeDocumentName(name.collection, record.document));
    message->set_chunk(record.chunk.ordinal);
    CAIRN_ASSIGN_OR_RETURN(const std::string_view text,
                           texts.TextOf(record.chunk.document));
    message->set_surface(std::string(record.mention.span.Of(text)));
  }
  if (more) {
    const ChunkId& last = mentions.back().chunk;
    reply->set_next_page_token(ToHex64(last.document.value()) +
                               ToHex64(last.ordinal));
  }
  return OkStatus();
}

Status ListNeighborsRpc(QueryRpc& rpc, const Call& call,
                        const v1::ListNeighborsRequest& request,
                        v1::ListNeighborsResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const EntityName name,
                         ParseEntityName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t size,
      ParsePageSize(request.page_size(), 20, rpc.runtime.limits.results_max,
                    "page_size"));
  std::uint64_t first = 0;
  if (!request.page_token().empty()) {
    CAIRN_ASSIGN_OR_RETURN(first,
                           ParseHex64(request.page_token(), "page_token"));
    if (first > kNeighborsMax) {
      return InvalidFieldError("page_token", "is malformed");
    }
  }
  CAIRN_ASSIGN_OR_RETURN(const GraphState state,
                         OpenGraph(rpc, call, name.collection));
  CAIRN_RETURN_IF_ERROR(state.reader().Get(name.entity).status());
  const std::size_t wanted = std::min(first + size + 1, kNeighborsMax);
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Neighbor> neighbors,
                         state.reader().Neighbors(name.entity, wanted));
  TextCache texts(state);
  const std::size_t last =
      std::min<std::size_t>(first + size, neighbors.size());
  for (std::size_t i = first; i < last; ++i) {
    auto* message = reply->add_neighbors();
    ToProto(neighbors[i].entity, name.collection, message->mutable_entity());
    message->set_weight(neighbors[i].weight);
    message->set_shared_chunks(neighbors[i].shared_chunks);
    message->set_relation(neighbors[i].relation);
    for (const ChunkId& chunk : neighbors[i].evidence) {
      CAIRN_RETURN_IF_ERROR(texts.Fill(chunk, message->add_evidence()));
    }
  }
  if (last < neighbors.size()) reply->set_next_page_token(ToHex64(last));
  return OkStatus();
}

Status FindPathsRpc(QueryRpc& rpc, const Call& call,
                    const v1::FindPathsRequest& request,
                    v1::FindPathsResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string collection,
                         ParseCollectionName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(const EntityName from,
                         ParseEntityName(request.from(), "from"));
  CAIRN_ASSIGN_OR_RETURN(const EntityName to,
                         ParseEntityName(request.to(), "to"));
  if (from.collection != collection || to.collection != collection) {
    return InvalidFieldError("from", "and to must be of the parent");
  }
  if (request.length_max() < 0 || request.length_max() > kPathStepsMax) {
    return InvalidFieldError("length_max", "must be 1 to 8");
  }
  CAIRN_ASSIGN_OR_RETURN(const std::size_t limit,
                         ParsePageSize(request.limit(), 3, kPathsMax, "limit"));
  CAIRN_ASSIGN_OR_RETURN(const GraphState state,
                         OpenGraph(rpc, call, collection));
  const std::size_t steps =
      request.length_max() == 0
          ? 4
          : static_cast<std::size_t>(request.length_max());
  CAIRN_ASSIGN_OR_RETURN(
      const auto paths,
      state.reader().Paths(from.entity, to.entity, steps, limit));
  TextCache texts(state);
  for (const auto& path : paths) {
    auto* message = reply->add_paths();
    for (const PathStep& step : path) {
      auto* out = message->add_steps();
      ToProto(step.entity, collection, out->mutable_entity());
      if (step.evidence) {
        CAIRN_RETURN_IF_ERROR(
            texts.Fill(*step.evidence, out->mutable_evidence()));
      }
    }
  }
  return OkStatus();
}

Status ListEntitiesRpc(QueryRpc& rpc, const Call& call,
                       const v1::ListEntitiesRequest& request,
                       v1::ListEntitiesResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string collection,
                         ParseCollectionName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t size,
      ParsePageSize(request.page_size(), 100, rpc.runtime.limits.results_max,
                    "page_size"));
  std::optional<EntityId> after;
  if (!request.page_token().empty()) {
    CAIRN_ASSIGN_OR_RETURN(const std::uint64_t id,
                           ParseHex64(request.page_token(), "page_token"));
    after = EntityId(id);
  }
  CAIRN_ASSIGN_OR_RETURN(const GraphState state,
                         OpenGraph(rpc, call, collection));
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Entity> entities,
                         state.reader().List(after, size + 1));
  for (std::size_t i = 0; i < std::min(size, entities.size()); ++i) {
    ToProto(entities[i], collection, reply->add_entities());
  }
  if (entities.size() > size) {
    reply->set_next_page_token(ToHex64(entities[size - 1].id.value()));
  }
  return OkStatus();
}

Status ListChunksRpc(QueryRpc& rpc, const Call& call,
                     const v1::ListChunksRequest& request,
                     v1::ListChunksResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const DocumentName name,
                         ParseDocumentName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t size,
      ParsePageSize(request.page_size(), 100, rpc.runtime.limits.results_max,
                    "page_size"));
  std::uint64_t first = 0;
  if (!request.page_token().empty()) {
    CAIRN_ASSIGN_OR_RETURN(first,
                           ParseHex64(request.page_token(), "page_token"));
  }
  CAIRN_ASSIGN_OR_RETURN(const GraphState state,
                         OpenGraph(rpc, call, name.collection));
  const CollectionKey& key = state.collection.key;
  CAIRN_RETURN_IF_ERROR(
      LoadDocument(*state.snapshot, key, name.document).status());
  const DocumentKey document = DocumentKeyOf(name.document);
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Chunk> chunks,
                         LoadChunks(*state.snapshot, key, document));
  const std::uint64_t end = std::min<std::uint64_t>(
      chunks.size(), std::min<std::uint64_t>(first, chunks.size()) + size);
  for (std::uint64_t i = first; i < end; ++i) {
    CAIRN_ASSIGN_OR_RETURN(
        const std::vector<EntityId> entities,
        state.reader().EntitiesOfChunk({document, chunks[i].ordinal}));
    ToProto(chunks[i], entities, name.collection, reply->add_chunks());
  }
  if (end < chunks.size()) reply->set_next_page_token(ToHex64(end));
  return OkStatus();
}

}  // namespace cairn
