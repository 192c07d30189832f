// ARP and neighbour discovery, byte for byte, and what is not to be answered.
#include "daemon/device/neighbour_message.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/pseudo_header.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tcpplexd {
namespace {

using stack::address;
using bytes = std::vector<std::byte>;
namespace wire = stack::wire;

constexpr ethernet_address ours{0x02, 0, 0, 0, 0, 0x01};
constexpr ethernet_address theirs{0x02, 0, 0, 0, 0, 0x02};

address ip(char const* text) {
    return address::parse(text).value();
}

/// Hexadecimal digits and blanks.
bytes hex(std::string_view text) {
    std::string digits;
    for (char const c : text)
        if (c != ' ') digits += c;
    bytes result;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        result.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    return result;
}

template <class Message>
bytes all_of(Message const& message) {
    return {message.begin(), message.end()};
}

bytes request() {
    return hex("0001 0800 06 04 0001 020000000002 0a010107 000000000000 0a010909");
}

TEST(arp, a_request_is_answered_with_the_asker_s_own_words) {
    auto const asked = read_arp_request(request());
    ASSERT_TRUE(asked);
    EXPECT_EQ(*asked, (neighbour_question{ip("10.1.9.9"), ip("10.1.1.7"), theirs}));
    EXPECT_EQ(all_of(arp_reply(*asked, ours)),
              hex("0001 0800 06 04 0002 020000000001 0a010909 020000000002 0a010107"));
}

TEST(arp, an_announcement_is_a_request_from_and_for_the_address) {
    auto const told = arp_announcement(ip("10.1.9.9"), ours);
    EXPECT_EQ(all_of(told),
              hex("0001 0800 06 04 0001 020000000001 0a010909 000000000000 0a010909"));
    EXPECT_FALSE(read_arp_request(told)) << "nobody answers it";
}

TEST(arp, a_probe_is_answered_too) {
    auto const asked =
        read_arp_request(hex("0001 0800 06 04 0001 020000000002 00000000 000000000000 0a010909"));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->target, ip("10.1.9.9"));
    EXPECT_TRUE(asked->asker.is_unspecified());
}

TEST(arp, anything_else_is_no_question) {
    auto padded = request();
    padded.resize(46);  // what an Ethernet frame has at least
    EXPECT_TRUE(read_arp_request(padded));
    for (std::size_t size = 0; size < request().size(); ++size)
        EXPECT_FALSE(read_arp_request(std::span(padded).first(size))) << size;
    for (std::size_t at = 0; at < 8; ++at) {  // hardware, protocol, lengths and operation
        auto other = request();
        other[at] ^= std::byte{0x80};
        EXPECT_FALSE(read_arp_request(other)) << at;
    }
    auto reply = request();
    reply[7] = std::byte{2};
    EXPECT_FALSE(read_arp_request(reply));
}

struct solicitation {
    char const* source = "fe80::2";
    char const* destination = "ff02::1:ff00:9";
    char const* target = "2001:db8::9";
    bytes options = hex("01 01 020000000002");
    std::uint8_t hop_limit = 255;
    std::uint8_t type = 135;
    std::uint8_t code = 0;

    bytes packet() const {
        bytes made(64);
        auto const host = ip(target).bytes();
        made[40] = std::byte{type};
        made[41] = std::byte{code};
        for (std::size_t i = 0; i < host.size(); ++i)
            made[48 + i] = std::byte{host[i]};
        made.insert(made.end(), options.begin(), options.end());
        auto const length = static_cast<std::uint16_t>(made.size() - 40);
        wire::write({.payload_length = length,
                     .next_header = wire::protocol::icmp6,
                     .hop_limit = hop_limit,
                     .source = ip(source),
                     .destination = ip(destination)},
                    std::span(made).first<40>());
        auto sum = wire::pseudo_header(ip(source), ip(destination), wire::protocol::icmp6, length);
        sum.add(std::span(made).subspan(40));
        stack::store_be16(&made[42], sum.value());
        return made;
    }
};

/// Whether the checksum of an ICMPv6 packet is right.
bool is_whole(bytes const& packet) {
    wire::ipv6_view const header(packet);
    auto sum = wire::pseudo_header(header.source(), header.destination(), wire::protocol::icmp6,
                                   header.payload_length());
    sum.add(std::span(packet).subspan(40));
    return sum.value() == 0;
}

TEST(neighbour_discovery, a_solicitation_is_answered_to_the_asker) {
    auto const asked = read_solicitation(solicitation{}.packet());
    ASSERT_TRUE(asked);
    EXPECT_EQ(*asked, (neighbour_question{ip("2001:db8::9"), ip("fe80::2"), {}}));
    auto const told = all_of(advertisement_for(*asked, ours));
    wire::ipv6_view const header(told);
    EXPECT_EQ(header.source(), ip("2001:db8::9"));
    EXPECT_EQ(header.destination(), ip("fe80::2"));
    EXPECT_EQ(header.hop_limit(), 255);
    EXPECT_EQ(header.payload_length(), 32);
    EXPECT_TRUE(is_whole(told));
    EXPECT_EQ(std::to_integer<int>(told[40]), 136);
    EXPECT_EQ(std::to_integer<int>(told[44]), 0x60) << "solicited, override, no router";
    EXPECT_EQ(bytes(told.begin() + 48, told.begin() + 64), hex("20010db8000000000000000000000009"));
    EXPECT_EQ(bytes(told.begin() + 64, told.end()), hex("02 01 020000000001"));
}

TEST(neighbour_discovery, who_wants_the_address_for_itself_is_told_with_everybody_else) {
    auto const asked = read_solicitation(solicitation{.source = "::", .options = {}}.packet());
    ASSERT_TRUE(asked);
    auto const told = all_of(advertisement_for(*asked, ours));
    EXPECT_EQ(wire::ipv6_view(told).destination(), ip("ff02::1"));
    EXPECT_EQ(std::to_integer<int>(told[44]), 0x20) << "override, not solicited";
    EXPECT_TRUE(is_whole(told));
    EXPECT_EQ(told, all_of(unsolicited_advertisement(ip("2001:db8::9"), ours)));
}

TEST(neighbour_discovery,
     a_neighbour_that_looks_whether_it_is_still_there_asks_the_address_itself) {
    EXPECT_TRUE(
        read_solicitation(solicitation{.destination = "2001:db8::9", .options = {}}.packet()));
}

TEST(neighbour_discovery, what_is_not_valid_by_rfc_4861_is_no_question) {
    EXPECT_FALSE(read_solicitation(solicitation{.hop_limit = 254}.packet()));
    EXPECT_FALSE(read_solicitation(solicitation{.type = 136}.packet()));
    EXPECT_FALSE(read_solicitation(solicitation{.code = 1}.packet()));
    EXPECT_FALSE(read_solicitation(solicitation{.target = "ff02::1:ff00:9"}.packet()));
    EXPECT_FALSE(read_solicitation(solicitation{.source = "::"}.packet()))
        << "with a link-layer address";
    EXPECT_FALSE(read_solicitation(
        solicitation{.source = "::", .destination = "2001:db8::9", .options = {}}.packet()));
    EXPECT_FALSE(read_solicitation(solicitation{.options = hex("01 00 020000000002")}.packet()));
    EXPECT_FALSE(read_solicitation(solicitation{.options = hex("01 02 020000000002")}.packet()));
    EXPECT_FALSE(read_solicitation(solicitation{.options = hex("01 01 0200")}.packet()));
    auto broken = solicitation{}.packet();
    broken.back() ^= std::byte{1};
    EXPECT_FALSE(read_solicitation(broken)) << "checksum";
}

TEST(neighbour_discovery, a_packet_may_be_padded_but_not_cut) {
    auto packet = solicitation{}.packet();
    for (std::size_t size = 0; size < packet.size(); ++size)
        EXPECT_FALSE(read_solicitation(std::span(packet).first(size))) << size;
    packet.resize(packet.size() + 8);
    EXPECT_TRUE(read_solicitation(packet));
}

TEST(neighbour_discovery, an_address_has_the_group_of_its_last_24_bits) {
    EXPECT_EQ(solicited_node_group(ip("2001:db8::1234:56ab:cdef")), ip("ff02::1:ffab:cdef"));
}

}  // namespace
}  // namespace tcpplexd
