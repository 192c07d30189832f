// Tables of figures that a test compares with those kept in tests/sim/golden.
#pragma once

#include <string>

namespace sim {

/// Empty if `table` is what golden/NAME.txt says; else what differs, line by line. With
/// update_golden() the file is written instead.
std::string differs_from_golden(std::string const& name, std::string const& table);
void update_golden();

}  // namespace sim
