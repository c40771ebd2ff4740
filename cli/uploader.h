// Uploader: many documents at once over UploadDocument.
//
// Place: `ingest` pushes what it finds. Several uploads are in flight, so that
// all cores of the engine have work and commits come in groups.
// Order: a document that is pushed twice is uploaded in the order of pushing.
// Memory: queue_bytes_max of document bytes wait at most, or one document.
// Errors: a document's failure is told by `done`. A failure that would meet
// every other document too (no such collection, server gone, disk full) stops
// the uploader; Finish returns it. A busy server is asked again for a while.
// Threads: Push and Finish from one thread; `done` from any, one at a time.
#pragma once

#include <cairn/v1/document_service.pb.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/status.h"
#include "cli/client.h"
#include "cli/sources.h"

namespace cairn::cli {

struct UploaderOptions {
  std::string collection;
  std::size_t in_flight = 16;
  std::size_t queue_bytes_max = std::size_t{64} << 20;
  std::size_t attempts_max = 8;
};

class Uploader {
 public:
  using Result = StatusOr<v1::UploadDocumentResponse>;
  using Done = std::function<void(const UploadItem& item, const Result&)>;

  // The client outlives the uploader.
  Uploader(Client& client, const UploaderOptions& options, Done done);
  ~Uploader();
  Uploader(const Uploader&) = delete;
  Uploader& operator=(const Uploader&) = delete;

  // Blocks until there is room. False: the uploader stopped.
  bool Push(UploadItem item);
  // Waits for all of it. OK, or what stopped the uploader.
  Status Finish();

 private:
  void Work();
  void UploadOne(const UploadItem& item);
  Result UploadPatiently(const UploadItem& item);
  Result Attempt(const UploadItem& item);
  // False: the uploader stopped meanwhile.
  bool Wait(std::size_t attempt);
  void Stop(const Status& why);

  Client& client_;
  const UploaderOptions options_;
  const Done done_;

  std::mutex done_mutex_;  // Held while done_ runs.
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<UploadItem> queue_;
  std::size_t queue_bytes_ = 0;
  std::set<std::string> busy_ids_;  // In the queue or in flight.
  bool closed_ = false;
  Status stopped_;

  std::vector<std::thread> threads_;
};

}  // namespace cairn::cli
