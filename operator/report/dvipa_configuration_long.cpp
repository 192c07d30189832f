// NETSTAT VIPADCFG, LONG: several lines a definition. SysPt outside VIPA Distribute is this stack's
// own addition.
#include "operator/report/columns.hpp"
#include "operator/report/distribution_method.hpp"
#include "operator/report/dvipa_configuration.hpp"

namespace operators {

namespace {

void put_address(screen& to, std::string const& interface, std::string const& address,
                 std::optional<unsigned> length) {
    if (!interface.empty()) to.put("    IntfName: " + interface);
    to.put((interface.empty() ? "    IpAddr/PrefixLen: " : "      IpAddr/PrefixLen: ") + address +
           (length ? "/" + std::to_string(*length) : ""));
}

std::string sharing_of(defined_dvipa const& row) {
    if (!row.sysplex_ports) return "No";
    return row.form.empty() ? "Yes"
                            : "Yes  Form: " + row.form + "  Grain: " + std::to_string(row.grain);
}

std::string role_of(distributed_dvipa const& row) {
    if (row.standby.empty()) return {};
    return row.standby == "PREFERRED" ? ", Preferred" : ", Backup";
}

void put_backup(screen& to, std::vector<defined_dvipa> const& rows) {
    to.put("  VIPA Backup:");
    for (auto const& row : rows) {
        put_address(to, row.interface, row.address, row.length);
        to.put(columns()
                   .at(7, "Rank: " + zero_filled(row.rank, 6))
                   .at(21, "Moveable: " + row.moveable)
                   .at(42, row.moveable.empty() ? "SrvMgr:" : "SrvMgr: No")
                   .text());
        to.put("      SysPt: " + sharing_of(row));
    }
}

void put_define(screen& to, std::vector<defined_dvipa> const& rows) {
    to.put("  VIPA Define:");
    for (auto const& row : rows) {
        put_address(to, row.interface, row.address, row.length);
        to.put(columns()
                   .at(7, "Moveable: " + row.moveable)
                   .at(28, is_ipv6(row.address) ? "SrvMgr: n/a" : "SrvMgr: No")
                   .text());
        to.put("      SysPt: " + sharing_of(row));
    }
}

void put_range(screen& to, std::vector<dvipa_range> const& rows) {
    to.put("  VIPA Range:");
    for (auto const& row : rows) {
        put_address(to, row.interface, row.network, row.length);
        to.put("      Moveable: " + row.moveable);
        to.put(std::string("      SysPt: ") + (row.sysplex_ports ? "Yes" : "No"));
    }
}

void put_distribute(screen& to, std::vector<distributed_dvipa> const& rows) {
    to.put("  VIPA Distribute:");
    for (auto const& row : rows) {
        bool const all = row.destination.port == 0;
        to.put("    Dest:      " +
               (all ? row.destination.address + "..n/a" : row.destination.text()));
        to.put("      DestXCF: " + row.xcf);
        to.put(
            columns()
                .at(7, std::string("SysPt:   ") + (row.sysplex_ports ? "Yes" : "No"))
                .at(21, "TimAff: " +
                            (row.timed_affinity == 0 ? "No" : zero_filled(row.timed_affinity, 4)))
                .at(35, "Flg: " + method_word(row.method) + role_of(row))
                .text());
        if (row.weight) to.put("        Weight: " + std::to_string(*row.weight));
        if (row.rank) to.put("        Rank: " + std::to_string(*row.rank));
    }
}

void put_route(screen& to, std::vector<dvipa_route> const& rows) {
    to.put("  VIPA Route:");
    for (auto const& row : rows) {
        to.put("    DestXCF:   " + row.xcf);
        to.put("      TargetIp: " + row.target);
    }
}

}  // namespace

void put_long(screen& to, dvipa_configuration const& shown) {
    if (!shown.backup.empty()) put_backup(to, shown.backup);
    if (!shown.define.empty()) put_define(to, shown.define);
    if (!shown.range.empty()) put_range(to, shown.range);
    if (!shown.distribute.empty()) put_distribute(to, shown.distribute);
    if (!shown.route.empty()) put_route(to, shown.route);
}

}  // namespace operators
