// Latencies, counted in places that are about one percent wide.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace peers {

/// 64 places for each power of two; trivially copyable, so that processes can send it to each
/// other.
class histogram {
  public:
    void add(std::uint64_t nanoseconds) {
        ++places_[place_of(nanoseconds)];
        ++count_;
    }
    void add(histogram const& other) {
        for (std::size_t i = 0; i < places_.size(); ++i)
            places_[i] += other.places_[i];
        count_ += other.count_;
    }
    std::uint64_t count() const { return count_; }
    /// In microseconds; `share` in 0..1.
    double quantile(double share) const {
        auto const wanted = static_cast<std::uint64_t>(share * static_cast<double>(count_));
        std::uint64_t passed = 0;
        for (std::size_t i = 0; i < places_.size(); ++i)
            if ((passed += places_[i]) > wanted) return static_cast<double>(lower_end(i)) / 1e3;
        return 0;
    }

  private:
    static constexpr std::size_t fine = 64;

    static std::size_t place_of(std::uint64_t value) {
        if (value < fine) return value;
        auto const shift = static_cast<std::size_t>(std::bit_width(value)) - 7;
        auto const place = (shift + 1) * fine + ((value >> shift) & (fine - 1));
        return place < size ? place : size - 1;
    }
    static std::uint64_t lower_end(std::size_t place) {
        if (place < fine) return place;
        return (fine + place % fine) << (place / fine - 1);
    }

    static constexpr std::size_t size = fine * 40;
    std::array<std::uint32_t, size> places_{};
    std::uint64_t count_ = 0;
};

}  // namespace peers
