#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

namespace cairn {
namespace {

Status FromErrno(std::string_view path, std::string_view what) {
  const int error = errno;
  std::string text(what);
  text += ' ';
  text += path;
  text += ": ";
  text += std::strerror(error);
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return NotFoundError(text, "FILE_NOT_FOUND");
    case EACCES:
    case EPERM:
    case EROFS:
      return PermissionDeniedError(text, "FILE_ACCESS_DENIED");
    case ENOSPC:
      return ResourceExhaustedError(text, "DISK_FULL");
    default:
      return InternalError(text);
  }
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Status WriteAll(int fd, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return FromErrno(path, "cannot write");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return OkStatus();
}

Status WriteAndSync(const std::string& path, std::string_view bytes) {
  const FileDescriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) return FromErrno(path, "cannot create");
  CAIRN_RETURN_IF_ERROR(WriteAll(file.get(), path, bytes));
  if (::fsync(file.get()) != 0) return FromErrno(path, "cannot sync");
  return OkStatus();
}

}  // namespace

StatusOr<std::string> ReadFile(const std::string& path, std::size_t bytes_max) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return FromErrno(path, "cannot open");
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return FromErrno(path, "cannot stat");
  if (S_ISDIR(info.st_mode)) {
    return InvalidArgumentError(path + " is a folder, not a file",
                                "NOT_A_FILE");
  }
  std::string bytes;
  const auto too_large = [&] {
    return InvalidArgumentError(path + " is larger than the limit of " +
                                    std::to_string(bytes_max) + " bytes",
                                "FILE_TOO_LARGE");
  };
  if (S_ISREG(info.st_mode)) {
    if (static_cast<std::size_t>(info.st_size) > bytes_max) return too_large();
    bytes.reserve(static_cast<std::size_t>(info.st_size));
  }
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got == 0) return bytes;
    if (got < 0) {
      if (errno == EINTR) continue;
      return FromErrno(path, "cannot read");
    }
    bytes.append(buffer, static_cast<std::size_t>(got));
    if (bytes.size() > bytes_max) return too_large();
  }
}

Status WriteFileAtomically(const std::string& path, std::string_view bytes) {
  const std::string aside = path + ".tmp";
  Status written = WriteAndSync(aside, bytes);
  if (written.ok() && ::rename(aside.c_str(), path.c_str()) != 0) {
    written = FromErrno(path, "cannot rename to");
  }
  if (!written.ok()) {
    ::unlink(aside.c_str());  // On a full disk nobody needs half a file.
    return written;
  }
  const std::size_t slash = path.rfind('/');
  const std::string folder =
      slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const FileDescriptor directory(
      ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0) return FromErrno(folder, "cannot open");
  if (::fsync(directory.get()) != 0) return FromErrno(folder, "cannot sync");
  return OkStatus();
}

std::string ProgramFolder() {
  char path[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  if (size <= 0) return ".";
  std::string folder(path, static_cast<std::size_t>(size));
  folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/'));
  return folder;
}

}  // namespace cairn
