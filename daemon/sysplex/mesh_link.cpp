#include "daemon/sysplex/mesh_link.hpp"

#include "stack/tun/offload_check.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <fcntl.h>

namespace tcpplexd {

namespace {

/// For connecting, too. A stranger must not keep a connection open.
constexpr auto time_to_say_hello = std::chrono::seconds(5);

stack::endpoint to_stack(cf::xcf::notice_endpoint const& from) {
    return {stack::address(from.host), from.port};
}

stack::offload to_stack(cf::xcf::packet_header const& from) {
    stack::offload result;
    result.kind = static_cast<stack::offload::segmentation>(from.kind);
    result.gso_size = from.gso_size;
    result.checksum_partial = from.checksum_partial;
    result.checksum_start = from.checksum_start;
    result.checksum_offset = from.checksum_offset;
    return result;
}

}  // namespace

mesh_link::mesh_link(mesh& owner, std::unique_ptr<cf::xcf::link> link, stack::member_id wanted)
    : owner_(owner),
      link_(std::move(link)),
      ready_(owner.io_, fcntl(link_->fd(), F_DUPFD_CLOEXEC, 0)),
      packets_ready_(owner.io_),
      greeting_(owner.io_),
      wanted_(wanted) {
    await_hello();
    await_frames();
    await_room();
}

mesh_link::~mesh_link() = default;

void mesh_link::await_frames() {
    ready_.async_wait(ready_.wait_read, [this](boost::system::error_code error) {
        if (error) return;
        owner_.loop_->touch();
        link_->on_readable(*this);
        if (link_->is_open()) await_frames();
    });
}

void mesh_link::await_hello() {
    greeting_.expires_after(time_to_say_hello);
    greeting_.async_wait([this](boost::system::error_code error) {
        if (!error) close(fmt::format("no hello within {} s", time_to_say_hello.count()));
    });
}

void mesh_link::await_packets() {
    packets_ready_.async_wait(packets_ready_.wait_read, [this](boost::system::error_code error) {
        if (error) return;
        take_packets();
    });
}

// What the link has read already does not make the descriptor readable.
void mesh_link::take_packets() {
    if (!link_->is_open()) return;
    owner_.loop_->touch();
    if (link_->on_packets_readable(*this))
        boost::asio::post(owner_.io_, [this] { take_packets(); });
    else if (link_->is_open())
        await_packets();
}

void mesh_link::await_room() {
    if (awaiting_room_ || !link_->wants_write()) return;
    awaiting_room_ = true;
    ready_.async_wait(ready_.wait_write, [this](boost::system::error_code error) {
        if (error) return;
        awaiting_room_ = false;
        link_->on_writable(*this);
        await_room();
    });
}

void mesh_link::on_hello(cf::xcf::hello const& peer) {
    peer_ = {peer.slot, peer.incarnation};
    greeting_.cancel();
    if (link_->packet_fd() >= 0) {
        packets_ready_.assign(fcntl(link_->packet_fd(), F_DUPFD_CLOEXEC, 0));
        await_packets();
    }
    owner_.established(*this, peer.stack);
}

void mesh_link::on_control(cf::xcf::control const& message) {
    if (message.kind == 0 || message.kind > static_cast<std::uint16_t>(control_kind::report))
        return close("a control message of unknown kind");
    auto const* text = reinterpret_cast<char const*>(message.contents.data());
    if (owner_.listener_ != nullptr)
        owner_.listener_->on_control(peer_, static_cast<control_kind>(message.kind),
                                     {text, message.contents.size()});
}

void mesh_link::on_notice(cf::xcf::notice const& what) {
    using kind = stack::connection_notice::kind;
    if (what.what > static_cast<std::uint8_t>(kind::stopped_receiving))
        return close("a notice of unknown kind");
    owner_.loop_->core().notice(
        peer_, {static_cast<kind>(what.what), {to_stack(what.local), to_stack(what.remote)}},
        owner_.loop_->now());
}

void mesh_link::on_packet(cf::xcf::packet const& what) {
    // The metadata came from another process: what contradicts the packet is dropped, as from a
    // device.
    auto const meta = to_stack(what.header);
    if (stack::tun::is_sound(meta, what.bytes))
        owner_.loop_->core().receive_forwarded(peer_, what.bytes, meta, owner_.loop_->now());
}

void mesh_link::on_closed(std::string const& why) {
    boost::system::error_code ignored;
    ready_.close(ignored);
    packets_ready_.close(ignored);
    greeting_.cancel();
    owner_.lost(*this, why);
}

}  // namespace tcpplexd
