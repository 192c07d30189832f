#include "stack/socket/ephemeral.hpp"

#include "stack/dvipa/destination_table.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <algorithm>

namespace stack::socket {

std::optional<std::uint16_t> ephemeral::pick(address const& local, endpoint const& remote) {
    auto const& tcp = topology_.settings().tcp;
    if (tcp.last_ephemeral < tcp.first_ephemeral) return std::nullopt;
    std::uint32_t const count =
        static_cast<std::uint32_t>(tcp.last_ephemeral - tcp.first_ephemeral) + 1;
    std::uint64_t const hash = wire::keyed_hash{key_}(four_tuple{{local, 0}, remote});
    auto& turn = turns_[hash >> 56];
    auto const start = static_cast<std::uint32_t>(hash);
    for (std::uint32_t i = 0; i < count; ++i) {
        auto const port =
            static_cast<std::uint16_t>(tcp.first_ephemeral + (start + turn++) % count);
        if (fits(local, port)) return port;
    }
    return std::nullopt;
}

bool ephemeral::fits(address const& local, std::uint16_t port) const {
    if (ports_.is_excluded(port)) return false;
    if (local.is_unspecified()) {
        auto const& dvipas = topology_.settings().dvipas;
        bool const distributed =
            std::any_of(dvipas.begin(), dvipas.end(), [&](dvipa_settings const& d) {
                return !d.distributed_ports.empty() && dvipa::is_distributed(d, port);
            });
        return !distributed && !ports_.is_taken({local, port});
    }
    auto const* const dvipa = topology_.dvipa(local);
    if (dvipa != nullptr && !dvipa->distributed_ports.empty() &&
        dvipa::is_distributed(*dvipa, port))
        return false;
    return ports_.is_free({local, port});
}

}  // namespace stack::socket
