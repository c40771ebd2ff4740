#include "services/ingestion/ingestion_core.h"

#include <future>
#include <utility>

#include "graph/contribution.h"
#include "services/ingestion/pipeline.h"
#include "services/ingestion/prepare.h"

namespace cairn {
namespace {

constexpr std::string_view kDefaultCollection = "default";

class PipelinedIngestionCore final : public IngestionCore {
 public:
  explicit PipelinedIngestionCore(const IngestionDependencies& dependencies)
      : dependencies_(dependencies),
        store_(*dependencies.store),
        pipeline_(store_, graph_,
                  {.embedder = dependencies.embedder,
                   .extractor = dependencies.extractor,
                   .reading = dependencies.reading,
                   .keep_original = dependencies.keep_original,
                   .clock = &store_.clock()},
                  {.workers = dependencies.workers}) {}

  StatusOr<IngestResult> Ingest(TenantId tenant, std::string_view collection,
                                DocumentSource source) override {
    std::promise<StatusOr<IngestResult>> promise;
    auto future = promise.get_future();
    IngestAsync(tenant, collection, std::move(source),
                [&promise](StatusOr<IngestResult> result) {
                  promise.set_value(std::move(result));
                });
    return future.get();
  }

  void IngestAsync(TenantId tenant, std::string_view collection,
                   DocumentSource source, Done done) override {
    const Status checked = CheckSource(source, dependencies_.reading.limits);
    if (!checked.ok()) {
      done(Annotate(checked, source.id));
      return;
    }
    auto record = CollectionForWriting(tenant, collection);
    if (!record.ok()) {
      done(record.status());
      return;
    }
    const auto snapshot = store_.Pin();
    const auto current = LoadDocument(*snapshot, record->key, source.id);
    if (current.ok() && current->source_sha256 == SourceSha256(source)) {
      IngestResult result{.outcome = IngestOutcome::kUnchanged,
                          .document = *current,
                          .sequence = snapshot->sequence()};
      if (current->fidelity.warnings > 0) {
        auto parsed =
            LoadParsed(*snapshot, record->key, DocumentKeyOf(source.id));
        if (parsed.ok()) result.warnings = std::move(parsed->warnings);
      }
      done(std::move(result));
      return;
    }
    pipeline_.Submit(*record, std::move(source), std::move(done));
  }

  StatusOr<Sequence> Delete(TenantId tenant, std::string_view collection,
                            std::string_view document_id,
                            std::string_view etag) override {
    CAIRN_ASSIGN_OR_RETURN(const CollectionRecord record,
                           FindCollection(*store_.Pin(), tenant, collection));
    return store_.Commit([&](Transaction& transaction) -> Status {
      CAIRN_ASSIGN_OR_RETURN(
          const Document document,
          LoadDocument(transaction.before(), record.key, document_id));
      if (!etag.empty() && etag != document.version) {
        return AbortedError(
            "document " + document.id + " has version " + document.version +
                ", not " + std::string(etag) + "; read it again, then repeat",
            "ETAG_MISMATCH");
      }
      CAIRN_RETURN_IF_ERROR(
          graph_.Remove(transaction, record.key, DocumentKeyOf(document_id)));
      return RemoveDocument(transaction, record, document_id);
    });
  }

  StatusOr<CollectionRecord> CreateCollection(
      TenantId tenant, const CollectionSettings& settings) override {
    CollectionRecord wanted;
    wanted.name = settings.name;
    wanted.description = settings.description;
    wanted.sentence_vectors = settings.sentence_vectors;
    wanted.embedder = dependencies_.embedder->model_id();
    wanted.dimension =
        static_cast<std::uint32_t>(dependencies_.embedder->dimension());
    wanted.extractor = std::string(dependencies_.extractor->id());
    return cairn::CreateCollection(store_, tenant, std::move(wanted));
  }

  Status DeleteCollection(TenantId tenant, std::string_view name) override {
    CAIRN_ASSIGN_OR_RETURN(const CollectionRecord record,
                           FindCollection(*store_.Pin(), tenant, name));
    return cairn::DeleteCollection(store_, record);
  }

 private:
  // The collection `default` is made by its first document.
  StatusOr<CollectionRecord> CollectionForWriting(TenantId tenant,
                                                  std::string_view name) {
    auto found = FindCollection(*store_.Pin(), tenant, name);
    if (!found.ok() && found.status().code() == StatusCode::kNotFound &&
        name == kDefaultCollection) {
      found = CreateCollection(tenant, {.name = std::string(name)});
      if (!found.ok() && found.status().code() == StatusCode::kAlreadyExists) {
        found = FindCollection(*store_.Pin(), tenant, name);
      }
    }
    CAIRN_RETURN_IF_ERROR(found.status());
    if (found->embedder != dependencies_.embedder->model_id()) {
      return FailedPreconditionError(
          "collection " + found->name + " holds vectors of " + found->embedder +
              ", this server embeds with " +
              dependencies_.embedder->model_id() +
              "; start it with that model or make a new collection",
          "EMBEDDER_MISMATCH");
    }
    return found;
  }

  const IngestionDependencies dependencies_;
  Store& store_;
  GraphWriter graph_;
  Pipeline pipeline_;  // Last: it ends before what it uses.
};

}  // namespace

std::unique_ptr<IngestionCore> IngestionCore::Make(
    const IngestionDependencies& dependencies) {
  return std::make_unique<PipelinedIngestionCore>(dependencies);
}

}  // namespace cairn
