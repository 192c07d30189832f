#include "parser/grammar/context.hpp"

#include <algorithm>

namespace parser::grammar {

span context::span_of(std::string_view text) const {
    return {static_cast<std::uint32_t>(text.data() - begin()),
            static_cast<std::uint32_t>(text.size())};
}

void context::expected_at(char const* at, expectation what) {
    if (furthest_ != nullptr && at < furthest_) return;
    if (at != furthest_) expected_.clear();
    furthest_ = at;
    if (std::find(expected_.begin(), expected_.end(), what) == expected_.end())
        expected_.push_back(what);
}

std::vector<expectation> context::expectations(char const* at) const {
    return at == furthest_ ? expected_ : std::vector<expectation>();
}

diagnostic& context::error(span where, std::string text, std::string suggestion) {
    diagnostic problem;
    problem.text = std::move(text);
    problem.where = source_.locate(where);
    problem.suggestion = std::move(suggestion);
    return diagnostics_.emplace_back(std::move(problem));
}

void context::note(span where, std::string text) {
    error(where, std::move(text)).level = severity::note;
}

}  // namespace parser::grammar
