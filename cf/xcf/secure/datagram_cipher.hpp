// Seals datagrams for one direction, and opens those of the other.
//
//     | link 4 | sequence 8 | ciphertext ... | tag 16 |        the first 12 bytes are
//     authenticated, too
#pragma once

#include "cf/xcf/secure/datagram_key.hpp"
#include "cf/xcf/secure/replay_window.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <memory>
#include <span>

struct evp_cipher_ctx_st;

namespace cf::xcf {

inline constexpr std::size_t datagram_prefix = 12;
inline constexpr std::size_t datagram_tag = 16;
inline constexpr std::size_t datagram_overhead = datagram_prefix + datagram_tag;
/// With it a key is used up: nothing is sealed and nothing opened any more.
inline constexpr std::uint64_t sequence_limit = std::uint64_t{1} << 48U;

/// Frees OpenSSL's context.
struct cipher_context_deleter {
    void operator()(evp_cipher_ctx_st* context) const;
};
using cipher_context = std::unique_ptr<evp_cipher_ctx_st, cipher_context_deleter>;

/// Makes one datagram after the other: begin(), add() for each part of the contents, finish().
class datagram_sealer {
  public:
    /// `first` is the sequence number to begin with.
    datagram_sealer(std::uint32_t link, datagram_key const& key, std::uint64_t first = 0);

    /// Starts a datagram in `into`, which must have room for the contents and datagram_overhead.
    /// False: the key is used up.
    bool begin(std::span<std::byte> into);
    void add(std::span<std::byte const> part);
    /// The datagram's size.
    std::size_t finish();
    bool is_used_up() const { return next_ >= sequence_limit; }

  private:
    cipher_context context_;
    std::uint32_t link_;
    std::array<std::byte, 12> salt_;
    std::uint64_t next_;
    std::span<std::byte> into_;
    std::size_t size_ = 0;
};

/// Why a datagram was not taken.
enum class refusal_of_datagram : std::uint8_t {
    too_short,
    other_link,  ///< of a link before this one, or not ours
    replayed,    ///< seen before, or too far behind to know
    forged       ///< not sealed with our key
};

class datagram_opener {
  public:
    datagram_opener(std::uint32_t link, datagram_key const& key);

    /// Decrypts `datagram` in place. The contents point into it.
    boost::system::result<std::span<std::byte const>, refusal_of_datagram> open(
        std::span<std::byte> datagram);

  private:
    bool decrypt(std::span<std::byte> datagram, std::uint64_t sequence);

    cipher_context context_;
    std::uint32_t link_;
    std::array<std::byte, 12> salt_;
    replay_window seen_;
};

}  // namespace cf::xcf
