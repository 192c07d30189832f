#include "stack/socket/ephemeral.hpp"

#include "stack/dvipa/destination_table.hpp"
#include "stack/wire/bound_name.hpp"

#include <algorithm>

namespace stack::socket {

std::optional<std::uint16_t> ephemeral::pick(address const& local, endpoint const& remote) {
    auto const& tcp = topology_.settings().tcp;
    auto const stride = remote.port == 0 ? ~std::uint64_t{0} : ports_.stride(local, remote);
    return walk_.pick(tcp.first_ephemeral, tcp.last_ephemeral, {{local, 0}, remote},
                      [&](std::uint16_t port) {
                          return (stride >> (port % 64U) & 1U) != 0 && fits(local, port);
                      });
}

bool ephemeral::fits(address const& local, std::uint16_t port) const {
    if (ports_.is_excluded(port)) return false;
    if (local.is_unspecified()) {
        auto const& dvipas = topology_.settings().dvipas;
        bool const distributed = std::any_of(
            dvipas.begin(), dvipas.end(), [&](dvipa_settings const& d) { return d.serves(port); });
        auto const parts = bound_name({local, port}).by_family();
        return !distributed && std::none_of(parts.begin(), parts.end(), [&](endpoint const& part) {
            return ports_.is_taken(part);
        });
    }
    auto const* const dvipa = topology_.dvipa(local);
    if (dvipa != nullptr && dvipa->serves(port)) return false;
    return ports_.is_free({local, port});
}

}  // namespace stack::socket
