#include "cf/xcf/secure/tls_identity.hpp"

#include <cstring>
#include <memory>
#include <string_view>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <strings.h>

namespace cf::xcf {

namespace {

failure refusal(std::string const& what, std::string const& why) {
    return {error::unavailable, "XCF " + what + ": " + why, {}};
}

// Without it OpenSSL would ask at the terminal.
int no_password(char*, int, int, void*) {
    return 0;
}

void configure(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_default_passwd_cb(context, no_password);
    // Every link begins with both certificates: nothing is resumed.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
}

}  // namespace

result<std::shared_ptr<tls_identity const>> tls_identity::load(files const& from,
                                                               std::string const& stack) {
    ERR_clear_error();
    auto* const context = SSL_CTX_new(TLS_method());
    if (context == nullptr) return refusal("over TLS", last_tls_error());
    std::shared_ptr<tls_identity const> made(new tls_identity(context));
    configure(context);
    if (SSL_CTX_load_verify_locations(context, from.ca.c_str(), nullptr) != 1)
        return refusal("'ca' " + from.ca, last_tls_error());
    if (SSL_CTX_use_certificate_chain_file(context, from.certificate.c_str()) != 1)
        return refusal("'cert' " + from.certificate, last_tls_error());
    if (SSL_CTX_use_PrivateKey_file(context, from.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1)
        return refusal("'key' " + from.key,
                       last_tls_error() + "; expected the unencrypted key of the certificate " +
                           from.certificate);
    if (!is_certificate_of(SSL_CTX_get0_certificate(context), stack))
        return refusal("'cert' " + from.certificate,
                       "it is not for " + stack + "; it needs subjectAltName = DNS:" + stack);
    return made;
}

tls_identity::~tls_identity() {
    SSL_CTX_free(context_);
}

bool is_certificate_of(x509_st* certificate, std::string const& stack) {
    // Not X509_check_host(): the name comes from the other side, and one that begins with a dot
    // would match all below it.
    std::unique_ptr<GENERAL_NAMES, void (*)(GENERAL_NAMES*)> const names(
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        auto const* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_DNS) continue;
        std::string_view const text(
            reinterpret_cast<char const*>(ASN1_STRING_get0_data(name->d.dNSName)),
            static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        if (text.size() == stack.size() &&
            ::strncasecmp(text.data(), stack.data(), text.size()) == 0)
            return true;
    }
    return false;
}

std::string last_tls_error() {
    auto const code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "unknown error of OpenSSL";
    // Errors of the system, a missing file for example, have no reason text of OpenSSL's own.
    if (ERR_SYSTEM_ERROR(code)) return std::strerror(ERR_GET_REASON(code));
    auto const* reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "error " + std::to_string(code) + " of OpenSSL";
}

}  // namespace cf::xcf
