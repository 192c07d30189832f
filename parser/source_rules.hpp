// Which source address SRCIP gives whom.
#pragma once

#include "parser/model/ip_address.hpp"
#include "parser/model/statement.hpp"

#include <cstdint>
#include <map>
#include <string>

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

    friend bool operator==(source_rules const&, source_rules const&) = default;
};

/// Names and preferences are of IPv6.
bool is_v4(source_choice const& source);

}  // namespace parser
