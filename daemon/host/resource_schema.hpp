// The part of the host settings file that says who may use SAF resources.
#pragma once

#include "daemon/host/resources.hpp"
#include "daemon/host/yaml_reader.hpp"

namespace tcpplexd {

/// Reads 'resources'. Errors go to the reader.
class resource_schema {
  public:
    explicit resource_schema(yaml_reader& read) : read_(read) {}
    void settings(YAML::Node const& value, named_resources& into);

  private:
    void resource(YAML::Node const& key, YAML::Node const& value, named_resources& into);
    void holder(std::string const& what, YAML::Node const& item, resource_users& into);

    yaml_reader& read_;
};

}  // namespace tcpplexd
