#include "cf/xcf/unix_link.hpp"

#include "cf/xcf/unix_socket.hpp"

#include <algorithm>
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

constexpr std::size_t largest_gathered = 512;

using prefix = std::array<std::byte, packet_prefix_size>;

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS;
}

bool write_frame(int descriptor, std::span<std::byte const> bytes) {
    auto sent =
        ::send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL | MSG_EOR);
    return sent == static_cast<ssize_t>(bytes.size());
}

// The kernel takes longer over a list of pieces than we over a small packet.
bool write_gathered(int descriptor, prefix const& first,
                    std::span<std::span<std::byte const> const> parts) {
    std::array<std::byte, largest_gathered> frame;
    auto end = std::copy(first.begin(), first.end(), frame.begin());
    for (auto part : parts)
        end = std::copy(part.begin(), part.end(), end);
    return write_frame(descriptor, {frame.begin(), end});
}

bool write_pieces(int descriptor, prefix& first,
                  std::span<std::span<std::byte const> const> parts) {
    std::array<iovec, most_parts + 1> pieces;
    pieces[0] = {first.data(), first.size()};
    // sendmsg takes pointers to what it only reads.
    for (std::size_t i = 0; i < parts.size(); ++i)
        pieces[i + 1] = {const_cast<std::byte*>(parts[i].data()), parts[i].size()};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = parts.size() + 1;
    return ::sendmsg(descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL | MSG_EOR) > 0;
}

bool write_packet(int descriptor, prefix first, std::span<std::span<std::byte const> const> parts) {
    std::size_t size = first.size();
    for (auto part : parts)
        size += part.size();
    return size <= largest_gathered ? write_gathered(descriptor, first, parts)
                                    : write_pieces(descriptor, first, parts);
}

}  // namespace

result<std::unique_ptr<link>> unix_link::connect(std::string const& path, hello const& self) {
    auto descriptor = connect_unix(path);
    if (!descriptor) return descriptor.error();
    return std::make_unique<unix_link>(*descriptor, self);
}

unix_link::unix_link(int descriptor, hello const& self)
    : link(self.sysplex), descriptor_(descriptor), buffer_(max_frame + 1) {
    enlarge_send_buffer(descriptor_);
    auto first = encode(self);
    if (write_frame(descriptor_, first)) return;
    queued_bytes_ = first.size();
    queue_.push_back(std::move(first));
}

unix_link::~unix_link() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void unix_link::enqueue(std::vector<std::byte> message, receiver& owner) {
    if (!is_open()) return;
    ++counters_.messages_sent;
    if (queue_.empty() && write_frame(descriptor_, message)) return;
    // Also when the socket is broken: reading tells, with the messages that came before.
    queued_bytes_ += message.size();
    queue_.push_back(std::move(message));
    if (queued_bytes_ > queue_limit) close_because_nobody_reads(owner);
}

bool unix_link::send(packet_header const& header,
                     std::span<std::span<std::byte const> const> parts) {
    bool const sent = is_open() && queue_.empty() && parts.size() <= most_parts &&
                      write_packet(descriptor_, encode(header), parts);
    ++(sent ? counters_.packets_sent : counters_.packets_dropped);
    return sent;
}

void unix_link::on_writable(receiver& owner) {
    while (is_open() && !queue_.empty()) {
        if (!write_frame(descriptor_, queue_.front())) {
            if (!would_block()) close(std::string("write: ") + std::strerror(errno), owner);
            return;
        }
        queued_bytes_ -= queue_.front().size();
        queue_.pop_front();
    }
}

bool unix_link::on_readable(receiver& owner, std::size_t budget) {
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

void unix_link::close(std::string const& why, receiver& owner) {
    if (!is_open()) return;
    ::close(std::exchange(descriptor_, -1));
    queue_.clear();
    queued_bytes_ = 0;
    owner.on_closed(why);
}

}  // namespace cf::xcf
