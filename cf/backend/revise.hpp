// A reference to the function that revises a DVIPA's structures.
#pragma once

#include "cf/backend/shared_memory/mapped_view.hpp"
#include "cf/structure/view.hpp"

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace cf {

/// Refers to a callable without owning or allocating; valid as long as the callable, so only as a
/// parameter. A callable that takes any_view is compiled a second time for structures in mapped
/// memory, where an update costs no more than its instructions.
class revise_ref {
  public:
    template <class Function>
        requires(!std::same_as<std::remove_cvref_t<Function>, revise_ref> &&
                 std::invocable<Function&, view&>)
    revise_ref(Function&& function)  // NOLINT: implicit, as std::function's
        : object_(const_cast<void*>(static_cast<void const*>(std::addressof(function)))),
          calls_(&calls_of<std::remove_reference_t<Function>>) {}

    void operator()(view& structures) const { calls_->any(object_, structures); }
    void operator()(shared_memory::mapped_view& structures) const {
        calls_->mapped(object_, structures);
    }

  private:
    struct calls {
        void (*any)(void*, view&);
        void (*mapped)(void*, shared_memory::mapped_view&);
    };
    template <class Function, any_view View>
    static void call(void* object, View& structures) {
        (*static_cast<Function*>(object))(structures);
    }
    template <class Function>
    static constexpr calls calls_of{call<Function, view>,
                                    call<Function, shared_memory::mapped_view>};

    void* object_;
    calls const* calls_;
};

}  // namespace cf
