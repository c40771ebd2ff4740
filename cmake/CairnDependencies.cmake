# Every third-party library, found once. Which room may use which: each has one
# home, see tests/layering.txt.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(GTest REQUIRED)
include(GoogleTest)
find_package(benchmark REQUIRED)
find_package(absl REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)

pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(MD4C REQUIRED IMPORTED_TARGET md4c)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(LIBARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(ROCKSDB REQUIRED IMPORTED_TARGET rocksdb)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(GRPC REQUIRED IMPORTED_TARGET grpc++)
pkg_check_modules(GRPC_REFLECTION QUIET IMPORTED_TARGET grpc++_reflection)
find_package(Protobuf REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)

find_library(CAIRN_STEMMER stemmer REQUIRED)

# FAISS: the distribution's static library; -DFAISS_ROOT=DIR takes another.
find_path(CAIRN_FAISS_INCLUDE faiss/IndexHNSW.h HINTS ${FAISS_ROOT}/include REQUIRED)
find_library(CAIRN_FAISS faiss HINTS ${FAISS_ROOT}/lib REQUIRED)
find_package(BLAS REQUIRED)
find_package(LAPACK REQUIRED)
# clang's OpenMP is a package of its own; the preset fuzz builds nothing of
# index/dense and does without.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  find_package(OpenMP COMPONENTS CXX)
else()
  find_package(OpenMP REQUIRED COMPONENTS CXX)
endif()
add_library(cairn_faiss INTERFACE)
add_library(cairn::faiss ALIAS cairn_faiss)
target_include_directories(cairn_faiss SYSTEM INTERFACE ${CAIRN_FAISS_INCLUDE})
target_link_libraries(cairn_faiss INTERFACE ${CAIRN_FAISS} LAPACK::LAPACK BLAS::BLAS
  $<TARGET_NAME_IF_EXISTS:OpenMP::OpenMP_CXX>)

# What ./run setup fetched into build/deps (cmake/downloads.lock).
set(CAIRN_DEPS_DIR ${PROJECT_SOURCE_DIR}/build/deps CACHE PATH "Fetched libraries, headers and models")
find_path(CAIRN_ORT_INCLUDE onnxruntime_cxx_api.h
  HINTS ${CAIRN_DEPS_DIR}/include PATH_SUFFIXES onnxruntime REQUIRED NO_DEFAULT_PATH)
set(CAIRN_ORT_LIBRARY ${CAIRN_DEPS_DIR}/lib/libonnxruntime.so.1)
if(NOT EXISTS ${CAIRN_ORT_LIBRARY})
  message(FATAL_ERROR "ONNX Runtime is missing: run ./run setup first")
endif()
add_library(cairn_onnxruntime SHARED IMPORTED GLOBAL)
add_library(cairn::onnxruntime ALIAS cairn_onnxruntime)
set_target_properties(cairn_onnxruntime PROPERTIES
  IMPORTED_LOCATION ${CAIRN_ORT_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${CAIRN_ORT_INCLUDE})

# The program finds the fetched libraries beside itself:
# build/release/cairn -> build/deps/lib.
set(CMAKE_BUILD_RPATH "$ORIGIN/../deps/lib;${CAIRN_DEPS_DIR}/lib")
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib/cairn")
