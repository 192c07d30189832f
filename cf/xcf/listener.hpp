// Where other stacks reach this one.
#pragma once

#include "cf/xcf/link.hpp"

#include <memory>

namespace cf::xcf {

/// The owner puts fd() into its loop.
class listener {
  public:
    virtual ~listener() = default;
    listener(listener const&) = delete;
    listener& operator=(listener const&) = delete;

    virtual int fd() const = 0;
    /// The next stack that has connected, or nothing. Call until nothing when fd() is readable.
    virtual std::unique_ptr<link> accept() = 0;

  protected:
    listener() = default;
};

}  // namespace cf::xcf
