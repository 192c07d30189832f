// Operator commands: DISPLAY TCPIP and VARY TCPIP, as one types them on a console.
#pragma once

#include "parser/command/reports.hpp"
#include "parser/model/ip_address.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parser::command {

/// A filter and its values, any of which may match.
struct report_filter {
    filter_key key = filter_key::client;
    std::vector<std::string> values;  ///< valid for the key; letters in upper case

    friend bool operator==(report_filter const&, report_filter const&) = default;
};

enum class report_format : std::uint8_t { short_, long_ };

/// MAX=*: no limit to the records shown. The console's limit is 100 if MAX is left out.
constexpr std::uint32_t all_records = 0xffffffff;

/// What narrows a report down and shapes it.
struct report_options {
    std::string modifier;  ///< in full and upper case: "DETAIL"; or empty
    std::optional<report_filter> filter;
    std::optional<std::uint32_t> max;  ///< MAX=n, or all_records for MAX=*
    std::optional<report_format> format;

    friend bool operator==(report_options const&, report_options const&) = default;
};

/// D TCPIP,[proc],Netstat,report[,modifier][,filter=value][,MAX=n|*][,FORMAT=LONG|SHORT].
struct display_netstat {
    std::string stack;  ///< upper case; empty: the only one
    report_id report = report_id::conn;
    report_options options;
};

/// D TCPIP,[proc],SYSplex,{VIPADyn[,IPAddr=a][,MAX=n|*] | GROUP | PORTS}.
struct display_sysplex {
    enum class what : std::uint8_t { vipadyn, group, ports };
    std::string stack;
    what subject = what::vipadyn;
    std::optional<ip_address> dvipa;
    std::optional<std::uint32_t> max;
};

/// V TCPIP,[proc],Obeyfile,dsn  or  V TCPIP,[proc],CMD=Obeyfile,DSN=dsn; the same with SYNTaxcheck.
struct vary_obeyfile {
    std::string stack;
    std::string data_set;      ///< as written: files of Linux tell letters apart
    bool syntax_only = false;  ///< SYNTAXCHECK
};

/// V TCPIP,[proc],SYSplex,{LEAVEgroup | JOINgroup | DEACTivate,DVIPA=a | REACTivate,DVIPA=a |
/// {QUIesce | RESUME},{TARGET | POrt=n[,JOBNAME=job] | JOBNAME=job}}.
struct vary_sysplex {
    enum class what : std::uint8_t {
        leave_group,
        join_group,
        deactivate,
        reactivate,
        quiesce,
        resume
    };
    std::string stack;
    what action = what::leave_group;
    std::optional<ip_address> dvipa;    ///< of DEACTIVATE and REACTIVATE
    std::optional<std::uint16_t> port;  ///< of QUIESCE and RESUME; not 0
    std::string job;  ///< of them too, in upper case; neither port nor job: TARGET
};

using operator_command =
    std::variant<display_netstat, display_sysplex, vary_obeyfile, vary_sysplex>;

struct command_error {
    std::size_t position = 0;  ///< of the command's text, from 0
    std::string text;          ///< what is wrong there
    std::string expected;      ///< what could stand there; or empty
    std::string suggestion;    ///< or empty
};

/// Parses one command. Keywords may be abbreviated and in any case.
std::variant<operator_command, command_error> parse_command(std::string_view text);

/// The command with a marker under the place, and what was expected. Ends with a newline.
std::string to_text(command_error const& error, std::string_view command_text);

/// An operand of a command: KEY, or KEY=value, or KEY=(value,value).
struct operand {
    std::string_view key;
    std::vector<std::string_view> values;
};

/// What the operands after a report's name mean; also for the forms of the command line, which have
/// the same keys. An error's position is a place in the text that the operands point into, counted
/// from `text_begin`.
std::variant<report_options, command_error> to_options(report_id which,
                                                       std::vector<operand> const& operands,
                                                       char const* text_begin);

}  // namespace parser::command
