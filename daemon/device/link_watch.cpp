#include "daemon/device/link_watch.hpp"

#include "daemon/loop/log.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

namespace tcpplexd {

namespace {

/// More than the kernel puts into one message, but for a link with many virtual functions. Of that
/// one the end is cut off, and what is looked at stands at its beginning.
constexpr std::size_t most_bytes = 32768;
/// Reads before timers and the other descriptors get their turn.
constexpr int turn = 16;

failure refused(std::string_view what) {
    return {fmt::format("watching links: {}: {}", what, std::strerror(errno))};
}

template <class Part>
Part part_of(std::span<std::byte const> bytes) {
    Part part;
    std::memcpy(&part, bytes.data(), sizeof part);
    return part;
}

}  // namespace

host_result<std::unique_ptr<link_watch>> link_watch::open(boost::asio::io_context& io,
                                                          handler came_up) {
    app::descriptor socket(
        ::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE));
    if (!socket) return refused("socket");
    sockaddr_nl name{};
    name.nl_family = AF_NETLINK;
    name.nl_groups = RTMGRP_LINK;
    if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&name), sizeof name) != 0)
        return refused("bind");
    std::unique_ptr<link_watch> made(new link_watch(io, std::move(socket), std::move(came_up)));
    made->listing_ = true;
    if (!made->ask_for_all()) return refused("send");
    return made;
}

link_watch::link_watch(boost::asio::io_context& io, app::descriptor socket, handler came_up)
    : socket_(std::move(socket)), came_up_(std::move(came_up)), ready_(io, socket_.get()) {
    await();
}

link_watch::~link_watch() {
    ready_.release();
}

bool link_watch::ask_for_all() {
    struct {
        nlmsghdr header{};
        ifinfomsg body{};
    } request;
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = RTM_GETLINK;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.header.nlmsg_seq = 1;
    return ::send(socket_.get(), &request, sizeof request, 0) == sizeof request;
}

void link_watch::await() {
    ready_.async_wait(ready_.wait_read,
                      [this, still = std::weak_ptr(self_)](boost::system::error_code error) {
                          if (!error && !still.expired()) read_some();
                      });
}

void link_watch::read_some() {
    std::array<std::byte, most_bytes> bytes;
    for (int i = 0; i < turn; ++i) {
        auto const got = ::recv(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got < 0 && errno == ENOBUFS) {
            runs_.clear();
            listing_ = false;
            if (!ask_for_all()) log_message(severity::warning, refused("send").message);
            continue;
        }
        if (got <= 0) break;
        read(std::span(bytes).first(static_cast<std::size_t>(got)));
    }
    await();
}

void link_watch::read(std::span<std::byte const> messages) {
    while (messages.size() >= sizeof(nlmsghdr)) {
        auto const header = part_of<nlmsghdr>(messages);
        if (header.nlmsg_len < sizeof header) return;
        auto const body = messages.subspan(NLMSG_HDRLEN);
        bool const is_of_link =
            header.nlmsg_type == RTM_NEWLINK || header.nlmsg_type == RTM_DELLINK;
        if (header.nlmsg_type == NLMSG_DONE) listing_ = false;
        if (is_of_link && body.size() >= sizeof(ifinfomsg))
            note(header.nlmsg_type == RTM_NEWLINK, part_of<ifinfomsg>(body));
        auto const whole = NLMSG_ALIGN(static_cast<std::size_t>(header.nlmsg_len));
        if (whole >= messages.size()) return;
        messages = messages.subspan(whole);
    }
}

void link_watch::note(bool is_there, ifinfomsg const& link) {
    bool const runs =
        is_there && (link.ifi_flags & IFF_UP) != 0 && (link.ifi_flags & IFF_RUNNING) != 0;
    bool const before = std::exchange(runs_[link.ifi_index], runs);
    if (!is_there) runs_.erase(link.ifi_index);
    if (!runs || before || listing_) return;
    std::array<char, IF_NAMESIZE> name{};
    if (if_indextoname(static_cast<unsigned>(link.ifi_index), name.data()) != nullptr)
        came_up_(name.data());
}

}  // namespace tcpplexd
