// The facility of several machines, for the typed tests.
#pragma once

#include "etcd_bed.hpp"

#include <gtest/gtest.h>

namespace cf::test {
using beds = ::testing::Types<etcd_bed>;
}
