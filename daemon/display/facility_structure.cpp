// display cf structure: what the structures of each shared address say.
#include "daemon/display/facility_part.hpp"

namespace tcpplexd {

namespace json = boost::json;

namespace {

json::array ranges(cf::port_words const& set) {
    json::array result;
    for (std::uint32_t port = 0; port < 65536; ++port) {
        if (!cf::contains(set, static_cast<std::uint16_t>(port))) continue;
        auto const first = port;
        while (port < 65535 && cf::contains(set, static_cast<std::uint16_t>(port + 1)))
            ++port;
        result.push_back(json::object{{"first", first}, {"last", port}});
    }
    return result;
}

json::object describe(cf::dvipa_contents const& from, std::uint64_t version,
                      std::vector<cf::member> const& members) {
    auto const& settings = from.settings;
    json::array stacks;
    for (auto const& each : from.stacks)
        stacks.push_back(json::object{{"stack", stack_in(members, each.slot)},
                                      {"slot", each.slot},
                                      {"backfilled", each.backfilled},
                                      {"held", ranges(each.held)},
                                      {"served", ranges(each.served)}});
    bool const off = settings.state == cf::sharing_state::off;
    return {{"address", stack_address(from.address).to_string()},
            {"form", cf::name_of(settings.form)},
            {"grain", settings.grain},
            {"state", cf::name_of(settings.state)},
            {"generation", settings.generation},
            {"version", version},
            {"setBy", off ? std::string()
                          : stack_in(members, settings.set_by_slot, settings.set_by_incarnation)},
            {"stacks", std::move(stacks)}};
}

}  // namespace

json::object facility_structure_document(display_subject const& subject,
                                         display_filter const& filter) {
    auto const members = subject.facility.members();
    json::array dvipas, problems;
    for (auto const& key : wanted_dvipas(subject, filter)) {
        auto const status = subject.facility.status(key);
        auto const contents = subject.facility.contents(key);
        if (contents)
            dvipas.push_back(describe(*contents, status ? status->version : 0, members));
        else
            problems.emplace_back(contents.error().text);
    }
    auto result = document(subject, "cf-structure");
    put_rows(result, "dvipas", std::move(dvipas), filter);
    result["problems"] = std::move(problems);
    return result;
}

}  // namespace tcpplexd
