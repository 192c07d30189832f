#include "parser/source_rules.hpp"

#include "parser/model/job_name.hpp"

#include <utility>

namespace parser {

namespace {

source_choice const* find(std::map<job_key, source_choice> const& among, bool v4,
                          std::string const& name) {
    auto const found = among.find({v4, name});
    return found == among.end() ? nullptr : &found->second;
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

source_choice const* source_rules::for_client(std::string_view job,
                                              ip_address const& destination) const {
    bool const v4 = destination.is_v4();
    for (auto const& name : names_for(job))
        if (name != "*")
            if (auto const* found = find(clients, v4, name)) return found;
    for (unsigned length = destination.bits() + 1; length-- > 0;) {
        auto const network = network_of(destination, static_cast<std::uint8_t>(length));
        auto const found = destinations.find(network);
        if (found != destinations.end()) return &found->second;
    }
    return find(clients, v4, "*");
}

source_choice const* source_rules::for_server(std::string_view job, bool v4) const {
    for (auto const& name : names_for(job))
        if (auto const* found = find(servers, v4, name)) return found;
    return nullptr;
}

}  // namespace parser
