// Arbitrary packets, from a device and from other stacks, into a shard with listeners, a connection
// and DVIPAs in both roles.
#include "stack/shard/shard.hpp"
#include "stack/tun/offload_check.hpp"

#include <cstring>
#include <span>

namespace {

using namespace stack;

class nobody : public environment, public port_source, public entropy {
  public:
    void transmit(std::size_t, fragments const& packet, offload const&) override { touch(packet); }
    void forward(member_id, fragments const& packet, offload const&) override { touch(packet); }
    void notify(member_id, connection_notice const&) override {}
    port_holder who_holds(address const&, std::uint16_t port) override {
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

}  // namespace

// Input: records of { 1 byte flags, 1 byte length / 8, vnet header, packet }.
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
    constexpr std::size_t head = 2 + sizeof(tun::vnet_header);
    while (left.size() >= head) {
        auto const flags = std::to_integer<unsigned>(left[0]);
        std::size_t const length =
            std::min(std::to_integer<std::size_t>(left[1]) * 8, left.size() - head);
        tun::vnet_header header;
        std::memcpy(&header, left.data() + 2, sizeof header);
        auto const packet = left.subspan(head, length);
        auto const meta = tun::check_offload(header, packet);
        if ((flags & 1U) != 0)
            it.receive_forwarded({1, 1}, packet, meta.value_or(offload{}), now);
        else if (meta)
            it.receive(1, packet, *meta, now);
        now += std::chrono::milliseconds(flags >> 1);
        it.advance(now);
        left = left.subspan(head + length);
    }
    return 0;
}
