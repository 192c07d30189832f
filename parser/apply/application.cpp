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
}

void application::missing(span where, std::string text, std::string suggestion) {
    if (complete_) error(where, std::move(text), std::move(suggestion));
}

void application::warning(span where, std::string text, std::string suggestion) {
    error(where, std::move(text), std::move(suggestion));
    diagnostics_.back().level = severity::warning;
}

void application::changed(change_kind kind, std::string text, std::optional<ip_address> dvipa) {
    changes_.push_back({kind, std::move(text), dvipa});
}

}  // namespace parser
