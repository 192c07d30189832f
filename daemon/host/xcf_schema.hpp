// The part of the host settings file that says how the stacks reach each other.
#pragma once

#include "daemon/host/host_settings.hpp"
#include "daemon/host/yaml_reader.hpp"

#include <string>
#include <string_view>

namespace tcpplexd {

/// Reads 'xcf'. Errors go to the reader.
class xcf_schema {
  public:
    explicit xcf_schema(yaml_reader& read) : read_(read) {}
    void settings(YAML::Node const& value, xcf_settings& into);

  private:
    void entry(std::string_view name, YAML::Node const& value, xcf_settings& into);
    void listen(YAML::Node const& value, secure_xcf_settings& into);
    void file(std::string_view name, YAML::Node const& value, named_file& into);
    void check_complete(YAML::Node const& value, secure_xcf_settings const& read);

    yaml_reader& read_;
};

}  // namespace tcpplexd
