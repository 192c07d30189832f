// How often this program has allocated memory.
#pragma once

#include <cstddef>

extern std::size_t allocations;
