// What TCP makes of networks, as tables of integers.
#pragma once

#include <string>

namespace sim {

/// Goodput, in parts per thousand of the line, by loss, round trip and buffer.
std::string goodput_table();
/// Fairness among 2 to 16 flows through one line, by their queue.
std::string fairness_table();
/// Time from the first packet to the last byte of 200 segments, by which packets are dropped.
std::string recovery_table();

}  // namespace sim
