#include "daemon/sysplex/mesh.hpp"

#include "daemon/loop/log.hpp"
#include "daemon/sysplex/mesh_link.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace tcpplexd {

namespace {

constexpr auto redial_interval = std::chrono::milliseconds(20);
/// The only kind of control message there is: definitions as JSON.
constexpr std::uint16_t definitions_message = 1;

cf::xcf::notice_endpoint to_frame(stack::endpoint const& from) {
    return {from.host.bytes(), from.port};
}

cf::xcf::packet_header to_frame(stack::offload const& from) {
    cf::xcf::packet_header result;
    result.kind = static_cast<cf::xcf::packet_header::segmentation>(from.kind);
    result.gso_size = from.gso_size;
    result.checksum_partial = from.checksum_partial;
    result.checksum_start = from.checksum_start;
    result.checksum_offset = from.checksum_offset;
    return result;
}

}  // namespace

cf::result<std::unique_ptr<mesh>> mesh::open(boost::asio::io_context& io, std::string const& path,
                                             cf::xcf::hello const& self) {
    auto listening = cf::xcf::listener::open(path, self);
    if (!listening) return listening.error();
    return std::unique_ptr<mesh>(new mesh(io, self, std::move(*listening)));
}

mesh::mesh(boost::asio::io_context& io, cf::xcf::hello const& self,
           std::unique_ptr<cf::xcf::listener> listener)
    : io_(io),
      self_(self),
      listening_(std::move(listener)),
      ready_(io, listening_->fd()),
      redial_(io) {
    await_links();
}

mesh::~mesh() {
    ready_.release();
}

void mesh::await_links() {
    ready_.async_wait(ready_.wait_read, [this](boost::system::error_code error) {
        if (error) return;
        while (auto link = listening_->accept())
            links_.push_back(std::make_unique<mesh_link>(*this, std::move(link)));
        await_links();
    });
}

void mesh::connect(stack::member_id peer, std::string const& path) {
    dialled_[peer] = path;
    dial_all();
}

void mesh::dial_all() {
    bool missing = false;
    for (auto const& [peer, path] : dialled_) {
        bool const under_way =
            std::any_of(links_.begin(), links_.end(), [&, wanted = peer](auto const& each) {
                return each->link().is_open() && each->wanted() == wanted;
            });
        if (under_way) continue;
        auto link = cf::xcf::link::connect(path, self_);
        if (link)
            links_.push_back(std::make_unique<mesh_link>(*this, std::move(*link), peer));
        else
            missing = true;  // it has joined and does not listen yet, or has just died
    }
    if (!missing) return;
    redial_.expires_after(redial_interval);
    redial_.async_wait([this](boost::system::error_code error) {
        if (!error) dial_all();
    });
}

void mesh::drop(stack::member_id peer) {
    dialled_.erase(peer);
    if (auto const found = established_.find(peer); found != established_.end())
        found->second->close("the stack is gone");
}

void mesh::established(mesh_link& link, stack::member_id peer) {
    established_[peer] = &link;
    if (listener_ != nullptr) listener_->on_link_up(peer);
}

void mesh::lost(mesh_link& link, std::string const& why) {
    log_message(severity::debug, fmt::format("XCF link to slot {}: {}", link.peer().slot, why));
    if (auto const found = established_.find(link.peer());
        found != established_.end() && found->second == &link)
        established_.erase(found);
    boost::asio::post(io_, [this] {
        std::erase_if(links_, [](auto const& each) { return !each->link().is_open(); });
        dial_all();
    });
}

mesh_link* mesh::link_to(stack::member_id member) {
    auto const found = established_.find(member);
    return found == established_.end() ? nullptr : found->second;
}

void mesh::send_control(stack::member_id to, std::string_view text) {
    auto* link = link_to(to);
    if (link == nullptr) return;  // said again when the link is there
    link->link().send(cf::xcf::control{definitions_message, std::as_bytes(std::span(text))}, *link);
    link->await_room();
}

void mesh::send_notice(stack::member_id to, stack::connection_notice const& notice) {
    auto* link = link_to(to);
    if (link == nullptr) return;  // said again by announce_all() when the member is heard
    link->link().send(cf::xcf::notice{static_cast<std::uint8_t>(notice.what),
                                      to_frame(notice.tuple.local), to_frame(notice.tuple.remote)},
                      *link);
    link->await_room();
}

void mesh::send_packet(stack::member_id to, stack::fragments const& packet,
                       stack::offload const& meta) {
    if (auto* link = link_to(to))
        link->link().send(to_frame(meta), std::span(packet.begin(), packet.size()));
}

}  // namespace tcpplexd
