#include "cf/backend/etcd/copy.hpp"

#include <algorithm>

namespace cf::etcd {

key_value copy::find(std::string const& key) const {
    std::lock_guard guard(mutex_);
    auto found = entries_.find(key);
    return found == entries_.end() ? key_value{.key = key, .value = {}} : found->second.what;
}

std::vector<key_value> copy::under(key_range const& which) const {
    std::lock_guard guard(mutex_);
    std::vector<key_value> all;
    auto end = entries_.lower_bound(which.end);
    for (auto place = entries_.lower_bound(which.first); place != end; ++place)
        if (place->second.what.modified != 0) all.push_back(place->second.what);
    return all;
}

std::optional<copy::clock::duration> copy::missing_life(std::string const& stack) {
    std::lock_guard guard(mutex_);
    auto life = entries_.find(names_.life(stack));
    if (life != entries_.end() && life->second.what.modified != 0) return std::nullopt;
    // It was gone before this stack began to look: it counts from now on.
    auto now = clock::now();
    return now - gone_.try_emplace(stack, now).first->second;
}

// News of several sources: the one seen at the highest revision is right.
void copy::put(key_value const& what, revision seen) {
    auto [place, added] = entries_.try_emplace(what.key);
    auto& known = place->second;
    if (!added && seen <= known.seen) return;
    bool changed = known.what.modified != what.modified;
    known = {what, seen};
    if (!changed) return;
    auto kind = names_.kind_of(what.key);
    if (kind == 'd' || kind == 'e') ++changes_;
    if (kind != 'm') return;
    std::string stack(names_.name_in(what.key));
    if (what.modified != 0)
        gone_.erase(stack);
    else
        gone_[stack] = clock::now();
}

void copy::learn(key_range const& which, std::vector<key_value> const& found, revision at) {
    std::lock_guard guard(mutex_);
    auto end = entries_.lower_bound(which.end);
    for (auto place = entries_.lower_bound(which.first); place != end;)
        place = place->second.seen <= at ? entries_.erase(place) : std::next(place);
    for (auto const& one : found)
        put(one, at);
    tell();
}

void copy::learn(std::vector<key_range> const& asked, std::vector<key_value> const& found,
                 revision at) {
    std::lock_guard guard(mutex_);
    for (auto const& one : asked) {
        auto is = [&](key_value const& other) { return other.key == one.first; };
        auto place = std::find_if(found.begin(), found.end(), is);
        put(place == found.end() ? key_value{.key = one.first, .value = {}} : *place, at);
    }
    tell();
}

void copy::learn(std::vector<write> const& written, revision at) {
    std::lock_guard guard(mutex_);
    for (auto const& one : written) {
        if (!one.value) {
            put({.key = one.key, .value = {}}, at);
            continue;
        }
        auto known = entries_.find(one.key);
        bool exists = known != entries_.end() && known->second.what.modified != 0;
        put({one.key, *one.value, exists ? known->second.what.created : at, at, one.lease}, at);
    }
    tell();
}

void copy::load(std::vector<key_value> const& all, revision at) {
    std::lock_guard guard(mutex_);
    auto range = names_.followed();
    std::vector<std::string> deleted;
    auto end = entries_.lower_bound(range.end);
    for (auto place = entries_.lower_bound(range.first); place != end; ++place)
        deleted.push_back(place->first);
    for (auto const& one : all)
        put(one, at);
    for (auto const& key : deleted)
        put({.key = key, .value = {}}, at);  // unless it has just been put
    // Whoever was missing before may have been there meanwhile: it counts from now on.
    for (auto& [stack, since] : gone_)
        since = clock::now();
    shown_ = std::max(shown_, at);
    tell();
}

void copy::follow(watch_stream::batch const& batch) {
    if (batch.events.empty()) return;
    std::lock_guard guard(mutex_);
    for (auto const& [what, deleted] : batch.events) {
        auto at = what.modified;
        put(deleted ? key_value{.key = what.key, .value = {}} : what, at);
        // Nothing older can come any more: a key that is gone need not be remembered.
        auto place = entries_.find(what.key);
        if (place->second.what.modified == 0 && place->second.seen <= at) entries_.erase(place);
        shown_ = std::max(shown_, at);
    }
    tell();
}

bool copy::shows(revision at, clock::time_point deadline) {
    std::unique_lock guard(mutex_);
    return news_.wait_until(guard, deadline, [&] { return shown_ >= at; });
}

std::uint64_t copy::news() const {
    std::lock_guard guard(mutex_);
    return told_;
}

bool copy::wait_for_news(std::uint64_t seen, clock::time_point deadline) {
    std::unique_lock guard(mutex_);
    return news_.wait_until(guard, deadline, [&] { return told_ != seen; });
}

void copy::tell() {
    ++told_;
    news_.notify_all();
}

}  // namespace cf::etcd
