// Finding a stack's control socket.
#include "app/locate.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <vector>

namespace app {

namespace {

std::vector<std::string> names_in(std::string const& directory) {
    std::vector<std::string> names;
    std::error_code failure;
    for (auto const& entry : std::filesystem::directory_iterator(directory, failure))
        if (entry.path().extension() == ".sock") names.push_back(entry.path().stem());
    std::ranges::sort(names);
    return names;
}

std::string listed(std::vector<std::string> const& names) {
    std::string text;
    for (auto const& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

result<std::string> locate_stack(std::string const& named, std::string const& directory) {
    if (named.find('/') != std::string::npos) return named;
    auto const names = names_in(directory);
    std::string name = named;
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (name.empty() && names.empty())
        return error{ENOENT,
                     "no stack is running: there is no control socket in " + directory +
                         " (start one with tcpplexd PROFILE, or name a socket with -s PATH)"};
    if (name.empty() && names.size() > 1)
        return error{EINVAL, "several stacks have sockets in " + directory +
                                 ": name one with -s: " + listed(names)};
    if (name.empty()) name = names.front();
    if (std::ranges::find(names, name) == names.end())
        return error{ENOENT, "there is no stack " + name + ": no " + name + ".sock in " +
                                 directory + (names.empty() ? "" : ", which has " + listed(names))};
    return directory + "/" + name + ".sock";
}

}  // namespace app
