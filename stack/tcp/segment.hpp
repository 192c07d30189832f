// A segment that arrived, in the words of RFC 9293 3.10.7.
#pragma once

#include "stack/tcp/boundary.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/wire/tcp.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace stack::tcp {

struct segment {
    seq seg_seq;
    seq seg_ack;
    std::uint16_t seg_wnd = 0;  ///< as on the wire, not scaled
    std::uint8_t flags = 0;
    std::uint16_t gso_size = 0;
    bool congested = false;  ///< Congestion Experienced (RFC 3168 5)
    std::span<std::byte const> text;
    wire::tcp_options options;

    bool syn() const { return (flags & wire::tcp_flag::syn) != 0; }
    bool fin() const { return (flags & wire::tcp_flag::fin) != 0; }
    bool rst() const { return (flags & wire::tcp_flag::rst) != 0; }
    bool ack() const { return (flags & wire::tcp_flag::ack) != 0; }
    /// SEG.LEN: text, SYN and FIN.
    std::uint32_t seg_len() const {
        return static_cast<std::uint32_t>(text.size()) + (syn() ? 1U : 0U) + (fin() ? 1U : 0U);
    }
    /// Where the text begins: after the SYN, if there is one.
    seq text_seq() const { return seg_seq + (syn() ? 1U : 0U); }
    /// How many segments were on the wire; at least 1.
    std::uint32_t wire_segments() const {
        if (gso_size == 0 || text.size() <= gso_size) return 1;
        return static_cast<std::uint32_t>((text.size() + gso_size - 1) / gso_size);
    }
};

/// A segment and whom it concerns.
struct arrived {
    four_tuple tuple;
    segment what;
};

/// Nothing if the segment is malformed.
std::optional<arrived> read_segment(incoming_segment const& incoming);

}  // namespace stack::tcp
