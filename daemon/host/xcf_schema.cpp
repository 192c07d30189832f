#include "daemon/host/xcf_schema.hpp"

#include "cf/xcf/secure/network_address.hpp"

#include <fmt/format.h>

#include <array>

namespace tcpplexd {

namespace {

using node = YAML::Node;

constexpr std::size_t longest_file_path = 4095;
// Of the 107 bytes that a socket's path may have, SYSPLEX.STACK.PID.xcf takes the rest.
constexpr std::size_t longest_directory = 76;

}  // namespace

void xcf_schema::settings(node const& value, xcf_settings& into) {
    static constexpr std::array<std::string_view, 5> known{"directory", "listen", "ca", "cert",
                                                           "key"};
    node directory;
    read_.each_known(value, "'xcf'", known, [&](node const& key, node const& setting) {
        if (key.Scalar() == "directory") directory.reset(key);
        entry(key.Scalar(), setting, into);
    });
    if (!into.secure) return;
    if (directory.IsScalar())
        read_.error(directory,
                    "'xcf': 'directory' is for the stacks of one machine, 'listen' for those of "
                    "several; remove one");
    check_complete(value, *into.secure);
}

void xcf_schema::entry(std::string_view name, node const& value, xcf_settings& into) {
    if (name == "directory")
        return read_.path("directory of 'xcf'", value, longest_directory, into.directory);
    if (!into.secure) into.secure.emplace();
    if (name == "listen") return listen(value, *into.secure);
    if (name == "ca") return file(name, value, into.secure->ca);
    if (name == "cert") return file(name, value, into.secure->certificate);
    file(name, value, into.secure->key);
}

void xcf_schema::listen(node const& value, secure_xcf_settings& into) {
    static constexpr std::string_view expected = "ADDRESS:PORT or [ADDRESS]:PORT";
    auto const written = read_.text(value, "listen of 'xcf'", expected);
    if (!written) return;
    into.listen = *written;
    auto const address = cf::xcf::network_address::parse(*written);
    if (!address)
        return read_.error(
            value, fmt::format("listen of 'xcf': expected {}, found '{}'", expected, *written));
    if (address->is_unspecified())
        read_.error(value, fmt::format("listen of 'xcf': {} is no address that other systems could "
                                       "connect to; give one of this system's",
                                       *written));
}

void xcf_schema::file(std::string_view name, node const& value, named_file& into) {
    into.line = static_cast<std::size_t>(value.Mark().line) + 1;
    into.column = static_cast<std::size_t>(value.Mark().column) + 1;
    read_.path(fmt::format("{} of 'xcf'", name), value, longest_file_path, into.path);
}

void xcf_schema::check_complete(node const& value, secure_xcf_settings const& read) {
    // A setting that was refused has its error already, and is no missing one.
    std::array<std::pair<std::string_view, bool>, 4> const needed{
        {{"listen", !read.listen.empty()},
         {"ca", read.ca.line != 0},
         {"cert", read.certificate.line != 0},
         {"key", read.key.line != 0}}};
    for (auto const& [name, given] : needed)
        if (!given)
            read_.error(value, fmt::format("'xcf': '{}' is missing; 'listen', 'ca', 'cert' and "
                                           "'key' belong together",
                                           name));
}

}  // namespace tcpplexd
