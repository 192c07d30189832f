# One compiler setting for every target: C++20, warnings as errors, optional sanitizers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")

set(TCPPLEX_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")
option(TCPPLEX_FUZZ "Build the fuzz targets (needs clang)" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
                    -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wcast-qual
                    -Wundef -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False positives of GCC 12 in inlined library code (gcc PR 105562, 105329, 104475).
  add_compile_options(-Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
                      -Wno-stringop-overread -Wno-array-bounds -Wno-dangling-pointer)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")  # ccache could keep nothing else
endif()
add_compile_options(-fno-omit-frame-pointer -fstack-protector-strong)
if(TCPPLEX_SANITIZE)
  add_compile_options(-fsanitize=${TCPPLEX_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TCPPLEX_SANITIZE})
endif()
if(TCPPLEX_SANITIZE MATCHES "thread")
  add_compile_options(-Wno-tsan)
endif()
if(TCPPLEX_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
