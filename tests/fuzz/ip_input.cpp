// Arbitrary packets, from a device and from other stacks, into a shard with listeners, a connection
// and DVIPAs in both roles.
#include "stack/shard/shard.hpp"
#include "stack/tun/offload_check.hpp"
#include "stack/wire/ipv4.hpp"

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
    port_reply allocate(address const&, endpoint const&, port_set const&, port_ticket) override {
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

std::shared_ptr<settings const> sample() {
    using kind = interface_settings::kind;
    auto s = std::make_shared<settings>();
    s->self = {0, 1};
    s->interfaces = {{"LOOPBACK", kind::loopback, address::v4(0x7f000001), 8, 65535, true, {}},
                     {"OSA", kind::device, address::v4(0x0a000001), 24, 1500, true, {}}};
    s->routes = {{{address::any_v4(), 0}, {}, 1, 0}};
    s->ip.forwarding = true;
    dvipa_settings d;
    d.host = address::v4(0x0a090909);
    d.owner = s->self;
    d.shared = true;
    d.distributed = true;
    d.distributed_ports = {8080};
    d.targets = {{0, 1}, {1, 1}};
    s->dvipas.push_back(d);
    d.host = address::v4(0x0a09090a);
    d.part = dvipa_settings::role::target;
    d.owner = {1, 1};
    s->dvipas.push_back(d);
    return s;
}

/// Makes a packet get past the first checks: header, checksum and addresses are right, the rest
/// stays as it came.
void dress(std::vector<std::byte>& packet, unsigned choice) {
    constexpr std::array<std::uint32_t, 4> sources{0x0a000009, 0x0a09090a, 0x0a090909, 0xc0000201};
    constexpr std::array<std::uint32_t, 4> destinations{0x0a000001, 0x0a090909, 0x0a09090a,
                                                        0x0b000001};
    if (packet.size() < wire::ipv4_view::minimum) return;
    wire::ipv4_header header;
    header.total_length = static_cast<std::uint16_t>(packet.size());
    header.ttl = std::to_integer<std::uint8_t>(packet[8]);
    header.payload = static_cast<wire::protocol>(packet[9]);
    header.source = address::v4(sources[choice & 3U]);
    header.destination = address::v4(destinations[choice >> 2 & 3U]);
    wire::write(header, std::span(packet).first<wire::ipv4_view::minimum>());
}

/// A checksum left to do is one that need not be guessed.
offload unfinished(std::vector<std::byte> const& packet, std::uint16_t gso_size) {
    auto const headers = tun::measure_headers(packet);
    if (!headers || !headers->v4 || !headers->tcp) return {};
    auto const kind = gso_size == 0 ? offload::segmentation::none : offload::segmentation::tcp4;
    return {kind, gso_size, true, headers->ip, headers->checksum_offset};
}

}  // namespace

// Input: records of { flags, choice, length, gso_size / 8, packet }.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    nobody world;
    shard it(world, world, world);
    instant now{};
    it.configure(sample(), now);
    auto const server = it.open("SERVER", 1).value();
    it.bind(server, {address::any_v4(), 7}, now);
    it.listen(server, 4, now);
    it.connect(it.open("CLIENT", 2).value(), {address::v4(0x0a000009), 7}, now);
    it.advance(now);
    auto left = std::as_bytes(std::span(data, size));
    constexpr std::size_t head = 4;
    while (left.size() >= head) {
        auto const flags = std::to_integer<unsigned>(left[0]);
        std::size_t const length =
            std::min(std::to_integer<std::size_t>(left[2]), left.size() - head);
        std::vector<std::byte> packet(left.begin() + head,
                                      left.begin() + static_cast<std::ptrdiff_t>(head + length));
        if ((flags & 2U) != 0) dress(packet, std::to_integer<unsigned>(left[1]));
        auto const gso_size = static_cast<std::uint16_t>(std::to_integer<unsigned>(left[3]) / 8);
        offload const meta = (flags & 4U) != 0 ? unfinished(packet, gso_size) : offload{};
        if ((flags & 1U) != 0)
            it.receive_forwarded({1, 1}, packet, meta, now);
        else
            it.receive(1, packet, meta, now);
        now += std::chrono::milliseconds(flags);
        it.advance(now);
        left = left.subspan(head + length);
    }
    return 0;
}
