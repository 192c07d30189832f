#include "cf/xcf/secure/datagram_channel.hpp"

#include "cf/xcf/secure/gather.hpp"

namespace cf::xcf {

namespace {

constexpr std::size_t overhead = datagram_overhead + fragment_prefix;
constexpr std::size_t buffer_size = max_frame + most_fragments * overhead;

}  // namespace

result<std::unique_ptr<datagram_channel>> datagram_channel::open(network_address const& local,
                                                                 network_address const& peer,
                                                                 datagram_keys const& keys) {
    auto socket = datagram_socket::open(local, peer);
    if (!socket) return socket.error();
    return std::unique_ptr<datagram_channel>(new datagram_channel(std::move(*socket), keys));
}

datagram_channel::datagram_channel(std::unique_ptr<datagram_socket> socket,
                                   datagram_keys const& keys)
    : socket_(std::move(socket)),
      sealer_(keys.link, keys.sending),
      opener_(keys.link, keys.receiving),
      buffer_(new std::byte[buffer_size]) {
    look_at_path();
}

bool datagram_channel::send(std::span<std::span<std::byte const> const> pieces) {
    auto const size = total_size(pieces);
    if (size == 0 || size > max_frame) return false;
    // A path that has become wider is worth a system call only to a message that is cut.
    if (size > stride_) look_at_path();
    for (int tries = 0; tries < 2; ++tries) {
        auto const used = seal(pieces, size, stride_);
        if (used == 0) return false;
        auto const outcome = socket_->send({buffer_.get(), used}, stride_ + overhead);
        if (outcome != datagram_socket::outcome::too_large)
            return outcome == datagram_socket::outcome::sent;
        look_at_path();
    }
    return false;
}

std::size_t datagram_channel::seal(std::span<std::span<std::byte const> const> pieces,
                                   std::size_t size, std::size_t stride) {
    if (stride < smallest_stride) return 0;
    fragment part;
    part.count = static_cast<std::uint16_t>((size + stride - 1) / stride);
    part.stride = static_cast<std::uint16_t>(stride);
    if (part.count > 1) part.message = messages_++;
    gather rest(pieces);
    std::size_t used = 0;
    for (; part.index < part.count; ++part.index) {
        if (!sealer_.begin({buffer_.get() + used, stride + overhead})) return 0;
        sealer_.add(encode_prefix(part));
        rest.take(stride, [&](std::span<std::byte const> bytes) { sealer_.add(bytes); });
        used += sealer_.finish();
    }
    return used;
}

std::optional<std::span<std::byte const>> datagram_channel::receive(std::size_t& budget) {
    while (budget > 0) {
        auto const datagram = socket_->receive();
        if (!datagram) return std::nullopt;
        --budget;
        auto const contents = opener_.open(*datagram);
        if (!contents) {
            count(contents.error());
            continue;
        }
        auto const part = decode_fragment(*contents);
        if (!part) ++counters_.malformed;
        if (auto const whole = part ? joiner_.add(*part) : std::nullopt) return whole;
    }
    return std::nullopt;
}

void datagram_channel::look_at_path() {
    auto const size = socket_->path_size();
    stride_ = size > overhead ? size - overhead : 0;
}

void datagram_channel::count(refusal_of_datagram why) {
    switch (why) {
        case refusal_of_datagram::too_short:
            ++counters_.too_short;
            break;
        case refusal_of_datagram::other_link:
            ++counters_.other_link;
            break;
        case refusal_of_datagram::replayed:
            ++counters_.replayed;
            break;
        case refusal_of_datagram::forged:
            ++counters_.forged;
            break;
    }
}

datagram_counters datagram_channel::counters() const {
    auto all = counters_;
    all.stray = joiner_.stray();
    all.incomplete = joiner_.incomplete();
    return all;
}

}  // namespace cf::xcf
