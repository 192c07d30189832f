// The option --jobname of several commands.
#pragma once

#include <string>

namespace operators {

/// In upper case. Throws CLI::ValidationError if it has not 1 to 8 characters.
std::string upper_job(std::string job);

}  // namespace operators
