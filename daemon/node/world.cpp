#include "daemon/node/world.hpp"

#include "daemon/loop/log.hpp"
#include "daemon/sysplex/port_bridge.hpp"

#include <fmt/format.h>

namespace tcpplexd {

void world::transmit(std::size_t index, stack::fragments const& packet,
                     stack::offload const& meta) {
    if (devices_ != nullptr) devices_->transmit(0, index, packet, meta);
}

void world::hand_over(std::size_t shard, stack::member_id from, std::span<std::byte const> packet,
                      stack::offload const& meta) {
    if (others_ != nullptr) others_->post(0, shard, from, packet, meta);
}

void world::forward(stack::member_id to, stack::fragments const& packet,
                    stack::offload const& meta) {
    if (links_ == nullptr || packet.empty()) return;
    if (fence_.lets_through(*packet.begin())) links_->send_packet(to, packet, meta);
}

void world::notify(stack::member_id to, stack::connection_notice const& notice) {
    auto const& self = facility_.self();
    if (to == stack::member_id{self.slot, self.incarnation}) {
        loop_->core().notice(to, notice, loop_->now());
        return loop_->touch();
    }
    if (links_ != nullptr) links_->send_notice(to, notice);
}

stack::port_holder world::who_holds(stack::four_tuple const& tuple) {
    using answer = stack::port_holder::kind;
    auto const holder = facility_.who_holds(facility_key(tuple.local.host), tuple.local.port,
                                            facility_destination(tuple.remote));
    switch (holder.what) {
        case cf::port_holder::kind::nobody:
            return {answer::nobody, {}};
        case cf::port_holder::kind::one:
            return {answer::one, {holder.slot, holder.incarnation}};
        case cf::port_holder::kind::several:
            return {answer::several, {}};
        // A service port says nothing about one connection.
        case cf::port_holder::kind::service:
            break;
    }
    return {answer::unknown, {}};
}

void world::warn_of_exhausted_pool() {
    auto const now = boot_time();
    if (told_of_exhausted_pool_ && now - *told_of_exhausted_pool_ < std::chrono::minutes(5)) return;
    told_of_exhausted_pool_ = now;
    log_message(severity::warning,
                "EZD1296I EXPLICITBINDPORTRANGE exhausted: no port of the pool is free for a bind "
                "to port 0, which fails with EADDRNOTAVAIL; give it more ports, 128 or more a "
                "stack (tcpplex display sysplex ports)");
}

void world::warn(stack::warning what, stack::address const& about) {
    switch (what) {
        case stack::warning::source_inactive:
            log_message(severity::warning,
                        fmt::format("{}, which SRCIP or TCPSTACKSOURCEVIPA names, is no active "
                                    "address of this stack: connections leave from another "
                                    "(tcpplex netstat home)",
                                    about.to_string()));
            break;
        case stack::warning::explicit_bind_exhausted:
            warn_of_exhausted_pool();
    }
}

}  // namespace tcpplexd
