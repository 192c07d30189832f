#include "daemon/sysplex/mesh.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tcpplexd {

namespace {

constexpr auto redial_interval = std::chrono::milliseconds(200);

}  // namespace

mesh::mesh(boost::asio::io_context& io, sim::xcf_network& network, std::string name)
    : io_(io), network_(network), name_(std::move(name)), redial_(io) {}

void mesh::introduce(stack::member_id self) {
    self_ = self;
    network_.enter(name_, *this, io_);
}

void mesh::connect(stack::member_id peer, std::string const& where) {
    dialled_[peer] = where;
    dial();
}

void mesh::drop(stack::member_id peer) {
    dialled_.erase(peer);
    established_.erase(peer);
}

void mesh::dial() {
    bool any = false;
    for (auto const& [peer, where] : dialled_) {
        if (established_.count(peer) != 0) continue;
        any = true;
        auto const number = ++last_link_;
        network_.send(name_, where, [peer = peer, self = self_, name = name_, number](mesh& other) {
            other.greeted(peer, self, name, number);
        });
    }
    if (!any) return;
    redial_.expires_after(redial_interval);
    redial_.async_wait([this](boost::system::error_code error) {
        if (!error) dial();
    });
}

void mesh::greeted(stack::member_id wanted, stack::member_id by, std::string const& name,
                   std::uint64_t number) {
    if (wanted != self_ || !listener_->is_member(by, name)) return;
    network_.send(name_, name, [self = self_, own = name_, number](mesh& other) {
        if (other.dialled_.count(self) != 0) other.established(self, own, number);
    });
    established(by, name, number);
}

void mesh::established(stack::member_id peer, std::string const& name, std::uint64_t number) {
    established_[peer] = {name, number, sim::scheduler::current().now()};
    listener_->on_link_up(peer);
}

void mesh::lost(std::string const& peer, sim::nanos at) {
    std::erase_if(established_, [&](auto const& each) {
        return each.second.name == peer && each.second.since <= at;
    });
    dial();
}

void mesh::send(stack::member_id to, std::function<void(mesh&)> what) {
    auto const found = established_.find(to);
    if (found == established_.end()) return;
    network_.send(
        name_, found->second.name,
        [self = self_, number = found->second.number, what = std::move(what)](mesh& other) {
            auto const from = other.established_.find(self);
            if (from != other.established_.end() && from->second.number == number) what(other);
        });
}

void mesh::send_control(stack::member_id to, control_kind kind, std::string_view text) {
    send(to, [from = self_, kind, text = std::string(text)](mesh& other) {
        other.listener_->on_control(from, kind, text);
    });
}

void mesh::send_notice(stack::member_id to, stack::connection_notice const& notice) {
    send(to, [from = self_, notice](mesh& other) {
        other.loop_->core().notice(from, notice, other.loop_->now());
        other.loop_->touch();
    });
}

void mesh::send_packet(stack::member_id to, stack::fragments const& packet,
                       stack::offload const& meta) {
    std::vector<std::byte> bytes;
    for (auto const piece : packet)
        bytes.insert(bytes.end(), piece.begin(), piece.end());
    send(to, [from = self_, bytes = std::move(bytes), meta](mesh& other) {
        other.loop_->core().receive_forwarded(from, bytes, meta, other.loop_->now());
        other.loop_->touch();
    });
}

}  // namespace tcpplexd
