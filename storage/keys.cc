#include "storage/keys.h"

#include "base/coding.h"
#include "base/hash.h"

namespace cairn {

std::string CollectionPrefix(const CollectionKey& collection) {
  std::string key;
  AppendBigEndian32(key, collection.tenant.value());
  AppendBigEndian32(key, collection.collection.value());
  return key;
}

std::string DocumentPrefix(const CollectionKey& collection,
                           DocumentKey document) {
  std::string key = CollectionPrefix(collection);
  AppendBigEndian64(key, document.value());
  return key;
}

std::string ChunkKey(const CollectionKey& collection, const ChunkId& chunk) {
  std::string key = DocumentPrefix(collection, chunk.document);
  AppendBigEndian32(key, chunk.ordinal);
  return key;
}

DocumentKey DocumentKeyOf(std::string_view document_id) {
  return DocumentKey(Fingerprint64(document_id));
}

std::string MetaKey(const CollectionKey& scope, MetaKind kind,
                    std::string_view name) {
  std::string key = CollectionPrefix(scope);
  key.push_back(static_cast<char>(kind));
  key += name;
  return key;
}

std::string TextKey(const CollectionKey& collection, DocumentKey document,
                    TextPart part) {
  std::string key = DocumentPrefix(collection, document);
  key.push_back(static_cast<char>(part));
  return key;
}

std::string VersionKey(const CollectionKey& collection, DocumentKey document,
                       std::string_view version) {
  return DocumentPrefix(collection, document) + std::string(version);
}

std::string VectorKey(const CollectionKey& collection, const ChunkId& chunk) {
  std::string key = ChunkKey(collection, chunk);
  key.push_back('\0');
  return key;
}

std::string ChangeKey(Sequence sequence) {
  std::string key = CollectionPrefix(kStoreScope);
  AppendBigEndian64(key, sequence.value());
  return key;
}

std::string LastSequenceKey() {
  return CollectionPrefix({TenantId(0xfffffffe), kTenantScope}) + "last";
}

std::string JobKey(TenantId tenant, std::string_view id) {
  return CollectionPrefix({tenant, kTenantScope}) + std::string(id);
}

DocumentKey DocumentOfKey(std::string_view key) {
  Decoder decoder(key);
  decoder.Bytes(8);
  return DocumentKey(decoder.BigEndian64());
}

ChunkId ChunkOfKey(std::string_view key) {
  Decoder decoder(key);
  decoder.Bytes(8);
  const DocumentKey document(decoder.BigEndian64());
  return {document, decoder.BigEndian32()};
}

}  // namespace cairn
