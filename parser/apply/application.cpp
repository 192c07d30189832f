#include "parser/apply/application.hpp"

namespace parser {

namespace {

/// Of errors, and of warnings; more are not worth reading, and would fill memory.
constexpr std::size_t diagnostic_limit = 1000;

}  // namespace

void application::error(span where, std::string text, std::string suggestion,
                        std::string message_id) {
    if (keeps_faults) faults_.push_back({where, message_id});
    report(severity::error, where, std::move(text), std::move(suggestion), std::move(message_id));
}

void application::report(severity level, span where, std::string text, std::string suggestion,
                         std::string message_id) {
    auto& count = level == severity::error ? errors_ : warnings_;
    if (count > diagnostic_limit) return;
    if (count++ == diagnostic_limit) {
        text = level == severity::error ? "there are more errors, which are left out"
                                        : "there are more warnings, which are left out";
        suggestion.clear();
        message_id.clear();
    }
    diagnostic problem;
    problem.level = level;
    problem.message_id = std::move(message_id);
    problem.text = std::move(text);
    problem.where = source_.locate(where);
    problem.suggestion = std::move(suggestion);
    diagnostics_.push_back(std::move(problem));
}

bool application::has_enough_errors() const {
    return errors_ > diagnostic_limit && !keeps_faults;
}

void application::missing(span where, std::string text, std::string suggestion) {
    if (complete_) error(where, std::move(text), std::move(suggestion));
}

void application::warning(span where, std::string text, std::string suggestion,
                          std::string message_id) {
    report(severity::warning, where, std::move(text), std::move(suggestion), std::move(message_id));
}

}  // namespace parser
