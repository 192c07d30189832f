// NETSTAT VIPADCFG, SHORT: one line a definition. SysPt outside VIPA Distribute is this stack's own
// addition, behind the columns that z/OS has.
#include "operator/report/columns.hpp"
#include "operator/report/distribution_method.hpp"
#include "operator/report/dvipa_configuration.hpp"

namespace operators {

namespace {

std::string yes_no(bool flag) {
    return flag ? "Yes" : "No";
}

std::string mask_of(std::optional<unsigned> length) {
    return length ? dotted_mask(*length) : std::string();
}

// "Yes" with form and grain where they differ from the plain ones.
std::string sharing_of(defined_dvipa const& row) {
    if (!row.sysplex_ports || row.form.empty()) return yes_no(row.sysplex_ports);
    return "Yes " + row.form + (row.grain > 1 ? " " + std::to_string(row.grain) : "");
}

void put_define(screen& to, std::vector<defined_dvipa> const& rows) {
    to.put("  VIPA Define:");
    to.put("    IP Address      AddressMask     Moveable  SrvMgr Flg SysPt");
    to.rule("    ----------      -----------     --------  ------ --- -----");
    for (auto const& row : rows)
        to.put(columns()
                   .at(5, row.address)
                   .at(21, mask_of(row.length))
                   .at(37, row.moveable)
                   .at(47, "No")
                   .at(58, sharing_of(row))
                   .text());
}

void put_backup(screen& to, std::vector<defined_dvipa> const& rows) {
    to.put("  VIPA Backup:");
    to.put("    IP Address      Rank   AddressMask     Moveable  SrvMgr Flg SysPt");
    to.rule("    ----------      ----   -----------     --------  ------ --- -----");
    for (auto const& row : rows)
        to.put(columns()
                   .at(5, row.address)
                   .at(21, zero_filled(row.rank, 6))
                   .at(28, mask_of(row.length))
                   .at(44, row.moveable)
                   .at(54, row.moveable.empty() ? "" : "No")
                   .at(65, yes_no(row.sysplex_ports))
                   .text());
}

void put_range(screen& to, std::vector<dvipa_range> const& rows) {
    to.put("  VIPA Range:");
    to.put("    AddressMask     IP Address      Moveable  SysPt");
    to.rule("    -----------     ----------      --------  -----");
    for (auto const& row : rows)
        to.put(columns()
                   .at(5, dotted_mask(row.length))
                   .at(21, row.network)
                   .at(37, row.moveable)
                   .at(47, yes_no(row.sysplex_ports))
                   .text());
}

void put_distribute(screen& to, std::vector<distributed_dvipa> const& rows) {
    to.put("  VIPA Distribute:");
    to.put("    IP Address      Port  XCF Address     SysPt TimAff Flg");
    to.rule("    ----------      ----  -----------     ----- ------ ---");
    for (auto const& row : rows)
        to.put(columns()
                   .at(5, row.destination.address)
                   .at(21, row.destination.port == 0 ? "n/a" : zero_filled(row.destination.port, 5))
                   .at(27, row.xcf)
                   .at(43, yes_no(row.sysplex_ports))
                   .at(49, row.timed_affinity == 0 ? "No" : zero_filled(row.timed_affinity, 4))
                   .at(56, method_letter(row.method))
                   .text());
}

void put_route(screen& to, std::vector<dvipa_route> const& rows) {
    to.put("  VIPA Route:");
    to.put("    XCF Address     TargetIp");
    to.rule("    -----------     --------");
    for (auto const& row : rows)
        to.put(columns().at(5, row.xcf).at(21, row.target).text());
}

}  // namespace

void put_short(screen& to, dvipa_configuration const& shown) {
    if (!shown.define.empty()) put_define(to, shown.define);
    if (!shown.backup.empty()) put_backup(to, shown.backup);
    if (!shown.range.empty()) put_range(to, shown.range);
    if (!shown.distribute.empty()) put_distribute(to, shown.distribute);
    if (!shown.route.empty()) put_route(to, shown.route);
}

}  // namespace operators
