// XCF on the event loop: one link to each other stack, for definitions, notices and packets.
#pragma once

#include "cf/xcf/dialler.hpp"
#include "cf/xcf/listener.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/sysplex/mesh_listener.hpp"
#include "stack/shard/environment.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {

class mesh_link;

/// Packets for a member without a link, or whose queue is full, are dropped; a link that breaks
/// while the member lives is made anew, by the side that made it, and definitions are exchanged
/// again.
class mesh {
  public:
    mesh(boost::asio::io_context& io, std::unique_ptr<cf::xcf::listener> listener,
         cf::xcf::dialler dialler);
    ~mesh();

    /// Before the loop runs: who hears.
    void attach(mesh_listener& listener) { listener_ = &listener; }
    void attach(shard_loop& loop) { loop_ = &loop; }

    /// Connects to the member that listens at `where` (member_description::xcf), now or as soon as
    /// it does, until drop().
    void connect(stack::member_id peer, std::string const& where);
    void drop(stack::member_id peer);

    /// Whether there is a link to any member.
    bool reaches_any() const { return !established_.empty(); }

    void send_control(stack::member_id to, control_kind kind, std::string_view text);
    void send_notice(stack::member_id to, stack::connection_notice const& notice);
    /// The one place where packets leave for another stack.
    void send_packet(stack::member_id to, stack::fragments const& packet,
                     stack::offload const& meta);

  private:
    friend class mesh_link;
    struct dialled {
        std::string where;
        std::string problem;  ///< why it could not be reached, as last logged
    };
    void await_links();
    void dial_all();
    void dial_again();
    bool is_under_way(stack::member_id peer) const;
    void report(dialled& member, std::string const& problem);
    void established(mesh_link& link, std::string_view name);
    void lost(mesh_link& link, std::string const& why);
    mesh_link* link_to(stack::member_id member);

    boost::asio::io_context& io_;
    cf::xcf::dialler dialler_;
    std::unique_ptr<cf::xcf::listener> listening_;
    boost::asio::posix::stream_descriptor ready_;  ///< the listener's descriptor, not owned
    boost::asio::steady_timer redial_;
    std::chrono::milliseconds pause_;  ///< before the next redial
    bool redialling_ = false;
    std::chrono::steady_clock::time_point refusal_logged_{};
    mesh_listener* listener_ = nullptr;
    shard_loop* loop_ = nullptr;
    std::vector<std::unique_ptr<mesh_link>> links_;
    std::map<stack::member_id, dialled> dialled_;  ///< members this side connects to
    std::map<stack::member_id, mesh_link*> established_;
};

}  // namespace tcpplexd
