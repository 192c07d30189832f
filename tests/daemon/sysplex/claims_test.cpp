#include "daemon/sysplex/claims.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

using kind = dvipa_definition::kind;

stack::address const dvipa = *stack::address::parse("10.1.9.9");

group_member member(std::uint16_t slot, std::uint32_t incarnation) {
    group_member result;
    result.id = {slot, incarnation};
    return result;
}

dvipa_definition claim(kind origin, std::int64_t since_or_rank) {
    dvipa_definition result;
    result.host = dvipa;
    result.origin = origin;
    if (origin == kind::backup)
        result.rank = static_cast<std::uint8_t>(since_or_rank);
    else
        result.since = since_or_rank;
    return result;
}

struct claims : testing::Test {
    std::vector<group_member> members{member(0, 7), member(1, 2), member(2, 3)};

    void define(std::size_t who, std::int64_t since = 1) {
        members[who].definitions.dvipas.push_back(claim(kind::define, since));
    }
    void back_up(std::size_t who, std::uint8_t rank) {
        members[who].definitions.dvipas.push_back(claim(kind::backup, rank));
    }
    dvipa_definition& own() { return members[0].definitions.dvipas.front(); }
    void depart(std::size_t who) {
        members[who].id = {0xffff, 0xffffffff};
        members[who].definitions.joined = false;
    }
    claim_step step(bool in_use = false) { return step_for(dvipa, members, in_use); }
    group_member const* best() { return claimant(dvipa, members); }
};

TEST_F(claims, a_vipadefine_goes_before_any_backup_and_of_two_the_later_one) {
    back_up(0, 254);
    define(1, 100);
    EXPECT_EQ(best(), &members[1]);
    define(2, 101);
    EXPECT_EQ(best(), &members[2]);
}

TEST_F(claims, of_backups_the_highest_rank_goes_first_and_of_equal_ones_the_older_stack) {
    back_up(0, 10);
    back_up(1, 20);
    EXPECT_EQ(best(), &members[1]);
    back_up(2, 20);
    EXPECT_EQ(best(), &members[1]);
}

TEST_F(claims, of_departed_stacks_and_deactivated_definitions_do_not_count) {
    define(1);
    depart(1);
    define(2);
    members[2].definitions.dvipas.front().deactivated = true;
    EXPECT_EQ(best(), nullptr);
    back_up(0, 1);
    EXPECT_EQ(best(), &members[0]);
}

TEST_F(claims, a_definer_takes_what_nobody_has_and_not_what_another_has) {
    define(0);
    EXPECT_EQ(step(), claim_step::take);
    back_up(1, 1);
    members[1].owned.insert(dvipa);
    EXPECT_EQ(step(), claim_step::none) << "the other one passes it";
}

TEST_F(claims, a_backup_takes_what_a_departed_owner_had) {
    back_up(0, 1);
    EXPECT_EQ(step(), claim_step::none) << "it was never active";
    define(1);
    members[1].owned.insert(dvipa);
    depart(1);
    EXPECT_EQ(step(), claim_step::take);
    back_up(2, 2);
    EXPECT_EQ(step(), claim_step::none) << "that is the other backup's";
}

TEST_F(claims, a_backup_with_moveable_and_mask_takes_what_was_never_active) {
    back_up(0, 1);
    own().activates = true;
    EXPECT_EQ(step(), claim_step::take);
}

TEST_F(claims, a_backup_that_took_over_gives_back_to_a_definer_and_not_to_a_higher_rank) {
    back_up(0, 1);
    members[0].owned.insert(dvipa);
    back_up(1, 2);
    EXPECT_EQ(step(true), claim_step::none);
    define(2);
    EXPECT_EQ(step(true), claim_step::pass);
}

TEST_F(claims, moveable_whenidle_waits_for_the_last_connection) {
    back_up(0, 1);
    own().immediate = false;
    members[0].owned.insert(dvipa);
    define(2);
    EXPECT_EQ(step(true), claim_step::none);
    EXPECT_EQ(step(false), claim_step::pass);
}

TEST_F(claims, what_is_deleted_or_deactivated_is_passed_even_to_nobody) {
    members[0].owned.insert(dvipa);
    EXPECT_EQ(step(true), claim_step::pass);
    define(0);
    own().deactivated = true;
    EXPECT_EQ(step(true), claim_step::pass);
}

TEST_F(claims, a_disruptive_range_keeps_its_dvipa_while_it_is_there) {
    members[0].definitions.dvipas.push_back(claim(kind::range, 1));
    own().immediate = false;
    members[0].owned.insert(dvipa);
    members[1].definitions.dvipas.push_back(claim(kind::range, 2));
    EXPECT_EQ(step(false), claim_step::none);
    own().immediate = true;
    EXPECT_EQ(step(true), claim_step::pass) << "NONDISRUPTIVE moves at once";
}

}  // namespace
}  // namespace tcpplexd
