#include "stack/wire/tcp.hpp"

#include "stack/core/byte_order.hpp"

namespace stack::wire {

namespace {

namespace offset {
constexpr std::size_t source_port = 0;
constexpr std::size_t destination_port = 2;
constexpr std::size_t sequence = 4;
constexpr std::size_t acknowledgment = 8;
constexpr std::size_t data_offset = 12;
constexpr std::size_t flags = 13;
constexpr std::size_t window = 14;
constexpr std::size_t urgent_pointer = 18;
}  // namespace offset

enum class kind : std::uint8_t {
    end = 0,
    no_operation = 1,
    mss = 2,
    window_scale = 3,
    sack_permitted = 4,
    sack = 5,
    timestamps = 8
};

constexpr std::size_t block_bytes = 8;

void take_sacks(sack_blocks& blocks, std::span<std::byte const> value) {
    if (value.empty() || value.size() % block_bytes != 0) return;
    for (; !value.empty() && blocks.size() < sack_blocks::capacity;
         value = value.subspan(block_bytes))
        blocks.push_back({load_be32(value.data()), load_be32(value.data() + 4)});
}

// `value` is the option without kind and length.
void take_option(tcp_options& options, kind which, std::span<std::byte const> value) {
    switch (which) {
        case kind::mss:
            if (value.size() == 2) options.mss = load_be16(value.data());
            break;
        case kind::window_scale:
            if (value.size() == 1) options.window_scale = std::to_integer<std::uint8_t>(value[0]);
            break;
        case kind::sack_permitted:
            if (value.empty()) options.sack_permitted = true;
            break;
        case kind::timestamps:
            if (value.size() == 8)
                options.timestamps = {load_be32(value.data()), load_be32(value.data() + 4)};
            break;
        case kind::sack:
            take_sacks(options.sacks, value);
            break;
        default:
            break;
    }
}

tcp_options parse_options(std::span<std::byte const> bytes) {
    tcp_options options;
    while (!bytes.empty()) {
        auto const which = static_cast<kind>(bytes[0]);
        if (which == kind::end) break;
        if (which == kind::no_operation) {
            bytes = bytes.subspan(1);
            continue;
        }
        if (bytes.size() < 2) break;
        auto const length = std::to_integer<std::size_t>(bytes[1]);
        if (length < 2 || length > bytes.size()) break;
        take_option(options, which, bytes.subspan(2, length - 2));
        bytes = bytes.subspan(length);
    }
    return options;
}

// Appends options, each a multiple of four bytes with its padding.
class option_writer {
  public:
    explicit option_writer(std::byte* at) : at_(at) {}

    void write(tcp_options const& options) {
        if (options.mss) {
            put(kind::mss, 4);
            store_be16(at_, *options.mss);
            at_ += 2;
        }
        if (options.window_scale) {
            *at_++ = static_cast<std::byte>(kind::no_operation);
            put(kind::window_scale, 3);
            *at_++ = static_cast<std::byte>(*options.window_scale);
        }
        if (options.sack_permitted) {
            pad();
            put(kind::sack_permitted, 2);
        }
        if (options.timestamps) {
            pad();
            put(kind::timestamps, 10);
            store_be32(at_, options.timestamps->value);
            store_be32(at_ + 4, options.timestamps->echo);
            at_ += 8;
        }
        if (!options.sacks.empty()) {
            pad();
            put(kind::sack, static_cast<std::uint8_t>(2 + block_bytes * options.sacks.size()));
            for (sack_block const& block : options.sacks) {
                store_be32(at_, block.begin);
                store_be32(at_ + 4, block.end);
                at_ += block_bytes;
            }
        }
    }
    std::byte* end() const { return at_; }

  private:
    void put(kind which, std::uint8_t length) {
        *at_++ = static_cast<std::byte>(which);
        *at_++ = static_cast<std::byte>(length);
    }
    void pad() {
        *at_++ = static_cast<std::byte>(kind::no_operation);
        *at_++ = static_cast<std::byte>(kind::no_operation);
    }
    std::byte* at_;
};

}  // namespace

std::optional<tcp_segment> parse_tcp(std::span<std::byte const> bytes) {
    if (bytes.size() < tcp_header_min) return std::nullopt;
    std::byte const* at = bytes.data();
    std::size_t const length = (std::to_integer<std::size_t>(at[offset::data_offset]) >> 4) * 4;
    if (length < tcp_header_min || length > bytes.size()) return std::nullopt;
    tcp_segment segment;
    tcp_header& header = segment.header;
    header.source_port = load_be16(at + offset::source_port);
    header.destination_port = load_be16(at + offset::destination_port);
    if (header.source_port == 0 || header.destination_port == 0) return std::nullopt;
    header.sequence = load_be32(at + offset::sequence);
    header.acknowledgment = load_be32(at + offset::acknowledgment);
    header.flags = std::to_integer<std::uint8_t>(at[offset::flags]);
    header.window = load_be16(at + offset::window);
    header.urgent_pointer = load_be16(at + offset::urgent_pointer);
    header.options = parse_options(bytes.subspan(tcp_header_min, length - tcp_header_min));
    segment.payload = bytes.subspan(length);
    return segment;
}

tcp_header_bytes::tcp_header_bytes(tcp_header const& header) {
    std::byte* at = bytes_.data();
    store_be16(at + offset::source_port, header.source_port);
    store_be16(at + offset::destination_port, header.destination_port);
    store_be32(at + offset::sequence, header.sequence);
    store_be32(at + offset::acknowledgment, header.acknowledgment);
    at[offset::flags] = static_cast<std::byte>(header.flags);
    store_be16(at + offset::window, header.window);
    store_be16(at + offset::urgent_pointer, header.urgent_pointer);
    option_writer writer(at + tcp_header_min);
    writer.write(header.options);
    size_ = static_cast<std::size_t>(writer.end() - at);
    at[offset::data_offset] = static_cast<std::byte>(size_ / 4 << 4);
}

}  // namespace stack::wire
