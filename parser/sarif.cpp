#include "parser/sarif.hpp"

#include "parser/source/file_uri.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace parser {

namespace {

namespace json = boost::json;

/// Code points in a printable text: bytes that continue none (RFC 3629 3).
std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

json::object artifact(std::string const& file) {
    return {{"uri", to_file_uri(file)}};
}

json::object region(location const& where) {
    std::string_view const shown = where.text;
    std::size_t const before =
        std::min<std::size_t>(where.column - 1 - where.text_begin, shown.size());
    std::size_t const column = where.text_begin + code_points(shown.substr(0, before)) + 1;
    return {{"startLine", where.line},
            {"startColumn", column},
            {"endColumn", column + code_points(shown.substr(before, where.length))},
            {"snippet", {{"text", where.text}}}};
}

json::array locations(location const& where) {
    json::object physical{{"artifactLocation", artifact(where.file)}};
    if (where.line != 0) physical["region"] = region(where);
    return {json::object{{"physicalLocation", std::move(physical)}}};
}

json::array includers(location const& where) {
    json::array result;
    for (auto const& from : where.included_from)
        result.push_back(
            {{"id", result.size()},
             {"physicalLocation",
              {{"artifactLocation", artifact(from.file)}, {"region", {{"startLine", from.line}}}}},
             {"message", {{"text", "included from here"}}}});
    return result;
}

/// The rules of a run, numbered as they come.
class rule_list {
  public:
    std::size_t index_of(std::string const& id, diagnostic const& problem) {
        auto const [found, added] = numbers_.try_emplace(id, numbers_.size());
        if (added) {
            std::string const about = problem.message_id.empty()
                                          ? std::string("what tcpplex says on its own")
                                          : "z/OS message " + problem.message_id;
            rules_.push_back({{"id", id}, {"shortDescription", {{"text", about}}}});
        }
        return found->second;
    }
    json::array take() && { return std::move(rules_); }

  private:
    std::map<std::string, std::size_t, std::less<>> numbers_;
    json::array rules_;
};

json::object result_of(diagnostic const& problem, rule_list& rules) {
    std::string const level = name_of(problem.level);
    std::string const id = problem.message_id.empty() ? "tcpplex." + level : problem.message_id;
    std::string text = problem.text;
    for (auto const& remark : remarks_of(problem))
        text += '\n' + remark;
    json::object result{{"ruleId", id},
                        {"ruleIndex", rules.index_of(id, problem)},
                        {"level", level},
                        {"message", {{"text", text}}},
                        {"locations", locations(problem.where)}};
    if (!problem.where.included_from.empty()) result["relatedLocations"] = includers(problem.where);
    return result;
}

}  // namespace

json::object to_sarif(std::span<diagnostic const> diagnostics, std::string_view version) {
    rule_list rules;
    json::array results;
    for (auto const& problem : diagnostics)
        results.push_back(result_of(problem, rules));
    json::object tool{
        {"driver",
         {{"name", "tcpplex"}, {"version", version}, {"rules", std::move(rules).take()}}}};
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs",
             {json::object{{"tool", std::move(tool)},
                           {"columnKind", "unicodeCodePoints"},
                           {"results", std::move(results)}}}}};
}

}  // namespace parser
