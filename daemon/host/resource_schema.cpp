#include "daemon/host/resource_schema.hpp"

#include "daemon/host/names.hpp"

#include <fmt/format.h>

namespace tcpplexd {

void resource_schema::settings(YAML::Node const& value, named_resources& into) {
    read_.each(value, "'resources'", [&](YAML::Node const& name, YAML::Node const& holders) {
        resource(name, holders, into);
    });
}

void resource_schema::resource(YAML::Node const& key, YAML::Node const& value,
                               named_resources& into) {
    std::string const name = upper(key.Scalar());
    if (!is_resource_name(name))
        return read_.error(key, fmt::format("'resources': '{}' is no resource name; expected 1-8 "
                                            "letters, digits, @, #, $ or hyphens",
                                            key.Scalar()));
    auto const [at, added] = into.try_emplace(name);
    if (!added)
        return read_.error(
            key, fmt::format("'resources': {} again (upper and lower case are the same)", name));
    std::string const what = fmt::format("resource {}", name);
    if (!value.IsSequence())
        return read_.error(value, fmt::format("{}: expected a list of users and groups: [web, "
                                              "\"@webadmin\"], or [] for nobody",
                                              what));
    for (YAML::Node const& item : value)
        holder(what, item, at->second);
}

void resource_schema::holder(std::string const& what, YAML::Node const& item,
                             resource_users& into) {
    auto const written =
        read_.text(item, what, "a user, or a group with @ before it, by name or number");
    if (!written) return;
    bool const group = written->front() == '@';
    auto const who = written->substr(group ? 1 : 0);
    if (who.empty())
        return read_.error(item, fmt::format("{}: expected a group's name after @", what));
    auto const found = to_account(who);
    if (!found)
        return read_.error(
            item, fmt::format("{}: no {} has the number {}", what, group ? "group" : "user", who));
    (group ? into.groups : into.users).push_back(*found);
}

}  // namespace tcpplexd
