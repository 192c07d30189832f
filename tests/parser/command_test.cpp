// The grammar of operator commands.
#include "parser/command/command.hpp"

#include <gtest/gtest.h>

namespace parser::command {
namespace {

template <typename Command>
Command accepted(std::string_view text) {
    auto const result = parse_command(text);
    if (auto const* error = std::get_if<command_error>(&result)) {
        ADD_FAILURE() << to_text(*error, text);
        return {};
    }
    auto const* wanted = std::get_if<Command>(&std::get<operator_command>(result));
    EXPECT_NE(wanted, nullptr) << text;
    return wanted != nullptr ? *wanted : Command{};
}

command_error refused(std::string_view text) {
    auto const result = parse_command(text);
    auto const* error = std::get_if<command_error>(&result);
    EXPECT_NE(error, nullptr) << text << " should be refused";
    return error != nullptr ? *error : command_error{};
}

TEST(netstat_command, every_report_has_its_keyword_and_its_abbreviation) {
    struct {
        std::string_view text;
        report_id report;
    } const cases[] = {
        {"D TCPIP,,NETSTAT,CONN", report_id::conn},
        {"d tcpip,,n,co", report_id::conn},
        {"DISPLAY TCPIP,,N,ALLCONN", report_id::allconn},
        {"D TCPIP,,N,ALLC", report_id::allconn},
        {"D TCPIP,,N,ALL", report_id::all},
        {"D TCPIP,,N,HOME", report_id::home},
        {"D TCPIP,,N,HO", report_id::home},
        {"D TCPIP,,N,STATS", report_id::stats},
        {"D TCPIP,,N,VIPADCFG", report_id::vipadcfg},
        {"D TCPIP,,N,VIPADYN", report_id::vipadyn},
        {"D TCPIP,,N,VIPADY", report_id::vipadyn},
        {"D TCPIP,,N,VCRT", report_id::vcrt},
        {"D TCPIP,,N,VDPT", report_id::vdpt},
        {"D TCPIP,,N", report_id::conn},
    };
    for (auto const& given : cases)
        EXPECT_EQ(accepted<display_netstat>(given.text).report, given.report) << given.text;
}

TEST(netstat_command, the_stack_may_be_named) {
    EXPECT_EQ(accepted<display_netstat>("D TCPIP,tcpcs2,N,HOME").stack, "TCPCS2");
    EXPECT_EQ(accepted<display_netstat>("D TCPIP,,N,HOME").stack, "");
    EXPECT_NE(refused("D TCPIP,ANAMETOOLONG,N,HOME").text, "");
}

TEST(netstat_command, a_filter_has_one_or_several_values) {
    auto const one = accepted<display_netstat>("D TCPIP,,N,CONN,IPADDR=10.1.9.9").options;
    EXPECT_EQ(one.filter, (report_filter{filter_key::ip_address, {"10.1.9.9"}}));
    auto const two = accepted<display_netstat>("D TCPIP,,N,CONN,PO=(80,443)").options;
    EXPECT_EQ(two.filter, (report_filter{filter_key::port, {"80", "443"}}));
    auto const socket = accepted<display_netstat>("D TCPIP,,N,VCRT,IPPORT=10.1.9.9+80").options;
    EXPECT_EQ(socket.filter, (report_filter{filter_key::ip_port, {"10.1.9.9+80"}}));
    auto const client = accepted<display_netstat>("D TCPIP,,N,CONN,CLIENT=web*").options;
    EXPECT_EQ(client.filter, (report_filter{filter_key::client, {"WEB*"}}));
    auto const pattern = accepted<display_netstat>("D TCPIP,,N,ALL,CLIENT=*ftp?").options;
    EXPECT_EQ(pattern.filter, (report_filter{filter_key::client, {"*FTP?"}}));
    auto const protocol = accepted<display_netstat>("D TCPIP,,N,STATS,PROTO=tcp").options;
    EXPECT_EQ(protocol.filter, (report_filter{filter_key::protocol, {"TCP"}}));
}

TEST(netstat_command, modifiers_max_and_format_are_taken) {
    auto const options =
        accepted<display_netstat>("D TCPIP,,N,VCRT,DETAIL,MAX=*,FORMAT=LONG").options;
    EXPECT_EQ(options.modifier, "DETAIL");
    EXPECT_EQ(options.max, all_records);
    EXPECT_EQ(options.format, report_format::long_);
    EXPECT_EQ(accepted<display_netstat>("D TCPIP,,N,CONN,MAX=7").options.max, 7U);
}

TEST(netstat_command, what_is_wrong_is_named_with_its_place) {
    struct {
        std::string_view text;
        std::size_t position;
        std::string_view complaint;
    } const cases[] = {
        {"D TCPIP,,N,COMM", 11, "COMM is no report"},
        {"D TCPIP,,N,ROUTE", 11, "report ROUTE is not supported yet"},
        {"D TCPIP,,N,CONN,IPADDR=10.1.9", 23, "10.1.9 is no value of IPADDR"},
        {"D TCPIP,,N,CONN,CLIENT=A*CDEFGH?", 23, "A*CDEFGH? is no value of CLIENT"},
        {"D TCPIP,,N,CONN,PORT=70000", 21, "70000 is no value of PORT"},
        {"D TCPIP,,N,HOME,PORT=80", 16, "HOME has no filter PORT"},
        {"D TCPIP,,N,CONN,PROTOCOL=TCP", 16, "CONN has no filter PROTOCOL"},
        {"D TCPIP,,N,STATS,PROTOCOL=SCTP", 26, "SCTP is no value of PROTOCOL"},
        {"D TCPIP,,N,CONN,NOTN3270=X", 16, "filter NOTN3270 is not supported yet"},
        {"D TCPIP,,N,CONN,MAX=0", 20, "0 is no number of records"},
        {"D TCPIP,,N,CONN,FORMAT=WIDE", 23, "WIDE is no format"},
        {"D TCPIP,,N,CONN,DETAIL", 16, "DETAIL is no operand of CONN"},
        {"D TCPIP,,N,CONN,PORT=1,IPADDR=10.1.9.9", 23, "a report has one kind of filter"},
        {"D TCPIP,,NETSTATT,CONN", 9, "NETSTATT can't be displayed"},
        {"DISPLY TCPIP,,N,CONN", 0, "DISPLY is no command"},
        {"D TCPIP", 7, "the command is not complete or has something unexpected here"},
        {"D TCPIX,,N", 2, "the command is not complete or has something unexpected here"},
        {"D TCPIP,,N,CONN,", 15, "the command is not complete or has something unexpected here"},
        {"", 0, "that is no command"},
    };
    for (auto const& given : cases) {
        auto const error = refused(given.text);
        EXPECT_EQ(error.text, given.complaint) << given.text;
        EXPECT_EQ(error.position, given.position) << given.text;
    }
}

TEST(netstat_command, a_misspelt_report_gets_a_suggestion) {
    EXPECT_EQ(refused("D TCPIP,,N,VIPADFCG").suggestion, "did you mean VIPADCFG?");
}

TEST(sysplex_command, vipadyn_group_and_ports_are_told_apart) {
    using what = display_sysplex::what;
    auto const dvipas = accepted<display_sysplex>("D TCPIP,,SYSPLEX,VIPADYN,IPADDR=10.1.9.9,MAX=5");
    EXPECT_EQ(dvipas.subject, what::vipadyn);
    EXPECT_EQ(dvipas.dvipa, parse_ip_address("10.1.9.9"));
    EXPECT_EQ(dvipas.max, 5U);
    EXPECT_EQ(accepted<display_sysplex>("D TCPIP,,SYS,GROUP").subject, what::group);
    EXPECT_EQ(accepted<display_sysplex>("D TCPIP,,SYS,PORTS").subject, what::ports);
    EXPECT_EQ(refused("D TCPIP,,SYS,PORTS,MAX=5").position, 19U);
    EXPECT_EQ(refused("D TCPIP,,SYS,VIPADYN,FORMAT=LONG").position, 21U);
    EXPECT_EQ(refused("D TCPIP,,SYS").expected, "VIPADyn, GROUP or PORTS");
}

TEST(vary_command, an_obeyfile_is_named_in_both_forms_and_keeps_its_case) {
    EXPECT_EQ(accepted<vary_obeyfile>("V TCPIP,,OBEYFILE,change.obey").data_set, "change.obey");
    EXPECT_EQ(accepted<vary_obeyfile>("v tcpip,,o,/Etc/Change.obey").data_set, "/Etc/Change.obey");
    auto const both =
        accepted<vary_obeyfile>("VARY TCPIP,TCPIPE,CMD=O,DSN=TCPIPE.TCPPARMS(DELE30)");
    EXPECT_EQ(both.data_set, "TCPIPE.TCPPARMS(DELE30)");
    EXPECT_EQ(both.stack, "TCPIPE");
    EXPECT_EQ(accepted<vary_obeyfile>("V TCPIP,,O,DSN=A.B").data_set, "A.B");
}

TEST(vary_command, what_is_missing_or_too_much_is_refused) {
    EXPECT_EQ(refused("V TCPIP,,OBEYFILE").text, "OBEYFILE names no data set");
    EXPECT_EQ(refused("V TCPIP,,OBEYFILE,A,B").text, "OBEYFILE takes one data set");
    EXPECT_EQ(refused("V TCPIP,,CMD=OBEYFILE,A").expected, "DSN=file");
    EXPECT_EQ(refused("V TCPIP,,DROP,1F").text, "DROP is not supported yet");
    EXPECT_EQ(refused("V TCPIP,,OBEYFIEL,A").suggestion, "did you mean OBEYFILE?");
}

TEST(vary_command, sysplex_quiesces_a_target_or_servers_of_it) {
    using what = vary_sysplex::what;
    auto const all = accepted<vary_sysplex>("V TCPIP,,SYSPLEX,QUIESCE,TARGET");
    EXPECT_EQ(all.action, what::quiesce);
    EXPECT_EQ(all.port, std::nullopt);
    EXPECT_EQ(all.job, "");
    auto const port = accepted<vary_sysplex>("V TCPIP,,SYS,QUI,PO=8080");
    EXPECT_EQ(port.port, 8080);
    EXPECT_EQ(port.job, "");
    auto const both = accepted<vary_sysplex>("V TCPIP,,SYS,RESUME,PORT=80,JOBNAME=web1");
    EXPECT_EQ(both.action, what::resume);
    EXPECT_EQ(both.port, 80);
    EXPECT_EQ(both.job, "WEB1");
    EXPECT_EQ(accepted<vary_sysplex>("V TCPIP,,SYS,RESUME,JOBNAME=WEB1").job, "WEB1");
}

TEST(vary_command, sysplex_takes_a_stack_or_a_dvipa_out_and_in) {
    using what = vary_sysplex::what;
    EXPECT_EQ(accepted<vary_sysplex>("V TCPIP,,SYSPLEX,LEAVEGROUP").action, what::leave_group);
    auto const join = accepted<vary_sysplex>("vary tcpip,tcpip2,sys,join");
    EXPECT_EQ(join.action, what::join_group);
    EXPECT_EQ(join.stack, "TCPIP2");
    EXPECT_EQ(join.dvipa, std::nullopt);
    auto const away = accepted<vary_sysplex>("V TCPIP,,SYS,DEACT,DVIPA=10.1.9.9");
    EXPECT_EQ(away.action, what::deactivate);
    EXPECT_EQ(away.dvipa, parse_ip_address("10.1.9.9"));
    auto const back = accepted<vary_sysplex>("V TCPIP,,SYSPLEX,REACTIVATE,DVIPA=2001:db8::9");
    EXPECT_EQ(back.action, what::reactivate);
    EXPECT_EQ(back.dvipa, parse_ip_address("2001:db8::9"));
}

TEST(vary_command, sysplex_says_what_is_wrong_and_where) {
    struct {
        std::string_view text;
        std::size_t position;
        std::string_view complaint;
    } const cases[] = {
        {"V TCPIP,,SYSPLEX", 16, "SYSPLEX says not what to do"},
        {"V TCPIP,,SYSPLEX,LEAV", 17, "LEAV can't be done to SYSPLEX"},
        {"V TCPIP,,SYSPLEX,LEAVEGROUP=1", 17, "LEAVEGROUP can't be done to SYSPLEX"},
        {"V TCPIP,,SYSPLEX,LEAVEGROUP,DVIPA=10.1.9.9", 28, "DVIPA is not valid here"},
        {"V TCPIP,,SYSPLEX,DEACT", 22, "DEACTIVATE names no DVIPA"},
        {"V TCPIP,,SYSPLEX,DEACT,DVIPA", 23, "DVIPA is not valid here"},
        {"V TCPIP,,SYSPLEX,DEACT,10.1.9.9", 23, "10.1.9.9 is not valid here"},
        {"V TCPIP,,SYSPLEX,DEACT,DVIPA=(10.1.9.9,10.1.9.8)", 23, "DVIPA is not valid here"},
        {"V TCPIP,,SYSPLEX,REACT,DVIPA=10.1.9", 29, "10.1.9 is no address"},
        {"V TCPIP,,SYSPLEX,REACT,DVIPA=10.1.9.9,X", 38, "X is not valid here"},
        {"V TCPIP,,SYSPLEX,QUIESCE", 24, "QUIESCE names no server"},
        {"V TCPIP,,SYSPLEX,QUIESCE,TARGET=1", 25, "TARGET is not valid here"},
        {"V TCPIP,,SYSPLEX,QUIESCE,TARGET,PORT=80", 32, "PORT is not valid here"},
        {"V TCPIP,,SYSPLEX,QUIESCE,PORT=0", 30, "0 is no port"},
        {"V TCPIP,,SYSPLEX,QUIESCE,PORT=65536", 30, "65536 is no port"},
        {"V TCPIP,,SYSPLEX,RESUME,JOBNAME=WEB*", 32, "WEB* is no job name"},
        {"V TCPIP,,SYSPLEX,RESUME,JOBNAME=A,ASID=1F", 34, "ASID is not valid here"},
        {"V TCPIP,,SYSPLEX,RESUME,DVIPA=10.1.9.9", 24, "DVIPA is not valid here"},
    };
    for (auto const& given : cases) {
        auto const error = refused(given.text);
        EXPECT_EQ(error.text, given.complaint) << given.text;
        EXPECT_EQ(error.position, given.position) << given.text;
    }
    EXPECT_EQ(refused("V TCPIP,,SYSPLEX,LEAVEGRUOP").suggestion, "did you mean LEAVEGROUP?");
}

TEST(letters, each_report_has_one_letter_and_case_matters) {
    EXPECT_EQ(find_report('c')->which, report_id::conn);
    EXPECT_EQ(find_report('v')->which, report_id::vipadyn);
    EXPECT_EQ(find_report('V')->which, report_id::vcrt);
    EXPECT_EQ(find_report('O')->which, report_id::vdpt);
    EXPECT_FALSE(find_report('C')->supported);
    EXPECT_EQ(find_report('z'), nullptr);
    EXPECT_EQ(find_filter('I')->key, filter_key::ip_address);
    for (auto const& one : reports())
        for (auto const& other : reports())
            EXPECT_TRUE(&one == &other || one.letter == 0 || one.letter != other.letter);
}

}  // namespace
}  // namespace parser::command
