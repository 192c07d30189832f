#include "cf/xcf/secure/tls_session.hpp"

#include "cf/xcf/byte_reader.hpp"

#include <algorithm>
#include <new>
#include <string_view>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace cf::xcf {

namespace {

constexpr std::string_view exporter_label = "EXPORTER-tcpplex-xcf";

datagram_key key_from(std::span<std::byte const> secret) {
    datagram_key made;
    std::ranges::copy(secret.first(made.key.size()), made.key.begin());
    std::ranges::copy(secret.last(made.salt.size()), made.salt.begin());
    return made;
}

}  // namespace

tls_session::tls_session(std::shared_ptr<tls_identity const> self, tls_role role)
    : self_(std::move(self)), ssl_(SSL_new(self_->context()), SSL_free), role_(role) {
    auto* const in = BIO_new(BIO_s_mem());
    auto* const out = BIO_new(BIO_s_mem());
    if (!ssl_ || in == nullptr || out == nullptr) throw std::bad_alloc();
    SSL_set_bio(ssl_.get(), in, out);
    if (role == tls_role::dials)
        SSL_set_connect_state(ssl_.get());
    else
        SSL_set_accept_state(ssl_.get());
    if (role == tls_role::dials) check(SSL_do_handshake(ssl_.get()));
}

tls_session::~tls_session() = default;

bool tls_session::receive(std::span<std::byte const> bytes) {
    BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
    ERR_clear_error();
    if (!is_established()) check(SSL_do_handshake(ssl_.get()));
    return !has_failed();
}

std::size_t tls_session::read(std::span<std::byte> into) {
    if (has_failed() || !is_established()) return 0;
    ERR_clear_error();
    int const size = SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size()));
    return check(size) && size > 0 ? static_cast<std::size_t>(size) : 0;
}

void tls_session::write(std::span<std::byte const> bytes) {
    if (has_failed() || bytes.empty()) return;
    ERR_clear_error();
    check(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())));
}

void tls_session::take_output(std::vector<std::byte>& into) {
    auto* const out = SSL_get_wbio(ssl_.get());
    auto const waiting = BIO_ctrl_pending(out);
    if (waiting == 0) return;
    auto const before = into.size();
    into.resize(before + waiting);
    BIO_read(out, into.data() + before, static_cast<int>(waiting));
}

bool tls_session::is_established() const {
    return SSL_is_init_finished(ssl_.get()) == 1;
}

bool tls_session::peer_is(std::string const& stack) const {
    auto* const certificate = SSL_get0_peer_certificate(ssl_.get());
    return certificate != nullptr && is_certificate_of(certificate, stack);
}

datagram_keys tls_session::export_keys(std::uint64_t number) const {
    byte_writer context(8);
    context.u64(number);
    auto const named = std::move(context).bytes();
    constexpr std::size_t one = 32 + 12;
    std::array<std::byte, 2 * one + 4> secret{};
    bool const done =
        SSL_export_keying_material(ssl_.get(), reinterpret_cast<unsigned char*>(secret.data()),
                                   secret.size(), exporter_label.data(), exporter_label.size(),
                                   reinterpret_cast<unsigned char const*>(named.data()),
                                   named.size(), 1) == 1;
    if (!done) throw std::bad_alloc();
    auto const to_called = key_from(std::span(secret).first(one));
    auto const to_caller = key_from(std::span(secret).subspan(one, one));
    auto const link = byte_reader(std::span<std::byte const>(secret).last(4)).u32();
    OPENSSL_cleanse(secret.data(), secret.size());
    if (role_ == tls_role::dials) return {link, to_called, to_caller};
    return {link, to_caller, to_called};
}

bool tls_session::check(int outcome) {
    switch (SSL_get_error(ssl_.get(), outcome)) {
        case SSL_ERROR_NONE:
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE:
            return true;
        case SSL_ERROR_ZERO_RETURN:
            why_ = "the other stack has closed the link";
            return false;
        default:
            break;
    }
    why_ = "TLS: " + last_tls_error();
    if (auto const verdict = SSL_get_verify_result(ssl_.get()); verdict != X509_V_OK)
        why_ += std::string(" (its certificate: ") + X509_verify_cert_error_string(verdict) + ")";
    return false;
}

}  // namespace cf::xcf
