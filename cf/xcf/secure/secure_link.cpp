#include "cf/xcf/secure/secure_link.hpp"

#include "cf/xcf/byte_reader.hpp"
#include "cf/xcf/secure/stream_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace cf::xcf {

namespace {

constexpr std::uint16_t version = 1;
constexpr std::size_t preamble_size = 4;
constexpr std::size_t length_size = 4;
/// A control message with its type and kind.
constexpr std::size_t longest_frame = max_control + 3;
/// A record of TLS; SSL_read never returns more.
constexpr std::size_t record_size = std::size_t{16} << 10U;
// Fragments of a packet that one call may gather; more are refused.
constexpr std::size_t most_parts = 64;

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS || errno == EINTR;
}

std::string peer_text(int descriptor) {
    auto const peer = network_address::peer_of(descriptor);
    return peer ? peer->to_string() : "the other stack";
}

}  // namespace

result<std::unique_ptr<link>> secure_link::connect(network_address const& where,
                                                   secure_end const& self, hello const& who) {
    auto const descriptor = connect_stream(self.listen, where);
    if (!descriptor) return descriptor.error();
    return std::make_unique<secure_link>(*descriptor, tls_role::dials, self, who);
}

secure_link::secure_link(int descriptor, tls_role role, secure_end const& self, hello const& who)
    : link(who.sysplex),
      descriptor_(descriptor),
      connecting_(role == tls_role::dials),
      role_(role),
      self_(self),
      who_(who),
      session_(self.identity, role) {
    session_.take_output(output_);
}

secure_link::~secure_link() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool secure_link::wants_write() const {
    return is_open() && (connecting_ || !output_.empty());
}

bool secure_link::send(packet_header const& header,
                       std::span<std::span<std::byte const> const> parts) {
    auto const prefix = encode(header);
    std::array<std::span<std::byte const>, most_parts + 1> pieces{prefix};
    bool const possible = packet_fd() >= 0 && parts.size() <= most_parts;
    if (possible) std::ranges::copy(parts, pieces.begin() + 1);
    bool const sent = possible && packets_->send(std::span(pieces).first(parts.size() + 1));
    ++(sent ? counters_.packets_sent : counters_.packets_dropped);
    return sent;
}

void secure_link::enqueue(std::vector<std::byte> message, receiver& owner) {
    if (!is_open() || !peer()) return;
    if (packets_->is_used_up()) return close("the keys of the datagrams are used up", owner);
    ++counters_.messages_sent;
    write_frame(message);
    flush();
    if (output_.size() > queue_limit) close_because_nobody_reads(owner);
}

void secure_link::write_frame(std::span<std::byte const> bytes) {
    byte_writer out(length_size + bytes.size());
    out.u32(static_cast<std::uint32_t>(bytes.size()));
    out.append(bytes);
    session_.write(std::move(out).bytes());
}

void secure_link::introduce() {
    byte_writer preamble(preamble_size);
    preamble.u16(version);
    preamble.u16(self_.listen.port());
    session_.write(std::move(preamble).bytes());
    write_frame(encode(who_));
    introduced_ = true;
}

// Reading tells that the socket is broken, with the messages that came before.
void secure_link::flush() {
    session_.take_output(output_);
    std::size_t gone = 0;
    while (is_open() && !connecting_ && gone < output_.size()) {
        auto const sent = ::send(descriptor_, output_.data() + gone, output_.size() - gone,
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent <= 0) break;
        gone += static_cast<std::size_t>(sent);
    }
    output_.erase(output_.begin(), output_.begin() + static_cast<std::ptrdiff_t>(gone));
}

void secure_link::on_writable(receiver& owner) {
    if (!is_open()) return;
    if (std::exchange(connecting_, false))
        if (int const why = outcome_of_connect(descriptor_); why != 0)
            return close(std::string("connect: ") + std::strerror(why), owner);
    flush();
}

bool secure_link::on_readable(receiver& owner, std::size_t budget) {
    std::array<std::byte, record_size> buffer;
    while (is_open() && budget-- > 0) {
        auto const size = ::recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (size < 0 && would_block()) return false;
        if (size < 0)
            close(std::string("read: ") + std::strerror(errno), owner);
        else if (size == 0)
            close("the other stack has closed the link", owner);
        else
            take(std::span(buffer).first(static_cast<std::size_t>(size)), owner);
    }
    return is_open();
}

void secure_link::take(std::span<std::byte const> ciphertext, receiver& owner) {
    session_.receive(ciphertext);
    if (session_.is_established() && !introduced_ && !session_.has_failed()) introduce();
    std::array<std::byte, record_size> record;
    while (is_open()) {
        auto const size = session_.read(record);
        if (size == 0) break;
        input_.insert(input_.end(), record.begin(),
                      record.begin() + static_cast<std::ptrdiff_t>(size));
        take_frames(owner);
    }
    if (!is_open()) return;
    flush();  // also the alert that says why we refuse
    if (session_.has_failed()) close(peer_text(descriptor_) + ": " + session_.why(), owner);
}

void secure_link::take_frames(receiver& owner) {
    std::span<std::byte const> rest(input_);
    if (!peer_port_ && rest.size() >= preamble_size) {
        byte_reader preamble(rest.first(preamble_size));
        if (preamble.u16() != version)
            return close("protocol error: another version of XCF", owner);
        peer_port_ = preamble.u16();
        rest = rest.subspan(preamble_size);
    }
    while (peer_port_ && is_open() && rest.size() >= length_size) {
        auto const size = byte_reader(rest.first(length_size)).u32();
        if (size > longest_frame) return close("a frame is too long", owner);
        if (rest.size() - length_size < size) break;
        dispatch(rest.subspan(length_size, size), owner);
        rest = rest.subspan(length_size + size);
    }
    input_.erase(input_.begin(), input_.end() - static_cast<std::ptrdiff_t>(rest.size()));
}

std::string secure_link::admit(hello const& peer) {
    if (!session_.peer_is(peer.stack))
        return "the certificate of " + peer_text(descriptor_) + " is not for " + peer.stack +
               ", who it says it is; it needs subjectAltName = DNS:" + peer.stack;
    auto const there = network_address::peer_of(descriptor_);
    if (!there) return std::string("its address: ") + std::strerror(errno);
    bool const dials = role_ == tls_role::dials;
    auto const caller = dials ? who_.incarnation : peer.incarnation;
    auto const called = dials ? peer.incarnation : who_.incarnation;
    auto opened =
        datagram_channel::open(self_.listen, there->with_port(*peer_port_),
                               session_.export_keys(std::uint64_t{caller} << 32U | called));
    if (!opened) return opened.error().text;
    packets_ = std::move(*opened);
    return {};
}

bool secure_link::on_packets_readable(receiver& owner, std::size_t budget) {
    while (packet_fd() >= 0) {
        auto const message = packets_->receive(budget);
        if (!message) break;
        dispatch(*message, owner);
    }
    return packet_fd() >= 0 && budget == 0;
}

datagram_counters secure_link::datagrams() const {
    return packets_ ? packets_->counters() : datagram_counters{};
}

void secure_link::close(std::string const& why, receiver& owner) {
    if (!is_open()) return;
    ::close(std::exchange(descriptor_, -1));
    owner.on_closed(why);
}

}  // namespace cf::xcf
