// What a control connection can ask of the running stack as a whole.
#pragma once

#include "app/message/reply.hpp"
#include "app/message/request.hpp"
#include "daemon/display/subject.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tcpplexd {

class changes;

/// The stack behind the control socket.
class operations {
  public:
    virtual ~operations() = default;

    /// The document of a report; empty if there is no such report.
    virtual boost::json::object display(std::string_view report, display_filter const& filter) = 0;
    virtual changes& configuration_changes() = 0;
    /// An application is about to bind to `host`: if that is in a VIPARANGE and active nowhere, it
    /// comes to life first.
    virtual void activate(stack::address const& host, std::function<void()> then) = 0;
    virtual app::alive identity() const = 0;
    /// Uids that may change the configuration, besides root.
    virtual std::vector<uid_t> const& operators() const = 0;
    /// Where its sockets are, by number of the shard.
    virtual std::vector<shard_loop*> const& shards() = 0;
    /// Why a socket could not have `local` (for a connection to `remote`): names the object, the
    /// holder if known, and the remedy.
    virtual std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                                stack::error_code why) = 0;
};

}  // namespace tcpplexd
