#include "daemon/host/account.hpp"

#include "daemon/host/yaml_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <limits>

#include <grp.h>
#include <pwd.h>

namespace tcpplexd {
namespace {

failure unknown(std::string_view what, std::string_view kind, std::string const& name, int error) {
    return {fmt::format("{} '{}' of the host settings: {}; create the {} or write its number", what,
                        name, error == 0 ? fmt::format("no such {}", kind) : std::strerror(error),
                        kind)};
}

}  // namespace

std::optional<account> to_account(std::string_view written) {
    if (written.find_first_not_of("0123456789") != std::string_view::npos)
        return account(std::string(written));
    // The highest number means "nobody" to chown(2) and its kin.
    auto const number = parse_number(written, 0, std::numeric_limits<uid_t>::max() - 1);
    if (!number) return std::nullopt;
    return account(uid_t{*number});
}

host_result<uid_t> uid_of(account const& user, std::string_view what) {
    if (auto const* uid = std::get_if<uid_t>(&user)) return *uid;
    auto const& name = std::get<std::string>(user);
    std::array<char, 16 * 1024> text;
    passwd entry{};
    passwd* found = nullptr;
    int const error = getpwnam_r(name.c_str(), &entry, text.data(), text.size(), &found);
    if (found != nullptr) return found->pw_uid;
    return unknown(what, "user", name, error);
}

host_result<gid_t> gid_of(account const& group, std::string_view what) {
    if (auto const* gid = std::get_if<uid_t>(&group)) return gid_t{*gid};
    auto const& name = std::get<std::string>(group);
    // A group's entry has all its members.
    std::string text(1024 * 1024, '\0');
    ::group entry{};
    ::group* found = nullptr;
    int const error = getgrnam_r(name.c_str(), &entry, text.data(), text.size(), &found);
    if (found != nullptr) return found->gr_gid;
    return unknown(what, "group", '@' + name, error);
}

}  // namespace tcpplexd
