#include "parser/apply/application.hpp"

namespace parser {

void application::error(span where, std::string text, std::string suggestion,
                        std::string message_id) {
    diagnostic problem;
    problem.message_id = std::move(message_id);
    problem.text = std::move(text);
    problem.where = source_.locate(where);
    problem.suggestion = std::move(suggestion);
    diagnostics_.push_back(std::move(problem));
    error_places_.push_back(where);
}

void application::missing(span where, std::string text, std::string suggestion) {
    if (complete_) error(where, std::move(text), std::move(suggestion));
}

void application::warning(span where, std::string text, std::string suggestion) {
    error(where, std::move(text), std::move(suggestion));
    diagnostics_.back().level = severity::warning;
    error_places_.pop_back();
}

}  // namespace parser
