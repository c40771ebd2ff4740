// A parser process whose PDF parser can be told by the file name to misbehave:
// "misbehave:MODE". Everything else is parsed as ever.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/coding.h"
#include "documents/parser.h"
#include "documents/sandbox/codec.h"
#include "documents/sandbox/parser_process.h"
#include "documents/sandbox/unpack.h"

namespace cairn {
namespace {

void Write(const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::write(1, bytes.data() + done, bytes.size() - done);
    if (got <= 0) ::_exit(9);
    done += static_cast<std::size_t>(got);
  }
}

void EndlessLoop() {
  const volatile bool forever = true;
  while (forever) {
  }
}

void CloseAndLoop() {
  // Closing stdout must not fool the parent into waiting for ever either.
  ::close(1);
  EndlessLoop();
}

void AllocateInOnePiece() {
  std::vector<char> block(std::size_t{10} << 30, 'x');
  Write(std::string(1, block[block.size() / 2]));
}

void AllocateInPieces() {
  for (;;) {
    void* piece = std::malloc(16 << 20);
    if (piece == nullptr) std::abort();  // As libraries do.
    std::memset(piece, 1, 16 << 20);
  }
}

void WriteWithoutEnd() {
  std::string announced = "CRN1";
  AppendBigEndian64(announced, std::uint64_t{1} << 20);
  Write(announced);
  const std::string piece(1 << 16, 'x');
  for (;;) Write(piece);
}

void AnnounceTooMuch() {
  std::string announced = "CRN1";
  AppendBigEndian64(announced, std::uint64_t{1} << 60);
  Write(announced);
  EndlessLoop();
}

void ReplyWithDocument(const std::function<void(ParsedDocument&)>& spoil) {
  ParsedDocument document;
  document.text = "caf\xc3\xa9";
  document.blocks.push_back({.span = {0, 5}});
  spoil(document);
  Write(Framed(EncodeReply(document)));
  ::_exit(0);
}

void MakeMemoryExecutable() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ::mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

void Exec() {
  char program[] = "/bin/true";
  char* arguments[] = {program, nullptr};
  ::execv(program, arguments);
}

// 0 only after more frames than any stack holds.
std::uint64_t OverflowStack(std::uint64_t depth) {
  volatile char frame[4096];
  frame[depth % sizeof frame] = 1;
  if (depth == UINT64_MAX) return 0;
  return OverflowStack(depth + 1) + static_cast<unsigned char>(frame[0]);
}

const std::map<std::string, std::function<void()>>& Modes() {
  static const auto* const modes =
      new std::map<std::string, std::function<void()>>{
          {"open", [] { ::open("/etc/hostname", O_RDONLY); }},
          {"socket", [] { ::socket(AF_INET, SOCK_STREAM, 0); }},
          {"fork", [] { (void)::fork(); }},
          {"exec", &Exec},
          {"kill_parent", [] { ::kill(::getppid(), SIGTERM); }},
          {"executable_memory", &MakeMemoryExecutable},
          {"loop", &EndlessLoop},
          {"close_and_loop", &CloseAndLoop},
          {"allocate", &AllocateInOnePiece},
          {"allocate_in_pieces", &AllocateInPieces},
          {"huge", &WriteWithoutEnd},
          {"announce", &AnnounceTooMuch},
          {"abort", [] { std::abort(); }},
          {"stack", [] { ::_exit(OverflowStack(0) > 0 ? 4 : 5); }},
          {"silence", [] { ::_exit(0); }},
          {"garbage", [] { Write(std::string(4096, 'g')); }},
          {"half", [] { Write(Framed("body").substr(0, 14)); }},
          {"split_sign",
           [] {
             ReplyWithDocument([](auto& d) { d.blocks[0].span.end = 4; });
           }},
          {"not_utf8",
           [] { ReplyWithDocument([](auto& d) { d.text = "\xff\xfe"; }); }},
      };
  return *modes;
}

class MisbehavingParser final : public FormatParser {
 public:
  explicit MisbehavingParser(const FormatParser* real) : real_(real) {}
  std::string_view name() const override { return "pdf"; }
  bool needs_jail() const override { return true; }
  Status PrepareForJail() const override {
    return real_ == nullptr ? OkStatus() : real_->PrepareForJail();
  }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override {
    const std::string name(input.file_name);
    if (name.rfind("misbehave:", 0) == 0) {
      Modes().at(name.substr(10))();
      ::_exit(0);
    }
    if (name == "throw") throw std::runtime_error("thrown by the parser");
    if (name == "fail") return InvalidArgumentError("as told", "DAMAGED_PDF");
    if (real_ == nullptr) return InternalError("no PDF parser in this build");
    return real_->Parse(input, limits);
  }

 private:
  const FormatParser* real_;
};

}  // namespace
}  // namespace cairn

int main(int argc, char** argv) {
  if (argc > 2 && std::string(argv[1]) == "unpack-process") {
    return cairn::UnpackProcessMain(argc - 2, argv + 2);
  }
  if (argc != 2 || std::string(argv[1]) != "parser-process") return 2;
  const cairn::MisbehavingParser misbehaving(cairn::FormatByName("pdf"));
  return cairn::RunParserProcess(
      [&](std::string_view name) -> const cairn::FormatParser* {
        if (name == "pdf") return &misbehaving;
        return cairn::FormatByName(name);
      });
}
