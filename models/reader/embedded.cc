#include "models/reader/weights.h"

// The assembler copies the files in; a C array of the same bytes would take
// the compiler seconds.
// NOLINTNEXTLINE(hicpp-no-assembler)
asm(R"(
  .section .rodata
  .globl cairn_reader_manifest_begin
  .globl cairn_reader_manifest_end
  .globl cairn_reader_halves_begin
  .globl cairn_reader_halves_end
  .hidden cairn_reader_manifest_begin
  .hidden cairn_reader_manifest_end
  .hidden cairn_reader_halves_begin
  .hidden cairn_reader_halves_end
cairn_reader_manifest_begin:
  .incbin ")" CAIRN_READER_WEIGHTS R"(/manifest.json"
cairn_reader_manifest_end:
cairn_reader_halves_begin:
  .incbin ")" CAIRN_READER_WEIGHTS R"(/weights.f16"
cairn_reader_halves_end:
  .previous
)");

extern "C" {
[[gnu::visibility("hidden")]] extern const char cairn_reader_manifest_begin[];
[[gnu::visibility("hidden")]] extern const char cairn_reader_manifest_end[];
[[gnu::visibility("hidden")]] extern const char cairn_reader_halves_begin[];
[[gnu::visibility("hidden")]] extern const char cairn_reader_halves_end[];
}

namespace cairn::reader {

std::string_view EmbeddedManifest() {
  return {cairn_reader_manifest_begin, cairn_reader_manifest_end};
}

std::string_view EmbeddedHalves() {
  return {cairn_reader_halves_begin, cairn_reader_halves_end};
}

}  // namespace cairn::reader
