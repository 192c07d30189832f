// Output of commands, and the way to their stack.
#include "operator/context.hpp"

#include "app/locate.hpp"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace operators {

bool write_text(int fd, std::string_view text) {
    while (!text.empty()) {
        ssize_t const written = ::write(fd, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN) return false;
        pollfd ready{fd, POLLOUT, 0};
        ::poll(&ready, 1, -1);
    }
    return true;
}

int fail(context const& with, std::string const& text) {
    write_text(with.error_output, "tcpplex: " + text + "\n");
    return exit_failed;
}

app::result<app::client> open_stack(context const& with) {
    auto const path = app::locate_stack(with.stack, with.directory);
    if (path.has_error()) return path.error();
    return app::client::open(*path);
}

}  // namespace operators
