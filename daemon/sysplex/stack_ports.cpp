#include "daemon/sysplex/stack_ports.hpp"

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

/// The stack's source sees the shard in a ticket's highest byte: no shard counts so far.
constexpr unsigned shard_shift = 56;

stack::port_ticket ticket_of(std::size_t shard, stack::port_ticket own) {
    return own | std::uint64_t{shard} << shard_shift;
}
std::size_t shard_of(stack::port_ticket ticket) {
    return static_cast<std::size_t>(ticket >> shard_shift);
}
stack::port_ticket own_ticket(stack::port_ticket ticket) {
    return ticket & ((std::uint64_t{1} << shard_shift) - 1);
}

std::uint64_t bit(std::size_t shard) {
    return std::uint64_t{1} << shard;
}

}  // namespace

stack_ports::stack_ports(stack::port_source& whole, stack::placement const& first)
    : whole_(whole), held_(0, stack::wire::keyed_hash{first.key}) {
    for (std::size_t shard = 0; shard < first.count; ++shard)
        lanes_.emplace_back(*this, shard);
}

void stack_ports::tell(std::size_t shard, stack::port_ticket ticket,
                       stack::port_reply const& reply) {
    auto const resolve = [&loop = *(*loops_)[shard], ticket, reply] {
        loop.core().port_resolved(ticket, reply, loop.now());
        loop.touch();
    };
    if (shard == 0) return resolve();
    boost::asio::post((*loops_)[shard]->io(), resolve);
}

// ---- requests ----

stack::port_reply stack_ports::lane::allocate(stack::address const& dvipa,
                                              stack::endpoint const& remote,
                                              stack::port_set const& excluded, std::uint64_t stride,
                                              stack::port_ticket ticket) {
    allocation const what{dvipa, remote.port != 0};
    auto const whole = ticket_of(shard_, ticket);
    auto const reply = all_.whole_.allocate(dvipa, remote, excluded, stride, whole);
    if (reply.answer == stack::port_answer::pending)
        all_.allocating_.emplace(whole, what);
    else
        all_.allocated(shard_, what, reply);
    return reply;
}

void stack_ports::allocated(std::size_t shard, allocation const& what,
                            stack::port_reply const& reply) {
    if (reply.answer != stack::port_answer::granted) return;
    if (what.for_one && by_connection_(what.dvipa)) return;
    granted(shard, false, {what.dvipa, reply.port});
}

stack::port_reply stack_ports::lane::claim(stack::address const& dvipa, std::uint16_t port,
                                           stack::port_ticket ticket) {
    return all_.ask(shard_, false, {dvipa, port}, ticket);
}

stack::port_reply stack_ports::lane::serve(stack::address const& dvipa, std::uint16_t port,
                                           stack::port_ticket ticket) {
    return all_.ask(shard_, true, {dvipa, port}, ticket);
}

stack::port_reply stack_ports::ask(std::size_t shard, bool service, stack::endpoint const& port,
                                   stack::port_ticket ticket) {
    auto const found = held_.find(port);
    if (found != held_.end()) {
        auto const& holds = found->second;
        // As to another stack: a service port is nobody's source port.
        if (!service && holds.services != 0) return {stack::port_answer::in_use, 0};
        if ((service ? holds.services : holds.sources) != 0) {
            granted(shard, service, port);
            return {stack::port_answer::granted, port.port};
        }
    }
    auto const whole = ticket_of(shard, ticket);
    auto const same = std::find_if(asked_.begin(), asked_.end(), [&](question const& each) {
        return each.service == service && each.port == port;
    });
    if (same != asked_.end()) {
        same->followers.push_back(whole);
        return {stack::port_answer::pending, 0};
    }
    auto const reply = service ? whole_.serve(port.host, port.port, whole)
                               : whole_.claim(port.host, port.port, whole);
    if (reply.answer == stack::port_answer::pending)
        asked_.push_back({service, port, whole});
    else if (reply.answer == stack::port_answer::granted)
        granted(shard, service, port);
    return reply;
}

void stack_ports::granted(std::size_t shard, bool service, stack::endpoint const& port) {
    auto& holds = held_[port];
    if (!service) {
        holds.sources |= bit(shard);
        return;
    }
    holds.services |= bit(shard);
    holds.sources = 0;  // the facility turns a source port that becomes a service port into that
}

void stack_ports::answered(stack::port_ticket ticket, stack::port_reply const& reply) {
    auto const shard = shard_of(ticket);
    if (auto const found = allocating_.find(ticket); found != allocating_.end()) {
        auto const what = found->second;
        allocating_.erase(found);
        allocated(shard, what, reply);
        return tell(shard, own_ticket(ticket), reply);
    }
    auto const found = std::find_if(asked_.begin(), asked_.end(),
                                    [&](question const& each) { return each.ticket == ticket; });
    if (found == asked_.end()) return;
    auto asked = std::move(*found);
    asked_.erase(found);
    asked.followers.insert(asked.followers.begin(), ticket);
    if (reply.answer == stack::port_answer::granted)
        for (auto const each : asked.followers)
            granted(shard_of(each), asked.service, asked.port);
    for (auto const each : asked.followers)
        tell(shard_of(each), own_ticket(each), reply);
}

// ---- what is given back ----

void stack_ports::lane::release(stack::address const& dvipa, std::uint16_t port) {
    all_.give_back(shard_, false, {dvipa, port});
}

void stack_ports::lane::unserve(stack::address const& dvipa, std::uint16_t port) {
    all_.give_back(shard_, true, {dvipa, port});
}

// What is not found was forgotten while the message was on its way.
void stack_ports::give_back(std::size_t shard, bool service, stack::endpoint const& port) {
    auto const found = held_.find(port);
    if (found == held_.end()) return;
    auto& mine = service ? found->second.services : found->second.sources;
    if ((mine & bit(shard)) == 0) return;
    mine &= ~bit(shard);
    bool const last = mine == 0;
    if (found->second.sources == 0 && found->second.services == 0) held_.erase(found);
    if (!last) return;
    if (service)
        whole_.unserve(port.host, port.port);
    else
        whole_.release(port.host, port.port);
}

void stack_ports::lane::opened(stack::four_tuple const& tuple, bool inbound) {
    all_.whole_.opened(tuple, inbound);
}

void stack_ports::lane::ended(stack::four_tuple const& tuple) {
    all_.whole_.ended(tuple);
}

// ---- all shards ----

std::vector<stack::port_use> stack_ports::in_use(stack::address const& local) const {
    std::vector<stack::port_use> all;
    for (auto* const each : *loops_) {
        auto const some =
            each->run([&](shard_loop& loop) { return loop.core().ports_in_use(local); });
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

std::vector<stack::port_use> stack_ports::adopt(stack::address const& dvipa) {
    forget(dvipa);
    std::vector<stack::port_use> all;
    for (std::size_t shard = 0; shard < lanes_.size(); ++shard) {
        auto const uses =
            (*loops_)[shard]->run([&](shard_loop& loop) { return loop.core().adopt(dvipa); });
        for (auto const& use : uses) {
            auto& holds = held_[{dvipa, use.port}];
            (use.service ? holds.services : holds.sources) |= bit(shard);
        }
        all.insert(all.end(), uses.begin(), uses.end());
    }
    return all;
}

void stack_ports::disown(stack::address const& dvipa) {
    forget(dvipa);
    for (auto* const each : *loops_)
        each->run([&](shard_loop& loop) { loop.core().disown(dvipa); });
}

void stack_ports::forget(stack::address const& dvipa) {
    boost::unordered::erase_if(held_, [&](auto const& each) { return each.first.host == dvipa; });
}

}  // namespace tcpplexd
