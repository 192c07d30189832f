// A socket that an application has asked for and that is not a connected descriptor yet: binding,
// connecting or listening.
#pragma once

#include "app/message/reply.hpp"
#include "daemon/application/handover.hpp"
#include "daemon/loop/shard_loop.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

namespace tcpplexd {

/// Where an application_socket reports: the control connection it came from.
class application_owner {
  public:
    virtual ~application_owner() = default;
    virtual void answer(std::uint64_t request, app::reply_body body,
                        app::descriptor attached = {}) = 0;
    /// The application has an open connection: `socket`, under the name of `connection`.
    virtual void handed_over(std::uint64_t connection, stack::socket_id socket) = 0;
    /// The socket has been handed over or has failed: forget it.
    virtual void finished(std::uint64_t cookie) = 0;
    /// A sentence on why `local` can't be had, with who holds it where that is known.
    virtual std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                                stack::error_code why) = 0;
    /// No descriptors are left: call retry() in a while.
    virtual void retry_later(std::uint64_t cookie) = 0;
    virtual pid_t process() const = 0;
};

/// Closes its socket when it is destroyed, unless it has been handed over.
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
    bool is_bound() const { return bound_ && !listening_ && !remote_wanted_; }

    /// Before connect_bound().
    void add_options(app::socket_options const& wanted);
    /// The stack's socket, for its options; invalid before the first request below.
    stack::socket_id socket() const { return socket_; }

    /// Each answers `request` once, now or later.
    void bind(std::uint64_t request, std::string const& job, stack::endpoint const& local);
    void connect(std::uint64_t request, std::string const& job, stack::endpoint const& local,
                 stack::endpoint const& remote);
    void connect_bound(std::uint64_t request, stack::endpoint const& remote);
    void listen(std::uint64_t request, std::string const& job, stack::endpoint const& local,
                std::uint16_t backlog);
    void accept(std::uint64_t request);
    void retry() { hand_out_accepted(); }

    void on_event(stack::event const& what) override;

  private:
    bool open(std::string const& job);
    void on_bound();
    void on_listening();
    void on_connected();
    void hand_out_accepted();
    void fail(stack::error_code why);
    void fail_with(app::error why);

    shard_loop& loop_;
    application_owner& owner_;
    std::uint64_t cookie_;  ///< 0 when the socket has been handed over
    stack::socket_id socket_;
    std::uint64_t request_ = 0;  ///< to be answered next
    stack::endpoint local_;
    stack::endpoint remote_;
    app::socket_options options_;
    handover ends_;  ///< of a connect, made before anything is sent
    std::uint16_t backlog_ = 0;
    std::deque<std::uint64_t> accepting_;  ///< accept requests not answered yet
    bool remote_wanted_ = false;
    bool listen_wanted_ = false;
    bool bound_ = false;
    bool listening_ = false;
};

}  // namespace tcpplexd
