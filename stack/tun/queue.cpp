#include "stack/tun/queue.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/uio.h>
#include <unistd.h>

namespace stack::tun {
namespace {

constexpr std::size_t largest_packet = 65535;

std::byte byte_at(fragments const& packet, std::size_t offset) {
    for (auto piece : packet) {
        if (offset < piece.size()) return piece[offset];
        offset -= piece.size();
    }
    return {};
}

/// Length of IP and TCP headers of a super-segment, of which the stack itself vouches that it is
/// one.
std::uint16_t header_bytes(fragments const& packet, offload const& meta) {
    if (meta.kind == offload::segmentation::none) return 0;
    auto const tcp = std::to_integer<unsigned>(byte_at(packet, meta.checksum_start + 12U)) >> 4;
    return static_cast<std::uint16_t>(meta.checksum_start + tcp * 4);
}

}  // namespace

queue::queue(int descriptor, bool offloads, fence const& fence)
    : fd_(descriptor),
      offloads_(offloads),
      fence_(fence),
      buffer_(sizeof(vnet_header) + largest_packet) {}

/// Whether the device had a packet.
bool queue::fetch() {
    ssize_t got = 0;
    do
        got = ::read(fd_, buffer_.data(), buffer_.size());
    while (got < 0 && errno == EINTR);
    if (got < static_cast<ssize_t>(sizeof header_)) return false;
    ++counts_.packets_in;
    std::memcpy(&header_, buffer_.data(), sizeof header_);
    packet_ = std::span<std::byte const>(buffer_)
                  .first(static_cast<std::size_t>(got))
                  .subspan(sizeof header_);
    return true;
}

void queue::write(fragments const& packet, offload const& meta) {
    if (offloads_ || !meta.checksum_partial) {
        put(packet, meta);
        return;
    }
    if (!segmenter_.split(packet, meta, [this](fragments const& piece) { put(piece, {}); }))
        ++counts_.write_errors;
}

void queue::put(fragments const& packet, offload const& meta) {
    vnet_header header = to_vnet_header(meta, header_bytes(packet, meta));
    std::array<iovec, fragments::capacity + 1> pieces{};
    pieces[0] = {&header, sizeof header};
    std::size_t count = 1;
    // writev takes pointers to what it only reads.
    for (auto piece : packet)
        pieces[count++] = {const_cast<std::byte*>(piece.data()), piece.size()};
    ssize_t written = 0;
    do {
        if (!packet.empty() && !fence_.lets_through(*packet.begin())) {
            ++counts_.fenced;
            return;
        }
        written = ::writev(fd_, pieces.data(), static_cast<int>(count));
    } while (written < 0 && errno == EINTR);
    if (written >= 0)
        ++counts_.packets_out;
    else if (errno == EAGAIN)
        ++counts_.device_full;
    else
        ++counts_.write_errors;
}

}  // namespace stack::tun
