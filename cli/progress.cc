#include "cli/progress.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "cli/output.h"

namespace cairn::cli {
namespace {

constexpr double kRedrawMs = 100;
constexpr std::size_t kBarSigns = 24;

}  // namespace

Progress::Progress(std::size_t total)
    : visible_(StderrIsTerminal()), total_(total) {}

Progress::~Progress() {
  if (visible_) std::fputs("\r\033[K", stderr);
}

void Progress::Add(bool failed, std::uint64_t tokens) {
  const std::lock_guard lock(mutex_);
  ++done_;
  if (failed) ++failed_;
  tokens_ += tokens;
  if (!visible_ || watch_.ElapsedMs() - drawn_ms_ < kRedrawMs) return;
  drawn_ms_ = watch_.ElapsedMs();
  Draw();
}

void Progress::Draw() {
  std::string line = "\r\033[K";
  if (total_ > 0) {
    const std::size_t full = std::min(kBarSigns, kBarSigns * done_ / total_);
    line += "[" + std::string(full, '#') + std::string(kBarSigns - full, '.') +
            "] " + WithCommas(done_) + "/" + WithCommas(total_);
  } else {
    line += WithCommas(done_);
  }
  line += " documents";
  if (failed_ > 0) line += ", " + WithCommas(failed_) + " failed";
  const double seconds = std::max(0.001, watch_.ElapsedMs() / 1000);
  const auto rate =
      static_cast<std::uint64_t>(static_cast<double>(tokens_) / seconds);
  line += ", " + WithCommas(rate) + " tokens/s";
  std::fputs(line.c_str(), stderr);
}

}  // namespace cairn::cli
