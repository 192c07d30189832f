// What a program of the comparison is asked: key=value words of its command line.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace peers {

class arguments {
  public:
    /// Reads the words from `first` on; throws if one is not key=value.
    arguments(int argc, char** argv, int first);

    std::string text(std::string const& key, std::string const& otherwise = {}) const;
    std::vector<std::string> list(std::string const& key) const;  ///< separated by commas
    long number(std::string const& key, long otherwise) const;
    double seconds(std::string const& key, double otherwise) const;

  private:
    std::map<std::string, std::string> values_;
};

}  // namespace peers
