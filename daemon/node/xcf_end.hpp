// This stack's end of XCF, as the host settings have it.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/secure/secure_link.hpp"
#include "daemon/host/host_settings.hpp"
#include "daemon/sysplex/mesh.hpp"

#include <memory>
#include <optional>
#include <string>

namespace tcpplexd {

/// Either a Unix socket in a directory, or an address with TLS.
class xcf_end {
  public:
    /// Errors: the certificate or its files are of no use.
    static cf::result<xcf_end> of(host_settings const& host);

    /// What the other stacks are told, see cf::member_description.
    std::string const& where() const { return where_; }
    /// Listens there; every link starts with `self`.
    cf::result<std::unique_ptr<mesh>> open(boost::asio::io_context& io,
                                           cf::xcf::hello const& self) const;

  private:
    std::string where_;
    std::optional<cf::xcf::secure_end> secure_;
};

}  // namespace tcpplexd
