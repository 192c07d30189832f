// Transfers under loss, duplication and reordering, a seed each. `sim_tcp --seed N` replays one and
// shows each segment.
#include "tcp_transfer.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <iostream>
#include <string>

namespace {

constexpr std::uint64_t seeds = 1000;

std::uint64_t run_and_expect_success(std::uint64_t seed) {
    auto const result = sim::run_transfer(seed);
    EXPECT_FALSE(result.trouble) << "seed " << seed << ": " << *result.trouble << "\n  "
                                 << result.description << "\n  replay: sim_tcp --seed " << seed;
    return result.lost_and_sent_again;
}

TEST(sim_tcp, no_byte_is_lost_or_altered_in_any_weather) {
    std::uint64_t sent_again = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed)
        sent_again += run_and_expect_success(seed);
    // Otherwise the weather was too good to show anything.
    EXPECT_GT(sent_again, seeds);
}

int replay(std::uint64_t seed) {
    auto const result = sim::run_transfer(seed, &std::cout);
    std::cout << "seed " << seed << ": " << result.description << "\n"
              << result.events << " events, " << result.lost_and_sent_again
              << " segments sent again\n"
              << (result.trouble ? *result.trouble : "as it should be") << "\n";
    return result.trouble ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    if (argc == 3 && std::string(argv[1]) == "--seed") return replay(std::stoull(argv[2]));
    return RUN_ALL_TESTS();
}
