#include "parser/statement/table.hpp"

#include "parser/source/lexical.hpp"

#include <algorithm>
#include <array>

namespace parser::grammar {

namespace {

constexpr std::string_view not_of_a_stack = "it belongs to the Telnet server's profile";
constexpr std::string_view of_tcpip_data = "it belongs to TCPIP.DATA";
constexpr std::string_view withdrawn = "z/OS has withdrawn it";

// clang-format off
constexpr std::array in_vipadynamic{
    statement_entry{"VIPADEFine", parse_vipadefine},
    statement_entry{"VIPABackup", parse_vipabackup},
    statement_entry{"VIPADELete", parse_vipadelete},
    statement_entry{"VIPADISTribute", parse_vipadistribute},
    statement_entry{"VIPARange", parse_viparange},
    statement_entry{"VIPAROUTE"},
    statement_entry{"VIPASMparms"},
};

constexpr std::array in_beginroutes{
    statement_entry{"ROUTE", parse_route},
};

constexpr std::array statements{
    statement_entry{"INTERFACE", parse_interface},
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

    statement_entry{"ARPAGE"},
    statement_entry{"AUTOLog", nullptr, "ENDAUTOLog"},
    statement_entry{"BSDRoutingparms", nullptr, "ENDBSDRoutingparms"},
    statement_entry{"DEFADDRTABLE", nullptr, "ENDDEFADDRTABLE"},
    statement_entry{"DEVice"},
    statement_entry{"GATEWAY"},
    statement_entry{"GLOBALCONFig"},
    statement_entry{"HOME"},
    statement_entry{"IPSEC", nullptr, "ENDIPSEC"},
    statement_entry{"ITRACE"},
    statement_entry{"LINK"},
    statement_entry{"NETACCESS", nullptr, "ENDNETACCESS"},
    statement_entry{"NETMONitor"},
    statement_entry{"OSAENTA"},
    statement_entry{"PKTTRACE"},
    statement_entry{"PRIMARYINTERFACE"},
    statement_entry{"SACONFig"},
    statement_entry{"SMFCONFig"},
    statement_entry{"SMFPARMS"},
    statement_entry{"SRCIP", nullptr, "ENDSRCIP"},
    statement_entry{"TRANSLATE"},
    statement_entry{"DEFAULTNET"},

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
};
// clang-format on

bool is_abbreviation(std::string_view word, std::string_view keyword) {
    return abbreviates(word, keyword, minimum_of(keyword));
}

}  // namespace

std::span<statement_entry const> all_statements() {
    return statements;
}

statement_entry const* find_statement(std::span<statement_entry const> table,
                                      std::string_view word) {
    // IPCONFIG6 and IPCONFIG: the exact word wins over an abbreviation, and no word is both.
    auto const found = std::find_if(table.begin(), table.end(), [&](statement_entry const& entry) {
        return is_abbreviation(word, entry.keyword);
    });
    return found == table.end() ? nullptr : &*found;
}

bool is_end_word(statement_entry const& block, std::string_view word) {
    return !block.end_word.empty() && is_abbreviation(word, block.end_word);
}

}  // namespace parser::grammar
