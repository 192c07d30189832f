// A reference to the function that revises a DVIPA's structures.
#pragma once

#include "cf/structure/view.hpp"

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace cf {

/// Refers to a callable without owning or allocating; valid as long as the callable, so only as a
/// parameter.
class revise_ref {
  public:
    template <class Function>
        requires(!std::same_as<std::remove_cvref_t<Function>, revise_ref> &&
                 std::invocable<Function&, view&>)
    revise_ref(Function&& function)  // NOLINT: implicit, as std::function's
        : object_(const_cast<void*>(static_cast<void const*>(std::addressof(function)))),
          call_([](void* object, view& structures) {
              (*static_cast<std::remove_reference_t<Function>*>(object))(structures);
          }) {}

    void operator()(view& structures) const { call_(object_, structures); }

  private:
    void* object_;
    void (*call_)(void*, view&);
};

}  // namespace cf
