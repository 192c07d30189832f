#include "tcp_host.hpp"

#include "stack/wire/tcp.hpp"

#include <algorithm>
#include <string_view>

namespace sim {

using namespace std::chrono_literals;

namespace {

std::byte pattern_at(std::uint64_t seed, std::uint64_t position) {
    std::uint64_t x = (seed + position) * 0x9e3779b97f4a7c15;
    return static_cast<std::byte>(x >> 56);
}

}  // namespace

tcp_host::tcp_host(weather const& w, tcp_wire& out, script const& work, random_source& random)
    : weather_(w),
      out_(out),
      work_(work),
      random_(random),
      entropy_(random),
      engine_(*this, *this, entropy_) {}

void tcp_host::complain(std::string text) {
    if (!trouble_) trouble_ = std::move(text);
}

void tcp_host::connect(stack::four_tuple const& tuple, instant now) {
    now_ = now;
    auto const id = engine_.connect(tuple, 1, now);
    if (!id) return complain("connect: " + id.error().message());
    connection_ = *id;
}

void tcp_host::listen(stack::endpoint const& local) {
    auto const id = engine_.listen(local, 4, 2);
    if (!id) return complain("listen: " + id.error().message());
    listener_ = *id;
}

void tcp_host::read(instant now) {
    bool const busy = random_() % 1000 < work_.lazy;
    if (!readable_ || busy || !connection_) return;
    std::size_t count = 0;
    for (auto const piece : engine_.readable(*connection_))
        for (std::byte const b : piece) {
            if (work_.read_at_once != 0 && count == work_.read_at_once) break;
            if (b != pattern_at(work_.peer_pattern, received_ + count))
                return complain("byte " + std::to_string(received_ + count) + " is altered");
            ++count;
        }
    received_ += count;
    engine_.consume(*connection_, count, now);
    if (engine_.at_end(*connection_)) {
        if (work_.in_order && received_ != work_.expected) complain("the stream ended early");
        readable_ = false;
    }
    if (engine_.readable(*connection_).empty()) readable_ = false;
}

void tcp_host::write(instant now) {
    while (writable_ && sent_ < work_.to_send) {
        auto const room = engine_.writable(*connection_);
        if (room.empty()) {
            writable_ = false;
            return;
        }
        std::size_t const most = std::min<std::uint64_t>(room.size(), work_.to_send - sent_);
        std::size_t const count = random_() % 4 == 0 ? 1 + random_() % most : most;
        for (std::size_t i = 0; i < count; ++i)
            room[i] = pattern_at(work_.pattern, sent_ + i);
        engine_.produced(*connection_, count, now);
        sent_ += count;
    }
    if (sent_ < work_.to_send || shut_) return;
    engine_.shutdown_send(*connection_, now);
    shut_ = true;
}

bool tcp_host::time_to_quit() const {
    return work_.quits && connection_ && !finished_ && sent_ + received_ >= work_.quit_after;
}

void tcp_host::quit(instant now) {
    if (work_.aborts) engine_.abort(*connection_, now);
    give_up(now);
}

void tcp_host::give_up(instant now) {
    if (finished_) return;
    if (connection_) engine_.close(*connection_, now);
    if (listener_) engine_.close(*listener_, now);
    finished_ = true;
}

void tcp_host::work(instant now) {
    now_ = now;
    engine_.advance(now);
    if (acceptable_ && !connection_) {
        connection_ = engine_.accept(*listener_);
        established_ = writable_ = true;
    }
    if (connection_ && established_ && !finished_) {
        read(now);
        write(now);
    }
    if (time_to_quit()) quit(now);
    if (over_ && !finished_) {
        if (work_.in_order && received_ != work_.expected)
            complain("finished without all the data");
        give_up(now);
    }
    engine_.advance(now);
    if (auto const broken = engine_.broken_invariant()) complain(std::string(*broken));
}

// The right edge of the window on the wire never moves left (RFC 9293 3.8.6), but for the rounding
// of a small remainder (RFC 7323 2.4).
void tcp_host::check_edge(stack::tcp::outgoing_segment const& segment) {
    auto const parsed = stack::wire::parse_tcp(segment.header);
    if (!parsed) return complain("an unreadable segment was sent");
    auto const& header = parsed->header;
    // Old duplicates that find nothing are answered so; a live connection never is.
    if (header.has(stack::wire::tcp_flag::rst)) {
        if (work_.in_order && !alive_.empty()) complain("a live connection was reset");
        return;
    }
    if (header.has(stack::wire::tcp_flag::syn)) {
        scale_ = header.options.window_scale.value_or(0);
        return;
    }
    std::uint32_t const edge = header.acknowledgment + (std::uint32_t{header.window} << scale_);
    if (edge_) {
        auto const moved = static_cast<std::int32_t>(edge - *edge_);
        if (moved < -(std::int32_t{1} << scale_)) complain("the window edge moved left");
    }
    edge_ = edge;
}

void tcp_host::trace(stack::tcp::outgoing_segment const& segment) const {
    auto const parsed = stack::wire::parse_tcp(segment.header);
    if (trace_ == nullptr || !parsed) return;
    auto const& header = parsed->header;
    constexpr std::string_view letters = "FSRPA";
    *trace_ << now_.time_since_epoch() / 1us << ' ' << name_ << ' ';
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (header.has(static_cast<std::uint8_t>(1U << i))) *trace_ << letters[i];
    *trace_ << " seq " << header.sequence << " length " << segment.payload.bytes() << " ack "
            << header.acknowledgment << " window " << header.window << '\n';
}

void tcp_host::send(stack::tcp::outgoing_segment const& segment) {
    trace(segment);
    check_edge(segment);
    out_.put(copy_of(segment), now_);
}

std::uint16_t tcp_host::path_mtu(stack::address const&, stack::address const&) const {
    return weather_.mtu;
}

void tcp_host::opened(stack::four_tuple const& tuple, bool, std::uint32_t) {
    if (++alive_[tuple] != 1) complain("opened twice");
}

void tcp_host::ended(stack::four_tuple const& tuple, bool, std::uint32_t) {
    if (alive_.erase(tuple) != 1) complain("ended without being open");
    // A new connection of the same name would have windows of its own.
    edge_.reset();
}

void tcp_host::connected(stack::tcp::connection_id, std::uint32_t) {
    established_ = writable_ = true;
}

void tcp_host::acceptable(stack::tcp::listener_id, std::uint32_t) {
    acceptable_ = true;
}

void tcp_host::failed(stack::tcp::connection_id, std::uint32_t, boost::system::error_code error) {
    if (work_.in_order) complain("failed: " + error.message());
    over_ = true;
}

}  // namespace sim
