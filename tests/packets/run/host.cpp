#include "run/host.hpp"

#include "stack/core/byte_order.hpp"

#include <algorithm>
#include <stdexcept>

namespace packets {

namespace {

using stack::address;

constexpr stack::four_tuple tuple_v4{{address::v4(0x0a000001), 4000},
                                     {address::v4(0x0a000002), 80}};
constexpr address v6(std::uint8_t number) {
    address::bytes_type bytes{0x20, 0x01, 0x0d, 0xb8};
    bytes.back() = number;
    return address(bytes);
}
constexpr std::uint32_t peer_iss = 0xfffffff0;  // it wraps soon

[[noreturn]] void complain(std::string const& what) {
    throw std::runtime_error(what);
}

std::string name_of(boost::system::error_code error) {
    namespace errc = boost::system::errc;
    if (error == errc::connection_refused) return "ECONNREFUSED";
    if (error == errc::connection_reset) return "ECONNRESET";
    if (error == errc::timed_out) return "ETIMEDOUT";
    if (error == errc::host_unreachable) return "EHOSTUNREACH";
    return error.message();
}

}  // namespace

host::host() : tuple_(tuple_v4) {
    tcp_.emplace(*this, *this, *this);
    settings_.receive_buffer = 60'000;
    settings_.max_receive_buffer = settings_.max_send_buffer = 0;  // they stay as scripts say
    tcp_->configure(settings_);
}

void host::advance(stack::instant time, bool one) {
    std::size_t const before = out.size() + told.size();
    while (auto const next = tcp_->next_deadline()) {
        if (*next > time) break;
        now_ = std::max(now_, *next);
        tcp_->advance(now_);
        if (one && out.size() + told.size() != before) return;
    }
    now_ = std::max(now_, time);
}

void host::set(std::string const& name, std::uint64_t value) {
    auto const seconds = std::chrono::seconds(value);
    if (name == "mtu")
        mtu_ = static_cast<std::uint16_t>(value);
    else if (name == "super_segments")
        super_segments_ = value != 0;
    else if (name == "send_buffer")
        settings_.send_buffer = static_cast<std::uint32_t>(value);
    else if (name == "receive_buffer")
        settings_.receive_buffer = static_cast<std::uint32_t>(value);
    else if (name == "time_wait")
        settings_.time_wait = seconds;
    else if (name == "fin_wait_2")
        settings_.fin_wait_2 = seconds;
    else if (name == "connect_timeout")
        settings_.connect_timeout = seconds;
    else if (name == "half_opens")
        settings_.half_opens = static_cast<std::uint32_t>(value);
    else if (name == "keepalive_idle")
        options_.keepalive = true, options_.keepalive_idle = seconds;
    else if (name == "keepalive_interval")
        options_.keepalive_interval = seconds;
    else if (name == "keepalive_probes")
        options_.keepalive_probes = static_cast<std::uint8_t>(value);
    else if (name == "user_timeout")
        options_.user_timeout = seconds;
    else if (name == "peer_port")
        tuple_.remote.port = static_cast<std::uint16_t>(value);
    else if (name == "ip" && value == 6)
        tuple_.local.host = v6(1), tuple_.remote.host = v6(2);
    else if (name == "retransmit_attempts")
        settings_.retransmit_attempts = static_cast<std::uint8_t>(value);
    else
        complain("there is no setting " + name);
    tcp_->configure(settings_);
}

void host::arrives(segment const& s) {
    segment whole = s;
    if (!whole.window) whole.window = peer_window_;
    peer_window_ = *whole.window;
    auto const bytes = encode(whole, {tuple_.remote.port, tuple_.local.port},
                              {peer_iss, iss_, 0, first_stamp_.value_or(0)});
    tcp_->input({tuple_.remote.host, tuple_.local.host, bytes, 0, whole.ecn.value_or(0)}, now_);
    tcp_->advance(now_);
}

void host::unreachable(std::string const& kind, std::uint16_t mtu,
                       std::optional<std::uint32_t> quoted) {
    using stack::tcp::unreachable_kind;
    std::uint32_t const seq = iss_ + quoted.value_or(last_seq_);
    if (kind == "mtu")
        tcp_->path_mtu_changed(tuple_, seq, mtu, now_);
    else if (kind == "network")
        tcp_->unreachable(tuple_, seq, unreachable_kind::network, now_);
    else if (kind == "host")
        tcp_->unreachable(tuple_, seq, unreachable_kind::host, now_);
    else if (kind == "protocol")
        tcp_->unreachable(tuple_, seq, unreachable_kind::protocol, now_);
    else if (kind == "port")
        tcp_->unreachable(tuple_, seq, unreachable_kind::port, now_);
    else if (kind == "prohibited")
        tcp_->unreachable(tuple_, seq, unreachable_kind::prohibited, now_);
    else
        complain("nothing is unreachable so: " + kind);
    tcp_->advance(now_);
}

std::uint64_t host::counted(std::string const& name) const {
    for (std::size_t i = 0; i < stack::tcp::counter_count; ++i) {
        auto const which = static_cast<stack::tcp::counter>(i);
        if (name_of(which) == name) return tcp_->counters()[which];
    }
    complain("there is no counter " + name);
}

std::string host::state() const {
    std::string_view found = "CLOSED";
    tcp_->each([&](stack::tcp::entry const& e) {
        if (e.tuple == tuple_) found = to_string(e.state);
    });
    return std::string(found);
}

void host::failed(stack::tcp::connection_id, std::uint32_t, boost::system::error_code why) {
    tell("failed " + name_of(why));
}

// A super-segment is seen as the segments it stands for.
void host::send(stack::tcp::outgoing_segment const& s) {
    std::vector<std::byte> text;
    for (auto const piece : s.payload)
        text.insert(text.end(), piece.begin(), piece.end());
    std::span<std::byte const> rest(text);
    std::uint32_t offset = 0;
    do {
        std::size_t const count =
            s.gso_size == 0 ? rest.size() : std::min<std::size_t>(s.gso_size, rest.size());
        send_one(s, offset, rest.first(count), count == rest.size());
        rest = rest.subspan(count);
        offset += static_cast<std::uint32_t>(count);
    } while (!rest.empty());
}

void host::send_one(stack::tcp::outgoing_segment const& whole, std::uint32_t seq_offset,
                    std::span<std::byte const> text, bool last) {
    auto const header = whole.header;
    auto const raw = decode(header, text.size(), {});
    if (!raw) complain("an unreadable segment was sent");
    if (raw->has('S')) iss_ = raw->seq;
    if (raw->options.timestamps && !first_stamp_) first_stamp_ = raw->options.timestamps->value;
    auto seen = decode(header, text.size(), {iss_, peer_iss, first_stamp_.value_or(0), 0});
    seen->seq += seq_offset;
    seen->ecn = whole.ecn;
    // RFC 3168 6.1.2: only the first says that the window is reduced.
    if (seq_offset != 0) std::erase(seen->flags, 'W');
    if (!last) std::erase_if(seen->flags, [](char flag) { return flag == 'P' || flag == 'F'; });
    for (std::uint32_t i = 0; i < text.size(); ++i)
        if (text[i] != text_at(seen->seq + i)) complain("altered text: " + to_string(*seen));
    last_seq_ = seen->seq;
    out.push_back({now_, *seen});
}

// ---- the user ----

stack::tcp::connection_id host::id() const {
    if (!connection_) complain("there is no connection yet: connect or accept");
    return *connection_;
}

void host::listen(std::uint64_t backlog) {
    auto const listener =
        tcp_->listen(tuple_.local, static_cast<std::uint16_t>(backlog), 2, options_);
    if (!listener) complain("listen: " + listener.error().message());
    listener_ = *listener;
}

void host::connect() {
    auto const made = tcp_->connect(tuple_, 1, options_, now_);
    if (!made) complain("connect: " + made.error().message());
    connection_ = *made;
    written_ = read_ = 1;
}

void host::accept() {
    auto const got = listener_ ? tcp_->accept(*listener_) : std::nullopt;
    if (!got) complain("nothing can be accepted");
    connection_ = *got;
    written_ = read_ = 1;
}

void host::write(std::uint64_t count) {
    while (count > 0) {
        auto const room = tcp_->writable(id());
        if (room.empty()) complain("no room to write " + std::to_string(count) + " bytes");
        std::size_t const part = std::min<std::uint64_t>(room.size(), count);
        for (std::size_t i = 0; i < part; ++i)
            room[i] = text_at(written_++);
        tcp_->produced(id(), part, now_);
        count -= part;
    }
}

void host::read(std::uint64_t count) {
    while (count > 0) {
        std::size_t taken = 0;
        for (auto const piece : tcp_->readable(id()))
            for (std::byte const b : piece) {
                if (taken == count) break;
                if (b != text_at(read_ + static_cast<std::uint32_t>(taken)))
                    complain("byte " + std::to_string(read_ + taken) + " is altered");
                ++taken;
            }
        if (taken == 0) complain(std::to_string(count) + " bytes less can be read");
        read_ += static_cast<std::uint32_t>(taken);
        tcp_->consume(id(), taken, now_);
        count -= taken;
    }
}

void host::expect_end() {
    if (!tcp_->at_end(id())) complain("the stream has not ended");
}

void host::does(std::vector<std::string> const& words) {
    std::string const& what = words[0];
    auto const number = [&](std::uint64_t otherwise) {
        return words.size() > 1 ? std::stoull(words[1]) : otherwise;
    };
    if (what == "listen")
        listen(number(4));
    else if (what == "unlisten" && listener_)
        tcp_->close(*listener_, now_);
    else if (what == "connect")
        connect();
    else if (what == "accept")
        accept();
    else if (what == "write")
        write(number(0));
    else if (what == "read" && words.size() == 2 && words[1] == "end")
        expect_end();
    else if (what == "read")
        read(number(0));
    else if (what == "shutdown")
        tcp_->shutdown_send(id(), now_);
    else if (what == "close")
        tcp_->close(id(), now_);
    else if (what == "abort")
        tcp_->abort(id(), now_);
    else
        complain("nobody knows how to " + what);
    tcp_->advance(now_);
}

}  // namespace packets
