#include "operator/job_option.hpp"

#include <CLI/Error.hpp>

namespace operators {

std::string upper_job(std::string job) {
    for (char& c : job)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (job.empty() || job.size() > 8)
        throw CLI::ValidationError("--jobname", "a job name has 1 to 8 characters");
    return job;
}

}  // namespace operators
