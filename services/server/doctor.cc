#include "services/server/doctor.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include "models/bert/int8_gemm.h"
#include "models/onnx/manifest.h"
#include "models/onnx/onnx_embedder.h"
#include "storage/store.h"

namespace cairn {
namespace {

using Level = Finding::Level;

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
// An ingestion that meets a full disk stops cleanly, but it stops.
constexpr std::uint64_t kFreeDiskLow = 5 * kGiB;
constexpr std::uint64_t kFreeDiskTooLow = kGiB / 4;
// Model, caches and a parser at its own limit of 1 GiB.
constexpr std::uint64_t kMemoryLow = 2 * kGiB;
// The store keeps up to 1,024 files open; connections come on top.
constexpr std::uint64_t kOpenFilesLow = 2048;

std::string SizeText(std::uint64_t bytes) {
  if (bytes < kGiB) return std::to_string(bytes >> 20) + " MiB";
  const std::uint64_t tenths = bytes * 10 / kGiB;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) +
         " GiB";
}

// The folder itself, or the nearest one above it that exists.
std::filesystem::path ExistingPart(const std::string& folder) {
  std::error_code error;
  std::filesystem::path path = std::filesystem::absolute(folder, error);
  while (!std::filesystem::exists(path, error) && path.has_relative_path()) {
    path = path.parent_path();
  }
  return path;
}

Finding ExamineFutureFolder(const std::string& folder) {
  Finding finding{.check = "data folder"};
  const std::string above = ExistingPart(folder).string();
  if (access(above.c_str(), W_OK | X_OK) == 0) {
    finding.text = folder + " is not there yet; cairn ingest makes it";
    return finding;
  }
  finding.level = Level::kFailed;
  finding.text = folder + " cannot be made: " + above + " is not writable";
  finding.remedy = "name another folder with --data, or change the rights";
  return finding;
}

Finding ExamineDataFolder(const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) {
    return ExamineFutureFolder(folder);
  }
  Finding finding{.check = "data folder"};
  const auto store = Store::Open(folder, {.create = false});
  if (store.ok()) {
    finding.text = folder + " opens; " +
                   std::to_string((*store)->Pin()->sequence().value()) +
                   " commits, " + SizeText((*store)->SizeOnDisk());
    return finding;
  }
  finding.text = MessageOf(store.status());
  if (ReasonOf(store.status()) == "DATA_FOLDER_IN_USE") {
    finding.level = Level::kWarning;
    finding.remedy =
        "fine while your server runs: ask it with --server; else end the other "
        "process";
    return finding;
  }
  finding.level = Level::kFailed;
  finding.remedy = store.status().code() == StatusCode::kDataLoss
                       ? "restore the folder from a copy, or take the "
                         "documents in again into a new one"
                       : "name another folder with --data, or mend this one";
  return finding;
}

Finding ExamineDisk(const std::string& folder) {
  Finding finding{.check = "disk"};
  std::error_code error;
  const auto space = std::filesystem::space(ExistingPart(folder), error);
  if (error) {
    finding.level = Level::kWarning;
    finding.text = "free space unknown: " + error.message();
    finding.remedy = "look with df";
    return finding;
  }
  finding.text = SizeText(space.available) + " free";
  if (space.available < kFreeDiskLow) {
    finding.level =
        space.available < kFreeDiskTooLow ? Level::kFailed : Level::kWarning;
    finding.remedy = "make room, or name a folder on another disk with --data";
  }
  return finding;
}

Finding ExamineMemory() {
  Finding finding{.check = "memory"};
  const auto bytes = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                     static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  finding.text = SizeText(bytes);
  if (bytes < kMemoryLow) {
    finding.level = Level::kWarning;
    finding.remedy = "at least " + SizeText(kMemoryLow) + " is advised";
  }
  return finding;
}

Finding ExamineProcessor() {
  Finding finding{.check = "processor"};
  finding.text = std::to_string(std::thread::hardware_concurrency()) + " cores";
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  const std::pair<const char*, bool> features[] = {
      {"AVX2", avx2},
      {"AVX-512", __builtin_cpu_supports("avx512f") != 0},
      {"AVX-512 VNNI", __builtin_cpu_supports("avx512vnni") != 0}};
  for (const auto& [name, present] : features) {
    finding.text += std::string(present ? ", " : ", no ") + name;
  }
  if (!avx2) {
    finding.level = Level::kWarning;
    finding.remedy =
        "everything works, embedding several times slower; a virtual machine "
        "may hide what the processor has";
  }
#endif
  return finding;
}

Finding ExamineOpenFiles() {
  Finding finding{.check = "open files"};
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    finding.level = Level::kWarning;
    finding.text = "limit unknown";
    finding.remedy = "look with ulimit -n";
    return finding;
  }
  finding.text = limit.rlim_cur == RLIM_INFINITY
                     ? "no limit"
                     : "limit " + std::to_string(limit.rlim_cur);
  if (limit.rlim_cur < kOpenFilesLow) {
    finding.level = Level::kWarning;
    finding.remedy = "ulimit -n " + std::to_string(2 * kOpenFilesLow) +
                     " before starting a server";
  }
  return finding;
}

Finding ExamineRuntime() {
  Finding finding{.check = "runtime"};
  const auto version = OnnxRuntimeVersion();
  if (version.ok()) {
    finding.text = "ONNX Runtime " + *version;
    if (BestGemmKernel() != GemmKernel::kPortable) {
      finding.text += std::string("; ") + NameOf(BestGemmKernel()) +
                      " kernels for quantised BERT encoders";
    }
    return finding;
  }
  finding.level = Level::kFailed;
  finding.text = MessageOf(version.status());
  finding.remedy = "./run setup fetches the one that fits";
  return finding;
}

// Every file of the model against the SHA-256 in its manifest.
Status CheckModel(const std::string& folder, std::string& model_id) {
  CAIRN_ASSIGN_OR_RETURN(const ModelManifest manifest, ReadManifest(folder));
  model_id = manifest.model_id();
  for (const std::string& file : {manifest.model, manifest.tokenizer}) {
    CAIRN_RETURN_IF_ERROR(ReadModelFile(folder, manifest, file).status());
  }
  return OkStatus();
}

Finding ExamineModel(const std::string& folder) {
  Finding finding{.check = "model"};
  const Status status = CheckModel(folder, finding.text);
  if (status.ok()) {
    finding.text += " in " + folder + ", SHA-256 as in its manifest";
    return finding;
  }
  finding.level = Level::kFailed;
  finding.text = MessageOf(status);
  finding.remedy =
      "./run setup fetches it; --models or CAIRN_MODELS names "
      "another folder";
  return finding;
}

}  // namespace

std::vector<Finding> ExamineMachine(const EngineConfig& config) {
  return {ExamineDataFolder(config.data_folder),
          ExamineDisk(config.data_folder),
          ExamineMemory(),
          ExamineProcessor(),
          ExamineOpenFiles(),
          ExamineRuntime(),
          ExamineModel(FindModelFolder(config.model_folder))};
}

}  // namespace cairn
