#include "daemon/device/device_set.hpp"

#include "daemon/device/kernel_side.hpp"

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

using kind = stack::interface_settings::kind;

bool has_device(stack::interface_settings const& each) {
    return each.type == kind::device && each.active;
}

stack::prefix alone(stack::address const& host) {
    return {host, static_cast<std::uint8_t>(host.bits())};
}

std::set<stack::address> owned_dvipas(stack::settings const& in) {
    std::set<stack::address> result;
    for (auto const& each : in.dvipas)
        if (each.part == stack::dvipa_settings::role::owner) result.insert(each.host);
    return result;
}

}  // namespace

device_set::device_set(std::vector<shard_loop*> loops, kernel_network& kernel,
                       host_settings const& host, std::vector<stack::tun::fence> const& fences)
    : loops_(std::move(loops)),
      kernel_(kernel),
      host_(host),
      fences_(fences),
      by_index_(loops_.size()),
      announcer_(loops_.front()->io(), host_.announce, fences_.front()) {}

host_result<device_set::prepared> device_set::prepare(stack::settings const& next) {
    prepared added;
    for (std::size_t i = 0; i < next.interfaces.size(); ++i) {
        auto const& each = next.interfaces[i];
        if (!has_device(each) || devices_.contains(each.name)) continue;
        auto made = make(next, i);
        if (!made) {
            drop(std::move(added));
            return made.error();
        }
        added.emplace(each.name, std::move(*made));
    }
    return added;
}

host_result<device_set::queue_set> device_set::make(stack::settings const& next,
                                                    std::size_t index) {
    auto const& from = next.interfaces[index];
    auto const host = device_behind(host_, from.name);
    if (!host) return host.error();
    auto device =
        stack::tun::device::create(host->tun, host->mtu.value_or(from.mtu), loops_.size());
    if (!device) return failure{device.error()};
    if (auto const done = prepare_kernel_side(kernel_, *host, index, next); !done)
        return done.error();
    auto const shared = std::make_shared<stack::tun::device const>(std::move(*device));
    queue_set made;
    for (std::size_t i = 0; i < loops_.size(); ++i)
        made.push_back(loops_[i]->run([&](shard_loop& loop) {
            return std::make_unique<tun_interface>(loop, shared, i, fences_[i]);
        }));
    return made;
}

/// Each queue on the thread that reads it.
void device_set::drop(prepared gone) {
    for (auto& [name, queues] : gone)
        for (std::size_t i = 0; i < queues.size(); ++i)
            loops_[i]->run([&](shard_loop&) { queues[i].reset(); });
}

std::vector<std::string> device_set::commit(prepared added, stack::settings const& next) {
    devices_.merge(added);
    prepared gone;
    for (auto each = devices_.begin(); each != devices_.end();) {
        auto const at = each++;
        bool const stays = std::any_of(
            next.interfaces.begin(), next.interfaces.end(),
            [&](auto const& still) { return has_device(still) && still.name == at->first; });
        if (!stays) gone.insert(devices_.extract(at));
    }
    index(next);
    drop(std::move(gone));

    std::vector<std::string> problems;
    auto wanted = wanted_routes(next);
    for (auto const& [address, device] : std::exchange(routes_, {})) {
        auto const still = wanted.find(address);
        if (still != wanted.end() && still->second == device) {
            routes_.insert(wanted.extract(still));
            continue;
        }
        // A route over a device that is gone has gone with it.
        kernel_.remove_route(alone(address), device);
    }
    for (auto const& [address, device] : wanted) {
        auto const done = kernel_.add_route(alone(address), device);
        if (done)
            routes_.emplace(address, device);
        else
            problems.push_back(done.error().message);
    }
    // Behind the routes: what comes for an address that is announced finds its way.
    auto refused = announcer_.own(owned_dvipas(next));
    problems.insert(problems.end(), refused.begin(), refused.end());
    return problems;
}

std::vector<std::string> device_set::came_up(std::string const& link, stack::settings const& now) {
    std::vector<std::string> problems;
    auto const note = [&](host_result<void> const& done) {
        if (!done) problems.push_back(done.error().message);
    };
    for (std::size_t i = 0; i < now.interfaces.size(); ++i) {
        auto const found = devices_.find(now.interfaces[i].name);
        if (found == devices_.end() || found->second.front()->device_name() != link) continue;
        auto const host = device_behind(host_, found->first);
        note(host ? prepare_kernel_side(kernel_, *host, i, now) : host.error());
    }
    for (auto const& [address, device] : routes_)
        if (device == link) note(kernel_.add_route(alone(address), device));
    auto refused = announcer_.came_up(link);
    problems.insert(problems.end(), refused.begin(), refused.end());
    return problems;
}

void device_set::index(stack::settings const& next) {
    for (std::size_t shard = 0; shard < loops_.size(); ++shard)
        loops_[shard]->run([&](shard_loop&) {
            auto& queues = by_index_[shard];
            queues.assign(next.interfaces.size(), nullptr);
            for (std::size_t i = 0; i < next.interfaces.size(); ++i) {
                auto const found = devices_.find(next.interfaces[i].name);
                if (found == devices_.end()) continue;
                queues[i] = found->second[shard].get();
                queues[i]->set_index(i);
            }
        });
}

std::map<stack::address, std::string> device_set::wanted_routes(stack::settings const& next) const {
    std::map<stack::address, std::string> result;
    std::map<bool, std::string> first;  // the first device of IPv6 and of IPv4
    for (auto const& each : next.interfaces) {
        auto const found = devices_.find(each.name);
        if (found == devices_.end()) continue;
        auto const& device = found->second.front()->device_name();
        result.emplace(each.host, device);
        first.emplace(each.host.is_v4(), device);
    }
    // Addresses without a device of their own are reached through the first one of their family.
    auto const route_by_first = [&](stack::address const& host) {
        if (auto const device = first.find(host.is_v4()); device != first.end())
            result.emplace(host, device->second);
    };
    for (auto const& each : next.interfaces)
        if (each.type == kind::virtual_ && each.active) route_by_first(each.host);
    for (auto const& each : next.dvipas)
        if (each.part == stack::dvipa_settings::role::owner) route_by_first(each.host);
    return result;
}

std::vector<std::string> device_set::device_names() const {
    std::vector<std::string> result;
    for (auto const& [name, queues] : devices_)
        result.push_back(queues.front()->device_name());
    return result;
}

void device_set::transmit(std::size_t shard, std::size_t index, stack::fragments const& packet,
                          stack::offload const& meta) {
    auto const& queues = by_index_[shard];
    if (index < queues.size() && queues[index] != nullptr) queues[index]->write(packet, meta);
}

}  // namespace tcpplexd
