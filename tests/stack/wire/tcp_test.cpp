// The TCP header: what is written is read again, and what is broken is refused.
#include "stack/wire/tcp.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace stack::wire {

namespace {

tcp_header example() {
    tcp_header header;
    header.source_port = 4000;
    header.destination_port = 80;
    header.sequence = 0x01020304;
    header.acknowledgment = 0xfffefdfc;
    header.flags = tcp_flag::syn | tcp_flag::ack;
    header.window = 512;
    return header;
}

std::vector<std::byte> bytes_of(tcp_header const& header, std::size_t payload = 0) {
    tcp_header_bytes const written(header);
    std::vector<std::byte> bytes(written.bytes().begin(), written.bytes().end());
    bytes.resize(bytes.size() + payload);
    return bytes;
}

// A header with these option bytes after it.
std::vector<std::byte> with_options(std::vector<unsigned> const& options) {
    auto bytes = bytes_of(example());
    for (unsigned const value : options)
        bytes.push_back(static_cast<std::byte>(value));
    while (bytes.size() % 4 != 0)
        bytes.push_back(std::byte{0});
    bytes[12] = static_cast<std::byte>(bytes.size() / 4 << 4);
    return bytes;
}

}  // namespace

TEST(tcp_header, survives_writing_and_reading) {
    tcp_header header = example();
    header.options.mss = 1460;
    header.options.window_scale = 7;
    header.options.sack_permitted = true;
    header.options.timestamps = {1, 2};
    auto const bytes = bytes_of(header, 3);
    auto const read = parse_tcp(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->header.source_port, 4000);
    EXPECT_EQ(read->header.destination_port, 80);
    EXPECT_EQ(read->header.sequence, 0x01020304U);
    EXPECT_EQ(read->header.acknowledgment, 0xfffefdfcU);
    EXPECT_EQ(read->header.flags, header.flags);
    EXPECT_EQ(read->header.window, 512);
    EXPECT_EQ(read->header.options, header.options);
    EXPECT_EQ(read->payload.size(), 3U);
}

TEST(tcp_header, a_short_segment_is_refused) {
    auto const bytes = bytes_of(example());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(parse_tcp(std::span(bytes).first(length)));
}

TEST(tcp_header, a_data_offset_outside_the_segment_is_refused) {
    auto bytes = bytes_of(example());
    for (unsigned const words : {0U, 4U, 6U, 15U}) {
        bytes[12] = static_cast<std::byte>(words << 4);
        EXPECT_FALSE(parse_tcp(bytes));
    }
}

TEST(tcp_header, port_zero_is_refused) {
    tcp_header header = example();
    header.source_port = 0;
    EXPECT_FALSE(parse_tcp(bytes_of(header)));
}

TEST(tcp_header, broken_options_end_the_list_and_nothing_else) {
    for (auto const& tail : std::vector<std::vector<unsigned>>{
             {99}, {99, 0}, {99, 1}, {99, 200}, {2, 40, 1, 1}, {0, 3, 3, 9}}) {
        std::vector<unsigned> options{2, 4, 1, 0};
        options.insert(options.end(), tail.begin(), tail.end());
        auto const bytes = with_options(options);
        auto const read = parse_tcp(bytes);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->header.options.mss, 256);
        EXPECT_FALSE(read->header.options.window_scale);
    }
}

TEST(tcp_header, unknown_options_and_wrong_lengths_are_skipped) {
    auto const bytes = with_options({99, 3, 1, 2, 3, 1, 3, 4, 1, 1, 3, 3, 9, 1});
    auto const read = parse_tcp(bytes);
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->header.options.mss);
    EXPECT_EQ(read->header.options.window_scale, 9);
}

}  // namespace stack::wire
