#include "stack/ip/counters.hpp"

namespace stack::ip {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(counter::count)> names{
#define COUNTER(name, text) text,
#include "stack/ip/counter.def"
#undef COUNTER
};

}  // namespace

void counters::each(std::function<void(std::string_view, std::uint64_t)> const& visit) const {
    for (std::size_t i = 0; i < counts_.size(); ++i)
        visit(names[i], counts_[i]);
    for (std::size_t i = 1; i < drops_.size(); ++i)
        visit(counter_name(static_cast<drop_reason>(i)), drops_[i]);
}

}  // namespace stack::ip
