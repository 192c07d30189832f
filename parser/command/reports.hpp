// The netstat reports, their modifiers and filters: one table for the console's keywords and the
// command line's letters.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace parser::command {

enum class report_id : std::uint8_t {
    conn,
    allconn,
    all,
    home,
    stats,
    vipadcfg,
    vipadyn,
    vcrt,
    vdpt
};

enum class filter_key : std::uint8_t { client, port, ip_address, ip_port, protocol };

struct report_entry {
    std::string_view keyword;  ///< its minimum abbreviation in upper case: "ALLConn"
    char letter = 0;           ///< -a; 0: none
    bool supported = false;
    report_id which = report_id::conn;  ///< if supported
    std::string_view modifiers = {};  ///< keywords separated by blanks, their minimum in upper case
    std::span<filter_key const> filters = {};
};

struct filter_entry {
    std::string_view keyword;  ///< "IPAddr"
    char letter = 0;           ///< -I
    bool supported = false;
    filter_key key = filter_key::client;  ///< if supported
};

std::span<report_entry const> reports();
std::span<filter_entry const> filters();

/// By keyword or abbreviation in any case; by letter, whose case matters. Null if there is none.
report_entry const* find_report(std::string_view keyword);
report_entry const* find_report(char letter);
report_entry const& entry_of(report_id which);
filter_entry const* find_filter(std::string_view keyword);
filter_entry const* find_filter(char letter);

}  // namespace parser::command
