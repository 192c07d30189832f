// Which source address SRCIP gives whom.
#pragma once

#include "parser/model/ip_address.hpp"
#include "parser/model/statement.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace parser {

/// Whom a JOBNAME entry is for; the more specific job names come first.
struct job_key {
    bool v4 = true;  ///< the family of the source address
    std::string job;

    friend bool operator==(job_key const&, job_key const&) = default;
    friend bool operator<(job_key const& a, job_key const& b);
};

/// Orders networks by length, the longest first.
struct longer_prefix {
    bool operator()(ip_prefix const& a, ip_prefix const& b) const;
};

struct source_rules {
    std::map<job_key, source_choice> clients;  ///< JOBNAME ... CLIENT or BOTH
    std::map<job_key, source_choice> servers;  ///< JOBNAME ... SERVER or BOTH
    std::map<ip_prefix, source_choice, longer_prefix> destinations;

    /// For a connection that `job` (upper case) opens from a socket without a source address: the
    /// most specific JOBNAME but *, else the most specific DESTINATION, else JOBNAME *; null if no
    /// entry is for it. A choice by name or preference is of IPv6.
    source_choice const* for_client(std::string_view job, ip_address const& destination) const;
    /// For a socket that `job` (upper case) binds to any address of IPv4 or else of IPv6; null if
    /// no entry is for it.
    source_choice const* for_server(std::string_view job, bool v4) const;

    friend bool operator==(source_rules const&, source_rules const&) = default;
};

/// Names and preferences are of IPv6.
bool is_v4(source_choice const& source);

}  // namespace parser
