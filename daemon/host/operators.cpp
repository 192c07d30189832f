#include "daemon/host/operators.hpp"

namespace tcpplexd {

host_result<std::vector<uid_t>> operator_uids(std::span<account const> operators) {
    std::vector<uid_t> uids;
    for (account const& who : operators) {
        auto const uid = uid_of(who, "operator");
        if (!uid) return uid.error();
        uids.push_back(*uid);
    }
    return uids;
}

}  // namespace tcpplexd
