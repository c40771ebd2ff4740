#include "cli/uploader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

#include "services/convert/resource_name.h"
#include "services/convert/status.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kMessageBytes = 256 << 10;
constexpr std::chrono::milliseconds kFirstPause(100);
constexpr std::chrono::milliseconds kLongestPause(5000);
// Of local files: never a reason to stop.
constexpr char kUnreadable[] = "FILE_NOT_READABLE";

using Writer = grpc::ClientWriter<v1::UploadDocumentRequest>;

bool IsBusy(const Status& status) {
  return status.code() == StatusCode::kUnavailable ||
         ReasonOf(status) == "SERVER_BUSY";
}

// Would every other document fail in the same way?
bool IsGeneral(const Status& status) {
  if (ReasonOf(status) == kUnreadable) return false;
  switch (status.code()) {
    case StatusCode::kNotFound:
    case StatusCode::kUnauthenticated:
    case StatusCode::kPermissionDenied:
    case StatusCode::kUnavailable:
    case StatusCode::kFailedPrecondition:
    case StatusCode::kDataLoss:
    case StatusCode::kUnimplemented:
      return true;
    case StatusCode::kInvalidArgument:
      return FieldOf(status) == "parent";
    case StatusCode::kResourceExhausted:
      return ReasonOf(status) == "DISK_FULL";
    default:
      return false;
  }
}

Status Unreadable(const std::string& path) {
  return InternalError(
      path + " cannot be read: " + std::strerror(errno == 0 ? EIO : errno),
      kUnreadable);
}

v1::UploadDocumentRequest MetadataOf(const UploadItem& item,
                                     const std::string& collection,
                                     std::uint64_t size) {
  v1::UploadDocumentRequest request;
  v1::UploadMetadata& metadata = *request.mutable_metadata();
  metadata.set_parent(MakeCollectionName(collection));
  metadata.set_document_id(item.source.id);
  metadata.set_title(item.source.title);
  metadata.set_media_type(item.source.media_type);
  metadata.set_file_name(item.source.file_name);
  metadata.set_source_uri(item.source.source_uri);
  metadata.mutable_metadata()->insert(item.source.metadata.begin(),
                                      item.source.metadata.end());
  metadata.set_size_bytes(size);
  return request;
}

// False: the server hung up, Finish says why.
bool SendBytes(Writer& writer, std::string_view bytes) {
  v1::UploadDocumentRequest request;
  for (std::size_t at = 0; at < bytes.size(); at += kMessageBytes) {
    request.set_data(std::string(bytes.substr(at, kMessageBytes)));
    if (!writer.Write(request)) return false;
  }
  return true;
}

// An error is one of the file; OK also when the server hung up.
Status SendFile(Writer& writer, std::ifstream& file, const std::string& path) {
  std::string buffer(kMessageBytes, '\0');
  v1::UploadDocumentRequest request;
  while (file) {
    errno = 0;
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto got = static_cast<std::size_t>(file.gcount());
    if (file.bad()) return Unreadable(path);
    if (got == 0) break;
    request.set_data(buffer.data(), got);
    if (!writer.Write(request)) break;
  }
  return OkStatus();
}

}  // namespace

Uploader::Uploader(Client& client, const UploaderOptions& options, Done done)
    : client_(client), options_(options), done_(std::move(done)) {
  for (std::size_t i = 0; i < options.in_flight; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

Uploader::~Uploader() { (void)Finish(); }

bool Uploader::Push(UploadItem item) {
  const std::size_t bytes = item.source.bytes.size();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] {
    const bool room =
        queue_.empty() || (queue_.size() < options_.in_flight &&
                           queue_bytes_ + bytes <= options_.queue_bytes_max);
    return !stopped_.ok() || (room && !busy_ids_.contains(item.source.id));
  });
  if (!stopped_.ok()) return false;
  busy_ids_.insert(item.source.id);
  queue_bytes_ += bytes;
  queue_.push_back(std::move(item));
  changed_.notify_all();
  return true;
}

Status Uploader::Finish() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  return stopped_;
}

void Uploader::Work() {
  for (;;) {
    UploadItem item;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] {
        return closed_ || !stopped_.ok() || !queue_.empty();
      });
      if (queue_.empty() || !stopped_.ok()) return;
      item = std::move(queue_.front());
      queue_.pop_front();
      queue_bytes_ -= item.source.bytes.size();
    }
    changed_.notify_all();
    UploadOne(item);
    {
      const std::lock_guard lock(mutex_);
      busy_ids_.erase(item.source.id);
    }
    changed_.notify_all();
  }
}

void Uploader::UploadOne(const UploadItem& item) {
  const Result result = UploadPatiently(item);
  if (!result.ok() && IsGeneral(result.status())) {
    Stop(result.status());
    return;
  }
  const std::lock_guard lock(done_mutex_);
  done_(item, result);
}

Uploader::Result Uploader::UploadPatiently(const UploadItem& item) {
  for (std::size_t attempt = 1;; ++attempt) {
    Result result = Attempt(item);
    if (result.ok() || !IsBusy(result.status()) ||
        attempt == options_.attempts_max || !Wait(attempt)) {
      return result;
    }
  }
}

Uploader::Result Uploader::Attempt(const UploadItem& item) {
  std::ifstream file;
  std::uint64_t size = item.source.bytes.size();
  if (!item.path.empty()) {
    errno = 0;
    file.open(item.path, std::ios::binary);
    if (!file) return Unreadable(item.path);
    std::error_code error;
    size = std::filesystem::file_size(item.path, error);
    if (error) size = 0;
  }
  grpc::ClientContext context;
  client_.Prepare(context);
  v1::UploadDocumentResponse reply;
  const auto writer = client_.documents().UploadDocument(&context, &reply);
  if (writer->Write(MetadataOf(item, options_.collection, size))) {
    if (item.path.empty()) {
      (void)SendBytes(*writer, item.source.bytes);
    } else if (const Status sent = SendFile(*writer, file, item.path);
               !sent.ok()) {
      // Half a file must not become a document.
      context.TryCancel();
      (void)writer->Finish();
      return sent;
    }
  }
  writer->WritesDone();
  CAIRN_RETURN_IF_ERROR(StatusOf(writer->Finish()));
  return reply;
}

bool Uploader::Wait(std::size_t attempt) {
  const auto pause = std::min<std::chrono::milliseconds>(
      kLongestPause, kFirstPause * (std::int64_t{1} << attempt));
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, pause, [this] { return !stopped_.ok(); });
}

void Uploader::Stop(const Status& why) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_.ok()) stopped_ = why;
    queue_.clear();
  }
  changed_.notify_all();
}

}  // namespace cairn::cli
