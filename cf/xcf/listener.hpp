// Where the other stacks of a machine reach this one.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/link.hpp"

#include <memory>
#include <string>

namespace cf::xcf {

/// A listening socket at a path, removed at the end. The owner puts fd() into its loop.
class listener {
  public:
    /// Errors: see listen_unix().
    static result<std::unique_ptr<listener>> open(std::string const& path, hello const& self);
    ~listener();
    listener(listener const&) = delete;
    listener& operator=(listener const&) = delete;

    int fd() const { return descriptor_; }
    /// The next stack that has connected, or nothing. Call until nothing when fd() is readable.
    std::unique_ptr<link> accept();
    /// Connections refused because their process is neither root's nor ours.
    unsigned refused() const { return refused_; }

  private:
    listener(int descriptor, std::string path, hello self)
        : descriptor_(descriptor), path_(std::move(path)), self_(std::move(self)) {}

    int descriptor_;
    std::string path_;
    hello self_;
    unsigned refused_ = 0;
};

}  // namespace cf::xcf
