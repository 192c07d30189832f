// Certificates for tests, made with openssl(1) as an operator would make them.
#pragma once

#include "cf/xcf/secure/tls_identity.hpp"

#include <filesystem>
#include <string>

namespace cf::test {

/// A CA and what it signs, in a directory of its own that goes with it.
class certificate_authority {
  public:
    certificate_authority();
    ~certificate_authority();
    certificate_authority(certificate_authority const&) = delete;
    certificate_authority& operator=(certificate_authority const&) = delete;

    std::string ca() const { return (directory_ / "ca.pem").string(); }
    /// A certificate whose alternative name is `name`, "DNS:TCPIPA". `until` as openssl-ca(1) takes
    /// it, YYYYMMDDHHMMSSZ.
    xcf::tls_identity::files issue(std::string const& name,
                                   std::string const& until = "20491231235959Z");
    /// Of a stack, with the certificate that it needs.
    std::shared_ptr<xcf::tls_identity const> identity(std::string const& stack);

  private:
    void run(std::string const& arguments) const;

    std::filesystem::path directory_;
    int issued_ = 0;
};

}  // namespace cf::test
