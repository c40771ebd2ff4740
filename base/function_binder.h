// FunctionBinder: functions of a library that was opened at run time, by name.
//
// Place: libraries that the program works without (PDFium, Tesseract).
// Threads: one object, one thread. Lifetime: the library stays open.
#pragma once

#include <dlfcn.h>

#include <string>

namespace cairn {

class FunctionBinder {
 public:
  // `library` comes from dlopen; names are looked up in the libraries that it
  // needs, too.
  explicit FunctionBinder(void* library) : library_(library) {}

  // Null when there is none; the first such name is remembered.
  template <typename Function>
  void Bind(const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(::dlsym(library_, name));
    if (function == nullptr && missing_.empty()) missing_ = name;
  }
  // Empty: all were found.
  const std::string& missing() const { return missing_; }

 private:
  void* library_;
  std::string missing_;
};

// Opens `path` with all its functions bound: inside a jail nothing more can be
// loaded. Null, and why, when that fails.
inline void* OpenLibrary(const std::string& path, std::string& why) {
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* reason = ::dlerror();
    why = reason == nullptr ? path : reason;
  }
  return library;
}

}  // namespace cairn
