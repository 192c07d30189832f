#include "cf/backend/etcd/settings.hpp"

namespace cf::etcd {

std::optional<std::string> target_of(std::string_view endpoint) {
    for (std::string_view scheme : {"https://", "http://"})
        if (endpoint.starts_with(scheme)) {
            endpoint.remove_prefix(scheme.size());
            break;
        }
    auto colon = endpoint.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    auto port = endpoint.substr(colon + 1);
    bool number = !port.empty() && port.size() <= 5 &&
                  port.find_first_not_of("0123456789") == std::string_view::npos;
    bool host = endpoint.find_first_of("/ ,\t\n") == std::string_view::npos;
    if (!number || !host) return std::nullopt;
    return std::string(endpoint);
}

}  // namespace cf::etcd
