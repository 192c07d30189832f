// Where the stacks of other machines reach this one.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/listener.hpp"
#include "cf/xcf/secure/secure_link.hpp"

#include <memory>

namespace cf::xcf {

/// A listening TCP socket. Whoever connects is a stack only once its link has said hello.
class secure_listener final : public listener {
  public:
    /// Errors: see listen_stream().
    static result<std::unique_ptr<listener>> open(secure_end const& self, hello const& who);
    ~secure_listener() override;

    int fd() const override { return descriptor_; }
    std::unique_ptr<link> accept() override;

  private:
    secure_listener(int descriptor, secure_end self, hello who)
        : descriptor_(descriptor), self_(std::move(self)), who_(std::move(who)) {}

    int descriptor_;
    secure_end self_;
    hello who_;
};

}  // namespace cf::xcf
