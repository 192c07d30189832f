#include "parser/grammar/context.hpp"

#include <algorithm>

namespace parser::grammar {

namespace {

constexpr std::size_t note_limit = 1000;

}  // namespace

span context::span_of(std::string_view text) const {
    return {static_cast<std::uint32_t>(text.data() - begin()),
            static_cast<std::uint32_t>(text.size())};
}

std::vector<expectation> context::expectations(char const* at) const {
    std::vector<expectation> each_once;
    if (at != furthest_) return each_once;
    for (auto const* what : expected_)
        if (std::find(each_once.begin(), each_once.end(), *what) == each_once.end())
            each_once.push_back(*what);
    return each_once;
}

diagnostic& context::error(span where, std::string text, std::string suggestion) {
    diagnostic problem;
    problem.text = std::move(text);
    problem.where = source_.locate(where);
    problem.suggestion = std::move(suggestion);
    return diagnostics_.emplace_back(std::move(problem));
}

void context::note(span where, std::string text) {
    if (notes_ > note_limit) return;
    if (notes_++ == note_limit) text = "there are more notes, which are left out";
    error(where, std::move(text)).level = severity::note;
}

}  // namespace parser::grammar
