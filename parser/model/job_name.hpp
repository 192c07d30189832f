// Job names as PORT and SRCIP write them: a name, the beginning of names with * after it, or *.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parser {

/// Orders such names so that the more specific comes first: whole names, then longer beginnings.
struct more_specific_job {
    bool operator()(std::string_view a, std::string_view b) const;
};

/// What may stand in a profile for `job` (upper case), the most specific first: "AB", "AB*", "A*",
/// "*".
std::vector<std::string> names_for(std::string_view job);

}  // namespace parser
