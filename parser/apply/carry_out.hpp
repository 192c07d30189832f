// One run over the statements of a file.
#pragma once

#include "parser/apply/application.hpp"

#include <vector>

namespace parser {

/// The statements to be carried out.
struct work {
    profile const& updates;
    std::vector<bool> left_out = {};  ///< by place in `updates`; empty: none
};

/// Carries them out in the order of z/OS, and says what they come to together.
void carry_out(application& run, work const& all);

}  // namespace parser
