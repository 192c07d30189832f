// Who this stack is to the others: its certificate, and who signs theirs.
#pragma once

#include "cf/failure.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct x509_st;

namespace cf::xcf {

/// TLS 1.3, both sides with a certificate.
class tls_identity {
  public:
    /// PEM files.
    struct files {
        std::string ca;           ///< those who sign the certificates of this sysplex's stacks
        std::string certificate;  ///< this stack's, with those between it and the CA
        std::string key;          ///< its private key, not encrypted
    };
    /// Errors: a file cannot be read, the key belongs to another certificate, the certificate is
    /// not for `stack`.
    static result<std::shared_ptr<tls_identity const>> load(files const& from,
                                                            std::string const& stack);
    ~tls_identity();
    tls_identity(tls_identity const&) = delete;
    tls_identity& operator=(tls_identity const&) = delete;

    ssl_ctx_st* context() const { return context_; }

  private:
    explicit tls_identity(ssl_ctx_st* context) : context_(context) {}
    ssl_ctx_st* context_;
};

/// A certificate is for the stack that a DNS name among its alternative names spells, in either
/// case. The common name and wildcards count for nothing.
bool is_certificate_of(x509_st* certificate, std::string const& stack);

/// What OpenSSL says went wrong last, in this thread; forgets it.
std::string last_tls_error();

}  // namespace cf::xcf
