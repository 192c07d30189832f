// XCF in a simulation: links that take time, break, and are made again.
#pragma once

#include "daemon/loop/shard_loop.hpp"
#include "daemon/sysplex/mesh_listener.hpp"
#include "network.hpp"
#include "stack/shard/environment.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tcpplexd {

/// As daemon/sysplex/mesh.hpp: one link to each member, made by the side that connects; what is
/// sent without a link is lost.
class mesh {
  public:
    mesh(boost::asio::io_context& io, sim::xcf_network& network, std::string name);

    void attach(mesh_listener& listener) { listener_ = &listener; }
    void attach(shard_loop& loop) { loop_ = &loop; }
    /// Who this side is; from here on it can be reached.
    void introduce(stack::member_id self);

    void connect(stack::member_id peer, std::string const& where);
    void drop(stack::member_id peer);

    void send_control(stack::member_id to, control_kind kind, std::string_view text);
    void send_notice(stack::member_id to, stack::connection_notice const& notice);
    void send_packet(stack::member_id to, stack::fragments const& packet,
                     stack::offload const& meta);

    /// The link to the stack of this name has broken, if it was there at that time.
    void lost(std::string const& peer, sim::nanos at);

  private:
    struct link {
        std::string name;
        std::uint64_t number = 0;
        sim::nanos since = 0;
    };
    void dial();
    void greeted(stack::member_id wanted, stack::member_id by, std::string const& name,
                 std::uint64_t number);
    void established(stack::member_id peer, std::string const& name, std::uint64_t number);
    void send(stack::member_id to, std::function<void(mesh&)> what);

    boost::asio::io_context& io_;
    sim::xcf_network& network_;
    std::string name_;
    stack::member_id self_;
    mesh_listener* listener_ = nullptr;
    shard_loop* loop_ = nullptr;
    boost::asio::steady_timer redial_;
    std::map<stack::member_id, std::string> dialled_;
    std::map<stack::member_id, link> established_;
    std::uint64_t last_link_ = 0;
};

}  // namespace tcpplexd
