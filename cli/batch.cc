#include "cli/batch.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "base/executor.h"
#include "cli/shapes.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kLineBytesMax = 1 << 20;
constexpr std::size_t kWindowPerThread = 8;

struct Line {
  Json id;  // Null when the line is bad before it.
  StatusOr<std::string> question;
};

// One line without its end, at most about kLineBytesMax of it; nullopt: the
// end of the input.
std::optional<std::string> ReadLine(std::istream& in) {
  std::string line;
  int sign = in.get();
  if (sign == std::istream::traits_type::eof()) return std::nullopt;
  for (; sign != std::istream::traits_type::eof() && sign != '\n';
       sign = in.get()) {
    if (line.size() <= kLineBytesMax) line += static_cast<char>(sign);
  }
  return line;
}

Line ParseLine(const std::string& text, std::size_t number) {
  const std::string where = "line " + std::to_string(number) + " ";
  if (text.size() > kLineBytesMax) {
    return {.id = {},
            .question = InvalidArgumentError(where + "is longer than 1 MiB",
                                             "BAD_LINE")};
  }
  const Json value = Json::parse(text, nullptr, false);
  if (!value.is_object() || !value.contains("question") ||
      !value["question"].is_string()) {
    return {.id = value.is_object() ? value.value("id", Json()) : Json(),
            .question = InvalidArgumentError(
                where + "is not a JSON object with \"id\" and \"question\"",
                "BAD_LINE")};
  }
  return {.id = value.value("id", Json()),
          .question = value["question"].get<std::string>()};
}

Json Answered(const Line& line, const BatchWork& work) {
  Json out = {{"id", line.id}};
  const StatusOr<Json> result = line.question.ok()
                                    ? work(*line.question)
                                    : StatusOr<Json>(line.question.status());
  if (result.ok()) {
    out.update(*result);
  } else {
    out["error"] = ShapeOf(result.status());
  }
  return out;
}

// Runs up to `threads` at once and prints in order.
class OrderedRunner {
 public:
  OrderedRunner(std::size_t threads, const BatchWork& work)
      : work_(work),
        window_(threads * kWindowPerThread),
        executor_({.threads = threads, .queued_max = window_}) {}

  void Add(Line line) {
    if (results_.size() == window_) PrintFront();
    auto promise = std::make_shared<std::promise<Json>>();
    results_.push_back(promise->get_future());
    const Status submitted =
        executor_.Submit([this, promise, line = std::move(line)] {
          promise->set_value(Answered(line, work_));
        });
    // Never full: the window bounds it.
    if (!submitted.ok()) promise->set_value({{"error", ShapeOf(submitted)}});
  }
  // True: none failed.
  bool Finish() {
    while (!results_.empty()) PrintFront();
    return !failed_;
  }

 private:
  void PrintFront() {
    const Json line = results_.front().get();
    results_.pop_front();
    failed_ = failed_ || line.contains("error");
    PrintJson(line, Format::kJsonl);
  }

  const BatchWork& work_;
  const std::size_t window_;
  std::deque<std::future<Json>> results_;
  bool failed_ = false;
  Executor executor_;  // Last: its tasks use what stands above.
};

}  // namespace

std::size_t BatchThreads() {
  return std::max<std::size_t>(2, std::thread::hardware_concurrency());
}

StatusOr<ExitCode> RunBatch(const BatchOptions& options,
                            const BatchWork& work) {
  std::ifstream file;
  if (options.path != "-") {
    errno = 0;
    file.open(options.path, std::ios::binary);
    // A folder opens, but cannot be read.
    if (!file || file.peek() == std::ifstream::traits_type::eof()) {
      if (errno != 0) {
        return NotFoundError(
            options.path + " cannot be read: " + std::strerror(errno),
            "PATH_NOT_FOUND");
      }
      file.clear();
    }
  }
  std::istream& in = options.path == "-" ? std::cin : file;
  OrderedRunner runner(options.threads, work);
  for (std::size_t number = 1;; ++number) {
    const auto text = ReadLine(in);
    if (!text) break;
    if (text->find_first_not_of(" \t\r") == std::string::npos) continue;
    runner.Add(ParseLine(*text, number));
  }
  return runner.Finish() ? ExitCode::kOk : ExitCode::kSomeFailed;
}

}  // namespace cairn::cli
