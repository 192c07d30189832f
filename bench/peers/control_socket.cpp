#include "control_socket.hpp"

#include <array>
#include <cerrno>
#include <sstream>
#include <system_error>

#include <sys/socket.h>
#include <unistd.h>

namespace peers {

control_socket::control_socket(std::string const& path)
    : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)), path_(path) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path.copy(at.sun_path, sizeof at.sun_path - 1);
    if (fd_ < 0 || bind(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0)
        throw std::system_error(errno, std::generic_category(), path);
}

control_socket::~control_socket() {
    close(fd_);
    unlink(path_.c_str());
}

std::optional<outbound_order> control_socket::receive() {
    std::array<char, 256> text{};
    from_size_ = sizeof from_;
    ssize_t const size = recvfrom(fd_, text.data(), text.size(), 0,
                                  reinterpret_cast<sockaddr*>(&from_), &from_size_);
    if (size <= 0) return std::nullopt;
    std::istringstream words(std::string(text.data(), static_cast<std::size_t>(size)));
    outbound_order order;
    if (!(words >> order.address >> order.port >> order.seconds >> order.concurrent))
        return std::nullopt;
    return order;
}

void control_socket::answer(unsigned long cycles) {
    auto const text = std::to_string(cycles);
    sendto(fd_, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&from_), from_size_);
}

}  // namespace peers
