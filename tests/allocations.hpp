// How often a program has asked operator new for memory: link tcpplex_counted_allocations to know.
#pragma once

#include <cstddef>

extern std::size_t allocations;
