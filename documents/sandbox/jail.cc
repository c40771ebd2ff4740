#include "documents/sandbox/jail.h"

#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAIRN_JAIL_COMPLETE false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CAIRN_JAIL_COMPLETE false
#endif
#endif
#ifndef CAIRN_JAIL_COMPLETE
#define CAIRN_JAIL_COMPLETE true
#endif

namespace cairn {

const bool kJailComplete = CAIRN_JAIL_COMPLETE;

namespace {

// Half of the memory limit; written once, before the handlers are set.
std::size_t half_of_memory = 0;

Status NoSandbox(std::string_view what, int error) {
  return FailedPreconditionError(
      "cannot jail the parser process: " + std::string(what) + ": " +
          std::strerror(error) +
          ". Formats such as PDF are parsed in a jail only; run on a Linux "
          "kernel with seccomp filters, or allow prctl and seccomp in the "
          "container's profile",
      "NO_SANDBOX");
}

Status SetLimit(int resource, rlim_t soft, rlim_t hard, const char* name) {
  const struct rlimit limit = {soft, hard};
  if (::setrlimit(static_cast<__rlimit_resource_t>(resource), &limit) == 0) {
    return OkStatus();
  }
  return NoSandbox(std::string("setrlimit ") + name, errno);
}

// Address space in use: the bound is on what the parse adds to it.
rlim_t MappedBytes() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen("/proc/self/statm", "re"), &std::fclose);
  unsigned long pages = 0;
  if (file == nullptr || std::fscanf(file.get(), "%lu", &pages) != 1) return 0;
  return static_cast<rlim_t>(pages) *
         static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

Status SetLimits(const Limits& limits) {
  const rlim_t cpu = limits.parser_cpu_seconds_max;
  // The soft bound ends the process with SIGXCPU, which tells the reason; the
  // hard one is for a process that would ignore it.
  CAIRN_RETURN_IF_ERROR(SetLimit(RLIMIT_CPU, cpu, cpu + 2, "CPU"));
  CAIRN_RETURN_IF_ERROR(SetLimit(RLIMIT_CORE, 0, 0, "CORE"));
  CAIRN_RETURN_IF_ERROR(SetLimit(RLIMIT_FSIZE, 0, 0, "FSIZE"));
  if (!kJailComplete) return OkStatus();
  CAIRN_RETURN_IF_ERROR(SetLimit(RLIMIT_NOFILE, 0, 0, "NOFILE"));
  const rlim_t memory = MappedBytes() + limits.parser_memory_bytes_max;
  return SetLimit(RLIMIT_AS, memory, memory, "AS");
}

// A library that ends the process for want of memory does so with one of these
// signals. The memory is held to be spent when half of the limit cannot be had.
void OnFatalSignal(int number) {
  void* probe = ::mmap(nullptr, half_of_memory, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (probe == MAP_FAILED) ::_exit(kExitOutOfMemory);
  ::signal(number, SIG_DFL);
  ::raise(number);
}

void OnOutOfMemory() { ::_exit(kExitOutOfMemory); }

void SetHandlers(const Limits& limits) {
  half_of_memory = limits.parser_memory_bytes_max / 2 + 1;
  std::set_new_handler(&OnOutOfMemory);
  if (!kJailComplete) return;
  for (const int number : {SIGABRT, SIGTRAP, SIGILL}) {
    struct sigaction action = {};
    action.sa_handler = &OnFatalSignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    ::sigaction(number, &action, nullptr);
  }
}

using Filter = std::unique_ptr<void, void (*)(scmp_filter_ctx)>;

int AllowCalls(scmp_filter_ctx filter, std::initializer_list<int> calls) {
  for (const int call : calls) {
    const int error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    if (error != 0) return error;
  }
  return 0;
}

// Calls whose arguments matter: writing to stdout and stderr only, memory that
// is never executable, signals to this process only, questions about limits.
int AllowCallsWithBounds(scmp_filter_ctx filter) {
  const auto self = static_cast<scmp_datum_t>(::getpid());
  const auto allow = [&](int call, struct scmp_arg_cmp bound) {
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, bound);
  };
  int error = allow(SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, 1));
  if (error == 0) error = allow(SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, 2));
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    if (error != 0) return error;
    error = allow(call, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  }
  if (error == 0) error = allow(SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self));
  if (error == 0) error = allow(SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0));
  return error;
}

Status LoadFilter() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
  if (filter == nullptr) return NoSandbox("seccomp_init", ENOMEM);
  int error = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);
  if (error == 0) {
    error = AllowCalls(filter.get(), {SCMP_SYS(read),
                                      SCMP_SYS(close),
                                      SCMP_SYS(fstat),
                                      SCMP_SYS(lseek),
                                      SCMP_SYS(munmap),
                                      SCMP_SYS(mremap),
                                      SCMP_SYS(madvise),
                                      SCMP_SYS(brk),
                                      SCMP_SYS(exit),
                                      SCMP_SYS(exit_group),
                                      SCMP_SYS(restart_syscall),
                                      SCMP_SYS(rt_sigreturn),
                                      SCMP_SYS(rt_sigprocmask),
                                      SCMP_SYS(rt_sigaction),
                                      SCMP_SYS(getpid),
                                      SCMP_SYS(gettid),
                                      SCMP_SYS(futex),
                                      SCMP_SYS(sched_yield),
                                      SCMP_SYS(clock_gettime),
                                      SCMP_SYS(gettimeofday),
                                      SCMP_SYS(getrandom),
                                      SCMP_SYS(sysinfo)});
  }
  if (error == 0) error = AllowCallsWithBounds(filter.get());
  if (error == 0) error = seccomp_load(filter.get());
  if (error != 0) return NoSandbox("seccomp", -error);
  return OkStatus();
}

}  // namespace

Status EnterJail(const Limits& limits) {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return NoSandbox("PR_SET_NO_NEW_PRIVS", errno);
  }
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return NoSandbox("PR_SET_DUMPABLE", errno);
  }
  SetHandlers(limits);
  CAIRN_RETURN_IF_ERROR(SetLimits(limits));
  if (!kJailComplete) return OkStatus();
  return LoadFilter();
}

}  // namespace cairn
