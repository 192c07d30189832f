// What a stack does as its lease ages, and what the kernel does if it does not.
#include "daemon/node/fencing.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

#include <unistd.h>

namespace tcpplexd {
namespace {

using namespace std::chrono_literals;

struct listener : fencing_listener {
    void fence() override { told.emplace_back("fence"); }
    void take_part_again() override { told.emplace_back("take part again"); }
    void declared_dead() override { told.emplace_back("declared dead"); }
    std::vector<std::string> told;
};

struct a_fencing : ::testing::Test {
    /// A renewal that was sent so long ago; T1 is 8 s after it.
    void renew(cf::lease::clock::duration ago) { proof.renewed(cf::boot_clock::now() - ago); }
    /// Runs until so much has been told, or for a second.
    void run(std::size_t count) {
        auto const deadline = std::chrono::steady_clock::now() + 1s;
        while (told.told.size() < count && std::chrono::steady_clock::now() < deadline)
            io.run_one_for(50ms);
    }
    using words = std::vector<std::string>;

    boost::asio::io_context io{1};
    cf::lease proof{10s};
    listener told;
};

TEST_F(a_fencing, ends_with_the_lease_and_begins_again_with_the_next_renewal) {
    renew(0s);
    fencing watch(io, &proof, told);
    watch.need(true);
    renew(8s);
    run(1);
    EXPECT_EQ(told.told, words({"fence"}));
    renew(0s);
    run(2);
    EXPECT_EQ(told.told, words({"fence", "take part again"}));
    renew(8s);
    run(3);
    EXPECT_EQ(told.told, words({"fence", "take part again", "fence"}));
}

TEST_F(a_fencing, without_shared_addresses_only_watches) {
    renew(0s);
    fencing watch(io, &proof, told);
    renew(9s);
    run(1);
    watch.need(true);  // the kernel's timer would be due
    renew(0s);
    run(1);
    EXPECT_EQ(told.told, words());
}

TEST_F(a_fencing, of_a_stack_declared_dead_is_the_last) {
    renew(0s);
    fencing watch(io, &proof, told);
    watch.need(true);
    proof.lose();
    run(2);
    renew(0s);
    run(3);
    EXPECT_EQ(told.told, words({"fence", "declared dead"}));
}

TEST_F(a_fencing, that_was_stopped_is_not_killed) {
    renew(0s);
    fencing watch(io, &proof, told);
    watch.need(true);
    watch.stop();
    renew(9s);
    run(1);
    EXPECT_EQ(told.told, words());
}

TEST_F(a_fencing, without_a_lease_has_nothing_to_do) {
    fencing watch(io, nullptr, told);
    watch.need(true);
    EXPECT_EQ(io.run(), 0U);
}

using a_process_DeathTest = a_fencing;

TEST_F(a_process_DeathTest, that_does_not_fence_itself_is_killed) {
    auto const hang = [&] {
        renew(0s);
        fencing watch(io, &proof, told);
        watch.need(true);
        renew(8s);
        for (;;)
            ::pause();
    };
    EXPECT_EXIT(hang(), ::testing::KilledBySignal(SIGKILL), "");
}

TEST_F(a_process_DeathTest, that_is_stopped_is_killed) {
    auto const stop = [&] {
        renew(0s);
        fencing watch(io, &proof, told);
        watch.need(true);
        renew(8s);
        ::raise(SIGSTOP);
    };
    EXPECT_EXIT(stop(), ::testing::KilledBySignal(SIGKILL), "");
}

}  // namespace
}  // namespace tcpplexd
