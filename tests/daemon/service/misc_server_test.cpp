// The services of MISCSERV, from packet in to packet out: what they send, and that serving in
// steady state allocates nothing.
#include "daemon/service/misc_server.hpp"

#include "allocations.hpp"
#include "stack/core/byte_order.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/tcp.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <array>
#include <initializer_list>

namespace tcpplexd {
namespace {

namespace flag = stack::wire::tcp_flag;

stack::address const self = stack::address::v4(0x0a010101);
stack::endpoint const client{stack::address::v4(0x0a010102), 40000};

/// Keeps what the stack's connection with the client has sent.
class wire : public stack::environment {
  public:
    void transmit(std::size_t, stack::fragments const& packet, stack::offload const&) override {
        auto end = bytes_.begin();
        for (auto piece : packet)
            end = std::copy(piece.begin(), piece.end(), end);
        std::size_t const size = packet.bytes();
        auto const tcp = bytes_.data() + 20;
        auto const header = (std::to_integer<std::size_t>(tcp[12]) >> 4) * 4;
        next = stack::load_be32(tcp + 4) + static_cast<std::uint32_t>(size - 20 - header);
        if ((std::to_integer<unsigned>(tcp[13]) & flag::syn) != 0) ++next;
        for (auto const* at = tcp + header; at != bytes_.data() + size && used_ < text_.size();
             ++at)
            text_[used_++] = static_cast<char>(*at);
    }
    void forward(stack::member_id, stack::fragments const&, stack::offload const&) override {}
    void notify(stack::member_id, stack::connection_notice const&) override {}
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }

    std::string_view text() const { return {text_.data(), used_}; }
    void forget() { used_ = 0; }
    std::uint32_t next = 0;  ///< the sequence number it will send next

  private:
    std::array<std::byte, 65536> bytes_{};
    std::array<char, 65536> text_{};
    std::size_t used_ = 0;
};

class no_shared_ports : public stack::port_source {
  public:
    stack::port_reply allocate(stack::address const&, stack::endpoint const&,
                               stack::port_set const&, std::uint64_t, stack::port_ticket) override {
        return {};
    }
    stack::port_reply claim(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    void release(stack::address const&, std::uint16_t) override {}
    void opened(stack::four_tuple const&, bool) override {}
    void ended(stack::four_tuple const&) override {}
    stack::port_reply serve(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    void unserve(stack::address const&, std::uint16_t) override {}
};

class fixed_entropy : public stack::entropy {
  public:
    std::uint64_t next() override { return 4; }
};

class misc_service_test : public ::testing::Test {
  protected:
    misc_service_test() {
        auto settings = std::make_shared<stack::settings>();
        stack::interface_settings device;
        device.name = "OSA1";
        device.host = self;
        device.prefix_length = 24;
        settings->interfaces = {device};
        settings->routes.push_back(
            {{stack::address::any_v4(), 0}, stack::address::v4(0x0a0101fe), 0, 0});
        for (auto const port : std::initializer_list<std::uint16_t>{7, 9, 19}) {
            stack::port_reservation reserved;
            reserved.port = port;
            reserved.tcp = true;
            reserved.job = "MISCSERV";
            settings->ports.push_back(reserved);
        }
        core_.configure(settings, loop_.now());
        server_.configure(*settings);
        io_.poll();
    }

    void connect(std::uint16_t port) {
        port_ = port;
        send(flag::syn, 0);
        ++sequence_;
        send(flag::ack, 0);
    }
    /// A segment of the client that acknowledges everything, with `length` zeroes.
    void send(unsigned flags, std::uint16_t length) {
        std::array<std::byte, 1500> packet{};
        stack::wire::ipv4_header ip;
        ip.total_length = static_cast<std::uint16_t>(40 + length);
        ip.payload = stack::wire::protocol::tcp;
        ip.source = client.host;
        ip.destination = self;
        stack::wire::write(ip, std::span(packet).first<20>());
        stack::wire::tcp_header tcp;
        tcp.source_port = client.port;
        tcp.destination_port = port_;
        tcp.sequence = sequence_;
        tcp.acknowledgment = wire_.next;
        tcp.flags = static_cast<std::uint8_t>(flags);
        tcp.window = 20000;
        stack::wire::tcp_header_bytes const head(tcp);
        std::copy(head.bytes().begin(), head.bytes().end(), packet.begin() + 20);
        stack::offload verified;
        verified.checksum_partial = true;
        verified.checksum_start = 20;
        verified.checksum_offset = 16;
        sequence_ += length;
        loop_.begin_burst();
        core_.receive(0, std::span(packet).first(ip.total_length), verified, loop_.now());
        loop_.end_burst();
    }

    wire wire_;
    no_shared_ports ports_;
    fixed_entropy random_;
    boost::asio::io_context io_;
    stack::shard core_{wire_, ports_, random_};
    shard_loop loop_{io_, core_};
    misc_server server_{loop_, [](std::string const& text) { FAIL() << text; }};
    std::uint16_t port_ = 0;
    std::uint32_t sequence_ = 1;
};

/// RFC 864, computed character by character.
std::string generated(std::size_t count) {
    std::string result;
    for (std::size_t line = 0; result.size() < count; ++line) {
        for (std::size_t column = 0; column < 72; ++column)
            result += static_cast<char>(' ' + (line + column) % 95);
        result += "\r\n";
    }
    result.resize(count);
    return result;
}

TEST_F(misc_service_test, chargen_sends_the_lines_of_rfc_864) {
    connect(19);
    while (wire_.text().size() < 20000)  // more than twice the text before it repeats
        send(flag::ack, 0);
    EXPECT_EQ(wire_.text(), generated(wire_.text().size()));
}

TEST_F(misc_service_test, an_echo_leaves_in_the_burst_of_its_request) {
    connect(7);
    wire_.forget();
    send(flag::ack | flag::psh, 100);
    EXPECT_EQ(wire_.text(), std::string(100, '\0'));
}

TEST_F(misc_service_test, echoes_in_steady_state_allocate_nothing) {
    connect(7);
    auto const exchange = [this] {
        wire_.forget();
        send(flag::ack | flag::psh, 1000);
        send(flag::ack, 0);
        io_.poll();
    };
    for (int i = 0; i < 100; ++i)
        exchange();
    std::size_t const before = allocations;
    for (int i = 0; i < 1000; ++i)
        exchange();
    EXPECT_EQ(allocations, before);
    EXPECT_EQ(wire_.text().size(), 1000U);
}

}  // namespace
}  // namespace tcpplexd
