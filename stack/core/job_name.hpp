// Names of jobs as profiles write them.
#pragma once

#include <string_view>

namespace stack {

/// Whether a statement that names `written` is for `job`: the same name, or one that begins with
/// what stands before an asterisk (IP Configuration Reference, PORT and SRCIP).
constexpr bool is_for_job(std::string_view written, std::string_view job) {
    if (written.ends_with('*')) return job.starts_with(written.substr(0, written.size() - 1));
    return job == written;
}

}  // namespace stack
