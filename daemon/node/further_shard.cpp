#include "daemon/node/further_shard.hpp"

#include "daemon/loop/log.hpp"

#include <utility>
#include <vector>

namespace tcpplexd {

further_shard::further_shard(stack::placement const& place, shard_loop& first, post_office& office,
                             stack_ports& ports, stack::environment& of_first)
    : index_(place.index),
      first_(first),
      of_first_(of_first),
      office_(office),
      ports_(place.index, first.io(), ports),
      open_(io_.get_executor()),
      core_(*this, ports_, random_, place),
      loop_(io_, core_, place.index, &first),
      services_(loop_, [](std::string const& text) { log_message(severity::error, text); }),
      mail_(loop_, place.index, office) {}

further_shard::~further_shard() {
    stop();
}

void further_shard::start(device_set& devices) {
    devices_ = &devices;
    thread_ = std::thread([this] { io_.run(); });
    loop_.belongs_to(thread_.get_id());
}

void further_shard::stop() {
    if (!thread_.joinable()) return;
    io_.stop();
    thread_.join();
    loop_.belongs_to(std::this_thread::get_id());
}

void further_shard::transmit(std::size_t index, stack::fragments const& packet,
                             stack::offload const& meta) {
    devices_->transmit(index_, index, packet, meta);
}

void further_shard::hand_over(std::size_t shard, stack::member_id from,
                              std::span<std::byte const> packet, stack::offload const& meta) {
    office_.post(index_, shard, from, packet, meta);
}

// Errors of ICMP to a DVIPA of another stack, whose rate is limited: everything else for one has
// gone to the first shard before.
void further_shard::forward(stack::member_id to, stack::fragments const& packet,
                            stack::offload const& meta) {
    std::vector<std::byte> bytes;
    bytes.reserve(packet.bytes());
    for (auto const piece : packet)
        bytes.insert(bytes.end(), piece.begin(), piece.end());
    boost::asio::post(first_.io(), [&there = of_first_, to, bytes = std::move(bytes), meta] {
        stack::fragments whole;
        whole.push_back(bytes);
        there.forward(to, whole, meta);
    });
}

void further_shard::notify(stack::member_id to, stack::connection_notice const& notice) {
    boost::asio::post(first_.io(), [&there = of_first_, to, notice] { there.notify(to, notice); });
}

void further_shard::warn(stack::warning what, stack::address const& about) {
    boost::asio::post(first_.io(), [&there = of_first_, what, about] { there.warn(what, about); });
}

}  // namespace tcpplexd
