// The tcpplex command.
#include "operator/run.hpp"

#include <csignal>
#include <exception>

#include <sys/resource.h>

namespace {

// Each connection is a descriptor; thousands are wanted.
void raise_open_files() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    raise_open_files();
    try {
        auto const typed = operators::parse_command_line(argc, argv);
        if (auto const* const status = std::get_if<int>(&typed)) return *status;
        return operators::run(std::get<operators::command_line>(typed));
    } catch (std::exception const& failure) {
        return operators::fail({}, failure.what());
    }
}
