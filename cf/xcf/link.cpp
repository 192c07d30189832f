#include "cf/xcf/link.hpp"

#include "cf/xcf/unix_socket.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace cf::xcf {

namespace {

// Fragments of a packet that one call may gather; more are refused.
constexpr std::size_t most_parts = 64;

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS;
}

bool write_frame(int descriptor, std::span<std::byte const> bytes) {
    auto sent =
        ::send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL | MSG_EOR);
    return sent == static_cast<ssize_t>(bytes.size());
}

}  // namespace

result<std::unique_ptr<link>> link::connect(std::string const& path, hello const& self) {
    auto descriptor = connect_unix(path);
    if (!descriptor) return descriptor.error();
    return std::make_unique<link>(*descriptor, self);
}

link::link(int descriptor, hello const& self)
    : descriptor_(descriptor), sysplex_(self.sysplex), buffer_(max_frame + 1) {
    enlarge_send_buffer(descriptor_);
    auto first = encode(self);
    if (write_frame(descriptor_, first)) return;
    queued_bytes_ = first.size();
    queue_.push_back(std::move(first));
}

link::~link() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void link::send(control const& message, receiver& owner) {
    enqueue(encode(message), owner);
}

void link::send(notice const& what, receiver& owner) {
    enqueue(encode(what), owner);
}

void link::enqueue(std::vector<std::byte> message, receiver& owner) {
    if (!is_open()) return;
    ++counters_.messages_sent;
    if (queue_.empty() && write_frame(descriptor_, message)) return;
    // Also when the socket is broken: reading tells, with the messages that came before.
    queued_bytes_ += message.size();
    queue_.push_back(std::move(message));
    if (queued_bytes_ > queue_limit)
        close("the other stack has not read " + std::to_string(queue_limit) + " bytes of messages",
              owner);
}

bool link::send(packet_header const& header, std::span<std::span<std::byte const> const> parts) {
    auto prefix = encode(header);
    std::array<iovec, most_parts + 1> pieces{};
    pieces[0] = {prefix.data(), prefix.size()};
    bool fits = is_open() && queue_.empty() && parts.size() <= most_parts;
    for (std::size_t i = 0; fits && i < parts.size(); ++i)
        pieces[i + 1] = {const_cast<std::byte*>(parts[i].data()), parts[i].size()};

    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = parts.size() + 1;
    bool sent = fits && ::sendmsg(descriptor_, &message, MSG_DONTWAIT | MSG_NOSIGNAL | MSG_EOR) > 0;
    ++(sent ? counters_.packets_sent : counters_.packets_dropped);
    return sent;
}

void link::on_writable(receiver& owner) {
    while (is_open() && !queue_.empty()) {
        if (!write_frame(descriptor_, queue_.front())) {
            if (!would_block()) close(std::string("write: ") + std::strerror(errno), owner);
            return;
        }
        queued_bytes_ -= queue_.front().size();
        queue_.pop_front();
    }
}

bool link::on_readable(receiver& owner, std::size_t budget) {
    while (is_open() && budget-- > 0) {
        auto size = ::recv(descriptor_, buffer_.data(), buffer_.size(), MSG_DONTWAIT | MSG_TRUNC);
        if (size < 0 && would_block()) return false;
        if (size < 0 && errno == EINTR) continue;
        if (size < 0)
            close(std::string("read: ") + std::strerror(errno), owner);
        else if (size == 0)
            close("the other stack has closed the link", owner);
        else if (static_cast<std::size_t>(size) > max_frame)
            close("a frame is too long", owner);
        else
            dispatch(std::span(buffer_).first(static_cast<std::size_t>(size)), owner);
    }
    return is_open();
}

void link::dispatch(std::span<std::byte const> bytes, receiver& owner) {
    auto what = decode(bytes);
    if (!what) return close(std::string("protocol error: ") + what.error(), owner);
    bool is_hello = std::holds_alternative<hello>(*what);
    if (is_hello == peer_.has_value())
        return close(is_hello ? "protocol error: a second hello" : "protocol error: no hello",
                     owner);
    dispatch(*what, owner);
}

void link::dispatch(frame const& what, receiver& owner) {
    if (auto const* peer = std::get_if<hello>(&what)) return greet(*peer, owner);
    if (auto const* arrived = std::get_if<packet>(&what)) {
        ++counters_.packets_received;
        return owner.on_packet(*arrived);
    }
    ++counters_.messages_received;
    if (auto const* told = std::get_if<notice>(&what)) return owner.on_notice(*told);
    owner.on_control(std::get<control>(what));
}

void link::greet(hello const& peer, receiver& owner) {
    if (peer.sysplex != sysplex_)
        return close(
            "stack " + peer.stack + " belongs to sysplex " + peer.sysplex + ", not " + sysplex_,
            owner);
    peer_ = peer;
    owner.on_hello(peer);
}

void link::close(std::string const& why, receiver& owner) {
    if (!is_open()) return;
    ::close(std::exchange(descriptor_, -1));
    queue_.clear();
    queued_bytes_ = 0;
    owner.on_closed(why);
}

}  // namespace cf::xcf
