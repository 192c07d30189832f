// Arbitrary packets of both families, fragments among them, from a device and from other stacks,
// into a shard with listeners, connections, UDP sockets and DVIPAs in both roles.
#include "stack/shard/shard.hpp"
#include "stack/tun/offload_check.hpp"
#include "stack/wire/checksum.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/pseudo_header.hpp"
#include "stack/wire/udp.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <vector>

namespace {

using namespace stack;

class nobody : public environment, public port_source, public entropy {
  public:
    void transmit(std::size_t, fragments const& packet, offload const&) override { touch(packet); }
    void forward(member_id, fragments const& packet, offload const&) override { touch(packet); }
    void notify(member_id, connection_notice const&) override {}
    port_holder who_holds(four_tuple const& tuple) override {
        auto const port = tuple.local.port;
        return {static_cast<port_holder::kind>(port % 4),
                {static_cast<std::uint16_t>(port % 3), 1}};
    }
    port_reply allocate(address const&, endpoint const&, port_set const&, std::uint64_t,
                        port_ticket) override {
        return {port_answer::granted, 40000};
    }
    port_reply claim(address const&, std::uint16_t port, port_ticket) override {
        return {port_answer::granted, port};
    }
    void release(address const&, std::uint16_t) override {}
    void opened(four_tuple const&, bool) override {}
    void ended(four_tuple const&) override {}
    port_reply serve(address const&, std::uint16_t port, port_ticket) override {
        return {port_answer::granted, port};
    }
    void unserve(address const&, std::uint16_t) override {}
    std::uint64_t next() override { return 0x1234567812345678; }

  private:
    void touch(fragments const& packet) {
        for (auto piece : packet)
            for (auto b : piece)
                sum_ = sum_ + std::to_integer<unsigned>(b);
    }
    unsigned volatile sum_ = 0;
};

/// 2001:db8:: and a number.
address v6(std::uint32_t number) {
    address::bytes_type bytes{0x20, 0x01, 0x0d, 0xb8};
    for (unsigned i = 0; i < 4; ++i)
        bytes[12 + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return address(bytes);
}

std::shared_ptr<settings const> sample() {
    using kind = interface_settings::kind;
    auto s = std::make_shared<settings>();
    s->self = {0, 1};
    s->interfaces = {{"LOOPBACK", kind::loopback, address::v4(0x7f000001), 8, 65535, true, {}},
                     {"OSA", kind::device, address::v4(0x0a000001), 24, 600, true, {}},
                     {"OSA6", kind::device, v6(0x0a000001), 64, 1280, true, {}}};
    s->routes = {{{address::any_v4(), 0}, {}, 1, 100}, {{address(), 0}, {}, 2, 0}};
    s->ip.forwarding = s->ip6.forwarding = true;
    dvipa_settings d;
    d.shared = true;
    auto& rule = d.distributions.emplace_back();
    rule.first_port = rule.last_port = 8080;
    for (auto const who : {member_id{0, 1}, member_id{1, 1}})
        rule.targets.emplace_back().who = who;
    d.owner = s->self;
    for (auto const& host : {address::v4(0x0a090909), v6(0x0a090909)}) {
        d.host = host;
        s->dvipas.push_back(d);
    }
    d.part = dvipa_settings::role::target;
    d.owner = {1, 1};
    for (auto const& host : {address::v4(0x0a09090a), v6(0x0a09090a)}) {
        d.host = host;
        s->dvipas.push_back(d);
    }
    s->tunnels = {{{1, 1}, address::v4(0x0a000007)}, {{1, 1}, v6(0x0a000007)}};
    s->tunnel_sources = {{v6(0x0a000009), {1, 1}}, {address::v4(0x0a000009), {1, 1}}};
    std::sort(s->tunnel_sources.begin(), s->tunnel_sources.end(),
              [](auto const& a, auto const& b) { return a.host < b.host; });
    return s;
}

namespace flag {
constexpr unsigned from_member = 1;
constexpr unsigned dressed = 2;
constexpr unsigned unfinished = 4;
constexpr unsigned ipv6 = 8;
constexpr unsigned fragment = 16;
constexpr unsigned minute = 32;
}  // namespace flag

constexpr std::array<std::uint32_t, 4> sources{0x0a000009, 0x0a09090a, 0x0a090909, 0xc0000201};
constexpr std::array<std::uint32_t, 4> destinations{0x0a000001, 0x0a090909, 0x0a09090a, 0x0b000001};

void dress_v4(std::vector<std::byte>& packet, unsigned flags, unsigned choice) {
    if (packet.size() < wire::ipv4_view::minimum) return;
    wire::ipv4_header header;
    header.total_length = static_cast<std::uint16_t>(packet.size());
    header.ttl = std::to_integer<std::uint8_t>(packet[8]);
    header.payload = static_cast<wire::protocol>(packet[9]);
    header.source = address::v4(sources[choice & 3U]);
    header.destination = address::v4(destinations[choice >> 2 & 3U]);
    auto const place = load_be16(packet.data() + 6);
    auto const own = std::span(packet).first<wire::ipv4_view::minimum>();
    wire::write(header, own);
    if ((flags & flag::fragment) != 0)
        wire::set_fragment(own, packet.size(), (place & 0x1fffU) * 8, (place & 0x2000U) != 0);
}

void dress_v6(std::vector<std::byte>& packet, unsigned flags, unsigned choice) {
    if (packet.size() < wire::ipv6_view::minimum) return;
    wire::ipv6_header header;
    header.payload_length = static_cast<std::uint16_t>(packet.size() - wire::ipv6_view::minimum);
    header.next_header = static_cast<wire::protocol>(packet[6]);
    if ((flags & flag::fragment) != 0) header.next_header = wire::protocol::fragment;
    header.hop_limit = std::to_integer<std::uint8_t>(packet[7]);
    header.source = v6(sources[choice & 3U]);
    header.destination = v6(destinations[choice >> 2 & 3U]);
    wire::write(header, std::span(packet).first<wire::ipv6_view::minimum>());
}

/// ICMP says nothing with a checksum that is wrong, nor does UDP.
void seal(std::vector<std::byte>& packet, unsigned flags) {
    bool const v4 = (flags & flag::ipv6) == 0;
    std::size_t const ip = v4 ? wire::ipv4_view::minimum : wire::ipv6_view::minimum;
    if (packet.size() < ip + 4) return;
    auto const body = std::span(packet).subspan(ip);
    wire::ipv6_view const six(packet);
    wire::ipv4_view const four(packet);
    auto const protocol = static_cast<wire::protocol>(v4 ? packet[9] : packet[6]);
    bool const is_icmp = protocol == (v4 ? wire::protocol::icmp : wire::protocol::icmp6);
    bool const is_udp = protocol == wire::protocol::udp && body.size() >= wire::udp_header_length;
    if (!is_icmp && !is_udp) return;
    std::size_t const field = is_udp ? wire::udp_checksum_offset : 2;
    store_be16(body.data() + field, 0);
    auto const length = static_cast<std::uint16_t>(body.size());
    wire::checksum sum;
    if (!v4)
        sum = wire::pseudo_header(six.source(), six.destination(), protocol, length);
    else if (is_udp)
        sum = wire::pseudo_header(four.source(), four.destination(), protocol, length);
    sum.add(body);
    store_be16(body.data() + field, wire::udp_checksum_field(sum.value()));
}

/// Makes a packet get past the first checks: header, checksum and addresses are right, the rest
/// stays as it came.
void dress(std::vector<std::byte>& packet, unsigned flags, unsigned choice) {
    if ((flags & flag::ipv6) != 0)
        dress_v6(packet, flags, choice);
    else
        dress_v4(packet, flags, choice);
    seal(packet, flags);
}

/// A checksum left to do is one that need not be guessed.
offload unfinished(std::vector<std::byte> const& packet, std::uint16_t gso_size) {
    auto const headers = tun::measure_headers(packet);
    if (!headers || (!headers->tcp && gso_size != 0)) return {};
    auto const super = headers->v4 ? offload::segmentation::tcp4 : offload::segmentation::tcp6;
    auto const kind = gso_size == 0 ? offload::segmentation::none : super;
    return {kind, gso_size, true, headers->ip, headers->checksum_offset};
}

}  // namespace

/// Sends what has come back to where it came from.
void echo(udp::sockets& sockets, udp::socket_id server, instant now) {
    while (auto const d = sockets.front(server)) {
        if (sockets.send(server, d->source, d->payload, now)) sockets.take_error(server);
        sockets.pop(server);
    }
    sockets.clear_events();
}

// Input: records of { flags, choice, length, gso_size / 8, packet }.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    nobody world;
    shard it(world, world, world);
    instant now{};
    it.configure(sample(), now);
    auto const server = it.open("SERVER", 1).value();
    it.bind(server, {address(), 7}, now);
    it.listen(server, 4, now);
    it.connect(it.open("CLIENT", 2).value(), {address::v4(0x0a000009), 7}, now);
    it.connect(it.open("CLIENT", 3).value(), {v6(0x0a000009), 7}, now);
    auto const echoes = it.udp().open("ECHO", 4);
    it.udp().bind(echoes, {address(), 7}, {.reuse = true});
    for (auto const& to : {address::v4(0x0a000009), v6(0x0a000009)}) {
        auto const client = it.udp().open("CLIENT", 5);
        it.udp().bind(client, {address(), 9}, {.reuse = true});
        it.udp().connect(client, {to, 9});
    }
    it.advance(now);
    auto left = std::as_bytes(std::span(data, size));
    constexpr std::size_t head = 4;
    while (left.size() >= head) {
        auto const flags = std::to_integer<unsigned>(left[0]);
        std::size_t const length =
            std::min(std::to_integer<std::size_t>(left[2]), left.size() - head);
        std::vector<std::byte> packet(left.begin() + head,
                                      left.begin() + static_cast<std::ptrdiff_t>(head + length));
        if ((flags & flag::dressed) != 0) dress(packet, flags, std::to_integer<unsigned>(left[1]));
        auto const gso_size = static_cast<std::uint16_t>(std::to_integer<unsigned>(left[3]) / 8);
        offload const meta =
            (flags & flag::unfinished) != 0 ? unfinished(packet, gso_size) : offload{};
        if ((flags & flag::from_member) != 0)
            it.receive_forwarded({1, 1}, packet, meta, now);
        else
            it.receive(1, packet, meta, now);
        now += (flags & flag::minute) != 0 ? duration(std::chrono::minutes(1))
                                           : duration(std::chrono::milliseconds(flags));
        echo(it.udp(), echoes, now);
        it.advance(now);
        left = left.subspan(head + length);
    }
    return 0;
}
