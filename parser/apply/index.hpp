// Finds elements of a list of the model by a key while one run of apply() changes the list, so that
// no entry goes through all earlier ones.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <type_traits>
#include <utility>
#include <vector>

namespace parser {

/// Of the list that is handed to every call, always the same one. `KeyOf` is a member or a function
/// of an element. Elements may be appended to the list by anyone; whoever changes it otherwise
/// calls forget(). What is removed is not found any more and leaves the list with sweep().
template <typename Element, auto KeyOf>
class index {
  public:
    using key = std::remove_cvref_t<std::invoke_result_t<decltype(KeyOf), Element const&>>;
    using list = std::vector<Element>;

    /// The first element with the key; null if none. Valid until the list changes.
    Element* find(list& in, key const& wanted) {
        catch_up(in);
        auto const found = places_.find(wanted);
        return found == places_.end() ? nullptr : &in[found->second];
    }

    /// The one with the greatest key that is not greater than `wanted`; null if none.
    Element* find_last(list& in, key const& wanted) {
        catch_up(in);
        auto const behind = places_.upper_bound(wanted);
        return behind == places_.begin() ? nullptr : &in[std::prev(behind)->second];
    }

    /// `which` is an element that find() gave.
    void remove(list& in, Element const& which) {
        hide(which);
        gone_.push_back(static_cast<std::size_t>(&which - in.data()));
    }
    /// The same where another index of the list removes it.
    void hide(Element const& which) { places_.erase(std::invoke(KeyOf, which)); }

    /// How many of the list have been removed and not been swept.
    std::size_t gone() const { return gone_.size(); }

    /// Takes what was removed out of the list; the others keep their order.
    void sweep(list& in) {
        if (gone_.empty()) return;
        std::sort(gone_.begin(), gone_.end());
        auto next = gone_.begin();
        auto into = in.begin() + static_cast<std::ptrdiff_t>(*next);
        for (std::size_t place = *next; place < in.size(); ++place) {
            if (next != gone_.end() && *next == place)
                ++next;
            else
                *into++ = std::move(in[place]);
        }
        in.erase(into, in.end());
        forget();
    }

    /// The list has been changed otherwise than by an addition; nothing of it waits for sweep().
    void forget() {
        places_.clear();
        gone_.clear();
        known_ = 0;
    }

  private:
    void catch_up(list const& in) {
        for (; known_ < in.size(); ++known_)
            places_.emplace(std::invoke(KeyOf, in[known_]), known_);
    }

    std::map<key, std::size_t, std::less<>> places_;
    std::vector<std::size_t> gone_;
    std::size_t known_ = 0;  ///< so many elements have been seen
};

}  // namespace parser
