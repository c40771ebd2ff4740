// Limits: the bounds of every input, in one place.
//
// Place: each room gets the struct (or a part of it) from the configuration;
// the defaults here are what an unconfigured Cairn enforces. Exceeding one is
// INVALID_ARGUMENT or RESOURCE_EXHAUSTED with the name of the limit.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn {

struct Limits {
  std::size_t document_bytes_max = std::size_t{64} << 20;
  std::size_t text_bytes_max = std::size_t{32} << 20;  // Canonical text.
  std::size_t blocks_max = 500'000;
  std::size_t cells_max = 1'000'000;  // Of all tables of a document.
  std::size_t pages_max = 5'000;
  std::size_t nesting_max = 256;  // Elements within elements.
  std::size_t line_bytes_max = std::size_t{16} << 20;  // Of a JSONL file.
  std::size_t document_id_bytes_max = 512;
  std::size_t title_bytes_max = 1024;
  std::size_t metadata_entries_max = 64;
  std::size_t metadata_bytes_max = 16 << 10;  // All keys and values together.
  std::size_t chunks_max = 200'000;           // Of one document.
  std::size_t query_bytes_max = 16 << 10;
  std::size_t results_max = 1'000;  // Hits, page sizes.
  std::size_t collection_name_bytes_max = 64;

  // The jailed parser process.
  std::size_t parser_memory_bytes_max = std::size_t{1} << 30;
  std::uint32_t parser_cpu_seconds_max = 60;
  std::uint32_t parser_wall_seconds_max = 120;
  std::size_t parser_output_bytes_max = std::size_t{256} << 20;

  // The same while it reads pictures, which takes a few seconds a page.
  std::size_t ocr_pages_max = 500;  // Of one document; the rest is left out.
  std::uint32_t ocr_cpu_seconds_max = 2700;  // Enough for as many pages.
  std::uint32_t ocr_wall_seconds_max = 5400;

  std::uint32_t transcription_seconds_max = 3600;  // Of one recording.

  // What is seen, for models that describe it: a picture at a time.
  std::uint32_t description_seconds_max = 120;  // Of one picture.
  std::size_t described_picture_bytes_max = std::size_t{16} << 20;
  std::size_t film_frames_max = 20;  // Some 800 tokens of a model each.
  std::uint32_t film_description_seconds_max = 1800;  // Of all its frames.
};

}  // namespace cairn
