// What z/OS does with a file that has errors: it carries out the rest.
#pragma once

#include "parser/configuration.hpp"

namespace parser {

/// Carries out what is left when faulty statements, those that need them, and what z/OS ignores
/// with them, are left out.
apply_result skip_faulty(configuration const& running, profile const& updates, phase when);

}  // namespace parser
