#include "services/ingestion/pipeline.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/clock.h"
#include "base/memory.h"

namespace cairn {

// One document on its way. Members without a guard are touched by one thread
// at a time: first by the worker that prepares it, then by the committer.
struct Pipeline::Job {
  CollectionRecord collection;
  DocumentSource source;
  IngestionCore::Done done;
  std::string id;
  std::size_t source_bytes = 0;
  Stopwatch watch;
  std::unique_ptr<PendingDocument> pending;
  std::atomic<std::size_t> slices_left = 0;
  std::mutex error_mutex;
  Status error;  // First failure of a slice; guarded by error_mutex.
  bool replaces = false;
};

struct Pipeline::Slice {
  std::shared_ptr<Job> job;
  std::size_t begin = 0, end = 0;  // Of PendingDocument::to_embed.
};

Pipeline::Pipeline(Store& store, GraphWriter& graph,
                   const PreparationTools& tools,
                   const PipelineOptions& options)
    : store_(store), graph_(graph), tools_(tools), options_(options) {
  for (std::size_t i = 0; i < std::max<std::size_t>(options.workers, 1); ++i) {
    threads_.emplace_back([this] { Work(); });
  }
  threads_.emplace_back([this] { WriteCommits(); });
}

Pipeline::~Pipeline() {
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return documents_under_way_ == 0; });
    stopping_ = true;
  }
  work_.notify_all();
  commits_ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Pipeline::Submit(const CollectionRecord& collection, DocumentSource source,
                      IngestionCore::Done done) {
  auto job = std::make_shared<Job>();
  job->collection = collection;
  job->id = source.id;
  job->source_bytes = source.bytes.size();
  job->source = std::move(source);
  job->done = std::move(done);
  {
    std::unique_lock lock(mutex_);
    // One document always fits, however large.
    room_.wait(lock, [&] {
      return documents_under_way_ == 0 ||
             (documents_under_way_ < options_.documents_max &&
              bytes_under_way_ + job->source_bytes <= options_.bytes_max);
    });
    ++documents_under_way_;
    bytes_under_way_ += job->source_bytes;
    documents_.push_back(std::move(job));
  }
  work_.notify_one();
}

void Pipeline::Work() {
  for (;;) {
    Slice slice;
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [this] {
        return stopping_ || !slices_.empty() || !documents_.empty();
      });
      if (!slices_.empty()) {
        slice = std::move(slices_.front());
        slices_.pop_front();
      } else if (!documents_.empty()) {
        job = std::move(documents_.front());
        documents_.pop_front();
      } else {
        return;
      }
    }
    if (job != nullptr) {
      PrepareJob(job);
    } else {
      EmbedSlice(slice);
    }
  }
}

void Pipeline::PrepareJob(const std::shared_ptr<Job>& job) {
  const auto before = store_.Pin();
  auto pending =
      Prepare(tools_, job->collection, std::move(job->source), *before);
  job->source = {};
  if (!pending.ok()) {
    Finish(job, pending.status());
    return;
  }
  job->pending = std::move(pending).value();
  const std::size_t count = job->pending->to_embed.size();
  const std::size_t width = std::max<std::size_t>(options_.slice_chunks, 1);
  const std::lock_guard lock(mutex_);
  if (count == 0) {
    commits_.push_back(job);
    commits_ready_.notify_one();
    return;
  }
  job->slices_left = (count + width - 1) / width;
  for (std::size_t begin = 0; begin < count; begin += width) {
    slices_.push_back({job, begin, std::min(begin + width, count)});
  }
  work_.notify_all();
}

void Pipeline::EmbedSlice(const Slice& slice) {
  Job& job = *slice.job;
  PendingDocument& pending = *job.pending;
  for (std::size_t i = slice.begin; i < slice.end; ++i) {
    const std::size_t chunk = pending.to_embed[i];
    const Status embedded = EmbedChunk(*tools_.embedder, chunk, pending);
    if (!embedded.ok()) {
      const std::lock_guard lock(job.error_mutex);
      if (job.error.ok()) {
        job.error = Annotate(embedded, "chunk " + std::to_string(chunk));
      }
      break;
    }
  }
  if (--job.slices_left > 0) return;
  Status error;
  {
    const std::lock_guard lock(job.error_mutex);
    error = job.error;
  }
  if (!error.ok()) {
    Finish(slice.job, error);
    return;
  }
  const std::lock_guard lock(mutex_);
  commits_.push_back(slice.job);
  commits_ready_.notify_one();
}

void Pipeline::WriteCommits() {
  for (;;) {
    std::vector<std::shared_ptr<Job>> group;
    {
      std::unique_lock lock(mutex_);
      commits_ready_.wait(lock,
                          [this] { return stopping_ || !commits_.empty(); });
      if (commits_.empty()) return;
      while (!commits_.empty() && group.size() < options_.group_max) {
        group.push_back(std::move(commits_.front()));
        commits_.pop_front();
      }
    }
    CommitGroup(group);
  }
}

Status Pipeline::BuildCommit(Job& job, Transaction& transaction) {
  const PendingDocument& pending = *job.pending;
  const auto current = LoadDocument(transaction.before(), job.collection.key,
                                    DocumentKeyOf(job.id));
  if (!current.ok() && current.status().code() != StatusCode::kNotFound) {
    return current.status();
  }
  job.replaces = current.ok();
  CAIRN_RETURN_IF_ERROR(
      PutDocument(transaction, job.collection, pending.prepared));
  return graph_.Replace(transaction, ContributionOf(pending));
}

void Pipeline::CommitGroup(const std::vector<std::shared_ptr<Job>>& group) {
  std::vector<Store::Builder> builders;
  builders.reserve(group.size());
  for (const auto& job : group) {
    builders.push_back([this, raw = job.get()](Transaction& transaction) {
      return BuildCommit(*raw, transaction);
    });
  }
  const auto sequences = store_.CommitAll(builders);
  for (std::size_t i = 0; i < group.size(); ++i) {
    Job& job = *group[i];
    if (!sequences[i].ok()) {
      Finish(group[i], sequences[i].status());
      continue;
    }
    IngestResult result;
    result.outcome =
        job.replaces ? IngestOutcome::kUpdated : IngestOutcome::kCreated;
    result.sequence = *sequences[i];
    for (const std::size_t chunk : job.pending->to_embed) {
      result.tokens_embedded += job.pending->prepared.chunks[chunk].tokens;
    }
    result.document = std::move(job.pending->prepared.document);
    result.warnings = std::move(job.pending->prepared.parsed.warnings);
    Finish(group[i], std::move(result));
  }
}

bool Pipeline::ShouldReturnMemory(std::size_t bytes_freed) {
  const std::lock_guard lock(mutex_);
  bytes_since_return_ += bytes_freed;
  const bool last = documents_under_way_ == 1;
  if (bytes_since_return_ < options_.return_memory_bytes / (last ? 16 : 1)) {
    return false;
  }
  bytes_since_return_ = 0;
  return true;
}

void Pipeline::Finish(const std::shared_ptr<Job>& job,
                      StatusOr<IngestResult> result) {
  if (result.ok()) {
    result->ms = job->watch.ElapsedMs();
  } else {
    result = Annotate(result.status(), job->id);
  }
  const std::size_t text_bytes =
      job->pending == nullptr ? 0 : job->pending->prepared.parsed.text.size();
  job->pending.reset();
  if (ShouldReturnMemory(job->source_bytes + text_bytes)) ReturnFreeMemory();
  job->done(std::move(result));
  {
    const std::lock_guard lock(mutex_);
    --documents_under_way_;
    bytes_under_way_ -= job->source_bytes;
  }
  room_.notify_all();
}

}  // namespace cairn
