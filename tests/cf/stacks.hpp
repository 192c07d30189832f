// Stacks joined to one facility, as the tests need them.
#pragma once

#include "cf/backend/shared_memory/backend.hpp"
#include "cf/connector.hpp"

#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>

#include <unistd.h>

namespace cf::test {

inline constexpr dvipa d1 = dvipa::v4(0x0a010909);
inline constexpr dvipa d2 = dvipa::v4(0x0a01090a);
inline constexpr destination remote{dvipa::v4(0xc0000201).bytes, 7000};

/// Everything but first..last is excluded.
inline port_words only(unsigned first, unsigned last) {
    port_words excluded;
    excluded.fill(~std::uint64_t{0});
    for (unsigned port = first; port <= last; ++port)
        excluded[port / 64] &= ~(std::uint64_t{1} << (port % 64));
    return excluded;
}

inline port_words set_of(std::initializer_list<std::uint16_t> ports) {
    port_words set{};
    for (auto port : ports)
        insert(set, port);
    return set;
}

/// A directory for facility files that goes with the test.
class scratch {
  public:
    scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "tcpplex-cf-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~scratch() { std::filesystem::remove_all(path_); }
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;
    std::string file() const { return (path_ / "PLEX1.cf").string(); }
    std::filesystem::path const& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline member_description described(std::string name) {
    return {.stack = std::move(name),
            .system = "SYS1",
            .xcf = "/run/x",
            .dynamic_xcf = {},
            .pid = ::getpid()};
}

/// A stack on the shared-memory facility at `path`.
inline std::unique_ptr<connector> join_file(std::string const& path, std::string const& name,
                                            shared_memory::write_hook hook = {}) {
    auto facility = shared_memory::backend::open(path, {.before_write = std::move(hook)});
    if (!facility) throw std::runtime_error(facility.error().text);
    return connector::join(std::move(*facility), described(name), 1).value();
}

/// Switches sharing of `of` on for the stacks given, which use nothing yet.
template <class... Stacks>
void share_as(sharing_request const& how, dvipa const& of, Stacks&... stacks) {
    (stacks.begin_enable(of, how).value(), ...);
    (stacks.backfill(of, {}).value(), ...);
    bool on = (stacks.try_complete(of).value().on && ...);
    if (!on) throw std::runtime_error("the barrier did not open");
}

template <class... Stacks>
void share(dvipa const& of, Stacks&... stacks) {
    share_as({}, of, stacks...);
}

}  // namespace cf::test
