// What a control connection can ask of the running stack as a whole.
#pragma once

#include "app/message/reply.hpp"
#include "app/message/request.hpp"
#include "daemon/application/caller.hpp"
#include "daemon/application/wanted_name.hpp"
#include "daemon/display/subject.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tcpplexd {

class changes;

/// What came of an operator's command.
struct vary_outcome {
    std::vector<std::string> messages = {};  ///< in z/OS form, between its echo and its end
    std::string refused = {};      ///< why nothing was done: object and remedy; empty: it was done
    std::uint8_t return_code = 0;  ///< of app::is_utility() actions: MODDVIPA's
};

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
    /// Changes the stack's part in the sysplex; `asked.dvipa` is an address where the action has
    /// one. `done` is called once, at once or from the loop.
    virtual void vary_sysplex(app::sysplex_request const& asked,
                              std::function<void(vary_outcome)> done) = 0;
    virtual app::alive identity() const = 0;
    /// Uids that may change the configuration, besides root.
    virtual std::vector<uid_t> const& operators() const = 0;
    /// Why `who` may not have a name that the profile keeps for the users of a resource (SAF): the
    /// statement, the setting and the remedy. Empty: nothing of it is, or he is one of them.
    virtual std::string guarded_from(caller const& who, wanted_name const& wanted) = 0;
    /// Where its sockets are, by number of the shard.
    virtual std::vector<shard_loop*> const& shards() = 0;
    /// Why a socket could not have `local` (for a connection to `remote`): names the object, the
    /// holder if known, and the remedy.
    virtual std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                                stack::error_code why) = 0;
};

}  // namespace tcpplexd
