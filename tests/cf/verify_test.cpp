// Each invariant, broken on purpose, is found; and nothing is found where all is well.
#include "bed.hpp"
#include "cf/backend/memory/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cf::test {
namespace {

using step::violation;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto wait = patience::wait;

// Two stacks, A with port 40001 and B with the service 8080, on a file whose structures a third
// connection writes to at will.
struct structures_of_a_dvipa : ::testing::Test {
    scratch directory;
    std::unique_ptr<connector> a = join_file(directory.file(), "A");
    std::unique_ptr<connector> b = join_file(directory.file(), "B");
    std::unique_ptr<backend> vandal = shared_memory::backend::open(directory.file()).value();

    structures_of_a_dvipa() {
        share(d1, *a, *b);
        a->claim(d1, 40001, wait).value();
        b->serve(d1, 8080, wait).value();
    }
    void damage(std::function<void(view&)> const& how) {
        vandal->update(d1, {.how = wait}, how).value();
    }
    std::vector<violation> found() {
        std::vector<violation> all;
        for (auto const& one : a->verify(d1).value().violations)
            all.push_back(one.what);
        return all;
    }
};

std::uint64_t with(std::uint64_t word, std::uint16_t port) {
    return word | bit_of(port);
}

TEST_F(structures_of_a_dvipa, are_well) {
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_THAT(a->verify(d2).value().violations, IsEmpty());
}

TEST_F(structures_of_a_dvipa, have_no_port_that_nobody_holds) {
    damage([](view& v) { v.set_first(word_of(40009), with(v.first(word_of(40009)), 40009)); });
    auto all = a->verify(d1).value().violations;
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].what, violation::port_orphaned);
    EXPECT_EQ(all[0].port, 40009);
    EXPECT_THAT(all[0].text, HasSubstr("10.1.9.9 port 40009: taken"));
}

TEST_F(structures_of_a_dvipa, have_no_port_held_and_free) {
    damage([](view& v) { v.set_first(word_of(40001), 0); });
    auto all = a->verify(d1).value().violations;
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].what, violation::port_unmarked);
    EXPECT_THAT(all[0].stacks, ElementsAre("A"));
    EXPECT_THAT(all[0].text, HasSubstr("(A)"));
}

TEST_F(structures_of_a_dvipa, name_the_right_holder) {
    damage([](view& v) { v.set_holder(40001, 1); });
    EXPECT_THAT(found(), ElementsAre(violation::wrong_holder));
}

TEST_F(structures_of_a_dvipa, mark_a_service_as_one) {
    damage([](view& v) { v.set_holder(8080, 0); });
    EXPECT_THAT(found(), ElementsAre(violation::wrong_holder));
}

TEST_F(structures_of_a_dvipa, mark_a_port_with_two_holders) {
    damage([](view& v) { v.set_held(1, word_of(40001), bit_of(40001)); });
    auto all = a->verify(d1).value().violations;
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].what, violation::not_marked_shared);
    EXPECT_THAT(all[0].stacks, ElementsAre("A", "B"));
    damage([](view& v) { v.set_holder(40001, held_by_several); });
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(structures_of_a_dvipa, belong_to_members) {
    damage([](view& v) { v.add_user(9); });
    EXPECT_THAT(found(), ElementsAre(violation::user_no_member));
}

TEST_F(structures_of_a_dvipa, have_no_mark_without_structure_or_of_the_future) {
    damage([](view& v) { v.set_backfilled(9, 1); });
    EXPECT_THAT(found(), ElementsAre(violation::mark_without_structure));
    damage([](view& v) { v.set_backfilled(9, 0), v.set_backfilled(1, 7); });
    EXPECT_THAT(found(), ElementsAre(violation::mark_of_the_future));
}

void set_state(view& v, sharing_state state) {
    auto settings = v.settings();
    settings.state = state;
    v.set_settings(settings);
}

TEST_F(structures_of_a_dvipa, are_empty_when_off) {
    damage([](view& v) { set_state(v, sharing_state::off); });
    EXPECT_THAT(found(), ElementsAre(violation::off_not_empty));
}

TEST_F(structures_of_a_dvipa, go_off_when_nothing_is_left_to_drain) {
    a->begin_disable(d1).value();
    EXPECT_THAT(found(), IsEmpty());
    damage([](view& v) {
        v.set_held(0, word_of(40001), 0);
        v.set_first(word_of(40001), 0);
    });
    EXPECT_THAT(found(), ElementsAre(violation::drained_not_off));
}

TEST_F(structures_of_a_dvipa, are_switched_on_by_somebody) {
    damage([](view& v) {
        auto settings = v.settings();
        settings.state = sharing_state::enabling;
        settings.set_by_slot = 9;
        v.set_settings(settings);
    });
    EXPECT_THAT(found(), ElementsAre(violation::enabling_by_nobody));
}

TEST_F(structures_of_a_dvipa, have_a_form_that_is_known) {
    damage([](view& v) {
        auto settings = v.settings();
        settings.form = static_cast<structure_form>(3);
        v.set_settings(settings);
    });
    EXPECT_THAT(found(), ElementsAre(violation::unknown_form));
}

TEST_F(structures_of_a_dvipa, damaged_all_over_are_reported_in_part) {
    damage([](view& v) {
        for (std::size_t word = 0; word < port_word_count; ++word)
            v.set_first(word, ~std::uint64_t{0});
    });
    EXPECT_EQ(found().size(), step::most_findings);
}

TEST(a_dead_stack, may_have_structures_until_it_is_recovered) {
    memory_bed bed;
    auto a = bed.join("A"), b = bed.join("B");
    share(d1, *a, *b);
    a->claim(d1, 40001, wait).value();
    a.kill();
    EXPECT_THAT(b->verify(d1).value().violations, IsEmpty());
}

TEST(verify, writes_nothing) {
    memory::store empty;
    memory::recording_view view(empty);
    EXPECT_THAT(step::verify(view, {}), IsEmpty());
    EXPECT_THAT(view.writes(), IsEmpty());
}

}  // namespace
}  // namespace cf::test
