// What a shard shows of itself.
#include "stack/shard/parts.hpp"

#include <algorithm>
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

namespace {

/// The ports of one distribution: those it names, or those that somebody has listened on and no
/// other names.
template <class Parts>
std::set<std::uint16_t> services_of(Parts const& of, dvipa_settings const& dvipa,
                                    distribution_settings const& rule) {
    std::set<std::uint16_t> services;
    for (std::uint32_t port = rule.first_port; port != 0 && port <= rule.last_port; ++port)
        services.insert(static_cast<std::uint16_t>(port));
    if (!rule.is_dynamic()) return services;
    auto const add = [&](endpoint const& where) {
        bool const is_its = where.host == dvipa.host.any() || where.host == dvipa.host;
        if (is_its && dvipa.distribution_of(where.port) == &rule) services.insert(where.port);
    };
    of.router.destinations().each_service(add);
    of.ports.each_listener(add);
    return services;
}

template <class Parts>
destination_row row_of(Parts const& of, endpoint const& service, distribution_settings const& rule,
                       member_id who) {
    auto const& table = of.router.destinations();
    auto const* const known = table.find(service, who);
    destination_row row;
    row.service = service;
    row.target = who;
    auto const& settings = of.topology.settings();
    if (who != settings.self)
        row.listeners = known != nullptr && known->listens ? 1U : 0U;
    else if (!settings.quiesced.contains(service.port))
        row.listeners = of.ports.listeners(service);
    row.method = rule.method;
    row.weight = table.weight(service, rule, who);
    row.stands_by = rule.method == distribution_method::hot_standby && !table.stands(service, who);
    row.dynamic = rule.is_dynamic();
    if (known == nullptr) return row;
    row.total_connections = known->connections;
    row.active_connections = known->active;
    row.responsiveness = known->responsiveness();
    row.arrived = known->arriving.percent();
    row.established = known->established;
    row.accepted = known->accepted;
    row.room = known->room;
    return row;
}

}  // namespace

void shard::each_destination(std::function<void(destination_row const&)> const& visit) const {
    for (auto const& dvipa : impl_->topology.settings().dvipas) {
        if (!impl_->topology.owns(dvipa)) continue;
        for (auto const& rule : dvipa.distributions)
            for (auto const port : services_of(*impl_, dvipa, rule))
                for (auto const& target : rule.targets) {
                    auto const row = row_of(*impl_, {dvipa.host, port}, rule, target.who);
                    if (!rule.is_dynamic() || row.listeners != 0) visit(row);
                }
    }
}

unsigned shard::fullness() const {
    auto const limit = impl_->topology.settings().tcp.buffer_memory / impl_->where.count;
    auto const buffered = impl_->engine.occupied().chunks * chunk_pool::chunk_size;
    auto const of_buffers = buffered * 100 / std::max<std::size_t>(limit, 1);
    auto const of_rows = impl_->router.rows().size() * 100 / dvipa::routing_table::most_rows;
    return static_cast<unsigned>(std::max(of_buffers, of_rows));
}

served_services shard::served() const {
    served_services counted;
    auto const& settings = impl_->topology.settings();
    impl_->ports.each_listener([&](endpoint const& where) {
        for (auto const& dvipa : settings.dvipas) {
            if (where.host != dvipa.host && where.host != dvipa.host.any()) continue;
            auto const* const rule = dvipa.distribution_of(where.port);
            if (rule == nullptr || rule->target(settings.self) == nullptr) continue;
            endpoint const service{dvipa.host, where.port};
            counted.insert_or_assign(service, impl_->engine.served(service));
        }
    });
    return counted;
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
