#include "documents/formats/odf/odf_package.h"

#include <utility>

#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/title.h"

namespace cairn {
namespace {

constexpr std::size_t kKeywordsBytesMax = 1000;

}  // namespace

StatusOr<OdfPackage> OdfPackage::Open(std::string_view bytes,
                                      const Limits& limits) {
  OdfPackage package(limits);
  if (!bytes.starts_with("PK")) {
    CAIRN_ASSIGN_OR_RETURN(package.content_,
                           LoadXml(std::string(bytes), "(the file itself)",
                                   XmlSpace::kMixed, limits));
  } else {
    CAIRN_ASSIGN_OR_RETURN(ZipPackage zip, ZipPackage::Open(bytes, limits));
    package.zip_ = std::move(zip);
    CAIRN_RETURN_IF_ERROR(package.CheckEncryption());
    CAIRN_ASSIGN_OR_RETURN(package.content_, package.Load("content.xml"));
    package.styles_ = package.LoadIfAny("styles.xml");
    package.meta_ = package.LoadIfAny("meta.xml");
    if (package.zip_->duplicates() > 0) {
      package.damages_.push_back(
          std::to_string(package.zip_->duplicates()) +
          " parts of the package have the name of another one and were not "
          "read");
    }
  }
  if (!package.content_->damage.empty()) {
    package.damages_.push_back(package.content_->damage);
  }
  if (!package.body()) {
    return InvalidArgumentError(
        "the file holds no body of an OpenDocument file: it is incomplete; "
        "open it in the program that made it and save it again",
        "DAMAGED_PACKAGE");
  }
  return package;
}

Status OdfPackage::CheckEncryption() {
  const auto manifest = LoadIfAny("META-INF/manifest.xml");
  if (manifest == nullptr) return OkStatus();
  for (const XmlNode entry : manifest->root().children()) {
    if (AttributeOf(entry, "full-path") == "content.xml" &&
        ChildOf(entry, "encryption-data")) {
      return InvalidArgumentError(
          "the file is protected with a password; save a copy without one",
          "ENCRYPTED_PACKAGE");
    }
  }
  return OkStatus();
}

StatusOr<std::unique_ptr<XmlDocument>> OdfPackage::Load(std::string_view part) {
  CAIRN_ASSIGN_OR_RETURN(std::string bytes, zip_->Read(part));
  return LoadXml(std::move(bytes), part, XmlSpace::kMixed, limits_);
}

std::unique_ptr<XmlDocument> OdfPackage::LoadIfAny(std::string_view part) {
  if (!zip_.has_value() || !zip_->Has(part)) return nullptr;
  StatusOr<std::unique_ptr<XmlDocument>> document = Load(part);
  if (!document.ok()) {
    damages_.push_back("left out: " + MessageOf(document.status()));
    return nullptr;
  }
  if (!(*document)->damage.empty()) damages_.push_back((*document)->damage);
  return *std::move(document);
}

XmlNode OdfPackage::body() const {
  for (const XmlNode child : ChildOf(content_->root(), "body").children()) {
    if (!LocalName(child).empty()) return child;
  }
  return {};
}

std::vector<XmlNode> OdfPackage::style_roots() const {
  std::vector<XmlNode> roots = {content_->root()};
  if (styles_ != nullptr) roots.push_back(styles_->root());
  return roots;
}

std::unique_ptr<XmlDocument> OdfPackage::LoadObject(
    std::string_view reference) {
  const std::string name = ResolvePartName("", reference);
  return name.empty() ? nullptr : LoadIfAny(name + "/content.xml");
}

void OdfPackage::ReadProperties(DocumentBuilder& builder) {
  const XmlNode root = meta_ == nullptr ? content_->root() : meta_->root();
  const XmlNode meta = ChildOf(root, "meta");
  const std::string title = AllText(ChildOf(meta, "title"));
  if (IsSensibleTitle(title)) builder.SetTitle(title);
  builder.SetLanguage(AllText(ChildOf(meta, "language")));
  std::string author = AllText(ChildOf(meta, "initial-creator"));
  if (author.empty()) author = AllText(ChildOf(meta, "creator"));
  builder.SetProperty("author", author);
  builder.SetProperty("created",
                      DayOf(AllText(ChildOf(meta, "creation-date"))));
  builder.SetProperty("modified", DayOf(AllText(ChildOf(meta, "date"))));
  builder.SetProperty("subject", AllText(ChildOf(meta, "subject")));
  std::string keywords;
  for (const XmlNode node : meta.children()) {
    if (!Is(node, "keyword")) continue;
    if (!keywords.empty()) keywords += ", ";
    keywords += AllText(node);
    if (keywords.size() > kKeywordsBytesMax) break;
  }
  builder.SetProperty("keywords", keywords);
}

void OdfPackage::Warn(DocumentBuilder& builder) {
  for (std::string& damage : damages_) builder.AddWarning(std::move(damage));
  damages_.clear();
}

}  // namespace cairn
