#include "cf/dvipa.hpp"

#include <algorithm>

#include <arpa/inet.h>

namespace cf {

std::string dvipa::to_string() const {
    static constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    char text[INET6_ADDRSTRLEN] = "?";
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin()))
        ::inet_ntop(AF_INET, &bytes[12], text, sizeof text);
    else
        ::inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
    return text;
}

}  // namespace cf
