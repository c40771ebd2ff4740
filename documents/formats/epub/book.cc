#include "documents/formats/epub/book.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/package/comment_label.h"
#include "documents/formats/package/title.h"
#include "documents/formats/package/xml.h"

namespace cairn {
namespace {

constexpr std::string_view kContainer = "META-INF/container.xml";
constexpr std::size_t kListBytesMax = 1000;
constexpr std::string_view kEncryption = "META-INF/encryption.xml";

struct Item {
  std::string part;
  bool text = false;        // XHTML or HTML.
  bool navigation = false;  // The table of contents.
};

using Items = std::unordered_map<std::string, Item>;

StatusOr<std::unique_ptr<XmlDocument>> Load(ZipPackage& package,
                                            std::string_view part,
                                            const Limits& limits) {
  CAIRN_ASSIGN_OR_RETURN(std::string bytes, package.Read(part));
  return LoadXml(std::move(bytes), part, XmlSpace::kData, limits);
}

// Fonts are scrambled in free books too; that is no lock.
bool LocksText(std::string_view algorithm) {
  return !algorithm.starts_with("http://www.idpf.org/2008/embedding") &&
         !algorithm.starts_with("http://ns.adobe.com/pdf/enc");
}

StatusOr<std::set<std::string>> LockedParts(ZipPackage& package,
                                            const Limits& limits) {
  std::set<std::string> locked;
  if (!package.Has(kEncryption)) return locked;
  CAIRN_ASSIGN_OR_RETURN(const auto document,
                         Load(package, kEncryption, limits));
  for (const XmlNode data : document->root().children()) {
    if (!Is(data, "EncryptedData") ||
        !LocksText(
            AttributeOf(ChildOf(data, "EncryptionMethod"), "Algorithm"))) {
      continue;
    }
    const XmlNode reference =
        ChildOf(ChildOf(data, "CipherData"), "CipherReference");
    locked.insert(ResolvePartName("", AttributeOf(reference, "URI")));
  }
  return locked;
}

Items ReadItems(XmlNode manifest, std::string_view base) {
  Items items;
  for (const XmlNode node : manifest.children()) {
    if (!Is(node, "item")) continue;
    Item item;
    item.part = ResolvePartName(base, AttributeOf(node, "href"));
    const std::string_view type = AttributeOf(node, "media-type");
    item.text = type == "application/xhtml+xml" || type == "text/html" ||
                type == "text/x-oeb1-document";
    // A list of words: "nav scripted".
    const std::string words =
        " " + std::string(AttributeOf(node, "properties")) + " ";
    item.navigation = words.find(" nav ") != std::string::npos;
    items.emplace(AttributeOf(node, "id"), std::move(item));
  }
  return items;
}

void AddToList(std::string_view text, std::string& out) {
  if (out.size() > kListBytesMax || TrimWhiteSpace(text).empty()) return;
  if (!out.empty()) out += ", ";
  out += CollapseWhiteSpace(text);
}

StatusOr<std::string> PackageDocument(ZipPackage& package,
                                      const Limits& limits) {
  if (package.Has(kContainer)) {
    CAIRN_ASSIGN_OR_RETURN(const auto container,
                           Load(package, kContainer, limits));
    const XmlNode root = FindBelow(container->root(), "rootfile");
    const std::string part =
        ResolvePartName("", AttributeOf(root, "full-path"));
    if (!part.empty() && package.Has(part)) return part;
  }
  for (const std::string& name : package.names()) {
    if (name.ends_with(".opf")) return name;
  }
  return InvalidArgumentError(
      "the book has no package document (.opf), which lists its chapters: it "
      "is incomplete; get it again",
      "DAMAGED_PACKAGE");
}

}  // namespace

StatusOr<Book> ReadBook(ZipPackage& package, const Limits& limits) {
  CAIRN_ASSIGN_OR_RETURN(const std::string part,
                         PackageDocument(package, limits));
  CAIRN_ASSIGN_OR_RETURN(const auto document, Load(package, part, limits));
  CAIRN_ASSIGN_OR_RETURN(const std::set<std::string> locked,
                         LockedParts(package, limits));
  const XmlNode root = document->root();
  const XmlNode metadata = ChildOf(root, "metadata");
  Book book;
  book.damage = document->damage;
  XmlNode title = ChildOf(metadata, "title");
  XmlNode language = ChildOf(metadata, "language");
  if (const XmlNode old = ChildOf(metadata, "dc-metadata")) {
    if (!title) title = ChildOf(old, "title");
    if (!language) language = ChildOf(old, "language");
  }
  book.title = CollapseWhiteSpace(AllText(title));
  if (!IsSensibleTitle(book.title)) book.title.clear();
  book.language = CollapseWhiteSpace(AllText(language));
  for (const XmlNode node : metadata.children()) {
    if (Is(node, "creator")) AddToList(AllText(node), book.authors);
    if (Is(node, "subject")) AddToList(AllText(node), book.subjects);
    if (Is(node, "date") && book.published.empty()) {
      book.published = DayOf(AllText(node));
    }
  }
  const Items items = ReadItems(ChildOf(root, "manifest"), part);
  std::set<std::string> seen;
  for (const XmlNode reference : ChildOf(root, "spine").children()) {
    if (!Is(reference, "itemref")) continue;
    const auto found = items.find(std::string(AttributeOf(reference, "idref")));
    if (found == items.end() || !found->second.text ||
        !package.Has(found->second.part)) {
      ++book.unreadable;
      continue;
    }
    const Item& item = found->second;
    if (item.navigation || !seen.insert(item.part).second) continue;
    if (locked.contains(item.part)) {
      return InvalidArgumentError(
          "the book is locked by copy protection (DRM): its text cannot be "
          "read; use a copy without it",
          "ENCRYPTED_PACKAGE");
    }
    book.chapters.push_back(item.part);
  }
  return book;
}

}  // namespace cairn
