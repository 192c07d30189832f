// A configuration written as the statements that would make it.
#pragma once

#include "parser/configuration.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parser {

/// A statement, or one entry of a block.
struct entry {
    std::string key;   ///< what it is about: the same in two configurations for the same object
    std::string text;  ///< as it stands in a profile, without the end of its line
};

using entries = std::vector<entry>;

/// Statements of one kind, or the entries of one block. Everything of a configuration is in exactly
/// one part.
struct part {
    std::string_view begin;  ///< BEGINROUTES, ...; empty: no block
    std::string_view end;
    bool (*same)(configuration const& a, configuration const& b);
    void (*write)(entries& into, configuration const& from);
};

/// In the order in which they have to stand in a profile.
std::span<part const> parts();

// One function a part, each in the file of what it writes.
void write_interfaces(entries& into, configuration const& from);
void write_starts(entries& into, configuration const& from);
void write_routes(entries& into, configuration const& from);
void write_ip(entries& into, configuration const& from);
void write_tcp(entries& into, configuration const& from);
void write_udp(entries& into, configuration const& from);
void write_global(entries& into, configuration const& from);
void write_reservations(entries& into, configuration const& from);
void write_sources(entries& into, configuration const& from);
void write_dvipas(entries& into, configuration const& from);

/// Before a keyword that has a NO form.
inline char const* no(bool on) {
    return on ? "" : "NO";
}

}  // namespace parser
