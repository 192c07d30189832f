// The facilities of one machine, for the typed tests.
#pragma once

#include "bed.hpp"

#include <gtest/gtest.h>

namespace cf::test {
using beds = ::testing::Types<file_bed, memory_bed>;
}
