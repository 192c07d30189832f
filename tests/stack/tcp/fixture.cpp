#include "fixture.hpp"

#include <algorithm>
#include <cstring>

namespace tcp_test {

namespace {

constexpr std::string_view letters = "FSRPA";

std::span<std::byte const> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

std::uint8_t flags_from(std::string_view wanted) {
    std::uint8_t flags = 0;
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (wanted.find(letters[i]) != wanted.npos) flags |= static_cast<std::uint8_t>(1U << i);
    return flags;
}

tcp_fixture::tcp_fixture() {
    tcp.emplace(*this, *this, *this);
    settings.receive_buffer = 60'000;
    settings.max_receive_buffer = settings.max_send_buffer = 0;  // buffers as tests choose them
    tcp->configure(settings);
}

void tcp_fixture::TearDown() {
    recv_nothing();
    EXPECT_EQ(told(), "");
    EXPECT_EQ(tcp->broken_invariant().value_or(""), "");
}

void tcp_fixture::tell(std::string_view what) {
    told_ += told_.empty() ? "" : " ";
    told_ += what;
}

std::string tcp_fixture::told() {
    return std::exchange(told_, {});
}

void tcp_fixture::failed(connection_id, std::uint32_t, boost::system::error_code error) {
    tell("failed:");
    tell(error.message());
}

void tcp_fixture::send(outgoing_segment const& segment) {
    auto const parsed = stack::wire::parse_tcp(segment.header);
    ASSERT_TRUE(parsed);
    auto const& header = parsed->header;
    if (header.has(stack::wire::tcp_flag::syn)) iss = header.sequence;
    sent s;
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (letters[i] != 'P' && header.has(static_cast<std::uint8_t>(1U << i)))
            s.flags += letters[i];
    s.seq = header.sequence - iss;
    s.ack = header.has(stack::wire::tcp_flag::ack) ? header.acknowledgment - irs : 0;
    for (auto const piece : segment.payload)
        for (std::byte const b : piece)
            s.text += static_cast<char>(b);
    s.window = header.window;
    s.gso_size = segment.gso_size;
    s.options = header.options;
    sent_.push_back(std::move(s));
}

void tcp_fixture::put(std::string_view flags, std::uint32_t seq, std::uint32_t ack,
                      std::string_view text, extras const& more) {
    stack::wire::tcp_header header;
    header.source_port = remote.port;
    header.destination_port = local.port;
    header.sequence = irs + seq;
    header.flags = flags_from(flags);
    header.acknowledgment = header.has(stack::wire::tcp_flag::ack) ? iss + ack : 0;
    header.window = more.window;
    header.options = more.options;
    stack::wire::tcp_header_bytes const head(header);
    std::vector<std::byte> bytes(head.bytes().begin(), head.bytes().end());
    auto const payload = bytes_of(text);
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    tcp->input({remote.host, local.host, bytes, more.gso_size}, now);
}

void tcp_fixture::send(std::string_view flags, std::uint32_t seq, std::uint32_t ack,
                       std::string_view text, extras const& more) {
    put(flags, seq, ack, text, more);
    tcp->advance(now);
}

sent tcp_fixture::recv(std::string_view flags, std::uint32_t seq, std::uint32_t ack,
                       std::string_view text) {
    if (sent_.empty()) {
        ADD_FAILURE() << "nothing was sent; expected " << flags << " seq " << seq << " ack " << ack;
        return {};
    }
    sent const s = sent_.front();
    sent_.pop_front();
    EXPECT_EQ(s.flags, flags);
    EXPECT_EQ(s.seq, seq);
    EXPECT_EQ(s.ack, ack);
    EXPECT_EQ(s.text, text);
    return s;
}

void tcp_fixture::recv_nothing() {
    for (sent const& s : sent_)
        ADD_FAILURE() << "unexpected " << s.flags << " seq " << s.seq << " ack " << s.ack
                      << " length " << s.text.size();
    sent_.clear();
}

void tcp_fixture::wait(duration time) {
    instant const until = now + time;
    while (auto const next = tcp->next_deadline()) {
        if (*next > until) break;
        now = std::max(now, *next);
        tcp->advance(now);
    }
    now = until;
}

void tcp_fixture::write(connection_id id, std::string_view text) {
    while (!text.empty()) {
        auto const room = tcp->writable(id);
        ASSERT_FALSE(room.empty());
        auto const count = std::min(room.size(), text.size());
        std::memcpy(room.data(), text.data(), count);
        tcp->produced(id, count, now);
        text.remove_prefix(count);
    }
    tcp->advance(now);
}

std::string tcp_fixture::read(connection_id id) {
    std::string text;
    for (auto const piece : tcp->readable(id))
        for (std::byte const b : piece)
            text += static_cast<char>(b);
    tcp->consume(id, text.size(), now);
    tcp->advance(now);
    return text;
}

void tcp_fixture::shut(connection_id id) {
    tcp->shutdown_send(id, now);
    tcp->advance(now);
}

void tcp_fixture::close(connection_id id) {
    tcp->close(id, now);
    tcp->advance(now);
}

connection_id tcp_fixture::syn_sent() {
    auto const id = tcp->connect({local, remote}, 7, now);
    EXPECT_TRUE(id);
    tcp->advance(now);
    recv("S", 0, 0);
    return *id;
}

connection_id tcp_fixture::established(extras const& peer) {
    connection_id const id = syn_sent();
    send("SA", 0, 1, {}, peer);
    recv("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    return id;
}

listener_id tcp_fixture::listening(std::uint16_t backlog) {
    auto const id = tcp->listen(local, backlog, 9);
    EXPECT_TRUE(id);
    return *id;
}

connection_id tcp_fixture::passively_established() {
    listener_id const listener = listening();
    extras syn;
    syn.options.mss = 1000;
    send("S", 0, 0, {}, syn);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    auto const id = tcp->accept(listener);
    EXPECT_TRUE(id);
    tcp->advance(now);
    return *id;
}

connection_id tcp_fixture::fin_wait_1() {
    connection_id const id = established();
    shut(id);
    recv("FA", 1, 1);
    return id;
}

connection_id tcp_fixture::fin_wait_2() {
    connection_id const id = fin_wait_1();
    send("A", 1, 2);
    return id;
}

connection_id tcp_fixture::close_wait() {
    connection_id const id = established();
    send("FA", 1, 1);
    recv("A", 1, 2);
    EXPECT_EQ(told(), "readable");
    return id;
}

void tcp_fixture::time_wait() {
    connection_id const id = fin_wait_2();
    send("FA", 1, 2);
    recv("A", 2, 2);
    EXPECT_EQ(told(), "readable finished");
    close(id);
}

}  // namespace tcp_test
