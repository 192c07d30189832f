// A socket that an application has asked for and that is not a connected descriptor yet: binding,
// connecting or listening.
#pragma once

#include "app/message/reply.hpp"
#include "daemon/application/handover.hpp"
#include "daemon/application/shard_socket.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tcpplexd {

/// Where an application_socket reports: the control connection it came from.
class application_owner {
  public:
    virtual ~application_owner() = default;
    virtual void answer(std::uint64_t request, app::reply_body body,
                        app::descriptor attached = {}) = 0;
    /// The application has an open connection: `socket`, under the name of `connection`.
    virtual void handed_over(std::uint64_t connection, shard_socket const& socket) = 0;
    /// The socket has been handed over or has failed: forget it.
    virtual void finished(std::uint64_t cookie) = 0;
    /// A sentence on why `local` can't be had, with who holds it where that is known.
    virtual std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                                stack::error_code why) = 0;
    /// No descriptors are left: call retry() in a while.
    virtual void retry_later(std::uint64_t cookie) = 0;
    virtual pid_t process() const = 0;
    /// The shards that sockets can be in, the first being this thread's.
    virtual std::vector<shard_loop*> const& shards() = 0;
};

/// Without a name it is one socket of some shard, which connects. With a name it is one in each
/// shard: no shard gives the port to another, each takes the connections of its own flows, and what
/// connects is the one that the flow belongs to. Closes them when it is destroyed, but for one that
/// has been handed over.
class application_socket : public socket_user {
  public:
    /// `options` of what it opens; of a listener, of each connection it accepts.
    application_socket(shard_loop& loop, application_owner& owner,
                       app::socket_options const& options);
    ~application_socket() override;
    application_socket(application_socket const&) = delete;
    application_socket& operator=(application_socket const&) = delete;

    std::uint64_t cookie() const { return cookie_; }
    bool is_listener() const { return listening_; }
    bool is_bound() const { return bound_ && !listen_wanted_ && !remote_wanted_; }

    /// Before connect_bound().
    void add_options(app::socket_options const& wanted);
    /// The stack's sockets, for their options; none before the first request below.
    std::vector<shard_socket> const& sockets() const { return sockets_; }

    /// Each answers `request` once, now or later.
    void bind(std::uint64_t request, std::string const& job, stack::bound_name const& wanted);
    /// Bound to `local` first, if there is one, which may be any address and port.
    void connect(std::uint64_t request, std::string const& job,
                 std::optional<stack::endpoint> const& local, stack::endpoint const& remote);
    void connect_bound(std::uint64_t request, stack::endpoint const& remote);
    void listen(std::uint64_t request, std::string const& job, stack::bound_name const& wanted,
                std::uint16_t backlog);
    void accept(std::uint64_t request);
    void retry() { hand_out_accepted(); }

    void on_event(stack::event const& what) override;

  private:
    std::uint64_t cookie_of(std::size_t place) const;
    bool open(shard_loop& shard, std::size_t place);
    void bind_at(std::size_t place);
    void bind_elsewhere();
    void connect_somewhere();
    void connect_elsewhere();
    void connect_at_home();
    void close_all();
    void on_bound();
    void on_named();
    void listen_at(std::size_t place);
    void on_listening();
    void on_connected();
    void hand_out_accepted();
    void fail(stack::error_code why);
    void fail_with(app::error why);

    shard_loop& loop_;
    application_owner& owner_;
    std::uint64_t cookie_;  ///< 0 when the socket has been handed over
    std::string job_;
    std::vector<shard_socket> sockets_;  ///< by place: of a name, the shard's number
    std::size_t connecting_ = 0;         ///< the place that connects
    std::size_t awaited_ = 0;            ///< answers of other shards that are outstanding
    std::set<std::size_t> acceptable_;   ///< places that may have connections waiting
    unsigned attempts_ = 0;              ///< to find a port that is free in all shards, or in any
    stack::endpoint asked_;              ///< the name as the application wants it
    std::uint64_t request_ = 0;          ///< to be answered next
    stack::endpoint local_;
    stack::endpoint remote_;
    app::socket_options options_;
    handover ends_;  ///< of a connect, made before anything is sent
    std::uint16_t backlog_ = 0;
    std::deque<std::uint64_t> accepting_;  ///< accept requests not answered yet
    bool v6_only_ = false;
    bool remote_wanted_ = false;
    bool listen_wanted_ = false;
    bool named_ = false;  ///< the application asks for a name, be it any
    bool bound_ = false;
    bool listening_ = false;
};

}  // namespace tcpplexd
