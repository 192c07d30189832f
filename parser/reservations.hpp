// Who may use which ports: PORT, PORTRANGE and PORT UNRSV. Nothing is found by looking at all
// entries: a profile may have a million.
#pragma once

#include "parser/model/job_name.hpp"
#include "parser/model/statement.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parser {

/// What entries of PORT are for. Those of a port stand together: with BIND first, then by job, the
/// more specific first.
struct port_key {
    port_protocol protocol = port_protocol::tcp;
    std::uint16_t port = 0;
    bool any_address = false;  ///< without BIND
    std::string job = {};      ///< as the profile writes it; empty: RESERVED

    friend bool operator==(port_key const&, port_key const&) = default;
    friend bool operator<(port_key const& a, port_key const& b);
};

/// An entry of PORT.
struct port_user {
    std::optional<ip_address> bind;
    port_options options;

    friend bool operator==(port_user const&, port_user const&) = default;
};

/// PORTRANGE, but for its first port.
struct range_user {
    std::uint16_t last = 0;
    std::string job;  ///< empty: RESERVED, or AUTHPORT
    bool authport = false;
    port_options options;

    friend bool operator==(range_user const&, range_user const&) = default;
};

/// PORT UNRSV.
struct unreserved_user {
    bool deny = false;
    std::optional<std::string> saf;
    unreserved_check when = unreserved_check::bind;

    friend bool operator==(unreserved_user const&, unreserved_user const&) = default;
};

struct reservations {
    /// One entry without BIND; those with BIND in the order given. Never empty.
    std::map<port_key, std::vector<port_user>> ports;
    /// By protocol and first port. They do not overlap, and no port of `ports` is in one.
    std::map<std::pair<port_protocol, std::uint16_t>, range_user> ranges;
    /// By protocol, then by job. All of a protocol agree on when. No inner map is empty.
    std::map<port_protocol, std::map<std::string, unreserved_user, more_specific_job>> unreserved;

    /// The entry of PORT by which `job` (upper case) may use a port, the most specific, with BIND
    /// before without; null if none is for it.
    port_user const* find(port_protocol protocol, std::uint16_t port, std::string_view job) const;
    /// The one that counts for a socket of `host`, which may be unspecified: with BIND if that
    /// names the address, or gives it one; else without. If it is for the job by others' addresses
    /// alone, the first of these.
    port_user const* find(port_protocol protocol, std::uint16_t port, std::string_view job,
                          ip_address const& host) const;
    /// The range that a port is in, by its first port; ranges.end() if none.
    auto find_range(port_protocol protocol, std::uint16_t port) const -> decltype(ranges.cbegin());
    /// The first entry of PORT for a port in `range`; ports.end() if none.
    auto first_in(port_protocol protocol, port_range range) const -> decltype(ports.cbegin());
    /// The first range that overlaps `range`; ranges.end() if none.
    auto first_overlap(port_protocol protocol, port_range range) const -> decltype(ranges.cbegin());
    /// The most specific PORT UNRSV for `job` (upper case); null if none.
    unreserved_user const* find_unreserved(port_protocol protocol, std::string_view job) const;

    friend bool operator==(reservations const&, reservations const&) = default;
};

}  // namespace parser
