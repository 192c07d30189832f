#include "parser/command/reports.hpp"

#include "parser/source/lexical.hpp"

#include <algorithm>
#include <array>

namespace parser::command {

namespace {

using enum filter_key;
constexpr std::array on_connections{client, port, ip_address, ip_port};
constexpr std::array on_routing{port, ip_address, ip_port};
constexpr std::array on_addresses{ip_address};
constexpr std::array on_statistics{protocol};

// clang-format off
constexpr std::array all_reports{
    report_entry{"ALL", 'A', true, report_id::all, "SERVER", on_connections},
    report_entry{"ALLConn", 'a', true, report_id::allconn, "", on_connections},
    report_entry{"COnn", 'c', true, report_id::conn, "SERVER", on_connections},
    report_entry{"HOme", 'h', true, report_id::home},
    report_entry{"STATS", 'S', true, report_id::stats, "", on_statistics},
    report_entry{"VCRT", 'V', true, report_id::vcrt, "DETAIL", on_routing},
    report_entry{"VDPT", 'O', true, report_id::vdpt, "DETAIL", on_routing},
    report_entry{"VIPADCFG", 'F', true, report_id::vipadcfg, "DETAIL", on_addresses},
    report_entry{"VIPADyn", 'v', true, report_id::vipadyn, "DVIPA VIPAROUTE"},

    report_entry{"ACCess"},
    report_entry{"ARp", 'R'},
    report_entry{"BYTEinfo", 'b'},
    report_entry{"CACHinfo", 'C'},
    report_entry{"CLients", 'e'},
    report_entry{"CONFIG", 'f'},
    report_entry{"DEFADDRT", 'l'},
    report_entry{"DEvlinks", 'd'},
    report_entry{"DRop", 'D'},
    report_entry{"Gate", 'g'},
    report_entry{"HElp", '?'},
    report_entry{"IDS", 'k'},
    report_entry{"ND", 'n'},
    report_entry{"PORTList", 'o'},
    report_entry{"RESCache", 'q'},
    report_entry{"ROUTe", 'r'},
    report_entry{"SLAP", 'j'},
    report_entry{"SOCKets", 's'},
    report_entry{"SRCIP", 'J'},
    report_entry{"TELnet", 't'},
    report_entry{"TTLS", 'x'},
    report_entry{"UP", 'u'},
};

constexpr std::array all_filters{
    filter_entry{"CLIent", 'E', true, client},
    filter_entry{"POrt", 'P', true, port},
    filter_entry{"IPAddr", 'I', true, ip_address},
    filter_entry{"IPPort", 'B', true, ip_port},
    filter_entry{"PROTOcol", 0, true, protocol},

    filter_entry{"NOTN3270", 'T'},
    filter_entry{"APPLD", 'G'},
    filter_entry{"SMCID", 'U'},
    filter_entry{"CONNType", 'X'},
    filter_entry{"INTFName", 'K'},
    filter_entry{"HOSTName", 'H'},
    filter_entry{"DNSAddr", 'Q'},
    filter_entry{"POLicyn", 'Y'},
    filter_entry{"APPLname", 'N'},
    filter_entry{"LUName", 'L'},
};
// clang-format on

template <typename Table>
auto find_keyword(Table const& table, std::string_view word) -> decltype(table.data()) {
    auto const found = std::find_if(table.begin(), table.end(), [&](auto const& entry) {
        return abbreviates(word, entry.keyword, minimum_of(entry.keyword));
    });
    return found == table.end() ? nullptr : &*found;
}

template <typename Table>
auto find_letter(Table const& table, char letter) -> decltype(table.data()) {
    auto const found = std::find_if(table.begin(), table.end(), [&](auto const& entry) {
        return entry.letter != 0 && entry.letter == letter;
    });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace

std::span<report_entry const> reports() {
    return all_reports;
}
std::span<filter_entry const> filters() {
    return all_filters;
}

report_entry const* find_report(std::string_view keyword) {
    return find_keyword(all_reports, keyword);
}
report_entry const* find_report(char letter) {
    return find_letter(all_reports, letter);
}
filter_entry const* find_filter(std::string_view keyword) {
    return find_keyword(all_filters, keyword);
}
filter_entry const* find_filter(char letter) {
    return find_letter(all_filters, letter);
}

report_entry const& entry_of(report_id which) {
    return *std::find_if(all_reports.begin(), all_reports.end(), [&](auto const& entry) {
        return entry.supported && entry.which == which;
    });
}

}  // namespace parser::command
