#include "network/bulk_host.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace sim {

namespace {

// Each stream is this, again and again. The period is prime, so that a byte at a wrong place is
// most likely a wrong byte.
constexpr std::size_t period = 65521;

std::array<std::byte, period> make_stream() {
    std::array<std::byte, period> bytes;
    random_source random(1);
    std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<std::byte>(random()); });
    return bytes;
}

std::array<std::byte, period> const stream = make_stream();

// Calls `visit(part of a span, the stream's bytes of it)` for a span at `position`.
template <typename Span, typename Visit>
void along_stream(Span bytes, std::uint64_t position, Visit const& visit) {
    while (!bytes.empty()) {
        std::size_t const at = position % period;
        std::size_t const count = std::min(bytes.size(), period - at);
        visit(bytes.first(count), stream.data() + at);
        bytes = bytes.subspan(count);
        position += count;
    }
}

}  // namespace

bulk_host::bulk_host(stack::tcp_settings const& settings, std::uint16_t mtu, sender out,
                     random_source& random)
    : mtu_(mtu), out_(std::move(out)), entropy_(random), engine_(*this, *this, entropy_) {
    engine_.configure(settings);
}

void bulk_host::complain(std::string text) {
    if (!trouble_) trouble_ = std::move(text);
}

void bulk_host::connect(stack::four_tuple const& tuple, std::uint64_t to_send, instant now) {
    auto const id = engine_.connect(tuple, 1, now);
    if (!id) return complain("connect: " + id.error().message());
    connection_ = *id;
    to_send_ = to_send;
}

void bulk_host::listen(stack::endpoint const& local) {
    if (auto const id = engine_.listen(local, 1, 1); !id)
        complain("listen: " + id.error().message());
}

void bulk_host::read(instant now) {
    while (readable_) {
        std::size_t count = 0;
        for (auto const piece : engine_.readable(*connection_)) {
            along_stream(piece, received_ + count, [&](auto part, std::byte const* expected) {
                if (std::memcmp(part.data(), expected, part.size()) != 0)
                    complain("the stream is altered before byte " + std::to_string(received_));
            });
            count += piece.size();
        }
        if (count == 0) readable_ = false;
        received_ += count;
        engine_.consume(*connection_, count, now);
    }
    if (!engine_.at_end(*connection_) || shut_) return;
    engine_.shutdown_send(*connection_, now);
    shut_ = true;
}

void bulk_host::write(instant now) {
    while (writable_ && sent_ < to_send_) {
        auto const room = engine_.writable(*connection_);
        if (room.empty()) {
            writable_ = false;
            return;
        }
        auto const part = room.first(std::min<std::uint64_t>(room.size(), to_send_ - sent_));
        along_stream(part, sent_, [](auto piece, std::byte const* bytes) {
            std::memcpy(piece.data(), bytes, piece.size());
        });
        engine_.produced(*connection_, part.size(), now);
        sent_ += part.size();
    }
    if (to_send_ == 0 || sent_ < to_send_ || shut_) return;
    engine_.shutdown_send(*connection_, now);
    shut_ = true;
}

void bulk_host::work(instant now) {
    engine_.advance(now);
    if (waiting_ && !connection_) connection_ = engine_.accept(*waiting_);
    if (connection_ && !finished_) {
        read(now);
        write(now);
    }
    if (over_ && !finished_) {
        engine_.close(*connection_, now);
        finished_ = true;
    }
    engine_.advance(now);
    if (auto const broken = engine_.broken_invariant()) complain(std::string(*broken));
}

void bulk_host::failed(stack::tcp::connection_id, std::uint32_t, boost::system::error_code error) {
    complain("failed: " + error.message());
    over_ = true;
}

}  // namespace sim
