#include "cf/xcf/unix_listener.hpp"

#include "cf/xcf/unix_link.hpp"
#include "cf/xcf/unix_socket.hpp"

#include <unistd.h>

namespace cf::xcf {

result<std::unique_ptr<listener>> unix_listener::open(std::string const& path, hello const& self) {
    auto descriptor = listen_unix(path);
    if (!descriptor) return descriptor.error();
    return std::unique_ptr<listener>(new unix_listener(*descriptor, path, self));
}

unix_listener::~unix_listener() {
    ::unlink(path_.c_str());
    ::close(descriptor_);
}

std::unique_ptr<link> unix_listener::accept() {
    int descriptor = accept_unix(descriptor_);
    return descriptor < 0 ? nullptr : std::make_unique<unix_link>(descriptor, self_);
}

}  // namespace cf::xcf
