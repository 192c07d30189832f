// One connection served by MISCSERV.
#pragma once

#include "daemon/loop/shard_loop.hpp"

#include <cstdint>

namespace tcpplexd {

enum class misc_service : std::uint16_t { echo = 7, discard = 9, chargen = 19 };

class misc_server;

class misc_connection : public socket_user {
  public:
    misc_connection(misc_server& server, shard_loop& loop, misc_service service);

    std::uint64_t cookie() const { return cookie_; }
    void attach(stack::socket_id socket);
    void on_event(stack::event const& what) override;

  private:
    void serve();
    void echo();
    void discard();
    void generate();

    misc_server& server_;
    shard_loop& loop_;
    misc_service service_;
    std::uint64_t cookie_;
    stack::socket_id socket_;
    std::uint32_t line_ = 0;    ///< chargen: the line that comes next
    std::uint32_t column_ = 0;  ///< and the character in it
    bool sent_fin_ = false;
};

}  // namespace tcpplexd
