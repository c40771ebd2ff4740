#include <cairn/v1/entity.pb.h>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"

namespace cairn {

void ToProto(const Entity& entity, std::string_view collection,
             v1::Entity* out) {
  out->set_name(MakeEntityName(collection, entity.id));
  out->set_display_name(entity.name);
  out->set_normalized_name(entity.normalized_name);
  // kUnknown is 0, as UNSPECIFIED is; the others have the same numbers.
  out->set_type(static_cast<v1::EntityType>(entity.type));
  for (const std::string& alias : entity.aliases) out->add_aliases(alias);
  out->set_mentions(entity.mentions);
  out->set_chunks(entity.chunks);
  out->set_documents(entity.documents);
  for (const std::string& document : entity.titled_documents) {
    out->add_titled_documents(MakeDocumentName(collection, document));
  }
}

void ToProto(const Mention& mention, v1::Mention* out) {
  ToProto(mention.span, out->mutable_span());
  out->set_kind(
      static_cast<v1::Mention::Kind>(static_cast<int>(mention.kind) + 1));
  out->set_type(static_cast<v1::EntityType>(mention.type));
  out->set_confidence(mention.confidence);
}

}  // namespace cairn
