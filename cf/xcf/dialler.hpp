// How this stack reaches the others: over a Unix socket or over a network, as they have said.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/link.hpp"
#include "cf/xcf/secure/secure_link.hpp"

#include <memory>
#include <optional>
#include <string>

namespace cf::xcf {

/// What a member says about where it is (member_description::xcf): the path of a Unix socket, or
/// this and "ADDRESS:PORT".
inline constexpr std::string_view secure_scheme = "tls://";

class dialler {
  public:
    /// Without `secure` only stacks of this machine can be reached.
    explicit dialler(hello self, std::optional<secure_end> secure = std::nullopt)
        : self_(std::move(self)), secure_(std::move(secure)) {}

    /// Errors: nobody is there, or this stack has no means to reach it; a secure link may fail
    /// later, too.
    result<std::unique_ptr<link>> connect(std::string const& where) const;

  private:
    hello self_;
    std::optional<secure_end> secure_;
};

}  // namespace cf::xcf
