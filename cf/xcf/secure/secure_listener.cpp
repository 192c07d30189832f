#include "cf/xcf/secure/secure_listener.hpp"

#include "cf/xcf/secure/stream_socket.hpp"

#include <unistd.h>

namespace cf::xcf {

result<std::unique_ptr<listener>> secure_listener::open(secure_end const& self, hello const& who) {
    auto const descriptor = listen_stream(self.listen);
    if (!descriptor) return descriptor.error();
    return std::unique_ptr<listener>(new secure_listener(*descriptor, self, who));
}

secure_listener::~secure_listener() {
    ::close(descriptor_);
}

std::unique_ptr<link> secure_listener::accept() {
    int const descriptor = accept_stream(descriptor_);
    if (descriptor < 0) return nullptr;
    return std::make_unique<secure_link>(descriptor, tls_role::accepts, self_, who_);
}

}  // namespace cf::xcf
