// A TCP sequence number: a place on a circle of 2^32, so there are distances but no order.
#pragma once

#include <cstdint>

namespace stack::tcp {

/// RFC 9293 3.4. Comparison holds for numbers less than 2^31 apart and is not transitive; hence no
/// operator<, so that nothing sorts them.
class seq {
  public:
    constexpr seq() = default;
    constexpr explicit seq(std::uint32_t value) : value_(value) {}
    constexpr std::uint32_t value() const { return value_; }

    friend constexpr seq operator+(seq a, std::uint32_t n) { return seq(a.value_ + n); }
    friend constexpr seq operator-(seq a, std::uint32_t n) { return seq(a.value_ - n); }
    constexpr seq& operator+=(std::uint32_t n) { return *this = *this + n; }
    /// How far `a` is past `b`; negative if before it.
    friend constexpr std::int32_t operator-(seq a, seq b) {
        return static_cast<std::int32_t>(a.value_ - b.value_);
    }
    friend constexpr bool operator==(seq, seq) = default;

  private:
    std::uint32_t value_ = 0;
};

constexpr bool before(seq a, seq b) {
    return a - b < 0;
}
constexpr bool after(seq a, seq b) {
    return a - b > 0;
}
constexpr bool at_or_before(seq a, seq b) {
    return a - b <= 0;
}
/// Whether `value` is one of the `size` numbers from `first` on.
constexpr bool in_window(seq value, seq first, std::uint32_t size) {
    return value.value() - first.value() < size;
}
/// Bytes from `first` to `last`; `last` must not be before `first`.
constexpr std::uint32_t distance(seq first, seq last) {
    return last.value() - first.value();
}
constexpr seq later(seq a, seq b) {
    return after(a, b) ? a : b;
}

}  // namespace stack::tcp
