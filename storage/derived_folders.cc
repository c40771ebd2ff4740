#include "storage/derived_folders.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/coding.h"

namespace cairn {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGone = ".gone";
constexpr std::size_t kDigits = 16;

std::string NameOf(const CollectionKey& key) {
  return ToHex64((std::uint64_t{key.tenant.value()} << 32) |
                 key.collection.value());
}

// Of a folder that Make made, or that Remove did not get to the end of.
bool IsOurs(std::string_view name) {
  if (name.ends_with(kGone)) name.remove_suffix(kGone.size());
  return name.size() == kDigits &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Status Failed(const std::string& what, const std::string& folder,
              const std::error_code& error) {
  return PermissionDeniedError(what + folder + ": " + error.message(),
                               "DERIVED_FOLDER_FAILED");
}

// Under another name first: who still writes into it cannot bring it back.
std::error_code RemoveFolder(const std::string& folder) {
  const std::string gone =
      folder.ends_with(kGone) ? folder : folder + std::string(kGone);
  std::error_code error;
  if (gone != folder) {
    fs::remove_all(gone, error);
    fs::rename(folder, gone, error);
    if (error == std::errc::no_such_file_or_directory ||
        error == std::errc::not_a_directory) {
      return {};
    }
    if (error) return error;
  }
  fs::remove_all(gone, error);
  return error;
}

}  // namespace

DerivedFolders::DerivedFolders(const std::string& data_folder)
    : root_(data_folder + "/derived") {}

bool DerivedFolders::any() const {
  std::error_code error;
  const bool empty = fs::is_empty(root_, error);
  return !error && !empty;
}

std::string DerivedFolders::PathOf(const CollectionKey& collection) const {
  return root_ + "/" + NameOf(collection);
}

Status DerivedFolders::Make(const CollectionKey& collection,
                            const std::function<StatusOr<bool>()>& exists) {
  const std::string folder = PathOf(collection);
  const std::lock_guard lock(mutex_);
  CAIRN_ASSIGN_OR_RETURN(const bool there, exists());
  if (!there) {
    return NotFoundError("the collection of " + folder + " does not exist",
                         "COLLECTION_NOT_FOUND");
  }
  std::error_code error;
  fs::create_directories(folder, error);
  return error ? Failed("cannot make the folder ", folder, error) : OkStatus();
}

Status DerivedFolders::Remove(const CollectionKey& collection) {
  const std::string folder = PathOf(collection);
  const std::lock_guard lock(mutex_);
  const std::error_code error = RemoveFolder(folder);
  if (!error) return OkStatus();
  return Failed(
      "the collection is deleted, but remove by hand what is left in ", folder,
      error);
}

void DerivedFolders::RemoveAllBut(const std::set<CollectionKey>& collections) {
  std::set<std::string> kept;
  for (const CollectionKey& key : collections) kept.insert(NameOf(key));
  const std::lock_guard lock(mutex_);
  std::vector<std::string> leave;
  std::error_code error;
  fs::directory_iterator entry(root_, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (IsOurs(name) && !kept.contains(name)) {
      leave.push_back(entry->path().string());
    }
  }
  for (const std::string& folder : leave) (void)RemoveFolder(folder);
}

}  // namespace cairn
