// Reads bytes that lie in several places one after the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace cf::xcf {

using pieces_of_message = std::span<std::span<std::byte const> const>;

inline std::size_t total_size(pieces_of_message pieces) {
    std::size_t size = 0;
    for (auto const& each : pieces)
        size += each.size();
    return size;
}

class gather {
  public:
    explicit gather(pieces_of_message pieces) : pieces_(pieces) {}

    /// Calls `use` for each run of the next `size` bytes, or of what is left.
    template <class Use>
    void take(std::size_t size, Use const& use) {
        while (size > 0 && !pieces_.empty()) {
            auto const piece = pieces_.front().subspan(used_);
            auto const run = piece.first(std::min(size, piece.size()));
            if (!run.empty()) use(run);
            size -= run.size();
            used_ += run.size();
            if (used_ < pieces_.front().size()) return;
            pieces_ = pieces_.subspan(1);
            used_ = 0;
        }
    }

  private:
    pieces_of_message pieces_;
    std::size_t used_ = 0;  ///< of the first piece
};

}  // namespace cf::xcf
