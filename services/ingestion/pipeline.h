// Pipeline: many documents at once on a few cores.
//
//   Submit -> [documents] -> worker: Prepare -> [slices] -> worker: embed
//          -> last slice done -> [commits] -> committer: one group commit
//
// A worker takes a slice of chunks to embed before it takes a new document, so
// that one long document keeps all cores busy and few documents are half done.
// The committer joins whatever is ready into one synced group.
// Back-pressure: Submit blocks while documents_max or bytes_max are under way.
// Threads: Submit from any thread; `done` runs on a worker or the committer and
// must not call Submit (it could wait for itself).
// Life cycle: the destructor finishes what was submitted.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/status.h"
#include "graph/contribution.h"
#include "services/ingestion/ingestion_core.h"
#include "services/ingestion/prepare.h"
#include "storage/store.h"

namespace cairn {

struct PipelineOptions {
  std::size_t workers = 2;
  std::size_t documents_max = 64;                  // Under way at once.
  std::size_t bytes_max = std::size_t{256} << 20;  // Of their sources.
  // Chunks embedded, with their sentences, between two looks at the queue.
  std::size_t slice_chunks = 4;
  std::size_t group_max = 64;  // Documents in one group commit.
  // After so many bytes of sources and texts, freed memory goes back to the
  // system; when nothing else is under way, after a sixteenth of it.
  std::size_t return_memory_bytes = std::size_t{32} << 20;
};

class Pipeline {
 public:
  Pipeline(Store& store, GraphWriter& graph, const PreparationTools& tools,
           const PipelineOptions& options);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  void Submit(const CollectionRecord& collection, DocumentSource source,
              IngestionCore::Done done);

 private:
  struct Job;
  struct Slice;

  void Work();
  void WriteCommits();
  void PrepareJob(const std::shared_ptr<Job>& job);
  void EmbedSlice(const Slice& slice);
  void Finish(const std::shared_ptr<Job>& job, StatusOr<IngestResult> result);
  bool ShouldReturnMemory(std::size_t bytes_freed);
  void CommitGroup(const std::vector<std::shared_ptr<Job>>& group);
  Status BuildCommit(Job& job, Transaction& transaction);

  Store& store_;
  GraphWriter& graph_;
  const PreparationTools tools_;
  const PipelineOptions options_;

  std::mutex mutex_;
  std::condition_variable room_;  // Submit waits for it.
  std::condition_variable work_;  // Workers wait for it.
  std::condition_variable commits_ready_;
  // Guarded by mutex_.
  std::deque<std::shared_ptr<Job>> documents_;
  std::deque<Slice> slices_;
  std::deque<std::shared_ptr<Job>> commits_;
  std::size_t documents_under_way_ = 0;
  std::size_t bytes_under_way_ = 0;
  std::size_t bytes_since_return_ = 0;  // See return_memory_bytes.
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace cairn
