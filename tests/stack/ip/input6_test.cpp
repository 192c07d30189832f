// What an arriving IPv6 packet must be like, extension headers included.
#include "ipv6_headers.hpp"
#include "packet_builder.hpp"
#include "stack/ip/input.hpp"

#include <gtest/gtest.h>

namespace stack::ip {
namespace {

using namespace stack::testing;
using kind = problem::kind;

auto const from = addr("2001:db8::1");
auto const to = addr("2001:db8::2");

bytes sample() {
    return tcp_packet({{from, 1}, {to, 2}, syn});
}

inbound parsed(bytes const& packet) {
    inbound out;
    EXPECT_EQ(parse(packet, {}, out), drop_reason::none);
    return out;
}

/// Of the payload of sample() behind some extension headers.
bytes behind(std::vector<header> const& headers) {
    auto const plain = sample();
    return ipv6_with(from, to, headers, wire::protocol::tcp, std::span(plain).subspan(40));
}

refusal verdict(std::vector<header> const& headers) {
    auto const packet = behind(headers);
    auto in = parsed(packet);
    return open(in);
}

void expect_problem(std::vector<header> const& headers, kind what, std::uint32_t pointer) {
    auto const refused = verdict(headers);
    EXPECT_EQ(refused.reason, drop_reason::bad_extension);
    ASSERT_TRUE(refused.problem);
    EXPECT_EQ(refused.problem->what, what);
    EXPECT_EQ(refused.problem->value, pointer);
}

TEST(ip6_input, a_right_packet_passes_with_its_payload) {
    auto packet = sample();
    packet[1] = std::byte{0x30};
    auto out = parsed(packet);
    EXPECT_EQ(open(out).reason, drop_reason::none);
    EXPECT_EQ(out.source, from);
    EXPECT_EQ(out.destination, to);
    EXPECT_EQ(out.ttl, 64);
    EXPECT_EQ(out.ecn, 3);
    EXPECT_EQ(out.protocol, wire::protocol::tcp);
    EXPECT_EQ(out.payload.size(), 20U);
    EXPECT_TRUE(tcp_checksum_is_right(out));
    packet[45] ^= std::byte{1};
    EXPECT_FALSE(tcp_checksum_is_right(out));
}

TEST(ip6_input, no_prefix_of_a_packet_passes) {
    auto const packet = sample();
    inbound out;
    for (std::size_t size = 0; size < packet.size(); ++size)
        EXPECT_NE(parse(std::span(packet).first(size), {}, out), drop_reason::none) << size;
}

TEST(ip6_input, mapped_addresses_are_never_on_the_wire) {
    auto const mapped = ipv6(wire::protocol::tcp, addr("10.0.0.1"), to, bytes(20));
    inbound out;
    EXPECT_EQ(parse(mapped, {}, out), drop_reason::martian_source);
    EXPECT_EQ(parse(ipv6(wire::protocol::tcp, from, addr("10.0.0.1"), bytes(20)), {}, out),
              drop_reason::martian_destination);
}

TEST(ip6_input, known_headers_are_passed_over) {
    auto const packet = behind({options(wire::protocol::hop_by_hop, {1, 4, 0, 0, 0, 0}),
                                options(wire::protocol::destination_options, {0, 0, 0, 0, 0, 0}),
                                routing(2, 0), atomic_fragment()});
    auto in = parsed(packet);
    EXPECT_EQ(open(in).reason, drop_reason::none);
    EXPECT_FALSE(in.fragment) << "RFC 6946";
    EXPECT_EQ(in.protocol, wire::protocol::tcp);
    EXPECT_TRUE(tcp_checksum_is_right(in));
}

TEST(ip6_input, a_fragment_stops_the_reading_at_its_header) {
    auto const packet = behind({options(wire::protocol::destination_options, {1, 4, 0, 0, 0, 0}),
                                fragment(0xabcdef01, 1480, true)});
    auto in = parsed(packet);
    EXPECT_EQ(open(in).reason, drop_reason::none);
    ASSERT_TRUE(in.fragment);
    EXPECT_EQ(in.fragment->identification, 0xabcdef01);
    EXPECT_EQ(in.fragment->offset, 1480U);
    EXPECT_TRUE(in.fragment->more);
    EXPECT_EQ(in.header_length(), 56U);
}

TEST(ip6_input, unknown_options_do_what_their_type_asks_for) {
    auto const with = [](unsigned type) {
        return std::vector{options(wire::protocol::destination_options, {type, 4, 0, 0, 0, 0})};
    };
    EXPECT_EQ(verdict(with(0x1e)).reason, drop_reason::none);
    EXPECT_EQ(verdict(with(0x5e)).reason, drop_reason::bad_extension);
    EXPECT_FALSE(verdict(with(0x5e)).problem);
    expect_problem(with(0x9e), kind::option, 42);
    expect_problem(with(0xde), kind::option, 42);
}

TEST(ip6_input, an_option_beyond_its_header_is_an_error) {
    expect_problem({options(wire::protocol::destination_options, {1, 5, 0, 0, 0, 0})}, kind::field,
                   42);
    expect_problem({options(wire::protocol::destination_options, {0, 0, 0, 0, 0, 1})}, kind::field,
                   47);
}

TEST(ip6_input, a_routing_header_with_segments_left_is_refused) {
    EXPECT_EQ(verdict({routing(0, 0)}).reason, drop_reason::none);
    for (unsigned type : {0U, 2U, 4U})
        expect_problem({routing(type, 1)}, kind::field, 42);
}

TEST(ip6_input, hop_by_hop_options_stand_first_or_nowhere) {
    expect_problem({routing(2, 0), options(wire::protocol::hop_by_hop, {1, 4, 0, 0, 0, 0})},
                   kind::protocol, 40);
}

TEST(ip6_input, chains_have_an_end) {
    std::vector<header> many(wire::most_extension_headers, routing(2, 0));
    EXPECT_EQ(verdict(many).reason, drop_reason::none);
    many.push_back(routing(2, 0));
    EXPECT_EQ(verdict(many).reason, drop_reason::bad_extension);
    header large = routing(2, 0);
    large.body.resize(wire::longest_chain + 8 - 1);
    large.body[0] = static_cast<std::byte>(wire::longest_chain / 8);
    EXPECT_EQ(verdict({large}).reason, drop_reason::bad_extension);
}

TEST(ip6_input, a_header_beyond_the_packet_is_truncated) {
    auto const whole = behind({options(wire::protocol::hop_by_hop, {1, 4, 0, 0, 0, 0})});
    for (std::size_t size = 40; size < 48; ++size) {
        bytes packet(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        store_be16(packet.data() + 4, static_cast<std::uint16_t>(size - 40));
        auto in = parsed(packet);
        EXPECT_EQ(open(in).reason, drop_reason::truncated) << size;
    }
}

TEST(ip6_input, the_octet_that_names_the_payload_is_found) {
    auto const plain = sample();
    EXPECT_EQ(naming_octet(parsed(plain)), 6U);
    auto const deep = behind({routing(2, 0), atomic_fragment()});
    EXPECT_EQ(naming_octet(parsed(deep)), 48U);
}

}  // namespace
}  // namespace stack::ip
