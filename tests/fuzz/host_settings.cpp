// Any text as host settings: it is refused with places inside it, or it gives settings that are
// complete.
#include "daemon/host/host_settings.hpp"

#include "daemon/host/names.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const result = tcpplexd::load(text, {"tcpip1.profile", "sys1"});
    if (!result) {
        expect(!result.error().empty());
        auto const lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) +
                           static_cast<std::size_t>(std::count(text.begin(), text.end(), '\r')) + 1;
        for (auto const& error : result.error())
            expect(error.line <= lines && !error.message.empty());
        return 0;
    }
    expect(tcpplexd::is_member_name(result->stack) && tcpplexd::is_member_name(result->system) &&
           tcpplexd::is_member_name(result->sysplex));
    expect(result->control.starts_with('/') && result->xcf.directory.starts_with('/') &&
           (!result->coupling_facility.etcd.where.endpoints.empty() ||
            result->coupling_facility.path.starts_with('/')));
    for (auto const& device : result->interfaces)
        expect(tcpplexd::is_device_name(device.tun));
    return 0;
}
