#include "cf/xcf/dialler.hpp"

#include "cf/xcf/unix_link.hpp"

namespace cf::xcf {

namespace {

failure refusal(std::string const& where, std::string const& why) {
    return {error::unavailable, "XCF: " + where + ": " + why, {}};
}

}  // namespace

result<std::unique_ptr<link>> dialler::connect(std::string const& where) const {
    if (!where.starts_with(secure_scheme)) return unix_link::connect(where, self_);
    auto const address =
        network_address::parse(std::string_view(where).substr(secure_scheme.size()));
    if (!address || address->is_unspecified())
        return refusal(where, "expected ADDRESS:PORT; the group's record is damaged");
    if (!secure_)
        return refusal(where,
                       "this stack cannot be reached over a network, nor reach others; give 'xcf' "
                       "of its host settings 'listen', 'ca', 'cert' and 'key'");
    if (address->is_v6() != secure_->listen.is_v6())
        return refusal(where, "'listen' of 'xcf' here is " + secure_->listen.to_string() +
                                  ", of the other IP version");
    return secure_link::connect(*address, *secure_, self_);
}

}  // namespace cf::xcf
