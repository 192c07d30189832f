#include "daemon/change/translate.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tcpplexd {

namespace {

/// Packets between stacks go whole, up to what XCF carries.
constexpr std::uint16_t xcf_mtu = 65535;
constexpr std::uint16_t default_mtu = 1500;

stack::interface_settings loopback() {
    stack::interface_settings result;
    result.name = "LOOPBACK";
    result.type = stack::interface_settings::kind::loopback;
    result.host = stack::address::v4(0x7f000001);
    result.prefix_length = 8;
    result.mtu = 65535;
    return result;
}

stack::interface_settings loopback6() {
    stack::interface_settings result = loopback();
    result.name = "LOOPBACK6";
    result.host = *stack::address::parse("::1");
    result.prefix_length = 128;
    return result;
}

std::optional<stack::address> source_vipa(std::optional<std::string> const& interface,
                                          parser::configuration const& all) {
    auto const* vipa = interface ? all.find_interface(*interface) : nullptr;
    return vipa != nullptr ? std::optional(to_stack(vipa->address)) : std::nullopt;
}

stack::interface_settings translate(parser::interface_configuration const& from,
                                    parser::configuration const& all) {
    stack::interface_settings result;
    result.name = from.name;
    result.type = from.kind == parser::interface_kind::ipaqenet
                      ? stack::interface_settings::kind::device
                      : stack::interface_settings::kind::virtual_;
    result.host = to_stack(from.address);
    result.prefix_length = from.prefix_length;
    result.mtu = from.mtu.value_or(default_mtu);
    result.active = from.started;
    result.source_vipa = source_vipa(from.source_vipa_interface, all);
    return result;
}

stack::interface_settings dynamic_xcf(char const* name, parser::dynamic_xcf const& from,
                                      parser::configuration const& all) {
    stack::interface_settings result;
    result.name = name;
    result.type = stack::interface_settings::kind::xcf;
    result.host = to_stack(from.address);
    result.prefix_length = from.prefix_length;
    result.mtu = xcf_mtu;
    result.source_vipa = source_vipa(from.source_vipa_interface, all);
    return result;
}

std::vector<stack::route_settings> routes(parser::configuration const& from,
                                          stack::settings const& into) {
    std::vector<stack::route_settings> result;
    for (auto const& each : from.routes) {
        auto const at =
            std::find_if(into.interfaces.begin(), into.interfaces.end(),
                         [&](auto const& candidate) { return candidate.name == each.interface; });
        if (at == into.interfaces.end())
            continue;  // the parser refuses a route over an unknown interface
        stack::route_settings route;
        route.destination = {to_stack(each.destination.network), each.destination.length};
        if (each.gateway) route.gateway = to_stack(*each.gateway);
        route.interface = static_cast<std::size_t>(at - into.interfaces.begin());
        route.mtu = each.mtu.value_or(0);
        result.push_back(route);
    }
    return result;
}

stack::port_reservation reservation(parser::port_protocol protocol, std::uint32_t port,
                                    std::string const& job) {
    stack::port_reservation result;
    result.port = static_cast<std::uint16_t>(port);
    result.tcp = protocol == parser::port_protocol::tcp;
    result.job = job;  // RESERVED and AUTHPORT: no job has the empty name
    return result;
}

std::vector<stack::port_reservation> reservations(parser::reservations const& from) {
    std::vector<stack::port_reservation> result;
    for (auto const& [key, users] : from.ports) {
        for (auto const& user : users) {
            auto const added =
                result.insert(result.end(), reservation(key.protocol, key.port, key.job));
            if (user.bind) added->bind = to_stack(*user.bind);
            added->shared = user.options.sharing != parser::listener_sharing::none;
        }
    }
    for (auto const& [key, user] : from.ranges)
        for (std::uint32_t port = key.second; port <= user.last; ++port)
            result.push_back(reservation(key.first, port, user.job));
    std::ranges::stable_sort(result, {},
                             [](auto const& each) { return std::pair(each.tcp, each.port); });
    return result;
}

std::vector<stack::unreserved_rule> unreserved_rules(parser::reservations const& from) {
    using check = stack::unreserved_rule::check;
    std::vector<stack::unreserved_rule> result;
    for (auto const& [protocol, users] : from.unreserved)
        for (auto const& [job, user] : users)  // the more specific first
            result.push_back(
                {protocol == parser::port_protocol::tcp, job, user.deny,
                 user.when == parser::unreserved_check::listen ? check::listen : check::bind});
    return result;
}

stack::distribution_method method_of(parser::distribution_method from) {
    switch (from) {
        case parser::distribution_method::base_wlm:
            return stack::distribution_method::base_wlm;
        case parser::distribution_method::server_wlm:
            return stack::distribution_method::server_wlm;
        case parser::distribution_method::round_robin:
            return stack::distribution_method::round_robin;
        case parser::distribution_method::weighted_active:
            return stack::distribution_method::weighted_active;
        case parser::distribution_method::hot_standby:
            return stack::distribution_method::hot_standby;
    }
    return stack::distribution_method::base_wlm;
}

distribution translate(parser::distribution const& from) {
    distribution result;
    if (from.ports) {
        result.first_port = from.ports->first;
        result.last_port = from.ports->last;
    }
    result.method = method_of(from.method);
    result.switch_back = from.switch_back;
    result.health_switch = from.health_switch;
    result.affinity_seconds = from.affinity_seconds;
    result.opt_local = from.optlocal;
    result.to_all = from.all_targets;
    for (auto const& each : from.targets) {
        auto const standby = each.standby.value_or(parser::standby_role());
        result.targets.push_back(
            {to_stack(each.xcf), each.weight, standby.preferred, standby.rank});
    }
    return result;
}

cf::structure_form form_of(parser::sharing_form from) {
    switch (from) {
        case parser::sharing_form::bitmap:
            return cf::structure_form::bitmap;
        case parser::sharing_form::list:
            return cf::structure_form::list;
        case parser::sharing_form::hashtable:
            return cf::structure_form::hashtable;
    }
    return cf::structure_form::bitmap;
}

stack::prefix every_address(bool v4) {
    return {v4 ? stack::address::any_v4() : stack::address(), 0};
}

/// The rules of SRCIP in the order in which they count: every JOBNAME but *, every DESTINATION,
/// then JOBNAME *, of each kind the more specific first.
class source_order {
  public:
    explicit source_order(parser::configuration const& all) : all_(all) {
        auto const& rules = all.sources;
        for (auto const& [key, source] : rules.clients)
            if (key.job != "*") add(key.job, every_address(key.v4), source);
        for (auto const& [network, source] : rules.destinations)
            add("*", {to_stack(network.network), network.length}, source);
        for (auto const& [key, source] : rules.clients)
            if (key.job == "*") add(key.job, every_address(key.v4), source);
    }
    std::vector<stack::source_rule> take() && { return std::move(result_); }

  private:
    /// A preference of IPv6 is for temporary addresses, of which there are none: it leaves the
    /// source unspecified. So does an interface that is not there.
    void add(std::string const& job, stack::prefix const& destination,
             parser::source_choice const& source) {
        auto const* address = std::get_if<parser::ip_address>(&source);
        auto const* name = std::get_if<std::string>(&source);
        std::optional<parser::ip_address> host;
        if (address != nullptr) host = *address;
        if (name != nullptr) host = all_.address_of(*name);
        result_.push_back({job, destination, host ? to_stack(*host) : stack::address()});
    }

    parser::configuration const& all_;
    std::vector<stack::source_rule> result_;
};

/// The more specific job first.
std::vector<stack::server_source> server_sources(parser::configuration const& all) {
    std::vector<stack::server_source> result;
    auto const add = [&](std::string const& job, parser::source_choice const& source) {
        auto const* address = std::get_if<parser::ip_address>(&source);
        auto const* name = std::get_if<std::string>(&source);
        std::optional<parser::ip_address> host;
        if (address != nullptr) host = *address;
        if (name != nullptr) host = all.address_of(*name);
        if (host) result.push_back({job, to_stack(*host)});
    };
    for (bool const any : {false, true})
        for (auto const& [key, source] : all.sources.servers)
            if ((key.job == "*") == any) add(key.job, source);
    return result;
}

}  // namespace

stack::address to_stack(parser::ip_address const& from) {
    return stack::address(from.bytes);
}

parser::ip_address to_parser(stack::address const& from) {
    return {from.bytes()};
}

stack::settings stack_settings(parser::configuration const& from) {
    stack::settings result;
    result.interfaces.push_back(loopback());
    for (auto const& each : from.interfaces)
        result.interfaces.push_back(translate(each, from));
    if (from.ip.xcf) result.interfaces.push_back(dynamic_xcf("EZASAMEMVS", *from.ip.xcf, from));
    if (from.has_ipv6()) result.interfaces.push_back(loopback6());
    if (from.ip6.xcf) result.interfaces.push_back(dynamic_xcf("EZ6SAMEMVS", *from.ip6.xcf, from));
    result.routes = routes(from, result);
    result.ports = reservations(from.ports);
    result.unreserved = unreserved_rules(from.ports);
    result.sources = source_order(from).take();
    result.server_sources = server_sources(from);

    result.tcp.first_ephemeral = from.tcp.ephemeral.first;
    result.tcp.last_ephemeral = from.tcp.ephemeral.last;
    result.tcp.send_buffer = from.tcp.send_buffer;
    result.tcp.receive_buffer = from.tcp.receive_buffer;
    result.tcp.time_wait = std::chrono::seconds(from.tcp.time_wait_seconds);
    result.tcp.fin_wait_2 = std::chrono::seconds(from.tcp.fin_wait_2_seconds);
    result.tcp.connect_timeout = std::chrono::seconds(from.tcp.connect_timeout_seconds);
    result.tcp.retransmit_attempts = from.tcp.retransmit_attempts;
    result.tcp.restrict_low_ports = from.tcp.restrict_low_ports;
    result.tcp.max_send_buffer = from.tcp.max_send_buffer;
    result.tcp.max_receive_buffer = from.tcp.max_receive_buffer;
    result.tcp.initial_rto = std::chrono::milliseconds(from.tcp.connect_initial_milliseconds);
    result.tcp.max_rto = std::chrono::seconds(from.tcp.max_retransmit_seconds);
    result.tcp.keepalive_idle = std::chrono::minutes(from.tcp.keep_alive_minutes);
    result.tcp.keepalive_interval = std::chrono::seconds(from.tcp.probe_seconds);
    result.tcp.keepalive_probes = from.tcp.probes;
    result.tcp.duplicate_threshold = from.tcp.duplicate_threshold;
    result.tcp.delay_acks = from.tcp.delay_acks;
    result.tcp.nagle = from.tcp.nagle;
    result.tcp.timestamps = from.tcp.timestamps;
    result.tcp.selective_ack = from.tcp.selective_ack;
    result.tcp.somaxconn =
        static_cast<std::uint16_t>(std::min<std::uint32_t>(from.tcp.somaxconn, 65535));

    result.udp.first_ephemeral = from.udp.ephemeral.first;
    result.udp.last_ephemeral = from.udp.ephemeral.last;
    result.udp.restrict_low_ports = from.udp.restrict_low_ports;
    result.udp.checksum = from.udp.checksum;
    result.udp.send_buffer = from.udp.send_buffer;
    result.udp.receive_buffer = from.udp.receive_buffer;

    result.ip.forwarding = from.ip.forwarding;
    result.ip.source_vipa = from.ip.source_vipa;
    result.ip.ttl = from.ip.ttl;
    result.ip.multipath = from.ip.multipath;
    result.ip.reassembly_timeout = std::chrono::seconds(from.ip.reassembly_seconds);
    if (from.ip.tcp_stack_source_vipa)
        result.ip.tcp_stack_source_vipa = to_stack(*from.ip.tcp_stack_source_vipa);
    result.ip6.forwarding = from.ip6.forwarding;
    result.ip6.source_vipa = from.ip6.source_vipa;
    result.ip6.ttl = from.ip6.hop_limit;
    result.ip6.multipath = from.ip6.multipath;
    if (from.ip6.tcp_stack_source_vipa)
        if (auto const vipa = from.address_of(*from.ip6.tcp_stack_source_vipa))
            result.ip6.tcp_stack_source_vipa = to_stack(*vipa);
    return result;
}

mss_adjustment adjustment_of(parser::dvipa_mss from) {
    switch (from) {
        case parser::dvipa_mss::automatic:
            return mss_adjustment::automatic;
        case parser::dvipa_mss::all:
            return mss_adjustment::all;
        case parser::dvipa_mss::none:
            break;
    }
    return mss_adjustment::none;
}

member_definitions definitions(parser::configuration const& from) {
    member_definitions result;
    if (from.ip.xcf) result.dynamic_xcf = to_stack(from.ip.xcf->address);
    if (from.ip6.xcf) result.dynamic_xcf6 = to_stack(from.ip6.xcf->address);
    for (auto const& each : from.interfaces)
        result.homes.push_back(to_stack(each.address));
    for (auto const& [xcf, via] : from.vipa_routes)
        result.vipa_routes.push_back({to_stack(xcf), to_stack(via)});
    for (auto const& each : from.dvipas) {
        dvipa_definition definition;
        definition.host = to_stack(each.address);
        definition.prefix_length = each.activation ? each.activation->prefix_length
                                                   : static_cast<std::uint8_t>(each.address.bits());
        definition.origin = each.made_by == parser::dvipa_configuration::origin::define
                                ? dvipa_definition::kind::define
                                : dvipa_definition::kind::backup;
        definition.rank = each.rank;
        definition.activates = each.activation.has_value();
        definition.immediate =
            !each.activation || each.activation->moveable == parser::vipa_move::immediate;
        for (auto const& part : each.distributions)
            definition.distributions.push_back(translate(part));
        result.dvipas.push_back(std::move(definition));
    }
    return result;
}

cf::sharing_request sharing_request_of(parser::port_sharing const& wanted,
                                       parser::configuration const& of) {
    return {.form = form_of(wanted.form),
            .grain = wanted.grain,
            .first_port = of.tcp.ephemeral.first,
            .last_port = of.tcp.ephemeral.last};
}

// z/OS gives the pool out in blocks of 64; on one machine they would only keep ports from others.
cf::sharing_request explicit_bind_request(bool is_remote) {
    return {.form = cf::structure_form::bitmap,
            .grain = static_cast<decltype(cf::sharing_request::grain)>(is_remote ? 64 : 1),
            .first_port = 1,
            .last_port = 65535};
}

}  // namespace tcpplexd
