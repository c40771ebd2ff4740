#include "documents/formats/ooxml/opc_package.h"

#include <utility>

#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/title.h"

namespace cairn {
namespace {

constexpr std::size_t kRelationshipsMax = 100'000;

std::string_view LastWord(std::string_view uri) {
  const std::size_t slash = uri.rfind('/');
  return slash == std::string_view::npos ? uri : uri.substr(slash + 1);
}

std::string RelationshipsPart(std::string_view part) {
  if (part.empty()) return "_rels/.rels";
  const std::size_t slash = part.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return std::string(part.substr(0, name)) + "_rels/" +
         std::string(part.substr(name)) + ".rels";
}

}  // namespace

XmlNode PreferredContent(XmlNode alternate) {
  const XmlNode choice = ChildOf(alternate, "Choice");
  return choice ? choice : ChildOf(alternate, "Fallback");
}

std::string TargetOfType(const Relationships& relationships,
                         std::string_view type) {
  for (const auto& [id, relationship] : relationships) {
    if (relationship.type == type && !relationship.external) {
      return relationship.target;
    }
  }
  return {};
}

StatusOr<OpcPackage> OpcPackage::Open(std::string_view bytes,
                                      const Limits& limits) {
  CAIRN_ASSIGN_OR_RETURN(ZipPackage zip, ZipPackage::Open(bytes, limits));
  OpcPackage package(std::move(zip), limits);
  if (package.zip_.duplicates() > 0) {
    package.damages_.push_back(
        std::to_string(package.zip_.duplicates()) +
        " parts of the package have the name of another one and were not read");
  }
  return package;
}

StatusOr<std::string> OpcPackage::MainPart(std::string_view usual) {
  const std::string named = TargetOfType(RelationshipsOf(""), "officeDocument");
  if (!named.empty() && Has(named)) return named;
  if (Has(usual)) return std::string(usual);
  return InvalidArgumentError(
      "the package does not hold " + std::string(usual) +
          ": it is incomplete or no such document; open it in the program that "
          "made it and save it again",
      "DAMAGED_PACKAGE");
}

StatusOr<std::unique_ptr<XmlDocument>> OpcPackage::Load(std::string_view part) {
  CAIRN_ASSIGN_OR_RETURN(std::string bytes, zip_.Read(part));
  CAIRN_ASSIGN_OR_RETURN(
      std::unique_ptr<XmlDocument> document,
      LoadXml(std::move(bytes), part, XmlSpace::kData, limits_));
  if (!document->damage.empty()) damages_.push_back(document->damage);
  return document;
}

std::unique_ptr<XmlDocument> OpcPackage::LoadIfAny(std::string_view part) {
  if (part.empty() || !Has(part)) return nullptr;
  StatusOr<std::unique_ptr<XmlDocument>> document = Load(part);
  if (!document.ok()) {
    damages_.push_back("left out: " + MessageOf(document.status()));
    return nullptr;
  }
  return *std::move(document);
}

Relationships OpcPackage::RelationshipsOf(std::string_view part) {
  Relationships out;
  const auto document = LoadIfAny(RelationshipsPart(part));
  if (document == nullptr) return out;
  for (const XmlNode node : document->root().children()) {
    if (!Is(node, "Relationship") || out.size() >= kRelationshipsMax) continue;
    Relationship relationship;
    relationship.type = LastWord(AttributeOf(node, "Type"));
    relationship.external = AttributeOf(node, "TargetMode") == "External";
    const std::string_view target = AttributeOf(node, "Target");
    relationship.target = relationship.external ? std::string(target)
                                                : ResolvePartName(part, target);
    if (relationship.type == "oleObject" || relationship.type == "package") {
      objects_.insert(relationship.target);
    }
    out.emplace(AttributeOf(node, "Id"), std::move(relationship));
  }
  return out;
}

void OpcPackage::ReadProperties(DocumentBuilder& builder) {
  const auto core =
      LoadIfAny(TargetOfType(RelationshipsOf(""), "core-properties"));
  if (core == nullptr) return;
  const std::string title = AllText(ChildOf(core->root(), "title"));
  if (IsSensibleTitle(title)) builder.SetTitle(title);
  const auto value = [&](std::string_view name) {
    return AllText(ChildOf(core->root(), name));
  };
  builder.SetLanguage(value("language"));
  builder.SetProperty("author", value("creator"));
  builder.SetProperty("created", DayOf(value("created")));
  builder.SetProperty("modified", DayOf(value("modified")));
  builder.SetProperty("keywords", value("keywords"));
  builder.SetProperty("subject", value("subject"));
}

void OpcPackage::Warn(DocumentBuilder& builder) {
  for (std::string& damage : damages_) builder.AddWarning(std::move(damage));
  damages_.clear();
  if (!objects_.empty()) {
    builder.AddWarning(std::to_string(objects_.size()) +
                       " embedded objects of other programs were left out: "
                       "give them as documents of their own");
  }
}

}  // namespace cairn
