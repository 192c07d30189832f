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

/// Doubles with each redial in vain.
constexpr auto first_pause = std::chrono::milliseconds(20);
constexpr auto longest_pause = std::chrono::milliseconds(1000);
/// Who connects and is refused, over a network perhaps anybody, is logged once in this time.
constexpr auto refusal_log_interval = std::chrono::seconds(5);
/// Connections that have not said hello: more than a sysplex has stacks. Others are closed.
constexpr auto most_strangers = 128;

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

mesh::mesh(boost::asio::io_context& io, std::unique_ptr<cf::xcf::listener> listener,
           cf::xcf::dialler dialler)
    : io_(io),
      dialler_(std::move(dialler)),
      listening_(std::move(listener)),
      ready_(io, listening_->fd()),
      redial_(io),
      pause_(first_pause) {
    await_links();
}

mesh::~mesh() {
    ready_.release();
}

void mesh::await_links() {
    ready_.async_wait(ready_.wait_read, [this](boost::system::error_code error) {
        if (error) return;
        auto strangers = std::count_if(links_.begin(), links_.end(), [](auto const& each) {
            return !each->link().peer().has_value();
        });
        while (auto link = listening_->accept())
            if (strangers++ < most_strangers)
                links_.push_back(std::make_unique<mesh_link>(*this, std::move(link)));
        await_links();
    });
}

void mesh::connect(stack::member_id peer, std::string const& where) {
    dialled_[peer] = {where, {}};
    pause_ = first_pause;
    dial_all();
}

bool mesh::is_under_way(stack::member_id peer) const {
    return std::any_of(links_.begin(), links_.end(), [&](auto const& each) {
        return each->link().is_open() && each->wanted() == peer;
    });
}

void mesh::dial_all() {
    bool missing = false;
    for (auto& [peer, member] : dialled_) {
        if (is_under_way(peer)) continue;
        auto link = dialler_.connect(member.where);
        if (link) {
            links_.push_back(std::make_unique<mesh_link>(*this, std::move(*link), peer));
            continue;
        }
        missing = true;  // it has joined and does not listen yet, or has just died
        report(member, link.error().text);
    }
    if (missing) dial_again();
}

void mesh::dial_again() {
    if (std::exchange(redialling_, true)) return;
    redial_.expires_after(pause_);
    pause_ = std::min(2 * pause_, longest_pause);
    redial_.async_wait([this](boost::system::error_code error) {
        redialling_ = false;
        if (!error) dial_all();
    });
}

// A member may take a moment to listen, and that is not worth a line.
void mesh::report(dialled& member, std::string const& problem) {
    if (pause_ < longest_pause || member.problem == problem) return;
    member.problem = problem;
    log_message(severity::error, fmt::format("XCF cannot reach {}: {}", member.where, problem));
}

void mesh::drop(stack::member_id peer) {
    dialled_.erase(peer);
    if (auto const found = established_.find(peer); found != established_.end())
        found->second->close("the stack is gone");
}

void mesh::established(mesh_link& link, std::string_view name) {
    auto const peer = link.peer();
    if (listener_ != nullptr && !listener_->is_member(peer, name))
        return link.close(
            fmt::format("{} is no member of the sysplex group in slot {}", name, peer.slot));
    pause_ = first_pause;
    if (auto const found = dialled_.find(peer); found != dialled_.end())
        found->second.problem.clear();
    // The other side has made a new link, so the one before is broken, if we know it or not.
    if (auto* const older = std::exchange(established_[peer], &link))
        older->close("replaced by a newer link");
    if (listener_ != nullptr) listener_->on_link_up(peer);
}

void mesh::lost(mesh_link& link, std::string const& why) {
    bool const stranger = !link.link().peer().has_value();
    if (!stranger)
        log_message(severity::info, fmt::format("the XCF link to {} has ended: {}",
                                                link.link().peer()->stack, why));
    if (auto const found = established_.find(link.peer());
        found != established_.end() && found->second == &link)
        established_.erase(found);
    auto const wanted = dialled_.find(link.wanted());
    if (stranger && wanted != dialled_.end()) report(wanted->second, why);
    auto const now = std::chrono::steady_clock::now();
    if (stranger && !link.wanted().valid() && now - refusal_logged_ > refusal_log_interval) {
        refusal_logged_ = now;
        log_message(severity::warning, fmt::format("XCF has refused a connection: {}", why));
    }
    boost::asio::post(io_, [this] {
        std::erase_if(links_, [](auto const& each) { return !each->link().is_open(); });
        if (!dialled_.empty()) dial_again();
    });
}

mesh_link* mesh::link_to(stack::member_id member) {
    auto const found = established_.find(member);
    return found == established_.end() ? nullptr : found->second;
}

void mesh::send_control(stack::member_id to, control_kind kind, std::string_view text) {
    auto* link = link_to(to);
    if (link == nullptr) return;  // said again when the link is there
    link->link().send(
        cf::xcf::control{static_cast<std::uint16_t>(kind), std::as_bytes(std::span(text))}, *link);
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
