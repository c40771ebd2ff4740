// ZIP by libzip.
#include <zip.h>

#include <string>
#include <utility>

#include "documents/archive/entry_source.h"
#include "documents/archive/zip_bytes.h"

namespace cairn {
namespace {

constexpr zip_uint32_t kTypeMask = 0170000;
constexpr zip_uint32_t kLinkType = 0120000;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

class ZipSource final : public EntrySource {
 public:
  explicit ZipSource(ZipOwner archive)
      : archive_(std::move(archive)),
        count_(zip_get_num_entries(archive_.get(), 0)) {}

  StatusOr<bool> Next(EntryHead& head) override {
    file_.reset();
    if (next_ >= count_) return false;
    index_ = static_cast<zip_uint64_t>(next_++);
    const char* const name =
        zip_get_name(archive_.get(), index_, ZIP_FL_ENC_GUESS);
    head.path = name == nullptr ? "" : name;
    head.type = TypeOf(head.path);
    return true;
  }

  StatusOr<std::size_t> Read(char* to, std::size_t size) override {
    if (file_ == nullptr) CAIRN_RETURN_IF_ERROR(OpenEntry());
    const zip_int64_t got = zip_fread(file_.get(), to, size);
    if (got < 0) return DamagedArchive("the entry cannot be unpacked");
    return static_cast<std::size_t>(got);
  }

  bool in_one_stream() const override { return false; }

 private:
  EntryType TypeOf(std::string_view path) const {
    if (path.ends_with('/')) return EntryType::kFolder;
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive_.get(), index_, 0, &system,
                                         &attributes) == 0 &&
        system == ZIP_OPSYS_UNIX &&
        ((attributes >> 16) & kTypeMask) == kLinkType) {
      return EntryType::kLink;
    }
    return EntryType::kFile;
  }

  Status OpenEntry() {
    zip_stat_t stat;
    if (zip_stat_index(archive_.get(), index_, 0, &stat) != 0) {
      return DamagedArchive(zip_strerror(archive_.get()));
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        stat.encryption_method != ZIP_EM_NONE) {
      return InvalidArgumentError(
          "is protected with a password: unpack the archive with the "
          "password and ingest the folder",
          "ENCRYPTED_ARCHIVE");
    }
    file_.reset(zip_fopen_index(archive_.get(), index_, 0));
    if (file_ != nullptr) return OkStatus();
    const zip_error_t* const error = zip_get_error(archive_.get());
    if (zip_error_code_zip(error) == ZIP_ER_COMPNOTSUPP) {
      return InvalidArgumentError(
          "is packed by a method that is not known here: unpack the archive "
          "and ingest the folder",
          "UNKNOWN_PACKING");
    }
    return DamagedArchive(zip_strerror(archive_.get()));
  }

  ZipOwner archive_;
  std::unique_ptr<zip_file_t, CloseFile> file_;  // Of the current entry.
  zip_int64_t next_ = 0;
  const zip_int64_t count_;
  zip_uint64_t index_ = 0;
};

}  // namespace

StatusOr<std::unique_ptr<EntrySource>> OpenZip(std::string_view bytes) {
  std::string why;
  ZipOwner archive = OpenZipBytes(bytes, why);
  if (archive == nullptr) return DamagedArchive(why);
  return std::unique_ptr<EntrySource>(new ZipSource(std::move(archive)));
}

}  // namespace cairn
