// The services of MISCSERV over UDP, from packet in to packet out.
#include "daemon/service/misc_datagrams.hpp"

#include "stack/wire/ipv4.hpp"
#include "stack/wire/udp.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {
namespace {

stack::address const self = stack::address::v4(0x0a010101);
stack::address const vipa = stack::address::v4(0x0a010909);
stack::address const client = stack::address::v4(0x0a010102);
constexpr std::size_t headers = 20 + stack::wire::udp_header_length;

class quiet_world : public stack::environment, public stack::port_source, public stack::entropy {
  public:
    void transmit(std::size_t, stack::fragments const& packet, stack::offload const&) override {
        std::string text;
        for (auto piece : packet)
            for (auto b : piece)
                text += static_cast<char>(b);
        sent.push_back(text.substr(headers));
        source = stack::wire::ipv4_view(*packet.begin()).source();
    }
    void forward(stack::member_id, stack::fragments const&, stack::offload const&) override {}
    void notify(stack::member_id, stack::connection_notice const&) override {}
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }
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
    std::uint64_t next() override { return 4; }

    std::vector<std::string> sent;  ///< payloads of datagrams
    stack::address source;          ///< of the last
};

class misc_datagrams_test : public ::testing::Test {
  protected:
    misc_datagrams_test() {
        stack::interface_settings device;
        device.name = "OSA1";
        device.host = self;
        device.prefix_length = 24;
        stack::interface_settings static_vipa;
        static_vipa.name = "VIPA1";
        static_vipa.type = stack::interface_settings::kind::virtual_;
        static_vipa.host = vipa;
        settings_.interfaces = {device, static_vipa};
        settings_.routes.push_back({{self, 24}, {}, 0, 0});
        for (auto const port : std::initializer_list<std::uint16_t>{7, 9, 19})
            settings_.ports.push_back({port, false, "MISCSERV", {}});
        configure();
    }
    void configure() {
        core_.configure(std::make_shared<stack::settings>(settings_), loop_.now());
        services_.configure(settings_);
        loop_.touch();
        io_.poll();
    }
    /// What comes back for a datagram without checksum.
    std::vector<std::string> answers(std::uint16_t from, std::uint16_t to, std::string_view text,
                                     stack::address const& host = self) {
        world_.sent.clear();
        std::vector<std::byte> packet(headers + text.size());
        stack::wire::ipv4_header ip;
        ip.total_length = static_cast<std::uint16_t>(packet.size());
        ip.payload = stack::wire::protocol::udp;
        ip.source = client;
        ip.destination = host;
        stack::wire::write(ip, std::span(packet).first<20>());
        auto const head = stack::wire::udp_header_bytes(from, to, text.size());
        std::copy(head.begin(), head.end(), packet.begin() + 20);
        std::memcpy(packet.data() + headers, text.data(), text.size());
        loop_.begin_burst();
        core_.receive(0, packet, {}, loop_.now());
        loop_.end_burst();
        io_.poll();
        return world_.sent;
    }

    quiet_world world_;
    boost::asio::io_context io_;
    stack::settings settings_;
    stack::shard core_{world_, world_, world_};
    shard_loop loop_{io_, core_};
    std::vector<std::string> complaints_;
    std::function<void(std::string const&)> complain_ = [this](std::string const& text) {
        complaints_.push_back(text);
    };
    misc_datagrams services_{loop_, complain_};
};

TEST_F(misc_datagrams_test, echo_sends_back_what_came) {
    EXPECT_EQ(answers(40000, 7, "text"), std::vector<std::string>{"text"});
    EXPECT_EQ(answers(40000, 7, ""), std::vector<std::string>{""});
}

TEST_F(misc_datagrams_test, an_answer_comes_from_where_the_question_went) {
    for (auto const& host : {self, vipa}) {
        EXPECT_EQ(answers(40000, 7, "text", host).size(), 1U);
        EXPECT_EQ(world_.source, host) << "RFC 1122 4.1.3.5";
    }
}

TEST_F(misc_datagrams_test, discard_says_nothing) {
    EXPECT_TRUE(answers(40000, 9, "text").empty());
}

TEST_F(misc_datagrams_test, chargen_sends_a_line_for_each_datagram) {
    auto const lines = answers(40000, 19, "");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].substr(0, 10), " !\"#$%&'()");
    EXPECT_EQ(lines[0].substr(72), "\r\n");
}

TEST_F(misc_datagrams_test, other_services_are_not_answered) {
    for (auto const from : std::initializer_list<std::uint16_t>{0, 7, 19, 1023})
        EXPECT_TRUE(answers(from, 7, "text").empty()) << from;
}

TEST_F(misc_datagrams_test, a_port_no_longer_reserved_is_closed) {
    settings_.ports.erase(settings_.ports.begin());
    configure();
    auto const refusal = answers(40000, 7, "text");
    ASSERT_EQ(refusal.size(), 1U) << "ICMP says that nobody has the port";
    EXPECT_NE(refusal[0], "text");
    EXPECT_EQ(answers(40000, 19, "").size(), 1U);
}

TEST_F(misc_datagrams_test, a_port_that_is_taken_is_complained_of) {
    settings_.ports.clear();
    configure();
    auto const taken = core_.udp().open("OTHER", 99);
    ASSERT_FALSE(core_.udp().bind(taken, {self, 7}));
    settings_.ports.push_back({7, false, "MISCSERV", {}});
    configure();
    ASSERT_EQ(complaints_.size(), 1U);
    EXPECT_EQ(complaints_[0], "MISCSERV UDP port 7: Address already in use");
}

}  // namespace
}  // namespace tcpplexd
