#include "base/memory.h"

#include <cstdlib>  // Defines __GLIBC__.

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace cairn {

void KeepLittleFreeMemory() {
#ifdef __GLIBC__
  // By itself the C library raises both bounds to 32 MB with the first large
  // blocks, and keeps them: after the set of tests/bombs 465 MB stayed instead
  // of 256.
  constexpr int kLargeBlockBytes = 1 << 20;
  ::mallopt(M_MMAP_THRESHOLD, kLargeBlockBytes);
  ::mallopt(M_TRIM_THRESHOLD, kLargeBlockBytes);
#endif
}

void ReturnFreeMemory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace cairn
