// The chain of headers between an IPv6 header and what it carries (RFC 8200 4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace stack::wire {

/// The fragment header (RFC 8200 4.5).
inline constexpr std::size_t fragment_header_length = 8;
struct fragment_header {
    std::uint32_t identification = 0;
    std::uint32_t offset = 0;  ///< of the fragment's payload, in bytes: 0..65,528
    bool more = false;
    std::size_t named_at = 0;  ///< of the Next Header field that says 44; from the packet's start
};

/// How a receiver must end a packet because of its headers.
enum class chain_fault : std::uint8_t {
    none,
    truncated,        ///< a header reaches beyond the packet
    too_long,         ///< more headers than this stack is willing to read (RFC 7112 1)
    erroneous_field,  ///< parameter problem, code 0
    unknown_header,   ///< parameter problem, code 1
    unknown_option,   ///< parameter problem, code 2
    silent            ///< an unknown option that asks to be discarded without a word
};

/// Where a packet's headers lead.
struct extension_chain {
    chain_fault fault = chain_fault::none;
    /// With a fault: the octet a parameter problem points at. Otherwise: the Next Header field that
    /// names `payload`. From the start of the packet.
    std::size_t pointer = 0;
    std::uint8_t protocol = 0;  ///< of what stands at `payload`; of a fragment: of the whole packet
    std::size_t payload = 0;    ///< behind the last header read; within the packet
    std::optional<fragment_header> fragment;  ///< then it is the last header read
};

/// Bytes and number of headers that are read at most; today's senders need far less.
inline constexpr std::size_t longest_chain = 256;
inline constexpr unsigned most_extension_headers = 8;

/// Reads the headers of a packet as its destination does: options are looked at, a routing header
/// with segments left is refused, of type 0 (RFC 5095 3) or any other, for none is known here.
/// Stops behind a fragment header, even that of an atomic fragment. `packet` is a whole IPv6
/// packet, at least 40 bytes.
extension_chain read_extensions(std::span<std::byte const> packet);

/// Goes on behind `from`, the fragment header included, as after reassembly or in a first fragment.
extension_chain read_extensions_behind(std::span<std::byte const> packet,
                                       extension_chain const& from);

}  // namespace stack::wire
