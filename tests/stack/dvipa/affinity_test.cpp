// Timed affinities.
#include "stack/dvipa/affinity_table.hpp"

#include <gtest/gtest.h>

namespace stack::dvipa {
namespace {

using std::chrono::seconds;

endpoint const service{address::v4(0x0a090909), 80};
member_id const b{1, 1};
member_id const c{2, 1};
instant const start{};

address client(std::uint32_t number) {
    return address::v4(0x0a000000 + number);
}

struct affinities : testing::Test {
    affinity_table table{{1, 2}};
};

TEST_F(affinities, lasts_until_the_seconds_after_the_last_connection) {
    table.opened(service, client(1), b);
    table.opened(service, client(1), b);
    table.ended(service, client(1), b, seconds(30));
    table.advance(start);
    EXPECT_EQ(table.find(service, client(1), start + seconds(1000)), b);
    table.ended(service, client(1), b, seconds(30));
    table.advance(start + seconds(1000));
    EXPECT_EQ(table.find(service, client(1), start + seconds(1029)), b);
    EXPECT_FALSE(table.find(service, client(1), start + seconds(1030)));
}

TEST_F(affinities, a_new_connection_stops_the_time) {
    table.opened(service, client(1), b);
    table.ended(service, client(1), b, seconds(30));
    table.advance(start);
    table.opened(service, client(1), b);
    table.advance(start + seconds(1));
    EXPECT_EQ(table.find(service, client(1), start + seconds(1000)), b);
}

TEST_F(affinities, is_of_one_client_and_one_service) {
    table.opened(service, client(1), b);
    EXPECT_FALSE(table.find(service, client(2), start));
    EXPECT_FALSE(table.find({service.host, 81}, client(1), start));
}

TEST_F(affinities, goes_with_its_target_and_is_replaced_by_another) {
    table.opened(service, client(1), b);
    table.opened(service, client(1), c);
    table.ended(service, client(1), b, seconds(1));
    EXPECT_EQ(table.find(service, client(1), start), c);
    table.remove(c);
    EXPECT_FALSE(table.find(service, client(1), start));
}

TEST_F(affinities, are_bounded_and_those_that_are_over_make_room) {
    for (std::uint32_t i = 0; i < affinity_table::most; ++i)
        table.opened(service, client(i), b);
    table.opened(service, client(affinity_table::most), b);
    EXPECT_FALSE(table.find(service, client(affinity_table::most), start));
    for (std::uint32_t i = 0; i < 10; ++i)
        table.ended(service, client(i), b, seconds(1));
    table.advance(start + seconds(10));
    table.advance(start + seconds(12));
    EXPECT_EQ(table.size(), affinity_table::most - 10);
    table.opened(service, client(affinity_table::most), b);
    EXPECT_EQ(table.find(service, client(affinity_table::most), start), b);
}

}  // namespace
}  // namespace stack::dvipa
