// Who owns a DVIPA: one stack at most, whatever others try and whoever dies. Every backend.
#include "beds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

dvipa_owner id_of(stack const& of) {
    return {of->self().slot, of->self().incarnation};
}

template <class Bed>
struct ownership : ::testing::Test {
    Bed bed;
    stack a = bed.join("TCPIPA");
    stack b = bed.join("TCPIPB");
};
TYPED_TEST_SUITE(ownership, beds);

TYPED_TEST(ownership, is_had_by_one_of_those_that_live) {
    EXPECT_FALSE(this->a->owner(d1).exists());
    this->a->take_ownership(d1).value();
    EXPECT_EQ(this->a->owner(d1), id_of(this->a));
    auto const refused = this->b->take_ownership(d1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::in_use);
    EXPECT_THAT(refused.error().text, HasSubstr("TCPIPA"));
    EXPECT_EQ(this->a->owner(d1), id_of(this->a));
    this->a->take_ownership(d1).value();
    EXPECT_EQ(this->a->owner(d1), id_of(this->a)) << "again: nothing happens";
}

TYPED_TEST(ownership, is_passed_by_its_owner_alone_and_the_others_see_it) {
    auto const before = this->b->changes();
    this->a->take_ownership(d1).value();
    this->b->pass_ownership(d1, id_of(this->b)).value();
    EXPECT_EQ(this->a->owner(d1), id_of(this->a)) << "it was not the owner";
    this->a->pass_ownership(d1, id_of(this->b)).value();
    this->b->take_ownership(d1).value();
    EXPECT_EQ(this->b->owner(d1), id_of(this->b));
    EXPECT_NE(this->b->changes(), before);
    this->b->pass_ownership(d1, {}).value();
    EXPECT_FALSE(this->b->owner(d1).exists());
    this->a->take_ownership(d1).value();
}

TYPED_TEST(ownership, goes_to_another_when_its_owner_has_ended) {
    this->a->take_ownership(d1).value();
    auto const dead = id_of(this->a);
    this->b->recover(this->a.kill()).value();
    this->b->take_ownership(d1).value();
    EXPECT_EQ(this->b->owner(d1), id_of(this->b));
    auto again = this->bed.join("TCPIPA");
    EXPECT_NE(id_of(again), dead);
    EXPECT_FALSE(again->take_ownership(d1)) << "as whom it is does not matter";
}

TYPED_TEST(ownership, goes_to_another_when_the_youngest_of_all_had_it_and_has_ended) {
    auto youngest = this->bed.join("TCPIPC");
    youngest->take_ownership(d1).value();
    this->b->recover(youngest.kill()).value();
    this->b->take_ownership(d1).value();
    EXPECT_EQ(this->b->owner(d1), id_of(this->b));
}

TYPED_TEST(ownership, has_nothing_to_do_with_shared_ports) {
    this->a->take_ownership(d1).value();
    EXPECT_EQ(this->b->settings(d1).value().state, sharing_state::off);
    share(d1, *this->a, *this->b);
    auto const port = this->b->allocate(d1, remote, only(40000, 40003), patience::wait).value();
    this->a->pass_ownership(d1, id_of(this->b)).value();
    EXPECT_EQ(this->a->settings(d1).value().state, sharing_state::on);
    this->b->release(d1, port, patience::wait).value();
    EXPECT_TRUE(this->a->verify(d1).value().violations.empty());
    EXPECT_EQ(this->a->owner(d1), id_of(this->b));
}

}  // namespace
}  // namespace cf::test
