#include "parser/source_rules.hpp"

#include "parser/model/job_name.hpp"

#include <fmt/format.h>

#include <utility>

namespace parser {

namespace {

std::string text_of(source_choice const& source) {
    if (auto const* address = std::get_if<ip_address>(&source)) return address->to_string();
    if (auto const* name = std::get_if<std::string>(&source)) return *name;
    return std::get<address_preference>(source) == address_preference::temporary ? "TEMPADDRS"
                                                                                 : "PUBLICADDRS";
}

std::string text_of(std::map<job_key, source_choice> const& jobs, char const* role) {
    std::string out;
    for (auto const& [key, source] : jobs)
        out += fmt::format("  JOBNAME {} {} {}\n", key.job, text_of(source), role);
    return out;
}

}  // namespace

bool operator<(job_key const& a, job_key const& b) {
    if (a.v4 != b.v4) return b.v4;
    return more_specific_job()(a.job, b.job);
}

bool longer_prefix::operator()(ip_prefix const& a, ip_prefix const& b) const {
    return std::pair(b.length, a.network) < std::pair(a.length, b.network);
}

bool is_v4(source_choice const& source) {
    auto const* address = std::get_if<ip_address>(&source);
    return address != nullptr && address->is_v4();
}

std::string to_profile(source_rules const& rules) {
    if (rules == source_rules()) return {};
    std::string out = "SRCIP\n" + text_of(rules.clients, "CLIENT");
    out += text_of(rules.servers, "SERVER");
    for (auto const& [network, source] : rules.destinations)
        out += fmt::format("  DESTINATION {} {}\n", network.to_string(), text_of(source));
    return out + "ENDSRCIP\n";
}

}  // namespace parser
