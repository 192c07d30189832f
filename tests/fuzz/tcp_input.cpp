// Arbitrary segments against an engine with a listener, an established connection and one being
// opened.
#include "stack/tcp/engine.hpp"
#include "stack/wire/tcp.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

using namespace stack;
using namespace stack::tcp;
using namespace std::chrono_literals;

address const here = address::v4(0x0a000001);
address const there = address::v4(0x0a000002);

class world : public segment_sink, public engine_observer, public entropy {
  public:
    world() : tcp(*this, *this, *this) {
        tcp_settings settings;
        settings.receive_buffer = 5000;
        settings.send_buffer = 5000;
        settings.max_receive_buffer = settings.max_send_buffer = 0;
        tcp.configure(settings);
        if (!tcp.listen(endpoint{here, 80}, 2, 0)) std::abort();
        connection = *tcp.connect({{here, 1000}, {there, 2000}}, 0, now);
        tcp.advance(now);
        wire::tcp_header header;
        header.source_port = 2000;
        header.destination_port = 1000;
        header.acknowledgment = iss + 1;
        header.flags = wire::tcp_flag::syn | wire::tcp_flag::ack;
        header.window = 3000;
        wire::tcp_header_bytes const bytes(header);
        tcp.input({there, here, bytes.bytes(), 0}, now);
        first_iss = iss;
        if (!tcp.connect({{here, 1001}, {there, 2000}}, 0, now)) std::abort();
        tcp.advance(now);
    }

    void send(outgoing_segment const& segment) override {
        auto const parsed = wire::parse_tcp(segment.header);
        if (!parsed) std::abort();
        if (parsed->header.has(wire::tcp_flag::syn)) iss = parsed->header.sequence;
    }
    std::uint16_t path_mtu(address const&, address const&) const override { return 1500; }
    bool takes_super_segments() const override { return true; }
    void opened(four_tuple const&, bool, std::uint32_t) override { ++alive; }
    void ended(four_tuple const&, bool, std::uint32_t) override {
        if (--alive < 0) std::abort();
    }
    void connected(connection_id, std::uint32_t) override {}
    void acceptable(listener_id, std::uint32_t) override {}
    void readable(connection_id id, std::uint32_t) override { connection = id; }
    void writable(connection_id, std::uint32_t) override {}
    void failed(connection_id, std::uint32_t, boost::system::error_code) override {}
    void finished(connection_id, std::uint32_t) override {}
    std::uint64_t next() override { return random = random * 6364136223846793005 + 1; }

    instant now{1h};
    std::uint32_t first_iss = 0;  ///< of the established connection
    std::uint32_t iss = 0;        ///< of the latest SYN sent
    int alive = 0;
    std::uint64_t random = 1;
    connection_id connection;
    engine tcp;
};

// Numbers near those of the connection are more telling than any: they are added to what it
// expects.
void make_plausible(std::vector<std::byte>& segment, world const& w, unsigned how) {
    if (segment.size() < wire::tcp_header_min) return;
    if ((how & 1U) != 0) segment[0] = std::byte{0x07}, segment[1] = std::byte{0xd0};
    if ((how & 2U) != 0) segment[2] = std::byte{0x03}, segment[3] = std::byte{0xe8};
    if ((how & 4U) != 0)
        for (std::size_t i = 0; i < 2; ++i)
            segment[4 + i] = std::byte{0};
    std::uint32_t const acknowledged = ((how & 2U) != 0 ? w.first_iss : w.iss) + 1 + how / 64;
    if ((how & 8U) != 0)
        for (unsigned i = 0; i < 4; ++i)
            segment[8 + i] = static_cast<std::byte>((acknowledged >> (24 - 8 * i)) & 0xffU);
    if ((how & 16U) != 0) segment[12] = std::byte{0x50};
}

void use(world& w, unsigned how) {
    if ((how & 32U) != 0) w.now += 300ms;
    if ((how & 64U) != 0) w.tcp.consume(w.connection, how * 10, w.now);
    if ((how & 128U) != 0) {
        auto const room = w.tcp.writable(w.connection);
        w.tcp.produced(w.connection, std::min<std::size_t>(room.size(), how * 3), w.now);
    }
    if (how == 255) w.tcp.shutdown_send(w.connection, w.now);
    w.tcp.advance(w.now);
    if (w.tcp.broken_invariant()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    world w;
    // Records: how to use it, gso size (2), length, bytes.
    while (size >= 4) {
        unsigned const how = data[0];
        auto const gso = static_cast<std::uint16_t>(data[1] << 8 | data[2]);
        std::size_t const length = std::min<std::size_t>(data[3], size - 4);
        std::vector<std::byte> segment(length);
        for (std::size_t i = 0; i < length; ++i)
            segment[i] = static_cast<std::byte>(data[4 + i]);
        make_plausible(segment, w, how);
        w.tcp.input({there, here, segment, gso}, w.now);
        use(w, how);
        data += 4 + length;
        size -= 4 + length;
    }
    return 0;
}
