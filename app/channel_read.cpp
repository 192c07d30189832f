// The receiving half of a channel.
#include "app/channel.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace app {

namespace {

// Memory is taken as the bytes come, so a large announced length alone costs nothing.
constexpr std::size_t read_step = std::size_t{64} << 10;

struct received {
    ssize_t bytes;
    descriptor attached;
    bool descriptor_lost;
};

received receive(int socket, void* into, std::size_t size) {
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(int) * 4)> control{};
    iovec part{into, size};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t const bytes = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    received result{bytes, {}, false};
    if (bytes < 0) return result;
    result.descriptor_lost = (message.msg_flags & MSG_CTRUNC) != 0;
    for (cmsghdr* item = CMSG_FIRSTHDR(&message); item != nullptr;
         item = CMSG_NXTHDR(&message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS) continue;
        std::size_t const count = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(item) + i * sizeof(int), sizeof fd);
            result.attached.reset(
                fd);  // of several descriptors the last is kept, the others are closed
        }
    }
    return result;
}

error broken(std::string text) {
    return {EPROTO, "control connection: " + std::move(text)};
}

std::size_t decode_length(std::array<std::uint8_t, 4> const& bytes) {
    return std::size_t{bytes[0]} | std::size_t{bytes[1]} << 8 | std::size_t{bytes[2]} << 16 |
           std::size_t{bytes[3]} << 24;
}

}  // namespace

channel::channel(descriptor socket, std::size_t receive_limit)
    : socket_(std::move(socket)), receive_limit_(receive_limit) {}

// Header and body are read apart, so no read spans two frames and a descriptor's frame is never in
// doubt.
result<channel::reading> channel::on_readable(std::vector<frame>& out, std::size_t limit) {
    for (std::size_t taken = 0; taken < limit;) {
        auto const at = header_filled_ < header_.size() ? read_header() : read_body();
        if (at.has_error()) return at.error();
        if (*at == step::closed) return reading::closed;
        if (*at == step::blocked) return reading::drained;
        if (*at != step::complete) continue;
        out.push_back(std::exchange(incoming_, {}));
        header_filled_ = body_filled_ = 0;
        ++taken;
    }
    return reading::more;
}

result<channel::step> channel::read_header() {
    auto got = receive(native(), header_.data() + header_filled_, header_.size() - header_filled_);
    if (got.bytes < 0 && errno == EINTR) return step::progress;
    if (got.bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return step::blocked;
    if (got.bytes < 0) return system_error(errno, "control connection");
    if (got.bytes == 0 && header_filled_ == 0) return step::closed;
    if (got.bytes == 0) return broken("ended inside a frame");
    bool const descriptor_came = got.attached || got.descriptor_lost;
    if (descriptor_came && header_filled_ > 0) return broken("a descriptor came inside a frame");
    if (descriptor_came) {
        incoming_.attached = std::move(got.attached);
        incoming_.descriptor_lost = got.descriptor_lost;
    }
    header_filled_ += static_cast<std::size_t>(got.bytes);
    if (header_filled_ < header_.size()) return step::progress;
    std::size_t const length = decode_length(header_);
    if (length > receive_limit_)
        return error{EMSGSIZE, "control connection: a frame of " + std::to_string(length) +
                                   " bytes; at most " + std::to_string(receive_limit_) +
                                   " are taken"};
    return length == 0 ? step::complete : step::progress;
}

result<channel::step> channel::read_body() {
    std::size_t const length = decode_length(header_);
    std::size_t const size = std::min(length - body_filled_, read_step);
    incoming_.body.resize(body_filled_ + size);
    auto const got = receive(native(), incoming_.body.data() + body_filled_, size);
    if (got.bytes < 0 && errno == EINTR) return step::progress;
    if (got.bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return step::blocked;
    if (got.bytes < 0) return system_error(errno, "control connection");
    if (got.bytes == 0) return broken("ended inside a frame");
    if (got.attached || got.descriptor_lost) return broken("a descriptor came inside a frame");
    body_filled_ += static_cast<std::size_t>(got.bytes);
    incoming_.body.resize(body_filled_);
    return body_filled_ == length ? step::complete : step::progress;
}

}  // namespace app
