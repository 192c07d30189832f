// XCF on the event loop: one link to each other stack, for definitions, notices and packets.
#pragma once

#include "cf/xcf/link.hpp"
#include "cf/xcf/listener.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "stack/shard/environment.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {

/// Hears what the links bring, except packets and notices: those go straight to the shard.
class mesh_listener {
  public:
    virtual ~mesh_listener() = default;
    virtual void on_link_up(stack::member_id peer) = 0;
    virtual void on_control(stack::member_id from, std::string_view text) = 0;
};

class mesh_link;

/// Packets for a member without a link, or whose queue is full, are dropped; a link that breaks
/// while the member lives is made anew, by the side that made it, and definitions are exchanged
/// again.
class mesh {
  public:
    /// Listens on the socket `path`; every link starts with `self`.
    static cf::result<std::unique_ptr<mesh>> open(boost::asio::io_context& io,
                                                  std::string const& path,
                                                  cf::xcf::hello const& self);
    ~mesh();

    /// Before the loop runs: who hears.
    void attach(mesh_listener& listener) { listener_ = &listener; }
    void attach(shard_loop& loop) { loop_ = &loop; }

    /// Connects to the member that listens on `path`, now or as soon as it does, until drop().
    void connect(stack::member_id peer, std::string const& path);
    void drop(stack::member_id peer);

    void send_control(stack::member_id to, std::string_view text);
    void send_notice(stack::member_id to, stack::connection_notice const& notice);
    void send_packet(stack::member_id to, stack::fragments const& packet,
                     stack::offload const& meta);

  private:
    friend class mesh_link;
    mesh(boost::asio::io_context& io, cf::xcf::hello const& self,
         std::unique_ptr<cf::xcf::listener> listener);
    void await_links();
    void dial_all();
    void established(mesh_link& link, stack::member_id peer);
    void lost(mesh_link& link, std::string const& why);
    mesh_link* link_to(stack::member_id member);

    boost::asio::io_context& io_;
    cf::xcf::hello self_;
    std::unique_ptr<cf::xcf::listener> listening_;
    boost::asio::posix::stream_descriptor ready_;  ///< the listener's descriptor, not owned
    boost::asio::steady_timer redial_;
    mesh_listener* listener_ = nullptr;
    shard_loop* loop_ = nullptr;
    std::vector<std::unique_ptr<mesh_link>> links_;
    std::map<stack::member_id, std::string> dialled_;  ///< members this side connects to, and where
    std::map<stack::member_id, mesh_link*> established_;
};

}  // namespace tcpplexd
