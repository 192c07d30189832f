// Stacks on etcd whose backend a test can look into.
#pragma once

#include "etcd_bed.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace cf::test {

/// A stack as the daemon has it, and the backend in it.
struct own_stack {
    std::unique_ptr<connector> cf;
    etcd::backend* backend = nullptr;

    connector* operator->() const { return cf.get(); }
    connector& operator*() const { return *cf; }
    /// Without leaving, as when its process dies.
    void die() {
        life->kill();
        cf.reset();
    }
    mortal_backend* life = nullptr;
};

inline own_stack join_etcd(etcd::settings const& how, std::string const& name) {
    auto facility = etcd::backend::open(how).value();
    auto* inner = facility.get();
    auto mortal = std::make_unique<mortal_backend>(std::move(facility));
    auto* life = mortal.get();
    return {connector::join(std::move(mortal), described(name), 7).value(), inner, life};
}

/// Asks until the answer is yes, at most 20 s.
template <class Question>
bool in_time(Question&& question) {
    auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!question()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

/// Ports in use of d1, by what is in etcd itself, and what first and second structures say of each
/// other.
struct truth {
    std::size_t in_use = 0;
    bool whole = true;  ///< first is the sum of the second structures
};
truth read_truth(etcd::client& from, dvipa const& of = d1);

}  // namespace cf::test
