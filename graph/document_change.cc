#include "graph/document_change.h"

#include <algorithm>
#include <utility>

#include "base/coding.h"

namespace cairn {
namespace {

using graph_layout::ChunkPart;
using graph_layout::NamesDigest;

constexpr std::size_t kReadBatch = 512;

// Cheap: the bytes of the record, before it is decoded.
bool MayHold(std::string_view packed_tokens, const ChangedName& name) {
  return std::all_of(
      name.tokens.begin(), name.tokens.end(), [&](std::string_view token) {
        return packed_tokens.find(token) != std::string_view::npos;
      });
}

bool Holds(const std::vector<TextToken>& tokens, const ChangedName& name) {
  const auto same = [](const TextToken& token, std::string_view term) {
    return token.term == term;
  };
  auto at = tokens.begin();
  for (;;) {
    at = std::search(at, tokens.end(), name.tokens.begin(), name.tokens.end(),
                     same);
    if (at == tokens.end()) return false;
    if ((at + static_cast<std::ptrdiff_t>(name.anchor))->marked) return true;
    ++at;
  }
}

}  // namespace

Status DocumentChange::Run(DocumentState was, DocumentState is) {
  was_ = std::move(was);
  is_ = std::move(is);
  delta_.AddDefinitions(was_.definitions, -1);
  delta_.AddDefinitions(is_.definitions, 1);
  CAIRN_RETURN_IF_ERROR(ChangeNames());
  LinkDocument();
  CAIRN_RETURN_IF_ERROR(LinkOthers());
  WriteDocument();
  return delta_.Write(transaction_);
}

std::optional<EntityId> DocumentChange::MeaningOf(
    std::string_view normalized) const {
  const auto index = names_.dictionary.Find(normalized);
  if (index == NameDictionary::kNone) return std::nullopt;
  return names_.dictionary.name(index).Best().entity;
}

Status DocumentChange::ChangeNames() {
  CAIRN_ASSIGN_OR_RETURN(const std::vector<NameUpdate> updates,
                         delta_.ResolveNames(before_));
  NamesDigest digest = names_.confirmed;
  for (const NameUpdate& update : updates) {
    const std::string key =
        graph_layout::NameKey(collection_, update.normalized, update.entity);
    if (update.before) digest.Remove(key, *update.before);
    if (update.after) {
      digest.Add(key, *update.after);
      transaction_.Put(Family::kNames, key, *update.after);
    } else {
      transaction_.Delete(Family::kNames, key);
    }
  }
  if (updates.empty()) return OkStatus();
  const std::string key = graph_layout::NamesDigestKey(collection_);
  if (digest.records == 0) {
    transaction_.Delete(Family::kNames, key);
  } else {
    transaction_.Put(Family::kNames, key, graph_layout::Encode(digest));
  }
  names_.pending = digest;  // From here on the dictionary may be ahead.
  UpdateDictionary(updates);
  return OkStatus();
}

void DocumentChange::UpdateDictionary(const std::vector<NameUpdate>& updates) {
  std::map<std::string_view, std::optional<EntityId>> meant;
  for (const NameUpdate& update : updates) {
    meant.try_emplace(update.normalized, MeaningOf(update.normalized));
  }
  for (const NameUpdate& update : updates) {
    std::optional<NameDictionary::Target> held;
    const auto index = names_.dictionary.Find(update.normalized);
    if (index != NameDictionary::kNone) {
      for (const auto& target : names_.dictionary.name(index).targets) {
        if (target.entity == update.entity) held = target;
      }
    }
    names_.undo.push_back({update.normalized, update.entity, held});
    if (update.after) {
      names_.dictionary.Set(
          update.normalized,
          NameDictionary::TargetOf(update.entity, update.record));
    } else {
      names_.dictionary.Unset(update.normalized, update.entity);
    }
  }
  changed_names_.reserve(meant.size());  // Tokens point into the elements.
  for (const auto& [normalized, entity] : meant) {
    if (entity == MeaningOf(normalized)) continue;
    if (ShapeOf(SplitName(normalized)) != NameShape::kLinkable) continue;
    ChangedName& name =
        changed_names_.emplace_back(ChangedName{std::string(normalized), {}});
    name.tokens = SplitName(name.normalized);
    name.anchor = AnchorOf(name.tokens);
  }
}

void DocumentChange::LinkDocument() {
  const auto count = static_cast<std::uint32_t>(
      std::max(was_.chunks.size(), is_.chunks.size()));
  for (std::uint32_t i = 0; i < count; ++i) {
    const ChunkState* was = i < was_.chunks.size() ? &was_.chunks[i] : nullptr;
    ChunkState* is = i < is_.chunks.size() ? &is_.chunks[i] : nullptr;
    if (is != nullptr) {
      is->links = FindLinks(names_.dictionary, is->tokens, is->own);
    }
    delta_.ChangeChunk({.document = document_, .ordinal = i}, was, is, true);
  }
}

// Chunks of other documents that hold the anchor of a changed name.
StatusOr<DocumentChange::Candidates> DocumentChange::FindCandidates() const {
  std::map<std::string_view, std::vector<const ChangedName*>> by_anchor;
  for (const ChangedName& name : changed_names_) {
    by_anchor[name.tokens[name.anchor]].push_back(&name);
  }
  Candidates candidates;
  for (const auto& [anchor, names] : by_anchor) {
    CAIRN_ASSIGN_OR_RETURN(
        const std::optional<std::string> packed,
        before_.Get(Family::kAdjacency,
                    graph_layout::AnchorPostingsKey(collection_, anchor)));
    if (!packed) continue;
    CAIRN_ASSIGN_OR_RETURN(const std::vector<Posting> postings,
                           DecodePostings(*packed));
    for (const Posting& posting : postings) {
      if (posting.chunk.document == document_) continue;
      auto& wanted = candidates[posting.chunk];
      wanted.insert(wanted.end(), names.begin(), names.end());
    }
  }
  return candidates;
}

Status DocumentChange::LinkOthers() {
  CAIRN_ASSIGN_OR_RETURN(const Candidates candidates, FindCandidates());
  std::vector<const Candidates::value_type*> batch;
  for (const auto& candidate : candidates) {
    batch.push_back(&candidate);
    if (batch.size() == kReadBatch) {
      CAIRN_RETURN_IF_ERROR(MatchAgain(batch));
      batch.clear();
    }
  }
  return MatchAgain(batch);
}

Status DocumentChange::MatchAgain(
    std::span<const Candidates::value_type* const> batch) {
  if (batch.empty()) return OkStatus();
  std::vector<std::string> keys;
  keys.reserve(batch.size());
  for (const auto* candidate : batch) {
    keys.push_back(PartKey(candidate->first, ChunkPart::kTokens));
  }
  CAIRN_ASSIGN_OR_RETURN(const auto packed,
                         before_.MultiGet(Family::kMentions, keys));
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& [id, names] = *batch[i];
    if (!packed[i] ||
        std::none_of(names.begin(), names.end(), [&](const ChangedName* name) {
          return MayHold(*packed[i], *name);
        })) {
      continue;
    }
    ChunkState chunk;
    CAIRN_ASSIGN_OR_RETURN(chunk.tokens,
                           graph_layout::DecodeTokens(*packed[i]));
    if (std::any_of(names.begin(), names.end(), [&](const ChangedName* name) {
          return Holds(chunk.tokens, *name);
        })) {
      CAIRN_RETURN_IF_ERROR(RelinkChunk(id, std::move(chunk)));
    }
  }
  return OkStatus();
}

Status DocumentChange::RelinkChunk(const ChunkId& id, ChunkState chunk) {
  const std::string links_key = PartKey(id, ChunkPart::kLinks);
  CAIRN_ASSIGN_OR_RETURN(
      const auto mentions,
      before_.Get(Family::kMentions, PartKey(id, ChunkPart::kMentions)));
  CAIRN_ASSIGN_OR_RETURN(const auto links,
                         before_.Get(Family::kMentions, links_key));
  if (mentions) {
    CAIRN_ASSIGN_OR_RETURN(chunk.own,
                           graph_layout::DecodeChunkMentions(*mentions));
  }
  ChunkState next = chunk;
  next.links = FindLinks(names_.dictionary, chunk.tokens, chunk.own);
  if (links) {
    CAIRN_ASSIGN_OR_RETURN(chunk.links, graph_layout::DecodeLinks(*links));
  }
  if (chunk.links == next.links) return OkStatus();
  delta_.ChangeChunk(id, &chunk, &next, false);
  if (next.links.empty()) {
    transaction_.Delete(Family::kMentions, links_key);
  } else {
    transaction_.Put(Family::kMentions, links_key,
                     graph_layout::Encode(next.links));
  }
  return OkStatus();
}

void DocumentChange::WriteDocument() {
  const std::string relation =
      graph_layout::RelationDocumentKey(collection_, document_);
  const std::string names =
      graph_layout::MentionsDocumentKey(collection_, document_);
  if (is_.present) {
    transaction_.Put(Family::kRelations, relation,
                     graph_layout::Encode(is_.info));
    transaction_.Put(Family::kMentions, names,
                     graph_layout::Encode(is_.definitions));
  } else {
    transaction_.Delete(Family::kRelations, relation);
    transaction_.Delete(Family::kMentions, names);
  }
  WriteTitles();
  const std::size_t count = std::max(was_.chunks.size(), is_.chunks.size());
  for (std::uint32_t i = 0; i < count; ++i) WriteChunk(i);
}

void DocumentChange::WriteChunk(std::uint32_t ordinal) {
  const ChunkState none;
  const ChunkState& was =
      ordinal < was_.chunks.size() ? was_.chunks[ordinal] : none;
  const ChunkState& is =
      ordinal < is_.chunks.size() ? is_.chunks[ordinal] : none;
  const ChunkId id{.document = document_, .ordinal = ordinal};
  // An empty list has no record.
  const auto pack = [](const auto& part) {
    return part.empty() ? std::string() : graph_layout::Encode(part);
  };
  WritePart(PartKey(id, ChunkPart::kLinks), pack(was.links), pack(is.links));
  WritePart(PartKey(id, ChunkPart::kMentions), pack(was.own), pack(is.own));
  WritePart(PartKey(id, ChunkPart::kTokens), pack(was.tokens), pack(is.tokens));
}

void DocumentChange::WritePart(const std::string& key, const std::string& was,
                               const std::string& is) {
  if (was == is) return;
  if (is.empty()) {
    transaction_.Delete(Family::kMentions, key);
  } else {
    transaction_.Put(Family::kMentions, key, is);
  }
}

// Title edges with the first chunk that gives the title as evidence.
void DocumentChange::WriteTitles() {
  const auto titles = [](const DocumentState& state) {
    std::map<EntityId, std::uint32_t> found;
    for (const graph_layout::Definition& name : state.definitions) {
      if (name.kind != MentionKind::kTitle) continue;
      const auto [at, fresh] = found.try_emplace(name.entity, name.chunk);
      if (!fresh) at->second = std::min(at->second, name.chunk);
    }
    return found;
  };
  const auto was = titles(was_);
  const auto is = titles(is_);
  for (const auto& [entity, chunk] : is) {
    std::string evidence;
    AppendVarint(evidence, chunk);
    transaction_.Put(Family::kRelations,
                     graph_layout::TitleKey(collection_, entity, document_),
                     evidence);
  }
  for (const auto& [entity, chunk] : was) {
    if (is.contains(entity)) continue;
    transaction_.Delete(Family::kRelations,
                        graph_layout::TitleKey(collection_, entity, document_));
  }
}

}  // namespace cairn
