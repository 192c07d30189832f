// The standing check goes round all DVIPAs and counts what it finds.
#include "daemon/sysplex/standing_check.hpp"

#include "cf/backend/memory/facility.hpp"
#include "cf/ports.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

constexpr auto d1 = cf::dvipa::v4(0x0a010909);
constexpr auto d2 = cf::dvipa::v4(0x0a01090a);

TEST(a_standing_check, counts_checks_and_violations_round_after_round) {
    auto const shared = std::make_shared<cf::memory::facility>();
    auto facility = cf::connector::join(
                        std::make_unique<cf::memory::backend>(shared),
                        {.stack = "A", .system = "S", .xcf = {}, .dynamic_xcf = {}, .pid = 1}, 1)
                        .value();
    for (auto const& each : {d1, d2}) {
        facility->begin_enable(each, {}).value();
        facility->backfill(each, {}).value();
        facility->try_complete(each).value();
    }
    cf::memory::backend(shared)
        .update(d2, {}, [](cf::view& damaged) { damaged.set_first(600, 1); })
        .value();

    boost::asio::io_context io(1);
    auto const going_on = boost::asio::make_work_guard(io);
    facility_thread worker(io);
    standing_check check(io, *facility, worker, std::chrono::milliseconds(1));
    check.start();
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (check.counters().checks < 6 && std::chrono::steady_clock::now() < deadline)
        io.run_one_for(std::chrono::seconds(1));
    EXPECT_GE(check.counters().checks, 6U);
    // One in each round; the last round may be half done.
    EXPECT_GE(check.counters().violations, 2U);
    EXPECT_LE(check.counters().violations, (check.counters().checks + 1) / 2);
    worker.stop();
}

}  // namespace
}  // namespace tcpplexd
