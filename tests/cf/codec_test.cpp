// Names and values of keys in etcd: what is written is read, and damaged bytes are found out.
#include "cf/backend/etcd/keys.hpp"
#include "cf/backend/etcd/settings.hpp"
#include "cf/backend/etcd/values.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cf::etcd {
namespace {

dvipa_record some_record() {
    dvipa_record record{.settings = {.state = sharing_state::on,
                                     .form = structure_form::list,
                                     .grain = 64,
                                     .generation = 7,
                                     .set_by_slot = 63,
                                     .set_by_incarnation = 0x01020304}};
    record.users = 1U | std::uint64_t{1} << 63U;
    record.backfilled[0] = 7;
    record.backfilled[63] = 6;
    record.revising = incarnation_in_slot{5, 99};
    return record;
}

first_word some_word() {
    first_word word;
    word.in_use = 1U | std::uint64_t{1} << 63U;
    word.holders[0] = 3;
    word.holders[63] = held_by_several;
    return word;
}

member_record some_member() {
    return {member_record::state::fenced,
            {{.stack = "TCPIP1",
              .system = "SYS1",
              .xcf = "/run/x",
              .dynamic_xcf = dvipa::v4(1),
              .pid = 4711},
             12,
             34}};
}

// The value, and that no shorter or longer bytes and no other version are taken for one.
template <class Value>
Value read_back(Value const& value) {
    Value again;
    auto bytes = encode(value);
    EXPECT_TRUE(decode(bytes, again));
    Value damaged;
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decode(bytes.substr(0, size), damaged)) << size;
    EXPECT_FALSE(decode(bytes + '\0', damaged));
    bytes[0] = 1;
    EXPECT_FALSE(decode(bytes, damaged));
    return again;
}

TEST(etcd_values, are_read_as_written) {
    EXPECT_EQ(read_back(some_record()), some_record());
    EXPECT_EQ(read_back(dvipa_record{}), dvipa_record{});
    EXPECT_EQ(read_back(some_word()).holders, some_word().holders);
    EXPECT_EQ(read_back(second_word{.held = 1, .served = 2}).served, 2U);
    EXPECT_EQ(read_back(second_word{.held = 8, .uses = {0, 0, 0, 70000}}).uses[3], 70000U);
    EXPECT_EQ(read_back(link_word{{{{1, 2}, {65535, 0}}}}), (link_word{{{{1, 2}, {65535, 0}}}}));
    EXPECT_EQ(read_back(table_value{.owners = 5, .inbound = true}),
              (table_value{.owners = 5, .inbound = true}));
    EXPECT_EQ(read_back(some_member()).who, some_member().who);
    EXPECT_EQ(read_back(incarnation_in_slot{63, 1}), (incarnation_in_slot{63, 1}));
    EXPECT_EQ(read_back(std::uint64_t{1} << 63U), std::uint64_t{1} << 63U);
    EXPECT_EQ(read_back(group_secret{1, 2, 3, ~std::uint64_t{0}}),
              (group_secret{1, 2, 3, ~std::uint64_t{0}}));
}

TEST(etcd_values, that_say_nothing_are_damaged) {
    auto uses = encode(second_word{.held = 8, .uses = {1}});
    uses.back() = '\0';  // the count of port 0, in network order
    second_word word;
    EXPECT_FALSE(decode(uses, word));
    auto links = encode(link_word{{{{0, 1}}}});
    links.back() = '\0';
    link_word link;
    EXPECT_FALSE(decode(links, link));
}

TEST(etcd_values, out_of_range_are_damaged) {
    auto bytes = encode(some_record());
    bytes[1] = 4;  // a fifth state
    dvipa_record record;
    EXPECT_FALSE(decode(bytes, record));
    bytes = encode(incarnation_in_slot{1, 1});
    bytes[1] = 64;  // a 65th slot
    incarnation_in_slot place;
    EXPECT_FALSE(decode(bytes, place));
    second_word word;
    EXPECT_FALSE(decode(encode(second_word{}), word)) << "an empty word has no key";
}

TEST(etcd_values, of_random_bytes_are_read_without_harm) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 100000; ++round) {
        std::string bytes(random() % 200, '\0');
        for (auto& byte : bytes)
            byte = static_cast<char>(random());
        if (!bytes.empty() && round % 2 == 0) bytes[0] = 1;
        dvipa_record record;
        first_word first;
        member_record member;
        (void)decode(bytes, record);
        (void)decode(bytes, first);
        bool sound = decode(bytes, member);
        EXPECT_TRUE(!sound || member.who.who.stack.size() <= 15);
    }
}

TEST(etcd_keys, can_be_read_in_a_listing_and_are_in_the_order_of_ports) {
    key_names names("PLEX1");
    auto const v4 = dvipa::v4(0x0a010909);
    EXPECT_EQ(names.dvipa(v4), "/tcpplex/PLEX1/d/10.1.9.9");
    EXPECT_EQ(names.first(v4, 625), "/tcpplex/PLEX1/f/10.1.9.9/40000");
    EXPECT_EQ(names.second(v4, 7, 1), "/tcpplex/PLEX1/s/10.1.9.9/07/00064");
    EXPECT_LT(names.first(v4, 0), names.first(v4, 1023));
    auto range = names.firsts(v4);
    EXPECT_LE(range.first, names.first(v4, 0));
    EXPECT_GT(range.end, names.first(v4, 1023));
}

TEST(etcd_keys, are_followed_but_for_second_structures_and_numbers) {
    key_names names("PLEX1");
    auto const of = dvipa::v4(1);
    auto followed = [&](std::string const& key) {
        return key >= names.followed().first && key < names.followed().end;
    };
    for (auto const& key :
         {names.dvipa(of), names.member("A"), names.first(of, 1), names.incarnations(),
          names.lock(of, "A"), names.life("A"), names.recovery("A")})
        EXPECT_TRUE(followed(key)) << key;
    EXPECT_FALSE(followed(names.second(of, 1, 1)));
    EXPECT_FALSE(followed(names.sequence(1)));
}

TEST(etcd_keys, tell_their_kind_and_name) {
    key_names names("PLEX1");
    EXPECT_EQ(names.kind_of(names.life("TCPIP1")), 'm');
    EXPECT_EQ(names.name_in(names.life("TCPIP1")), "TCPIP1");
    EXPECT_EQ(names.kind_of(names.incarnations()), 'i');
    for (auto const* other : {"", "/tcpplex/PLEX1/", "/tcpplex/PLEX2/m/A", "/tcpplex/PLEX1/mm/A"})
        EXPECT_EQ(names.kind_of(other), '\0') << other;
    auto const v6 = dvipa_named("fd00::1");
    ASSERT_TRUE(v6);
    EXPECT_EQ(dvipa_named(v6->to_string()), v6);
    EXPECT_EQ(dvipa_named("10.1.9.9"), dvipa::v4(0x0a010909));
    EXPECT_FALSE(dvipa_named("10.1.9"));
}

TEST(etcd_endpoints, are_host_and_port) {
    EXPECT_EQ(target_of("10.1.1.1:2379"), "10.1.1.1:2379");
    EXPECT_EQ(target_of("https://etcd1:2379"), "etcd1:2379");
    EXPECT_EQ(target_of("[fd00::1]:2379"), "[fd00::1]:2379");
    for (auto const* none : {"", "a", ":1", "a:", "a:b", "a:1/x", "a:1,b:2", "a:123456"})
        EXPECT_FALSE(target_of(none)) << none;
}

}  // namespace
}  // namespace cf::etcd
