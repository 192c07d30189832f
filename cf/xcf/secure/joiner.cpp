#include "cf/xcf/secure/joiner.hpp"

#include <algorithm>

namespace cf::xcf {

joiner::joiner() {
    // Not zeroed: the kernel gives a page when a fragment is written to it.
    for (auto& each : places_)
        each.bytes.reset(new std::byte[max_frame]);
}

std::optional<std::span<std::byte const>> joiner::add(fragment const& part) {
    if (part.count == 1) return part.bytes;
    auto* const there = place_of(part);
    if (there == nullptr || there->arrived.test(part.index)) {
        ++stray_;
        return std::nullopt;
    }
    there->arrived.set(part.index);
    std::ranges::copy(part.bytes, there->bytes.get() + part.offset());
    if (part.is_last()) there->size = part.offset() + part.bytes.size();
    if (--there->missing > 0) return std::nullopt;
    return std::span<std::byte const>(there->bytes.get(), there->size);
}

joiner::place* joiner::place_of(fragment const& part) {
    auto& there = places_[part.message % places];
    if (there.count != 0 && there.message == part.message)
        return there.count == part.count && there.stride == part.stride ? &there : nullptr;
    // Message numbers wrap around: what is older is so by distance (RFC 1982).
    if (there.count != 0 && static_cast<std::int32_t>(part.message - there.message) < 0)
        return nullptr;
    if (there.missing > 0) ++incomplete_;
    there.arrived.reset();
    there.message = part.message;
    there.count = part.count;
    there.stride = part.stride;
    there.missing = part.count;
    there.size = 0;
    return &there;
}

}  // namespace cf::xcf
