#include "daemon/application/caller.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <optional>

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>

namespace tcpplexd {

namespace {

constexpr char const* viewers = "tcpplex";

std::optional<std::string> name_of(uid_t user) {
    std::array<char, 4096> room{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(user, &entry, room.data(), room.size(), &found) != 0 || found == nullptr)
        return std::nullopt;
    return std::string(entry.pw_name);
}

bool is_viewer(caller const& who) {
    std::array<char, 16384> room{};
    group entry{};
    group* found = nullptr;
    if (getgrnam_r(viewers, &entry, room.data(), room.size(), &found) != 0 || found == nullptr)
        return false;
    if (entry.gr_gid == who.group) return true;
    auto const name = name_of(who.user);
    if (!name) return false;
    for (char** member = entry.gr_mem; *member != nullptr; ++member)
        if (*name == *member) return true;
    return false;
}

/// The supplementary groups of the other end. Without them, which no kernel since 4.13 is, its own
/// group counts alone.
std::vector<gid_t> groups_of(int connection) {
    std::vector<gid_t> groups(32);
    for (;;) {
        auto size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
        if (getsockopt(connection, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) == 0) {
            groups.resize(size / sizeof(gid_t));
            return groups;
        }
        if (errno != ERANGE) return {};
        groups.resize(size / sizeof(gid_t));
    }
}

bool contains(std::vector<gid_t> const& all, std::uint32_t one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

app::result<caller> caller_of(int connection) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return app::system_error(errno, "credentials of a control connection");
    return caller{credentials.pid, credentials.uid, credentials.gid, groups_of(connection)};
}

std::string caller::name() const {
    return name_of(user).value_or("uid " + std::to_string(user));
}

std::string caller::job() const {
    auto name = name_of(user).value_or("UID" + std::to_string(user)).substr(0, 8);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char each) { return static_cast<char>(std::toupper(each)); });
    return name;
}

bool caller::may_look() const {
    return user == 0 || is_viewer(*this);
}

bool caller::may_change(std::vector<uid_t> const& operators) const {
    return user == 0 || std::find(operators.begin(), operators.end(), user) != operators.end();
}

bool caller::may_use(resource_holders const& resource) const {
    return contains(resource.users, user) || contains(resource.groups, group) ||
           std::any_of(groups.begin(), groups.end(),
                       [&](gid_t each) { return contains(resource.groups, each); });
}

}  // namespace tcpplexd
