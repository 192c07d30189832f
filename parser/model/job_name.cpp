#include "parser/model/job_name.hpp"

namespace parser {

bool more_specific_job::operator()(std::string_view a, std::string_view b) const {
    bool const a_generic = a.ends_with('*');
    bool const b_generic = b.ends_with('*');
    if (a_generic != b_generic) return b_generic;
    if (a_generic && a.size() != b.size()) return a.size() > b.size();
    return a < b;
}

std::vector<std::string> names_for(std::string_view job) {
    std::vector<std::string> names;
    if (!job.empty()) names.emplace_back(job);
    for (std::size_t length = job.size() + 1; length-- > 0;)
        names.push_back(std::string(job.substr(0, length)) + '*');
    return names;
}

}  // namespace parser
