// The profiles of tests/profiles: NAME.profile starts a stack, or changes what
// running/NAME.profile has started if there is such a file.
#pragma once

#include "parser/configuration.hpp"
#include "parser/parse.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace parser::corpus {

inline std::filesystem::path const folder =
    std::filesystem::path(TCPPLEX_SOURCE_DIR) / "tests/profiles";

inline symbol_table const symbols{{"SYSNAME", "SYS1"}, {"SYSCLONE", "S1"}, {"SYSPLEX", "PLEX1"}};

/// Names without .profile, in order.
inline std::vector<std::string> names_in(std::filesystem::path const& where) {
    std::vector<std::string> result;
    for (auto const& file : std::filesystem::directory_iterator(where))
        if (file.path().extension() == ".profile") result.push_back(file.path().stem());
    std::sort(result.begin(), result.end());
    return result;
}

inline std::vector<std::string> names() {
    return names_in(folder);
}

inline bool is_good(std::string const& name) {
    return name.starts_with("good_");
}

/// Files are named as in the folder, so that expected texts do not depend on where it is.
/// `instead`: the text to take for that of NAME.profile.
inline parse_result read(std::string const& name, std::optional<std::string> const& instead = {}) {
    std::string const profile = name + ".profile";
    auto const reader = [&](std::string const& file) -> boost::system::result<std::string> {
        if (instead && file == profile) return *instead;
        return file_reader()((folder / file).string());
    };
    return parse(profile, reader, symbols);
}

/// What a profile does.
inline apply_result carry_out(std::string const& name, profile const& updates) {
    if (!std::filesystem::exists(folder / "running" / (name + ".profile")))
        return apply({}, updates, phase::initial);
    auto const before = apply({}, read("running/" + name).profile, phase::initial);
    return apply(before.next, updates, phase::obeyfile);
}

/// All that is said about a profile.
inline std::vector<diagnostic> check(std::string const& name) {
    auto parsed = read(name);
    auto const applied = carry_out(name, parsed.profile);
    auto all = std::move(parsed.diagnostics);
    all.insert(all.end(), applied.diagnostics.begin(), applied.diagnostics.end());
    return all;
}

}  // namespace parser::corpus
