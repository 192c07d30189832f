#include "stack/ip/drop_reason.hpp"

#include <array>

namespace stack::ip {
namespace {

constexpr std::size_t reasons = static_cast<std::size_t>(drop_reason::count);

constexpr std::array<std::string_view, reasons> names{
    "drop.none",
#define DROP(name, protocol, text) "drop." #name,
#include "stack/ip/drop_reason.def"
#undef DROP
};

constexpr std::array<std::string_view, reasons> protocols{
    "",
#define DROP(name, protocol, text) #protocol,
#include "stack/ip/drop_reason.def"
#undef DROP
};

constexpr std::array<std::string_view, reasons> texts{
    "not dropped",
#define DROP(name, protocol, text) text,
#include "stack/ip/drop_reason.def"
#undef DROP
};

}  // namespace

std::string_view counter_name(drop_reason reason) {
    return names[static_cast<std::size_t>(reason)];
}
std::string_view protocol_of(drop_reason reason) {
    return protocols[static_cast<std::size_t>(reason)];
}
std::string_view to_string(drop_reason reason) {
    return texts[static_cast<std::size_t>(reason)];
}

}  // namespace stack::ip
