#include "daemon/host/settings_file.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <unistd.h>

namespace tcpplexd {
namespace {

std::string host_name() {
    std::array<char, 256> name{};
    // A name that does not fit is cut; the last byte stays zero.
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

void check_readable(std::string_view what, named_file const& file,
                    std::vector<settings_error>& errors) {
    if (::access(file.path.c_str(), R_OK) == 0) return;
    errors.push_back(
        {file.line, file.column,
         fmt::format("{} of 'xcf': {} cannot be read: {}", what, file.path, std::strerror(errno))});
}

settings_result with_readable_files(host_settings settings) {
    std::vector<settings_error> errors;
    if (auto const& secure = settings.xcf.secure) {
        check_readable("ca", secure->ca, errors);
        check_readable("cert", secure->certificate, errors);
        check_readable("key", secure->key, errors);
    }
    if (!errors.empty()) return errors;
    return settings;
}

}  // namespace

settings_result read_settings(std::optional<std::string> const& settings_path,
                              std::string const& profile_path,
                              std::optional<std::uint8_t> xcfgrpid) {
    settings_origin const origin{profile_path, host_name(), xcfgrpid};
    if (!settings_path) return defaults(origin);
    std::ifstream file(*settings_path, std::ios::binary);
    std::string text;
    std::array<char, 4096> part{};
    while (file.read(part.data(), part.size()) || file.gcount() > 0)
        text.append(part.data(), static_cast<std::size_t>(file.gcount()));
    // Opening a directory succeeds, reading it does not.
    if (!file.is_open() || file.bad())
        return std::vector<settings_error>{{0, 0,
                                            fmt::format("host settings {} cannot be read: {}",
                                                        *settings_path, std::strerror(errno))}};
    auto settings = load(text, origin);
    if (settings) settings->file = *settings_path;
    return settings ? with_readable_files(std::move(*settings)) : settings;
}

}  // namespace tcpplexd
