# cairn_library, cairn_program, cairn_test, cairn_bench: targets of one shape.
#
#   cairn_library(NAME storage SRCS a.cc b.cc DEPS cairn::domain PkgConfig::X)
# makes the static library cairn_storage with the alias cairn::storage. Headers
# are found from the root of the repository: #include "storage/store.h".
function(cairn_apply target)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE ${CAIRN_WARNINGS})
endfunction()

function(cairn_library)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  add_library(cairn_${ARG_NAME} STATIC ${ARG_SRCS})
  add_library(cairn::${ARG_NAME} ALIAS cairn_${ARG_NAME})
  cairn_apply(cairn_${ARG_NAME})
  target_link_libraries(cairn_${ARG_NAME} PUBLIC ${ARG_DEPS})
endfunction()

function(cairn_program)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SRCS})
  cairn_apply(${ARG_NAME})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS})
endfunction()

# One test program a room; ctest sees every test of it. ENVIRONMENT-free: tests
# find data by CAIRN_SOURCE_DIR and CAIRN_BINARY_DIR.
function(cairn_test)
  cmake_parse_arguments(ARG "" "NAME;TIMEOUT" "SRCS;DEPS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${ARG_NAME} ${ARG_SRCS})
  cairn_apply(${ARG_NAME})
  target_compile_definitions(${ARG_NAME} PRIVATE
    CAIRN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    CAIRN_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${ARG_NAME} DISCOVERY_MODE PRE_TEST
    TEST_PREFIX "${ARG_NAME}/" PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

function(cairn_bench)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  add_executable(${ARG_NAME} EXCLUDE_FROM_ALL ${ARG_SRCS})
  cairn_apply(${ARG_NAME})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS} benchmark::benchmark_main)
endfunction()
