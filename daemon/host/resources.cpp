#include "daemon/host/resources.hpp"

#include <fmt/format.h>

namespace tcpplexd {

host_result<resources> look_up(named_resources const& named) {
    resources result;
    for (auto const& [name, wanted] : named) {
        std::string const what = fmt::format("resource {}:", name);
        auto& holders = result[name];
        for (auto const& each : wanted.users) {
            auto const uid = uid_of(each, what);
            if (!uid) return uid.error();
            holders.users.push_back(*uid);
        }
        for (auto const& each : wanted.groups) {
            auto const gid = gid_of(each, what);
            if (!gid) return gid.error();
            holders.groups.push_back(*gid);
        }
    }
    return result;
}

}  // namespace tcpplexd
