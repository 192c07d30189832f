// epoll with a number for each descriptor.
#include "operator/stream/poller.hpp"

#include <cerrno>
#include <system_error>

namespace operators {

namespace {

void control(int epoll, int operation, int fd, std::uint64_t tag, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = tag;
    if (::epoll_ctl(epoll, operation, fd, &event) != 0)
        throw std::system_error(errno, std::system_category(), "epoll_ctl");
}

}  // namespace

poller::poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (!epoll_) throw std::system_error(errno, std::system_category(), "epoll_create1");
}

void poller::add(int fd, std::uint64_t tag, std::uint32_t events) {
    control(epoll_.get(), EPOLL_CTL_ADD, fd, tag, events);
}

void poller::change(int fd, std::uint64_t tag, std::uint32_t events) {
    control(epoll_.get(), EPOLL_CTL_MOD, fd, tag, events);
}

void poller::remove(int fd) {
    control(epoll_.get(), EPOLL_CTL_DEL, fd, 0, 0);
}

std::span<epoll_event const> poller::wait(int milliseconds) {
    int const count =
        ::epoll_wait(epoll_.get(), ready_.data(), static_cast<int>(ready_.size()), milliseconds);
    return {ready_.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

}  // namespace operators
