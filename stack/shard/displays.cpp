// What a shard shows of itself.
#include "stack/shard/parts.hpp"

#include <set>
#include <string>

namespace stack {

void shard::each_connection(std::function<void(connection_info const&)> const& visit) const {
    impl_->engine.each([&](tcp::entry const& entry) {
        // Each shard counts on its own: no two have a number.
        auto const number =
            static_cast<std::uint32_t>(entry.number * impl_->where.count + impl_->where.index);
        visit({number, impl_->sockets.job_of_tag(entry.tag), entry.tuple, entry.state,
               entry.passive, impl_->sockets.maps_v4(entry.tag), entry.id});
    });
}

std::optional<tcp::connection_detail> shard::detail(connection_info const& of, instant now) const {
    return impl_->engine.detail(of.connection, now);
}

void shard::each_route(std::function<void(routing_row const&)> const& visit) const {
    auto const self = impl_->topology.settings().self;
    impl_->router.rows().each([&](four_tuple const& tuple, dvipa::connection_row const& row) {
        // Of this stack: a further shard's, which shows it.
        if (row.holder != self) visit({tuple, row.holder, row.inbound});
    });
    // Connections that live here are rows without a table.
    impl_->engine.each([&](tcp::entry const& entry) {
        if (entry.state == tcp::state::listen ||
            impl_->topology.dvipa(entry.tuple.local.host) == nullptr)
            return;
        visit({entry.tuple, self, entry.passive});
    });
}

void shard::each_destination(std::function<void(destination_row const&)> const& visit) const {
    auto const& table = impl_->router.destinations();
    auto const self = impl_->topology.settings().self;
    for (auto const& dvipa : impl_->topology.settings().dvipas) {
        if (!dvipa.distributed || !impl_->topology.owns(dvipa)) continue;
        bool const dynamic = dvipa.distributed_ports.empty();
        std::set<std::uint16_t> services(dvipa.distributed_ports.begin(),
                                         dvipa.distributed_ports.end());
        if (dynamic) {
            table.each_service([&](endpoint const& service) {
                if (service.host == dvipa.host) services.insert(service.port);
            });
            impl_->ports.each_listener([&](endpoint const& where) {
                if (where.host == dvipa.host.any() || where.host == dvipa.host)
                    services.insert(where.port);
            });
        }
        for (auto port : services) {
            endpoint const service{dvipa.host, port};
            for (auto target : dvipa.targets) {
                std::uint32_t const listeners = target == self
                                                    ? impl_->ports.listeners(service)
                                                    : (table.listens(service, target) ? 1U : 0U);
                if (dynamic && listeners == 0) continue;
                visit({service, target, listeners, table.connections(service, target), dynamic});
            }
        }
    }
}

std::vector<port_use> shard::ports_in_use(address const& local) const {
    return impl_->ports.in_use(local);
}

void shard::each_counter(std::function<void(ip::counted const&)> const& visit) const {
    impl_->counts.each(visit);
    auto const& tcp = impl_->engine.counters();
    for (std::size_t i = 0; i < tcp::counter_count; ++i) {
        auto const which = static_cast<tcp::counter>(i);
        std::string const name = "tcp." + std::string(tcp::name_of(which));
        visit({name, "TCP", tcp::text_of(which), tcp[which]});
    }
}

}  // namespace stack
