// The control socket: where operators and applications reach the stack.
#pragma once

#include "app/descriptor.hpp"
#include "app/error.hpp"
#include "daemon/application/operations.hpp"
#include "daemon/loop/shard_loop.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tcpplexd {

class control_session;

/// Listens on a Unix stream socket. The path is the stack's claim to its name: a socket that
/// somebody still answers on is refused, one that a dead stack left behind is replaced. Removed at
/// the end.
class control_server {
  public:
    /// Makes the socket: 0660 root:tcpplex if that group exists, else 0600.
    static app::result<std::unique_ptr<control_server>> open(shard_loop& loop, operations& node,
                                                             std::string path);
    ~control_server();

  private:
    control_server(shard_loop& loop, operations& node, std::string path, app::descriptor listener);
    void await();
    void accept_all();

    shard_loop& loop_;
    operations& node_;
    std::string path_;
    boost::asio::posix::stream_descriptor listener_;
    std::vector<std::weak_ptr<control_session>> sessions_;  ///< to be ended before the shard goes
};

}  // namespace tcpplexd
