// Tar, 7z and compressed files by libarchive.
#include <archive.h>
#include <archive_entry.h>

#include <clocale>
#include <string>
#include <utility>

#include "documents/archive/entry_source.h"
#include "documents/archive/sniff_archive.h"

namespace cairn {
namespace {

struct Free {
  void operator()(archive* reader) const { archive_read_free(reader); }
};

class StreamSource final : public EntrySource {
 public:
  StreamSource(archive* reader, std::string content_name)
      : reader_(reader), content_name_(std::move(content_name)) {}

  StatusOr<bool> Next(EntryHead& head) override {
    const int code = archive_read_next_header(reader_.get(), &entry_);
    if (code == ARCHIVE_EOF) return false;
    if (code < ARCHIVE_WARN) return Why();
    const char* name = archive_entry_pathname(entry_);
    if (name == nullptr) name = archive_entry_pathname_utf8(entry_);
    head.path = name == nullptr ? "" : name;
    // What is no container has one entry without a name of its own.
    if (archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW) {
      head.path = content_name_;
    }
    head.type = TypeOf();
    return true;
  }

  StatusOr<std::size_t> Read(char* to, std::size_t size) override {
    if (archive_entry_is_encrypted(entry_) != 0) {
      return InvalidArgumentError(
          "is protected with a password: unpack the archive with the "
          "password and ingest the folder",
          "ENCRYPTED_ARCHIVE");
    }
    const la_ssize_t got = archive_read_data(reader_.get(), to, size);
    if (got < 0) return Why();
    return static_cast<std::size_t>(got);
  }

  bool in_one_stream() const override { return true; }

 private:
  EntryType TypeOf() const {
    if (archive_entry_hardlink(entry_) != nullptr) return EntryType::kLink;
    switch (archive_entry_filetype(entry_)) {
      case AE_IFDIR:
        return EntryType::kFolder;
      case AE_IFLNK:
        return EntryType::kLink;
      case AE_IFREG:
        return EntryType::kFile;
      default:
        return EntryType::kOther;
    }
  }
  Status Why() const {
    const char* const text = archive_error_string(reader_.get());
    return DamagedArchive(text == nullptr ? "it cannot be unpacked" : text);
  }

  std::unique_ptr<archive, Free> reader_;
  archive_entry* entry_ = nullptr;
  const std::string content_name_;
};

}  // namespace

StatusOr<std::unique_ptr<EntrySource>> OpenStream(std::string_view bytes,
                                                  std::string_view file_name,
                                                  bool only_packed) {
  archive* const reader = archive_read_new();
  std::unique_ptr<archive, Free> owner(reader);
  for (const auto support :
       {&archive_read_support_filter_gzip, &archive_read_support_filter_bzip2,
        &archive_read_support_filter_xz, &archive_read_support_filter_zstd,
        &archive_read_support_format_raw}) {
    (void)support(reader);  // A warning: not in this build of the library.
  }
  if (!only_packed) {
    archive_read_support_format_tar(reader);
    archive_read_support_format_7zip(reader);
  }
  if (archive_read_open_memory(reader, bytes.data(), bytes.size()) !=
      ARCHIVE_OK) {
    const char* const text = archive_error_string(reader);
    return DamagedArchive(text == nullptr ? "it cannot be opened" : text);
  }
  return std::unique_ptr<EntrySource>(
      new StreamSource(owner.release(), NameWithoutPacking(file_name)));
}

void PrepareArchivesForJail() {
  // Names of tar entries are UTF-8 by its standard; the library converts them
  // to the locale.
  std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace cairn
