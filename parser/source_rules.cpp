#include "parser/source_rules.hpp"

#include "parser/model/job_name.hpp"

#include <utility>

namespace parser {

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

}  // namespace parser
