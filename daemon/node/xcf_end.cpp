#include "daemon/node/xcf_end.hpp"

#include "cf/xcf/secure/secure_listener.hpp"
#include "cf/xcf/unix_listener.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace tcpplexd {

cf::result<xcf_end> xcf_end::of(host_settings const& host) {
    xcf_end made;
    auto const& secure = host.xcf.secure;
    if (!secure) {
        made.where_ =
            fmt::format("{}/{}.{}.{}.xcf", host.xcf.directory, host.sysplex, host.stack, getpid());
        return made;
    }
    auto identity = cf::xcf::tls_identity::load(
        {secure->ca.path, secure->certificate.path, secure->key.path}, host.stack);
    if (!identity) return identity.error();
    made.secure_ = {std::move(*identity), *cf::xcf::network_address::parse(secure->listen)};
    made.where_ = fmt::format("{}{}", cf::xcf::secure_scheme, secure->listen);
    return made;
}

cf::result<std::unique_ptr<mesh>> xcf_end::open(boost::asio::io_context& io,
                                                cf::xcf::hello const& self) const {
    auto listening = secure_ ? cf::xcf::secure_listener::open(*secure_, self)
                             : cf::xcf::unix_listener::open(where_, self);
    if (!listening) return listening.error();
    return std::make_unique<mesh>(io, std::move(*listening), cf::xcf::dialler(self, secure_));
}

}  // namespace tcpplexd
