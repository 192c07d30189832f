#include "cf/xcf/listener.hpp"

#include "cf/xcf/unix_socket.hpp"

#include <unistd.h>

namespace cf::xcf {

result<std::unique_ptr<listener>> listener::open(std::string const& path, hello const& self) {
    auto descriptor = listen_unix(path);
    if (!descriptor) return descriptor.error();
    return std::unique_ptr<listener>(new listener(*descriptor, path, self));
}

listener::~listener() {
    ::unlink(path_.c_str());
    ::close(descriptor_);
}

std::unique_ptr<link> listener::accept() {
    int descriptor = accept_unix(descriptor_, refused_);
    return descriptor < 0 ? nullptr : std::make_unique<link>(descriptor, self_);
}

}  // namespace cf::xcf
