# The top-level folders and the direction of their dependencies.
#
# Each folder FOO is visible to a compiler only through ${CMAKE_BINARY_DIR}/include/FOO/FOO, a link to the sources
# that belongs to the library of FOO alone. Including "foo/x.hpp" without linking tcpplex::foo therefore
# does not compile, and CMake refuses cyclic include directories: the link rules are the dependency rules.

# What most source files include, compiled once for each folder. A header must still compile alone (check-headers).
set(TCPPLEX_PRECOMPILED <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <string> <string_view> <vector>)

# tcpplex_folder(NAME SOURCES ... [LINK tcpplex::other ...] [PRIVATE_LINK ...] [PRECOMPILE <header> ...])
function(tcpplex_folder name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK;PRECOMPILE" ${ARGN})
  set(view "${CMAKE_BINARY_DIR}/include/${name}")
  file(MAKE_DIRECTORY "${view}")
  file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${name}" "${view}/${name}" SYMBOLIC)

  add_library(tcpplex_${name} STATIC ${ARG_SOURCES})
  add_library(tcpplex::${name} ALIAS tcpplex_${name})
  target_include_directories(tcpplex_${name} PUBLIC "${view}")
  target_link_libraries(tcpplex_${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  target_precompile_headers(tcpplex_${name} PRIVATE ${TCPPLEX_PRECOMPILED} ${ARG_PRECOMPILE})

  # Under sanitizers these are compiled once and run for a moment; the others compute, or are fuzzed.
  if(TCPPLEX_SANITIZE AND name MATCHES "^(daemon|operator)$")
    target_compile_options(tcpplex_${name} PRIVATE ${TCPPLEX_UNOPTIMISED})
  endif()

  tcpplex_check_headers(${name})
endfunction()

# Most tests and sanitized folders are compiled once and run for a moment: without optimisation that takes a quarter to
# half of the time.
set(TCPPLEX_UNOPTIMISED -O0)

# Every header compiles alone, and twice: `check-headers` builds one source file per header.
function(tcpplex_check_headers name)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" "${CMAKE_SOURCE_DIR}/${name}/*.hpp")
  set(sources)
  foreach(header IN LISTS headers)
    string(REPLACE "/" "_" flat "${header}")
    set(source "${CMAKE_BINARY_DIR}/headers/${flat}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "#include \"${header}\"\n#include \"${header}\"\n")
    list(APPEND sources "${source}")
  endforeach()
  if(sources)
    add_library(tcpplex_${name}_headers OBJECT EXCLUDE_FROM_ALL ${sources})
    target_compile_options(tcpplex_${name}_headers PRIVATE -fsyntax-only -O0)
    target_link_libraries(tcpplex_${name}_headers PRIVATE tcpplex_${name})
    get_target_property(private tcpplex_${name} LINK_LIBRARIES)
    target_link_libraries(tcpplex_${name}_headers PRIVATE ${private})
    add_dependencies(check-headers tcpplex_${name}_headers)
  endif()
endfunction()
add_custom_target(check-headers)

# Entries of sanitized builds begin with the sanitizer's name: "address.", "thread.".
set(TCPPLEX_TEST_PREFIX "")
if(TCPPLEX_SANITIZE)
  string(REGEX REPLACE ",.*" "." TCPPLEX_TEST_PREFIX "${TCPPLEX_SANITIZE},")
endif()

# tcpplex_test(NAME LABEL unit|sim|system|... SOURCES ... LINK ... [TIMEOUT seconds] [PROPERTIES ...] [OPTIMISED])
# One executable of GoogleTest cases, each case a ctest entry. A build with a sanitizer has the unit and simulation
# tests only, and names them after it, so that one ctest run can count all builds.
function(tcpplex_test name)
  cmake_parse_arguments(ARG "OPTIMISED" "LABEL;TIMEOUT" "SOURCES;LINK;PROPERTIES" ${ARGN})
  if(TCPPLEX_SANITIZE AND NOT ARG_LABEL MATCHES "^(unit|sim)$")
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock_main GTest::gtest)
  if(ARG_OPTIMISED)
    target_precompile_headers(${name} REUSE_FROM tcpplex_optimised_test_precompiled)
  else()
    target_precompile_headers(${name} REUSE_FROM tcpplex_test_precompiled)
    target_compile_options(${name} PRIVATE ${TCPPLEX_UNOPTIMISED})
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_PREFIX "${TCPPLEX_TEST_PREFIX}"
                       PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT} ${ARG_PROPERTIES})
endfunction()
