// A context whose input is a text and whose outputs can be read.
#pragma once

#include "operator/context.hpp"

#include <string>

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tests {

class command_output {
  public:
    explicit command_output(std::string const& stack, std::string const& input = "") {
        ::signal(SIGPIPE, SIG_IGN);  // as main() does
        with.stack = stack;
        with.input = input_.get();
        with.output = output_.get();
        with.error_output = error_.get();
        operators::write_text(input_.get(), input);
        ::lseek(input_.get(), 0, SEEK_SET);
    }

    std::string output() const { return contents(output_.get()); }
    std::string errors() const { return contents(error_.get()); }

  private:
    static std::string contents(int fd) {
        std::string text(static_cast<std::size_t>(::lseek(fd, 0, SEEK_END)), '\0');
        if (::pread(fd, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
            ::abort();
        return text;
    }

    app::descriptor input_{::memfd_create("input", MFD_CLOEXEC)};
    app::descriptor output_{::memfd_create("output", MFD_CLOEXEC)};
    app::descriptor error_{::memfd_create("error", MFD_CLOEXEC)};

  public:
    operators::context with;
};

}  // namespace tests
