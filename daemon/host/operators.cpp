#include "daemon/host/operators.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <pwd.h>

namespace tcpplexd {
namespace {

host_result<uid_t> uid_of(std::string const& name) {
    std::array<char, 16 * 1024> text;
    passwd entry{};
    passwd* found = nullptr;
    int const error = getpwnam_r(name.c_str(), &entry, text.data(), text.size(), &found);
    if (found != nullptr) return found->pw_uid;
    return failure{
        fmt::format("operator '{}' of the host settings: {}; create the user or write the "
                    "uid",
                    name, error == 0 ? "no such user" : std::strerror(error))};
}

}  // namespace

host_result<std::vector<uid_t>> operator_uids(std::span<operator_id const> operators) {
    std::vector<uid_t> uids;
    for (operator_id const& who : operators) {
        if (auto const* uid = std::get_if<uid_t>(&who)) {
            uids.push_back(*uid);
            continue;
        }
        auto const uid = uid_of(std::get<std::string>(who));
        if (!uid) return uid.error();
        uids.push_back(*uid);
    }
    return uids;
}

}  // namespace tcpplexd
