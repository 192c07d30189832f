#include "daemon/host/facility_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

namespace tcpplexd {

namespace {

using node = YAML::Node;

constexpr std::size_t longest_file_path = 4095;
constexpr std::string_view kinds = "shared-memory or etcd";

// For a lease of 10 s a renewal each second, and ports are free 3 s after its end.
void set_lease(std::chrono::seconds lease, cf::etcd::settings& into) {
    using milliseconds = std::chrono::milliseconds;
    into.lease = lease;
    into.keep_alive = std::max(milliseconds(200), milliseconds(lease) / 10);
    into.grace = std::max(milliseconds(1000), milliseconds(lease) * 3 / 10);
}

}  // namespace

void facility_schema::settings(node const& value, facility_settings& into) {
    static constexpr std::array<std::string_view, 9> known{
        "kind", "path", "connections", "endpoints", "ca", "cert", "key", "lock", "lease"};
    bool kinded = false;
    node file_given;
    node etcd_given;
    read_.each_known(value, "'coupling_facility'", known,
                     [&](node const& key, node const& setting) {
                         std::string const& name = key.Scalar();
                         kinded |= name == "kind";
                         bool const of_file = name == "path" || name == "connections";
                         if (of_file) file_given.reset(key);
                         if (!of_file && name != "kind") etcd_given.reset(key);
                         entry(name, setting, into);
                     });
    if (!value.IsMap()) return;
    if (!kinded) return read_.error(value, "'coupling_facility': expected 'kind: shared-memory'");
    bool etcd = into.where == facility_settings::kind::etcd;
    if (etcd_given.IsScalar() && !etcd)
        read_.error(etcd_given, fmt::format("'coupling_facility': '{}' belongs to kind 'etcd'",
                                            etcd_given.Scalar()));
    if (file_given.IsScalar() && etcd)
        read_.error(file_given, fmt::format("'coupling_facility': '{}' belongs to kind "
                                            "'shared-memory'; remove it",
                                            file_given.Scalar()));
    if (etcd) check_etcd(value, into);
}

void facility_schema::entry(std::string_view name, node const& value, facility_settings& into) {
    auto const file = [&](std::string_view what, std::string& path) {
        read_.path(fmt::format("{} of the coupling facility", what), value, longest_file_path,
                   path);
    };
    if (name == "kind") return kind(value, into);
    if (name == "path") return file(name, into.path);
    if (name == "connections") return connections(value, into);
    if (name == "endpoints") return endpoints(value, into);
    if (name == "ca") return file(name, into.etcd.where.ca);
    if (name == "cert") return file(name, into.etcd.where.certificate);
    if (name == "key") return file(name, into.etcd.where.key);
    if (name == "lock") return lock(value, into);
    lease(value, into);
}

void facility_schema::kind(node const& value, facility_settings& into) {
    auto const kind = read_.text(value, "kind of the coupling facility", kinds);
    if (!kind) return;
    if (*kind == "etcd")
        into.where = facility_settings::kind::etcd;
    else if (*kind != "shared-memory")
        read_.error(value,
                    fmt::format("coupling facility: unknown kind '{}'; expected {}", *kind, kinds));
}

void facility_schema::connections(node const& value, facility_settings& into) {
    using namespace cf::shared_memory;
    static constexpr std::string_view what = "connections of the coupling facility";
    auto const asked = read_.number(value, what, least_connections, most_connections);
    if (!asked) return;
    if (!is_table_size(*asked))
        return read_.error(value, fmt::format("{}: expected a power of two, found '{}'; take {}",
                                              what, *asked, std::bit_ceil(*asked)));
    into.connections = *asked;
}

void facility_schema::endpoints(node const& value, facility_settings& into) {
    if (!value.IsSequence() || value.size() == 0)
        return read_.error(value,
                           "endpoints of the coupling facility: expected a list: [10.1.1.1:2379]");
    for (node const& item : value) {
        auto const written = read_.text(item, "endpoint of etcd", "host:port");
        if (!written) continue;
        if (!cf::etcd::target_of(*written))
            read_.error(item,
                        fmt::format("endpoint of etcd: expected host:port, found '{}'", *written));
        into.etcd.where.endpoints.push_back(*written);
    }
}

void facility_schema::lock(node const& value, facility_settings& into) {
    static constexpr std::string_view expected = "transaction or held";
    auto const written = read_.text(value, "lock of the coupling facility", expected);
    if (!written) return;
    if (*written == "held")
        into.etcd.lock = cf::etcd::locking::held;
    else if (*written != "transaction")
        read_.error(value, fmt::format("lock of the coupling facility: expected {}, found '{}'",
                                       expected, *written));
}

void facility_schema::lease(node const& value, facility_settings& into) {
    // etcd's shortest lease is 2 s; a longer one only keeps dead stacks' ports.
    if (auto const seconds = read_.number(value, "lease of the coupling facility", 2, 300))
        set_lease(std::chrono::seconds(*seconds), into.etcd);
}

void facility_schema::check_etcd(node const& value, facility_settings const& into) {
    auto const& where = into.etcd.where;
    if (where.endpoints.empty())
        read_.error(value, "'coupling_facility': kind 'etcd' needs 'endpoints: [host:port, ...]'");
    if (where.certificate.empty() != where.key.empty())
        read_.error(value, "'coupling_facility': 'cert' and 'key' belong together");
    bool const tls = !where.ca.empty();
    if (!tls && !where.certificate.empty())
        read_.error(value, "'coupling_facility': 'cert' and 'key' need 'ca', too");
    for (auto const& endpoint : where.endpoints)
        if (endpoint.starts_with(tls ? "http://" : "https://"))
            read_.error(value, fmt::format("'coupling_facility': endpoint {} {}", endpoint,
                                           tls ? "is without TLS, and 'ca' asks for it"
                                               : "needs 'ca', 'cert' and 'key'"));
}

}  // namespace tcpplexd
