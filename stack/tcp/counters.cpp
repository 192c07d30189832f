#include "stack/tcp/counters.hpp"

namespace stack::tcp {

namespace {

struct words {
    std::string_view name;
    std::string_view text;
};

constexpr std::array<words, counter_count> list{{
#define COUNTER(name, text) {#name, text},
#include "stack/tcp/counters.def"
#undef COUNTER
}};

}  // namespace

std::string_view name_of(counter which) {
    return list[static_cast<std::size_t>(which)].name;
}

std::string_view text_of(counter which) {
    return list[static_cast<std::size_t>(which)].text;
}

}  // namespace stack::tcp
