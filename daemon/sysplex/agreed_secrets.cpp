#include "daemon/sysplex/agreed_secrets.hpp"

#include "daemon/loop/shard_loop.hpp"

#include <chrono>

namespace tcpplexd {

stack::tcp::secrets agreed_secrets(cf::connector const& facility) {
    auto const [s0, s1, t0, t1] = facility.secret();
    stack::tcp::secrets agreed{.sequence = {s0, s1}, .timestamp = {t0, t1}};
    if (facility.is_remote())
        agreed.ahead =
            std::chrono::system_clock::now().time_since_epoch() - boot_time().time_since_epoch();
    return agreed;
}

}  // namespace tcpplexd
