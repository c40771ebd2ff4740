#include "base/coding.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace cairn {
namespace {

std::string EncodeJob(const JobRecord& job) {
  std::string out;
  AppendVarint(out, job.tenant.value());
  for (const std::string* text :
       {&job.id, &job.collection, &job.state, &job.error}) {
    AppendString(out, *text);
  }
  AppendVarint(out, job.documents_done);
  AppendVarint(out, job.documents_failed);
  AppendVarint(out, job.documents_total);
  AppendSignedVarint(out, job.create_time_micros);
  AppendSignedVarint(out, job.update_time_micros);
  return out;
}

StatusOr<JobRecord> DecodeJob(std::string_view bytes) {
  Decoder in(bytes);
  JobRecord job;
  job.tenant = TenantId(static_cast<std::uint32_t>(in.Varint()));
  for (std::string* text : {&job.id, &job.collection, &job.state, &job.error}) {
    *text = std::string(in.String());
  }
  job.documents_done = in.Varint();
  job.documents_failed = in.Varint();
  job.documents_total = in.Varint();
  job.create_time_micros = in.SignedVarint();
  job.update_time_micros = in.SignedVarint();
  if (!in.done()) {
    return DataLossError("a stored job does not decode", "DAMAGED_RECORD");
  }
  return job;
}

}  // namespace

Status PutJob(Store& store, const JobRecord& job) {
  return store
      .Commit([&](Transaction& transaction) {
        transaction.Put(Family::kJobs, JobKey(job.tenant, job.id),
                        EncodeJob(job));
        return OkStatus();
      })
      .status();
}

StatusOr<JobRecord> LoadJob(const StoreReader& reader, TenantId tenant,
                            std::string_view id) {
  CAIRN_ASSIGN_OR_RETURN(const auto stored,
                         reader.Get(Family::kJobs, JobKey(tenant, id)));
  if (!stored) {
    return NotFoundError("operation " + std::string(id) + " does not exist",
                         "OPERATION_NOT_FOUND");
  }
  return DecodeJob(*stored);
}

StatusOr<std::vector<JobRecord>> ListJobs(const StoreReader& reader,
                                          TenantId tenant) {
  std::vector<JobRecord> jobs;
  Status problem;
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kJobs, JobKey(tenant, {}), {},
                  [&](std::string_view, std::string_view value) {
                    auto job = DecodeJob(value);
                    if (!job.ok()) {
                      problem = job.status();
                      return false;
                    }
                    jobs.push_back(std::move(job).value());
                    return true;
                  }));
  CAIRN_RETURN_IF_ERROR(problem);
  return jobs;
}

void AppendChange(Transaction& transaction, const Change& change) {
  std::string value;
  value.push_back(static_cast<char>(change.kind));
  AppendVarint(value, change.collection.tenant.value());
  AppendVarint(value, change.collection.collection.value());
  AppendBigEndian64(value, change.document.value());
  AppendVarint(value, change.chunks_removed);
  AppendVarint(value, change.chunks_added);
  transaction.Put(Family::kChanges, ChangeKey(change.sequence), value);
}

StatusOr<std::vector<Change>> ListChanges(const StoreReader& reader,
                                          Sequence after) {
  std::vector<Change> changes;
  bool damaged = false;
  const std::string from = ChangeKey(Sequence(after.value() + 1));
  CAIRN_RETURN_IF_ERROR(reader.Scan(
      Family::kChanges, std::string_view(from).substr(0, 8), from,
      [&](std::string_view key, std::string_view value) {
        Decoder number(key.substr(8));
        Decoder in(value);
        Change change;
        change.sequence = Sequence(number.BigEndian64());
        change.kind = static_cast<ChangeKind>(in.Varint());
        change.collection.tenant =
            TenantId(static_cast<std::uint32_t>(in.Varint()));
        change.collection.collection =
            CollectionId(static_cast<std::uint32_t>(in.Varint()));
        change.document = DocumentKey(in.BigEndian64());
        change.chunks_removed = static_cast<std::uint32_t>(in.Varint());
        change.chunks_added = static_cast<std::uint32_t>(in.Varint());
        damaged = !in.done();
        if (!damaged) changes.push_back(change);
        return !damaged;
      }));
  if (damaged) {
    return DataLossError("the change log does not decode", "DAMAGED_RECORD");
  }
  return changes;
}

}  // namespace cairn
