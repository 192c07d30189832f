// Links that come up, as the kernel tells it.
#pragma once

#include "app/descriptor.hpp"
#include "daemon/host/failure.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

struct ifinfomsg;

namespace tcpplexd {

/// Subscribed to the links of a network namespace (rtnetlink(7), RTNLGRP_LINK). A link that goes
/// down loses its routes, and whoever remembered its neighbours may have forgotten them.
class link_watch {
  public:
    /// Called from the loop with the name of a link that can carry packets again. After news were
    /// lost, with each link that can.
    using handler = std::function<void(std::string const& name)>;

    /// Of the namespace of the calling thread. What is up already is not told.
    static host_result<std::unique_ptr<link_watch>> open(boost::asio::io_context& io,
                                                         handler came_up);
    ~link_watch();
    link_watch(link_watch const&) = delete;
    link_watch& operator=(link_watch const&) = delete;

  private:
    link_watch(boost::asio::io_context& io, app::descriptor socket, handler came_up);
    bool ask_for_all();
    void await();
    void read_some();
    void read(std::span<std::byte const> messages);
    void note(bool is_there, ifinfomsg const& link);

    app::descriptor socket_;
    handler came_up_;
    std::map<int, bool> runs_;  ///< by index
    bool listing_ = false;      ///< the first list of all: what is in it has not just come up
    boost::asio::posix::stream_descriptor ready_;  ///< of socket_, not owned
    /// What a handler on its way through the loop looks at: this is still there.
    std::shared_ptr<link_watch*> self_ = std::make_shared<link_watch*>(this);
};

}  // namespace tcpplexd
