#include "parser/statement/table.hpp"

#include "parser/source/lexical.hpp"

#include <algorithm>
#include <array>

namespace parser::grammar {

namespace {

constexpr std::string_view not_of_a_stack = "it belongs to the Telnet server's profile";
constexpr std::string_view of_tcpip_data = "it belongs to TCPIP.DATA";
constexpr std::string_view withdrawn = "z/OS has withdrawn it";
constexpr std::string_view old_routes = "BEGINROUTES has replaced it on z/OS";

constexpr std::array<std::string_view, 4> vipadefine_options{"SYSPLEXPorts", "NOSYSPLEXPorts",
                                                             "MOVEable", "SERVICEMGR"};
constexpr std::array<std::string_view, 2> vipabackup_options{"MOVEable", "SERVICEMGR"};
constexpr std::array<std::string_view, 5> viparange_options{"DEFINE", "DELEte", "SYSPLEXPorts",
                                                            "NOSYSPLEXPorts", "MOVEable"};

// clang-format off
constexpr std::array in_vipadynamic{
    statement_entry{.keyword = "VIPADEFine", .parse = parse_vipadefine, .options_first = vipadefine_options},
    statement_entry{.keyword = "VIPABackup", .parse = parse_vipabackup, .options_first = vipabackup_options},
    statement_entry{"VIPADELete", parse_vipadelete},
    statement_entry{"VIPADISTribute", parse_vipadistribute},
    statement_entry{.keyword = "VIPARange", .parse = parse_viparange, .options_first = viparange_options},
    statement_entry{"VIPAROUTE", parse_viparoute},
    statement_entry{.keyword = "VIPASMparms", .parse = parse_vipasmparms, .note = "there is no service manager"},
};

constexpr std::array in_srcip{
    statement_entry{"JOBNAME", parse_srcip_job},
    statement_entry{"DESTINATION", parse_srcip_destination},
};

constexpr std::array in_beginroutes{
    statement_entry{"ROUTE", parse_route},
};

constexpr std::array statements{
    statement_entry{"INTERFACE", parse_interface},
    statement_entry{"DEVice", parse_device},
    statement_entry{"LINK", parse_link},
    statement_entry{"HOME", parse_home},
    statement_entry{"BSDRoutingparms", parse_bsdroutingparms, "ENDBSDRoutingparms"},
    statement_entry{"START", parse_start},
    statement_entry{"STOP", parse_stop},
    statement_entry{"BEGINRoutes", parse_begin_routes, "ENDRoutes", in_beginroutes},
    statement_entry{"IPCONFig", parse_ipconfig},
    statement_entry{"IPCONFIG6", parse_ipconfig6},
    statement_entry{"TCPCONFIG", parse_tcpconfig},
    statement_entry{"UDPCONFIG", parse_udpconfig},
    statement_entry{"SOMAXCONN", parse_somaxconn},
    statement_entry{.keyword = "PORT", .parse = parse_port, .is_parameter_too = true},
    statement_entry{"PORTRange", parse_portrange},
    statement_entry{.keyword = "DELEte", .parse = parse_delete, .is_parameter_too = true},
    statement_entry{"VIPADynamic", parse_vipadynamic, "ENDVIPADynamic", in_vipadynamic},
    statement_entry{"GLOBALCONFig", parse_globalconfig},

    statement_entry{.keyword = "ARPAGE", .parse = parse_arpage, .note = "a TUN device resolves no addresses"},
    statement_entry{.keyword = "PRIMARYINTERFACE", .parse = parse_primaryinterface, .note = "no program asks a stack for its host's identifier"},
    statement_entry{.keyword = "SRCIP", .parse = parse_srcip, .end_word = "ENDSRCIP", .inside = in_srcip},
    statement_entry{.keyword = "AUTOLog", .end_word = "ENDAUTOLog", .note = "the stack starts no programs"},
    statement_entry{.keyword = "DEFADDRTABLE", .end_word = "ENDDEFADDRTABLE", .note = "sources are chosen by RFC 6724 as it stands"},
    statement_entry{.keyword = "ITRACE", .note = "the parser has nothing to trace"},
    statement_entry{.keyword = "NETACCESS", .end_word = "ENDNETACCESS", .note = "any program may reach any network"},
    statement_entry{.keyword = "NETMONitor", .note = "there are no monitoring interfaces of z/OS"},
    statement_entry{.keyword = "OSAENTA", .note = "there is no OSA to trace, a TUN device can be traced on the host"},
    statement_entry{.keyword = "PKTTRACE", .note = "packets can be traced on the host, at the TUN device"},
    statement_entry{.keyword = "SACONFig", .note = "there is no SNMP subagent"},
    statement_entry{.keyword = "SMFCONFig", .note = "there is no SMF"},
    statement_entry{.keyword = "SMFPARMS", .note = "there is no SMF"},
    statement_entry{.keyword = "TRANSLATE", .note = "a TUN device resolves no addresses"},

    statement_entry{.keyword = "GATEWAY", .reason = old_routes, .remedy = "write BEGINROUTES"},
    statement_entry{.keyword = "DEFAULTNET", .reason = old_routes, .remedy = "write BEGINROUTES, with ROUTE DEFAULT"},
    statement_entry{.keyword = "IPSEC", .end_word = "ENDIPSEC", .reason = "what its rules would deny or encrypt would go in the clear"},
    statement_entry{.keyword = "TELNETPARMS", .end_word = "ENDTELNETPARMS", .reason = not_of_a_stack},
    statement_entry{.keyword = "TELNETGLOBALS", .end_word = "ENDTELNETGLOBALS", .reason = not_of_a_stack},
    statement_entry{.keyword = "BEGINVTAM", .end_word = "ENDVTAM", .reason = not_of_a_stack},
    statement_entry{.keyword = "DATASETPREFIX", .reason = of_tcpip_data},
    statement_entry{.keyword = "HOSTNAME", .reason = of_tcpip_data},
    statement_entry{.keyword = "DOMAINORIGIN", .reason = of_tcpip_data},
    statement_entry{.keyword = "NSINTERADDR", .reason = of_tcpip_data},
    statement_entry{.keyword = "ATMARPSV", .reason = withdrawn},
    statement_entry{.keyword = "ATMLIS", .reason = withdrawn},
    statement_entry{.keyword = "ATMPVC", .reason = withdrawn},
    statement_entry{.keyword = "KEEPALIVEOPTIONS", .end_word = "ENDKEEPALIVEOPTIONS", .reason = withdrawn},
    statement_entry{.keyword = "ASSORTEDPARMS", .end_word = "ENDASSORTEDPARMS", .reason = withdrawn},
    statement_entry{.keyword = "ARPCACHE", .reason = withdrawn},
    statement_entry{.keyword = "SYSCONTACT", .end_word = "ENDSYSCONTACT", .reason = withdrawn},
    statement_entry{.keyword = "SYSLOCATION", .end_word = "ENDSYSLOCATION", .reason = withdrawn},
    statement_entry{.keyword = "OBEY", .end_word = "ENDOBEY", .reason = withdrawn},
    statement_entry{.keyword = "INFORM", .end_word = "ENDINFORM", .reason = withdrawn},
};
// clang-format on

}  // namespace

std::span<statement_entry const> all_statements() {
    return statements;
}

statement_entry const* find_statement(std::span<statement_entry const> table,
                                      std::string_view word) {
    // IPCONFIG6 and IPCONFIG: the exact word wins over an abbreviation, and no word is both.
    auto const found = std::find_if(table.begin(), table.end(), [&](statement_entry const& entry) {
        return abbreviates(word, entry.keyword, entry.minimum);
    });
    return found == table.end() ? nullptr : &*found;
}

bool is_end_word(statement_entry const& block, std::string_view word) {
    return !block.end_word.empty() && abbreviates(word, block.end_word, block.end_minimum);
}

bool ends_vipadynamic_statement(std::string_view word) {
    static auto const& block = *find_statement(all_statements(), "VIPADYNAMIC");
    return find_statement(block.inside, word) != nullptr || is_end_word(block, word);
}

}  // namespace parser::grammar
