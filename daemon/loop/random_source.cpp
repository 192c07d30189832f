#include "daemon/loop/random_source.hpp"

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace tcpplexd {

std::uint64_t random_source::next() {
    if (used_ == block_.size()) {
        for (std::size_t filled = 0; filled < sizeof block_;) {
            auto const count = getrandom(reinterpret_cast<char*>(block_.data()) + filled,
                                         sizeof block_ - filled, 0);
            if (count < 0 && errno != EINTR)
                throw std::system_error(errno, std::generic_category(), "getrandom");
            if (count > 0) filled += static_cast<std::size_t>(count);
        }
        used_ = 0;
    }
    return block_[used_++];
}

}  // namespace tcpplexd
