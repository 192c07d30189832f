// Where the other stacks of a machine reach this one.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/listener.hpp"

#include <memory>
#include <string>

namespace cf::xcf {

/// A listening socket at a path, removed at the end.
class unix_listener final : public listener {
  public:
    /// Errors: see listen_unix().
    static result<std::unique_ptr<listener>> open(std::string const& path, hello const& self);
    ~unix_listener() override;

    int fd() const override { return descriptor_; }
    std::unique_ptr<link> accept() override;

  private:
    unix_listener(int descriptor, std::string path, hello self)
        : descriptor_(descriptor), path_(std::move(path)), self_(std::move(self)) {}

    int descriptor_;
    std::string path_;
    hello self_;
};

}  // namespace cf::xcf
