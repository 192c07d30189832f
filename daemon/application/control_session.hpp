// One control connection: requests of an operator or an application, and their answers.
#pragma once

#include "app/channel.hpp"
#include "app/message/request.hpp"
#include "daemon/application/application_socket.hpp"
#include "daemon/application/caller.hpp"
#include "daemon/application/connection_names.hpp"
#include "daemon/application/datagram_pipe.hpp"
#include "daemon/application/operations.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <memory>

namespace tcpplexd {

/// Lives until the other side closes it or breaks the protocol. Its listeners and bound sockets go
/// with it, its connections do not.
class control_session : public application_owner,
                        public std::enable_shared_from_this<control_session> {
  public:
    static std::shared_ptr<control_session> start(shard_loop& loop, operations& node,
                                                  app::descriptor connection, caller const& who);
    ~control_session() override;
    /// Closes what it has: its listeners and sockets, and the connection.
    void end();

    void answer(std::uint64_t request, app::reply_body body, app::descriptor attached) override;
    void handed_over(std::uint64_t connection, shard_socket const& socket) override;
    void finished(std::uint64_t cookie) override;
    std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                        stack::error_code why) override;
    void retry_later(std::uint64_t cookie) override;
    pid_t process() const override { return who_.process; }
    std::vector<shard_loop*> const& shards() override { return node_.shards(); }

  private:
    control_session(shard_loop& loop, operations& node, app::descriptor connection,
                    caller const& who);
    void await_requests();
    void await_room();
    void read_requests();
    void write_answers();
    void carry_out(app::request asked);

    void do_request(std::uint64_t id, app::connect_request const& asked);
    void do_request(std::uint64_t id, app::bind_request const& asked);
    void do_request(std::uint64_t id, app::listen_request const& asked);
    void do_request(std::uint64_t id, app::accept_request const& asked);
    void do_request(std::uint64_t id, app::datagram_request const& asked);
    void do_request(std::uint64_t id, app::close_request const& asked);
    void do_request(std::uint64_t id, app::options_request const& asked);
    void do_request(std::uint64_t id, app::info_request const& asked);
    void do_request(std::uint64_t id, app::display_request const& asked);
    void do_request(std::uint64_t id, app::obeyfile_request const& asked);
    void do_request(std::uint64_t id, app::rollback_request const& asked);
    void do_request(std::uint64_t id, app::confirm_request const& asked);
    void do_request(std::uint64_t id, app::sysplex_request const& asked);
    /// Whether the caller may not change the stack; it is told then.
    bool refuse_change(std::uint64_t id);
    template <typename Request>
    void change(std::uint64_t id, Request const& asked);
    void do_request(std::uint64_t id, app::ping_request const& asked);
    void refuse(std::uint64_t id, int code, std::string message);

    void open_datagrams(std::uint64_t id, std::string const& job, datagram_name const& wanted);
    application_socket& add_socket(app::socket_options const& options);
    application_socket* find_socket(std::uint64_t cookie);
    /// What the request names; none if it is not of this connection, or gone.
    std::vector<shard_socket> sockets_named(app::options_request const& asked);
    /// Whether a resource of the profile keeps the name from the caller; he is told then.
    bool refuse_guarded(std::uint64_t id, std::string const& job, stack::endpoint const& local,
                        wanted_name::use what);
    bool refuse_v6only(std::uint64_t id, bool wanted, app::endpoint const& local);
    bool refuse_options(std::uint64_t id, app::socket_options const& wanted);
    std::string job_of(std::string const& asked) const;

    shard_loop& loop_;
    operations& node_;
    caller who_;
    app::channel channel_;
    boost::asio::posix::stream_descriptor ready_;  ///< the channel's descriptor, not owned
    boost::asio::steady_timer retry_timer_;
    boost::unordered_flat_map<std::uint64_t, std::unique_ptr<application_socket>> sockets_;
    std::unique_ptr<application_socket> dying_;  ///< finished during its own call
    connection_names connections_;
    bool awaiting_room_ = false;
    bool ended_ = false;
};

}  // namespace tcpplexd
