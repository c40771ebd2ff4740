#include "graph/document_state.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/hash.h"

namespace cairn {
namespace {

using graph_layout::ChunkPart;
using graph_layout::Definition;
using graph_layout::Link;
using graph_layout::OwnMention;

Status BadContribution(const GraphContribution& contribution,
                       std::string_view what) {
  return InvalidArgumentError("graph contribution of document " +
                                  contribution.document_id + ": " +
                                  std::string(what),
                              "BAD_GRAPH_CONTRIBUTION");
}

// Tokens with one space between: two spellings of one name would be two names.
bool IsName(std::string_view normalized) {
  return !normalized.empty() &&
         static_cast<unsigned char>(normalized.front()) > ' ' &&
         normalized.back() != ' ' &&
         normalized.find("  ") == std::string_view::npos &&
         normalized.find('\0') == std::string_view::npos;
}

Status Check(const GraphContribution& contribution) {
  const std::size_t chunks = contribution.chunks.size();
  for (std::size_t i = 0; i < chunks; ++i) {
    if (contribution.chunks[i].ordinal != i) {
      return BadContribution(contribution, "chunks are not numbered 0, 1, ...");
    }
  }
  for (const NameDefinition& name : contribution.names) {
    if (!IsName(name.normalized)) {
      return BadContribution(contribution, "a name is not normalised");
    }
    if (name.chunk >= std::max<std::size_t>(chunks, 1)) {
      return BadContribution(contribution, "a name is of no chunk");
    }
  }
  for (const GraphMention& mention : contribution.mentions) {
    if (!IsName(mention.normalized)) {
      return BadContribution(contribution, "a mention is not normalised");
    }
    if (mention.chunk >= chunks) {
      return BadContribution(contribution, "a mention is of no chunk");
    }
    if (mention.span.begin > mention.span.end) {
      return BadContribution(contribution, "a mention ends before it begins");
    }
  }
  return OkStatus();
}

std::vector<Definition> DefinitionsOf(const GraphContribution& contribution) {
  std::vector<Definition> definitions;
  definitions.reserve(contribution.names.size());
  for (const NameDefinition& name : contribution.names) {
    definitions.push_back({.surface = name.surface,
                           .normalized = name.normalized,
                           .entity = name.entity,
                           .kind = name.kind,
                           .type = name.type,
                           .strength = graph_layout::Thousandths(name.strength),
                           .chunk = name.chunk});
  }
  std::sort(definitions.begin(), definitions.end());
  return definitions;
}

// What a name means inside the document: its strongest definition.
std::map<std::string_view, EntityId> LocalMeanings(
    const std::vector<Definition>& definitions) {
  std::map<std::string_view, const Definition*> best;
  const auto rank = [](const Definition& name) {
    return std::tuple(name.strength,
                      name.entity == EntityIdOf(name.normalized));
  };
  // Definitions are sorted, so the first of equals does not depend on order.
  for (const Definition& name : definitions) {
    const Definition*& held = best[name.normalized];
    if (held == nullptr || rank(*held) < rank(name)) held = &name;
  }
  std::map<std::string_view, EntityId> meanings;
  for (const auto& [normalized, name] : best) {
    meanings.emplace(normalized, name->entity);
  }
  return meanings;
}

Status Decode(std::string_view key, std::string_view value,
              DocumentState& state) {
  CAIRN_ASSIGN_OR_RETURN(const auto part, graph_layout::ParseMentionsKey(key));
  if (!part) {
    state.present = true;
    CAIRN_ASSIGN_OR_RETURN(state.definitions,
                           graph_layout::DecodeDefinitions(value));
    return OkStatus();
  }
  // The number of chunks is known from kRelations, read first.
  if (part->ordinal >= state.chunks.size()) {
    return DataLossError("the graph holds a chunk beyond its document's end",
                         "GRAPH_RECORD_DAMAGED");
  }
  ChunkState& chunk = state.chunks[part->ordinal];
  switch (part->part) {
    case ChunkPart::kLinks: {
      CAIRN_ASSIGN_OR_RETURN(chunk.links, graph_layout::DecodeLinks(value));
      return OkStatus();
    }
    case ChunkPart::kMentions: {
      CAIRN_ASSIGN_OR_RETURN(chunk.own,
                             graph_layout::DecodeChunkMentions(value));
      return OkStatus();
    }
    case ChunkPart::kTokens: {
      CAIRN_ASSIGN_OR_RETURN(chunk.tokens, graph_layout::DecodeTokens(value));
      return OkStatus();
    }
  }
  return DataLossError("the graph holds a record of an unknown kind",
                       "GRAPH_RECORD_DAMAGED");
}

}  // namespace

EntityId EntityIdOf(std::string_view normalized_name) {
  return EntityId(Fingerprint64(normalized_name));
}

StatusOr<DocumentState> MakeDocumentState(
    const GraphContribution& contribution) {
  CAIRN_RETURN_IF_ERROR(Check(contribution));
  DocumentState state;
  state.present = true;
  state.info = {
      .id = contribution.document_id,
      .chunks = static_cast<std::uint32_t>(contribution.chunks.size())};
  state.definitions = DefinitionsOf(contribution);
  state.chunks.resize(contribution.chunks.size());
  for (std::size_t i = 0; i < state.chunks.size(); ++i) {
    const ByteSpan& span = contribution.chunks[i].span;
    state.chunks[i].tokens = TokensOf(span.Of(contribution.text), span.begin);
  }
  const auto meanings = LocalMeanings(state.definitions);
  for (const GraphMention& mention : contribution.mentions) {
    const auto meaning = meanings.find(mention.normalized);
    state.chunks[mention.chunk].own.mentions.push_back(
        {.span = mention.span,
         .entity = meaning != meanings.end() ? meaning->second
                                             : EntityIdOf(mention.normalized),
         .kind = mention.kind,
         .type = mention.type,
         .confidence = graph_layout::Thousandths(mention.confidence),
         .surface = mention.surface});
  }
  for (const Definition& name : state.definitions) {
    if (name.chunk < state.chunks.size()) {
      state.chunks[name.chunk].own.defined.push_back(name.entity);
    }
  }
  for (ChunkState& chunk : state.chunks) {
    std::sort(chunk.own.mentions.begin(), chunk.own.mentions.end());
    auto& defined = chunk.own.defined;
    std::sort(defined.begin(), defined.end());
    defined.erase(std::unique(defined.begin(), defined.end()), defined.end());
  }
  return state;
}

StatusOr<DocumentState> LoadDocumentState(const StoreReader& reader,
                                          const CollectionKey& collection,
                                          DocumentKey document) {
  DocumentState state;
  CAIRN_ASSIGN_OR_RETURN(
      const std::optional<std::string> info,
      reader.Get(Family::kRelations,
                 graph_layout::RelationDocumentKey(collection, document)));
  if (!info) return state;
  state.present = true;
  CAIRN_ASSIGN_OR_RETURN(state.info, graph_layout::DecodeDocumentInfo(*info));
  state.chunks.resize(state.info.chunks);
  Status decoded;
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kMentions,
                  graph_layout::MentionsDocumentKey(collection, document), {},
                  [&](std::string_view key, std::string_view value) {
                    decoded = Decode(key, value, state);
                    return decoded.ok();
                  }));
  CAIRN_RETURN_IF_ERROR(decoded);
  return state;
}

std::vector<Link> FindLinks(const NameDictionary& dictionary,
                            const std::vector<TextToken>& tokens,
                            const graph_layout::ChunkMentions& own) {
  const auto matches = dictionary.MatchAll(
      tokens, [&](const NameDictionary::Name& name, std::size_t first) {
        return name.shape == NameShape::kLinkable &&
               tokens[first + name.anchor].marked;
      });
  std::vector<Link> links;
  for (const NameDictionary::Match& match : matches) {
    const Link link{.span = {tokens[match.first].span.begin,
                             tokens[match.first + match.count - 1].span.end},
                    .entity = dictionary.name(match.name).Best().entity};
    const bool said = std::any_of(own.mentions.begin(), own.mentions.end(),
                                  [&](const OwnMention& mention) {
                                    return mention.entity == link.entity &&
                                           mention.span.Overlaps(link.span);
                                  });
    if (!said) links.push_back(link);
  }
  return links;
}

}  // namespace cairn
