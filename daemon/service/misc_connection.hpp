// One connection served by MISCSERV.
#pragma once

#include "daemon/loop/shard_loop.hpp"
#include "daemon/service/misc_service.hpp"

#include <cstdint>

namespace tcpplexd {

class misc_server;

class misc_connection : public socket_user {
  public:
    /// Enrols for the events of `socket`, whose cookie is `cookie`.
    misc_connection(misc_server& server, shard_loop& loop, misc_service service,
                    stack::socket_id socket, std::uint64_t cookie);

    /// Does what can be done now.
    void serve();
    void on_event(stack::event const& what) override;

  private:
    void echo();
    void discard();
    void generate();

    misc_server& server_;
    shard_loop& loop_;
    misc_service service_;
    std::uint64_t cookie_;
    stack::socket_id socket_;
    std::uint32_t at_ = 0;  ///< chargen: the place in the repeating text that comes next
    bool sent_fin_ = false;
};

}  // namespace tcpplexd
