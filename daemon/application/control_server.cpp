#include "daemon/application/control_server.hpp"

#include "daemon/application/caller.hpp"
#include "daemon/application/control_session.hpp"

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace tcpplexd {

namespace {

constexpr int backlog = 256;

std::optional<sockaddr_un> name_of(std::string const& path) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (path.size() >= sizeof name.sun_path) return std::nullopt;
    std::memcpy(name.sun_path, path.data(), path.size());
    return name;
}

bool somebody_answers(sockaddr_un const& name) {
    app::descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return connect(probe.get(), reinterpret_cast<sockaddr const*>(&name), sizeof name) == 0;
}

void set_access(std::string const& path) {
    // Failing to give the group access leaves the socket to root, which is the safe side.
    auto const* viewers = getgrnam("tcpplex");
    if (viewers != nullptr && chown(path.c_str(), 0, viewers->gr_gid) == 0)
        chmod(path.c_str(), 0660);
    else
        chmod(path.c_str(), 0600);
}

}  // namespace

app::result<std::unique_ptr<control_server>> control_server::open(shard_loop& loop,
                                                                  operations& node,
                                                                  std::string path) {
    auto const name = name_of(path);
    if (!name)
        return app::error{
            ENAMETOOLONG,
            path +
                ": a control socket's path may have 107 bytes: set 'control' in the host settings"};
    if (somebody_answers(*name))
        return app::error{EADDRINUSE, path +
                                          ": another stack is running there: stop it, or give this "
                                          "one another name or 'control' path"};
    unlink(path.c_str());
    app::descriptor listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    auto const before = umask(0177);
    bool const bound =
        bind(listener.get(), reinterpret_cast<sockaddr const*>(&*name), sizeof *name) == 0;
    auto const problem = errno;
    umask(before);
    if (!bound) return app::system_error(problem, "control socket " + path);
    set_access(path);
    if (listen(listener.get(), backlog) != 0)
        return app::system_error(errno, "control socket " + path);
    return std::unique_ptr<control_server>(
        new control_server(loop, node, std::move(path), std::move(listener)));
}

control_server::control_server(shard_loop& loop, operations& node, std::string path,
                               app::descriptor listener)
    : loop_(loop), node_(node), path_(std::move(path)), listener_(loop.io(), listener.release()) {
    await();
}

control_server::~control_server() {
    for (auto const& each : sessions_)
        if (auto const session = each.lock()) session->end();
    unlink(path_.c_str());
}

void control_server::await() {
    listener_.async_wait(listener_.wait_read, [this](boost::system::error_code error) {
        if (!error) accept_all();
    });
}

void control_server::accept_all() {
    for (;;) {
        app::descriptor connection(
            accept4(listener_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!connection) break;
        if (auto const who = caller_of(connection.get()))
            sessions_.push_back(control_session::start(loop_, node_, std::move(connection), *who));
    }
    std::erase_if(sessions_, [](auto const& each) { return each.expired(); });
    await();
}

}  // namespace tcpplexd
