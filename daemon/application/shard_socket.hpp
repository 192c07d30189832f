// A socket of a stack, whichever of its shards it is in.
#pragma once

#include "daemon/loop/shard_loop.hpp"

#include <utility>

namespace tcpplexd {

struct shard_socket {
    shard_loop* loop = nullptr;
    stack::socket_id id;

    bool valid() const { return id.valid(); }
    /// call(shard, id, now) on the shard's thread, as the end of a burst.
    template <class Call>
    auto run(Call&& call) const {
        return loop->run([&](shard_loop& there) {
            there.touch();
            return call(there.core(), id, there.now());
        });
    }
    void close() {
        if (!valid()) return;
        run([](stack::shard& core, stack::socket_id which, stack::instant now) {
            core.close(which, now);
        });
        id = {};
    }
};

}  // namespace tcpplexd
