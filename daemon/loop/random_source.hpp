// The kernel's random numbers for the stack.
#pragma once

#include "stack/core/entropy.hpp"

#include <array>
#include <cstddef>

namespace tcpplexd {

/// getrandom(2), fetched in blocks: one system call for 64 numbers.
class random_source : public stack::entropy {
  public:
    std::uint64_t next() override;

  private:
    std::array<std::uint64_t, 64> block_{};
    std::size_t used_ = 64;
};

}  // namespace tcpplexd
