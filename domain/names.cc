// Names of the enumerations, as the API and the command line spell them.
#include <array>
#include <string_view>
#include <utility>

#include "domain/answer.h"
#include "domain/document.h"
#include "domain/entity.h"
#include "domain/search.h"

namespace cairn {

const char* NameOf(BlockType type) {
  switch (type) {
    case BlockType::kParagraph:
      return "paragraph";
    case BlockType::kHeading:
      return "heading";
    case BlockType::kListItem:
      return "list_item";
    case BlockType::kTable:
      return "table";
    case BlockType::kFigure:
      return "figure";
    case BlockType::kCode:
      return "code";
  }
  return "unknown";
}

const char* NameOf(EntityType type) {
  switch (type) {
    case EntityType::kUnknown:
      return "unknown";
    case EntityType::kPerson:
      return "person";
    case EntityType::kOrganization:
      return "organization";
    case EntityType::kPlace:
      return "place";
    case EntityType::kWork:
      return "work";
    case EntityType::kEvent:
      return "event";
    case EntityType::kDate:
      return "date";
    case EntityType::kQuantity:
      return "quantity";
    case EntityType::kTerm:
      return "term";
  }
  return "unknown";
}

const char* NameOf(MentionKind kind) {
  switch (kind) {
    case MentionKind::kTitle:
      return "title";
    case MentionKind::kHeading:
      return "heading";
    case MentionKind::kTableKey:
      return "table_key";
    case MentionKind::kAlias:
      return "alias";
    case MentionKind::kName:
      return "name";
    case MentionKind::kCapitalized:
      return "capitalized";
    case MentionKind::kQuoted:
      return "quoted";
    case MentionKind::kDate:
      return "date";
    case MentionKind::kQuantity:
      return "quantity";
    case MentionKind::kLabel:
      return "label";
    case MentionKind::kReference:
      return "reference";
  }
  return "unknown";
}

namespace {

constexpr std::array<std::pair<SearchMode, const char*>, 7> kModes{{
    {SearchMode::kAuto, "auto"},
    {SearchMode::kHybrid, "hybrid"},
    {SearchMode::kDense, "dense"},
    {SearchMode::kLexical, "lexical"},
    {SearchMode::kGraph, "graph"},
    {SearchMode::kGlobal, "global"},
    {SearchMode::kTable, "table"},
}};

}  // namespace

const char* NameOf(SearchMode mode) {
  for (const auto& [value, name] : kModes) {
    if (value == mode) return name;
  }
  return "unknown";
}

std::optional<SearchMode> SearchModeFromName(std::string_view name) {
  for (const auto& [value, text] : kModes) {
    if (text == name) return value;
  }
  return std::nullopt;
}

const char* NameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSupported:
      return "supported";
    case Verdict::kContradicted:
      return "contradicted";
    case Verdict::kUnsupported:
      return "unsupported";
  }
  return "unknown";
}

}  // namespace cairn
