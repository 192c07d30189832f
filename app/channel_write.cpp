// The sending half of a channel.
#include "app/channel.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace app {

void channel::queue(std::string body, descriptor attached) {
    auto const size = static_cast<std::uint32_t>(body.size());
    length_bytes const header{static_cast<std::uint8_t>(size), static_cast<std::uint8_t>(size >> 8),
                              static_cast<std::uint8_t>(size >> 16),
                              static_cast<std::uint8_t>(size >> 24)};
    queued_bytes_ += header.size() + body.size();
    outgoing_.push_back({header, std::move(body), std::move(attached)});
}

result<void> channel::on_writable() {
    while (!outgoing_.empty()) {
        outgoing_frame& next = outgoing_.front();
        auto const taken = write_some(next);
        if (taken.has_error()) return taken.error();
        if (*taken == 0) return {};
        next.attached.reset();  // it went with the first byte
        written_ += *taken;
        queued_bytes_ -= *taken;
        if (written_ < next.header.size() + next.body.size()) continue;
        outgoing_.pop_front();
        written_ = 0;
    }
    return {};
}

// Returns the bytes the socket took; 0 when it would block.
result<std::size_t> channel::write_some(outgoing_frame const& next) {
    std::array<iovec, 2> parts{};
    std::size_t const header_done = std::min(written_, next.header.size());
    std::size_t const body_done = written_ - header_done;
    parts[0] = {const_cast<std::uint8_t*>(next.header.data()) + header_done,
                next.header.size() - header_done};
    parts[1] = {const_cast<char*>(next.body.data()) + body_done, next.body.size() - body_done};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(int))> control{};
    if (next.attached) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* const item = CMSG_FIRSTHDR(&message);
        item->cmsg_level = SOL_SOCKET;
        item->cmsg_type = SCM_RIGHTS;
        item->cmsg_len = CMSG_LEN(sizeof(int));
        int const fd = next.attached.get();
        std::memcpy(CMSG_DATA(item), &fd, sizeof fd);
    }
    for (;;) {
        ssize_t const sent = ::sendmsg(native(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) return static_cast<std::size_t>(sent);
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return std::size_t{0};
        return system_error(errno, "control connection");
    }
}

}  // namespace app
