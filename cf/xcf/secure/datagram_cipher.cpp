#include "cf/xcf/secure/datagram_cipher.hpp"

#include "cf/xcf/byte_reader.hpp"

#include <algorithm>
#include <new>

#include <openssl/evp.h>

namespace cf::xcf {

namespace {

using nonce = std::array<std::byte, 12>;

unsigned char* raw(std::byte* at) {
    return reinterpret_cast<unsigned char*>(at);
}
unsigned char const* raw(std::byte const* at) {
    return reinterpret_cast<unsigned char const*>(at);
}
int length(std::size_t size) {
    return static_cast<int>(size);
}

void put(std::uint64_t number, std::span<std::byte> into) {
    for (auto byte = into.rbegin(); byte != into.rend(); ++byte, number >>= 8U)
        *byte = static_cast<std::byte>(number);
}

nonce nonce_of(nonce const& salt, std::uint64_t sequence) {
    nonce made{};
    put(sequence, std::span(made).last(8));
    std::transform(made.begin(), made.end(), salt.begin(), made.begin(),
                   [](std::byte a, std::byte b) { return a ^ b; });
    return made;
}

// The key is scheduled once; each datagram only sets a nonce.
cipher_context with_key(datagram_key const& key, bool encrypts) {
    cipher_context made(EVP_CIPHER_CTX_new());
    if (!made || EVP_CipherInit_ex(made.get(), EVP_aes_256_gcm(), nullptr, raw(key.key.data()),
                                   nullptr, encrypts ? 1 : 0) != 1)
        throw std::bad_alloc();
    return made;
}

}  // namespace

void cipher_context_deleter::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

datagram_sealer::datagram_sealer(std::uint32_t link, datagram_key const& key, std::uint64_t first)
    : context_(with_key(key, true)), link_(link), salt_(key.salt), next_(first) {}

bool datagram_sealer::begin(std::span<std::byte> into) {
    if (is_used_up()) return false;
    into_ = into;
    put(link_, into_.first(4));
    put(next_, into_.subspan(4, 8));
    auto const iv = nonce_of(salt_, next_++);
    int ignored = 0;
    EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, nullptr, raw(iv.data()));
    EVP_EncryptUpdate(context_.get(), nullptr, &ignored, raw(into_.data()),
                      length(datagram_prefix));
    size_ = datagram_prefix;
    return true;
}

void datagram_sealer::add(std::span<std::byte const> part) {
    int written = 0;
    EVP_EncryptUpdate(context_.get(), raw(into_.data() + size_), &written, raw(part.data()),
                      length(part.size()));
    size_ += static_cast<std::size_t>(written);
}

std::size_t datagram_sealer::finish() {
    int written = 0;
    EVP_EncryptFinal_ex(context_.get(), raw(into_.data() + size_), &written);
    EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, length(datagram_tag),
                        into_.data() + size_);
    return size_ + datagram_tag;
}

datagram_opener::datagram_opener(std::uint32_t link, datagram_key const& key)
    : context_(with_key(key, false)), link_(link), salt_(key.salt) {}

boost::system::result<std::span<std::byte const>, refusal_of_datagram> datagram_opener::open(
    std::span<std::byte> datagram) {
    if (datagram.size() < datagram_overhead) return refusal_of_datagram::too_short;
    byte_reader prefix(datagram.first(datagram_prefix));
    if (prefix.u32() != link_) return refusal_of_datagram::other_link;
    auto const sequence = prefix.u64();
    if (sequence >= sequence_limit || !seen_.is_fresh(sequence))
        return refusal_of_datagram::replayed;
    if (!decrypt(datagram, sequence)) return refusal_of_datagram::forged;
    seen_.note(sequence);
    return std::span<std::byte const>(
        datagram.subspan(datagram_prefix, datagram.size() - datagram_overhead));
}

bool datagram_opener::decrypt(std::span<std::byte> datagram, std::uint64_t sequence) {
    auto const iv = nonce_of(salt_, sequence);
    auto const contents = datagram.subspan(datagram_prefix, datagram.size() - datagram_overhead);
    auto const tag = datagram.last(datagram_tag);
    int written = 0;
    return EVP_DecryptInit_ex(context_.get(), nullptr, nullptr, nullptr, raw(iv.data())) == 1 &&
           EVP_DecryptUpdate(context_.get(), nullptr, &written, raw(datagram.data()),
                             length(datagram_prefix)) == 1 &&
           EVP_DecryptUpdate(context_.get(), raw(contents.data()), &written, raw(contents.data()),
                             length(contents.size())) == 1 &&
           EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, length(datagram_tag),
                               tag.data()) == 1 &&
           EVP_DecryptFinal_ex(context_.get(), nullptr, &written) == 1;
}

}  // namespace cf::xcf
