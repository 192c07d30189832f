// A transfer both ways between two engines over a bad network, all of it from one seed.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace sim {

struct transfer_result {
    std::optional<std::string> trouble;
    std::uint64_t events = 0;
    std::uint64_t lost_and_sent_again = 0;
    std::string description;  ///< the weather and the work, for people
};

/// `trace`, if given, gets a line for each segment sent.
transfer_result run_transfer(std::uint64_t seed, std::ostream* trace = nullptr);

}  // namespace sim
