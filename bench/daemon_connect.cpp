// What sharing adds to a connect: the same shard opens connections from a DVIPA whose ports are its
// own, and from one whose ports come from the coupling facility on shared memory. Socket, source
// selection, port, SYN, and giving it up are all in the figure.
#include "cf/backend/shared_memory/backend.hpp"
#include "daemon/loop/random_source.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/sysplex/port_bridge.hpp"

#include <benchmark/benchmark.h>
#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

stack::address const dvipa = stack::address::v4(0x0a010909);
stack::endpoint const partner{stack::address::v4(0x0a020009), 7000};

/// A network that swallows what is sent.
class nowhere : public stack::environment {
  public:
    void transmit(std::size_t, stack::fragments const& packet, stack::offload const&) override {
        sent += packet.bytes();
    }
    void forward(stack::member_id, stack::fragments const&, stack::offload const&) override {}
    void notify(stack::member_id, stack::connection_notice const&) override {}
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }
    std::size_t sent = 0;
};

std::shared_ptr<stack::settings const> settings(bool shared) {
    auto result = std::make_shared<stack::settings>();
    result->self = {0, 1};
    stack::interface_settings device;
    device.name = "OSA1";
    device.host = stack::address::v4(0x0a010101);
    device.prefix_length = 24;
    stack::interface_settings loopback;
    loopback.type = stack::interface_settings::kind::loopback;
    loopback.host = stack::address::v4(0x7f000001);
    result->interfaces = {loopback, device};
    result->routes.push_back({{stack::address::any_v4(), 0}, stack::address::v4(0x0a0101fe), 1, 0});
    stack::dvipa_settings owned;
    owned.host = dvipa;
    owned.owner = result->self;
    owned.shared = shared;
    result->dvipas.push_back(owned);
    result->ip.source_vipa = true;
    result->ip.tcp_stack_source_vipa = dvipa;
    return result;
}

class facility_file {
  public:
    facility_file() : path_("/dev/shm/tcpplex-bench-connect-" + std::to_string(getpid())) {}
    ~facility_file() { std::filesystem::remove(path_); }
    std::unique_ptr<cf::connector> join() const {
        cf::member_description const who{
            .stack = "BENCH", .system = "BENCH", .xcf = {}, .dynamic_xcf = {}, .pid = getpid()};
        auto joined =
            cf::connector::join(cf::shared_memory::backend::open(path_).value(), who, 1).value();
        auto const key = tcpplexd::facility_key(dvipa);
        joined->begin_enable(key, {}).value();
        joined->backfill(key, {}).value();
        joined->try_complete(key).value();
        return joined;
    }

  private:
    std::string path_;
};

void connect_and_abort(benchmark::State& state, bool shared) {
    facility_file const file;
    boost::asio::io_context io;
    auto const facility = file.join();
    tcpplexd::facility_thread worker(io);
    tcpplexd::port_bridge bridge(io, *facility, worker);
    nowhere world;
    tcpplexd::random_source random;
    tcpplexd::stack_ports ports(bridge, {});
    stack::shard core(world, ports.of(0), random);
    tcpplexd::shard_loop loop(io, core);
    std::vector<tcpplexd::shard_loop*> const loops{&loop};
    ports.attach(loops, [](stack::address const&) { return false; });
    bridge.attach(ports, {.wanted = [shared](stack::address const&) { return shared; },
                          .in_blocks = [](stack::address const&) { return false; },
                          .others = {},
                          .recall = {}});
    auto now = tcpplexd::boot_time();
    core.configure(settings(shared), now);

    benchmark::IterationCount syns = 0;
    for (auto _ : state) {
        auto const before = world.sent;
        auto const socket = core.open("BENCH", 1);
        core.connect(*socket, partner, now);
        core.advance(now);
        syns += world.sent > before ? 1 : 0;
        core.abort(*socket, now);
        core.close(*socket, now);
        core.advance(now);
        core.clear_events();
        now += std::chrono::microseconds(1);
    }
    if (syns != state.iterations())
        throw std::logic_error("a connect did not send its SYN: the figure means nothing");
}

void local_ports(benchmark::State& state) {
    connect_and_abort(state, false);
}
void shared_ports(benchmark::State& state) {
    connect_and_abort(state, true);
}

BENCHMARK(local_ports)->Name("connect/local_ports");
BENCHMARK(shared_ports)->Name("connect/shared_ports");

}  // namespace
