#include "arguments.hpp"

#include <sstream>
#include <stdexcept>

namespace peers {

arguments::arguments(int argc, char** argv, int first) {
    for (int i = first; i < argc; ++i) {
        std::string const word = argv[i];
        auto const equals = word.find('=');
        if (equals == std::string::npos) throw std::runtime_error("not key=value: " + word);
        values_[word.substr(0, equals)] = word.substr(equals + 1);
    }
}

std::string arguments::text(std::string const& key, std::string const& otherwise) const {
    auto const found = values_.find(key);
    return found == values_.end() ? otherwise : found->second;
}

std::vector<std::string> arguments::list(std::string const& key) const {
    std::istringstream words(text(key));
    std::vector<std::string> result;
    for (std::string word; std::getline(words, word, ',');)
        result.push_back(word);
    return result;
}

long arguments::number(std::string const& key, long otherwise) const {
    auto const found = values_.find(key);
    return found == values_.end() ? otherwise : std::stol(found->second);
}

double arguments::seconds(std::string const& key, double otherwise) const {
    auto const found = values_.find(key);
    return found == values_.end() ? otherwise : std::stod(found->second);
}

}  // namespace peers
