// A TCP engine through time: what its peers send, what its users ask for and how long nothing
// happens, all from the input. Numbers are near those the engine expects, so that inputs get far.
#include "stack/tcp/engine.hpp"
#include "stack/wire/tcp.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <vector>

namespace {

using namespace stack;
using namespace stack::tcp;
using namespace std::chrono_literals;

address const here = address::v4(0x0a000001);
address const there = address::v4(0x0a000002);
constexpr std::uint16_t served = 80;
constexpr std::uint32_t irs = 0xfffff000;

class bytes_left {
  public:
    bytes_left(std::uint8_t const* data, std::size_t size) : data_(data), size_(size) {}
    bool empty() const { return size_ == 0; }
    unsigned next() {
        if (size_ == 0) return 0;
        --size_;
        return *data_++;
    }

  private:
    std::uint8_t const* data_;
    std::size_t size_;
};

/// What the peer of a 4-tuple knows.
struct peer {
    four_tuple tuple;  ///< as the engine sees it
    std::uint32_t iss = 0;
    std::uint32_t una = 0;  ///< what it has acknowledged
    std::uint32_t nxt = 0;  ///< end of what has arrived
    std::uint32_t rcv = irs;
    std::uint32_t stamp = 0;
};

/// Byte number `seq` of a stream that began at `first`.
std::byte text_at(std::uint32_t seq, std::uint32_t first) {
    return static_cast<std::byte>((seq - first) * 2654435761U >> 24);
}

void must(bool holds) {
    if (!holds) std::abort();
}

class world : public segment_sink, public engine_observer, public entropy {
  public:
    world() : tcp(*this, *this, *this) {
        settings.receive_buffer = 20'000;
        settings.send_buffer = 20'000;
        settings.max_receive_buffer = settings.max_send_buffer = 200'000;
        settings.half_opens = 2;
        settings.time_waits = 2;
        tcp.configure(settings);
        for (std::uint16_t i = 0; i < peers.size(); ++i) {
            bool const calls = i % 2 == 0;
            endpoint const ours{here, calls ? served : static_cast<std::uint16_t>(1000 + i)};
            peers[i].tuple = {ours, {there, static_cast<std::uint16_t>(2000 + i)}};
        }
        auto const made = tcp.listen(endpoint{here, served}, 2, 0);
        must(made.has_value());
        listener = *made;
    }

    void send(outgoing_segment const& segment) override {
        auto const parsed = wire::parse_tcp(segment.header);
        must(parsed.has_value());
        auto const& h = parsed->header;
        must(segment.header.size() + segment.payload.bytes() <= 65535 - 20);
        must(segment.gso_size == 0 || segment.gso_size < segment.payload.bytes());
        for (peer& p : peers)
            if (p.tuple.local.port == h.source_port && p.tuple.remote.port == h.destination_port)
                note(p, h, segment.payload);
    }
    std::uint16_t path_mtu(address const&, address const&) const override { return mtu; }
    bool takes_super_segments() const override { return super_segments; }
    void opened(four_tuple const&, bool, std::uint32_t) override { ++alive; }
    void ended(four_tuple const&, bool, std::uint32_t) override { must(--alive >= 0); }
    void connected(connection_id, std::uint32_t) override {}
    void acceptable(listener_id, std::uint32_t) override {}
    void readable(connection_id, std::uint32_t) override {}
    void writable(connection_id, std::uint32_t) override {}
    void failed(connection_id, std::uint32_t, boost::system::error_code) override {}
    void finished(connection_id, std::uint32_t) override {}
    std::uint64_t next() override { return random = random * 6364136223846793005 + 1; }

    void step(bytes_left& in);
    void finish();

  private:
    struct held {
        connection_id id;
        std::uint32_t written = 0;
        std::uint32_t taken = 0;
    };

    void note(peer& p, wire::tcp_header const& h, fragments const& payload) {
        auto const length = static_cast<std::uint32_t>(payload.bytes());
        if (h.has(wire::tcp_flag::rst)) return;
        if (h.has(wire::tcp_flag::syn)) {
            p.iss = p.una = p.nxt = h.sequence;
            p.rcv = irs;
        }
        std::uint32_t at = h.sequence;
        for (auto const piece : payload)
            for (std::byte const b : piece)
                must(b == text_at(at++, p.iss + 1));
        bool const counts = h.has(wire::tcp_flag::syn) || h.has(wire::tcp_flag::fin);
        std::uint32_t const end = h.sequence + length + (counts ? 1 : 0);
        if (static_cast<std::int32_t>(end - p.nxt) > 0) p.nxt = end;
        if (h.has(wire::tcp_flag::ack)) p.rcv = h.acknowledgment;
        if (h.options.timestamps) p.stamp = h.options.timestamps->value;
    }

    void arrive(bytes_left& in);
    void use(bytes_left& in);
    void change(bytes_left& in);
    void pass(duration time);
    void settle() {
        tcp.announce();
        tcp.advance(now);
        check();
    }
    void check() {
        auto const broken = tcp.broken_invariant();
        if (!broken) return;
        std::cerr << *broken << "\n";
        std::abort();
    }

    tcp_settings settings;
    instant now{1h};
    std::uint16_t mtu = 1500;
    bool super_segments = true;
    int alive = 0;
    std::uint64_t random = 1;
    std::array<peer, 4> peers;
    std::vector<held> users;
    listener_id listener;
    engine tcp;
};

// Which peer, flags, number, acknowledgement, length, options, offload.
void world::arrive(bytes_left& in) {
    unsigned const which = in.next();
    peer& p = peers[which % peers.size()];
    wire::tcp_header h;
    h.source_port = p.tuple.remote.port;
    h.destination_port = p.tuple.local.port;
    h.flags = static_cast<std::uint8_t>(in.next());
    if ((which & 4U) == 0) h.flags &= static_cast<std::uint8_t>(~wire::tcp_flag::rst);
    auto const off = static_cast<std::int8_t>(in.next());
    bool const opens = h.has(wire::tcp_flag::syn);
    std::uint32_t const scale = (which & 8U) != 0 ? 500 : 1;
    h.sequence = opens ? irs : p.rcv + static_cast<std::uint32_t>(off) * scale;
    std::uint32_t const out = p.nxt - p.una;
    // 200 means all that was sent, more what was not.
    unsigned const part = in.next();
    std::uint32_t const acked = part >= 200 ? out + (part - 200) * 7 : out / 200 * part + part % 2;
    h.acknowledgment = p.una + acked;
    if (h.has(wire::tcp_flag::ack) && part <= 200) p.una = h.acknowledgment;
    h.window = static_cast<std::uint16_t>(in.next() << 8 | ((which & 16U) != 0 ? 255U : 0U));
    unsigned const options = in.next();
    if (opens) {
        if ((options & 1U) != 0) h.options.mss = static_cast<std::uint16_t>(in.next() * 6);
        if ((options & 2U) != 0) h.options.window_scale = static_cast<std::uint8_t>(options >> 4);
        h.options.sack_permitted = (options & 4U) != 0;
    }
    if ((options & 8U) != 0)
        h.options.timestamps = {static_cast<std::uint32_t>(now.time_since_epoch() / 1ms), p.stamp};
    for (unsigned n = opens ? 0 : options & 3U; n > 0; --n) {
        std::uint32_t const begin = p.una + in.next() * (out / 200 + 1);
        h.options.sacks.push_back({begin, begin + in.next() * (out / 100 + 1)});
    }
    std::size_t const length = in.next() * ((which & 32U) != 0 ? 200U : 4U);
    auto const gso = static_cast<std::uint16_t>((which & 64U) != 0 ? 1 + length / 3 : 0);
    wire::tcp_header_bytes const head(h);
    std::vector<std::byte> bytes(head.bytes().begin(), head.bytes().end());
    for (std::size_t i = 0; i < length; ++i)
        bytes.push_back(
            text_at(h.sequence + static_cast<std::uint32_t>(i) + (opens ? 1 : 0), irs + 1));
    auto const ecn = static_cast<std::uint8_t>((which & 128U) != 0 ? 3 : 0);
    tcp.input({there, here, bytes, gso, ecn}, now);
}

void world::use(bytes_left& in) {
    unsigned const what = in.next();
    if (what % 8 == 0) {
        if (auto const id = tcp.accept(listener)) users.push_back({*id});
        return;
    }
    if (what % 8 == 1) {
        peer const& p = peers[1 + what / 8 % 2 * 2];
        if (auto const made = tcp.connect(p.tuple, 1, now)) users.push_back({*made});
        return;
    }
    if (users.empty()) return;
    std::size_t const which = what / 8 % users.size();
    held& u = users[which];
    std::size_t const count = std::size_t{in.next()} * 100;
    switch (what % 8) {
        case 2:
        case 3: {
            auto const room = tcp.writable(u.id);
            std::size_t const part = std::min(room.size(), count);
            for (std::size_t i = 0; i < part; ++i)
                room[i] = text_at(u.written++, 0);
            return tcp.produced(u.id, part, now);
        }
        case 4: {
            std::size_t taken = 0;
            for (auto const piece : tcp.readable(u.id))
                for (std::byte const b : piece) {
                    if (taken == count) break;
                    must(b == text_at(u.taken++, 0));
                    ++taken;
                }
            return tcp.consume(u.id, taken, now);
        }
        case 5:
            return tcp.shutdown_send(u.id, now);
        case 6: {
            connection_options o = tcp.options(u.id);
            o.no_delay = count % 200 == 0;
            o.cork = count % 300 == 0;
            o.keepalive = count % 500 == 0;
            o.user_timeout = count % 700 == 0 ? 30s : 0s;
            o.linger = count % 1100 == 0 ? std::optional<duration>(5s) : std::nullopt;
            return tcp.set_options(u.id, o, now);
        }
        default:
            count % 200 == 0 ? tcp.close(u.id, now) : tcp.abort(u.id, now);
            users.erase(users.begin() + static_cast<std::ptrdiff_t>(which));
    }
}

void world::change(bytes_left& in) {
    unsigned const what = in.next();
    peer const& p = peers[what / 8 % peers.size()];
    auto const size = static_cast<std::uint16_t>(in.next() * 40);
    std::uint32_t const quoted = p.una + in.next() * 8;
    switch (what % 8) {
        case 0:
            mtu = std::max<std::uint16_t>(size, 576);
            break;
        case 1:
            super_segments = size % 80 == 0;
            break;
        case 2:
            tcp.unreachable(p.tuple, quoted, static_cast<unreachable_kind>(size / 40 % 5), now);
            break;
        case 3:
            settings.receive_buffer = settings.send_buffer = size + 1;
            settings.selective_ack = what / 8 % 2 == 0;
            tcp.configure(settings);
            break;
        default:
            tcp.path_mtu_changed(p.tuple, quoted, size, now);
    }
}

/// Timers go off at their times; an engine that has no end of them is broken.
void world::pass(duration time) {
    instant const until = now + time;
    for (int timers = 0;; ++timers) {
        auto const next = tcp.next_deadline();
        if (!next || *next > until) break;
        must(timers < 100'000);
        now = std::max(now, *next);
        settle();
    }
    now = until;
}

void world::step(bytes_left& in) {
    unsigned const what = in.next();
    if (what < 128)
        arrive(in);
    else if (what < 192)
        use(in);
    else if (what < 208)
        change(in);
    else
        pass(1ms * ((in.next() + 1) << (what - 208) / 3));  // up to 2.3 hours
    // Several segments may be one burst.
    if (what % 4 != 1) return settle();
    check();
}

/// All users leave, and in time nothing is left.
void world::finish() {
    for (held const& u : users)
        tcp.abort(u.id, now);
    tcp.close(listener, now);
    settle();
    pass(std::chrono::hours(3));
    auto const left = tcp.occupied();
    must(left.connections + left.half_open + left.time_wait + left.timers + left.chunks +
             left.reorder_blocks + left.kept_options ==
         0);
    must(alive == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    constexpr std::size_t longest = 4096;
    bytes_left in(data, std::min(size, longest));
    world w;
    while (!in.empty())
        w.step(in);
    w.finish();
    return 0;
}
