// One XCF link on the event loop.
#pragma once

#include "cf/xcf/link.hpp"
#include "daemon/sysplex/mesh.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>

namespace tcpplexd {

/// Passes packets and notices to the shard, control messages to the mesh's listener. After the link
/// has closed the mesh destroys it from the loop, never from inside one of its calls.
class mesh_link : public cf::xcf::receiver {
  public:
    /// `wanted`: whom this side has called; not valid for a link that the other side made.
    mesh_link(mesh& owner, std::unique_ptr<cf::xcf::link> link, stack::member_id wanted = {});
    ~mesh_link() override;

    cf::xcf::link& link() { return *link_; }
    stack::member_id peer() const { return peer_; }
    stack::member_id wanted() const { return wanted_; }
    /// Waits for room if something is queued.
    void await_room();
    void close(std::string const& why) { link_->close(why, *this); }

    void on_hello(cf::xcf::hello const& peer) override;
    void on_control(cf::xcf::control const& message) override;
    void on_notice(cf::xcf::notice const& what) override;
    void on_packet(cf::xcf::packet const& what) override;
    void on_closed(std::string const& why) override;

  private:
    void await_frames();
    void await_packets();
    void take_packets();
    void await_hello();

    mesh& owner_;
    std::unique_ptr<cf::xcf::link> link_;
    boost::asio::posix::stream_descriptor ready_;          ///< a copy: the link closes its own
    boost::asio::posix::stream_descriptor packets_ready_;  ///< likewise, where packets come apart
    boost::asio::steady_timer greeting_;                   ///< until it has said hello
    stack::member_id wanted_;
    stack::member_id peer_;
    bool awaiting_room_ = false;
};

}  // namespace tcpplexd
