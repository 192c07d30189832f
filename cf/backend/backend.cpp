#include "cf/backend/backend.hpp"

namespace cf {

std::vector<trace::record> backend::trace(dvipa const&, std::size_t) const {
    return {};
}

std::optional<structure_status> backend::status(dvipa const&) const {
    return std::nullopt;
}

}  // namespace cf
