// The part of the host settings file that says where the coupling facility is.
#pragma once

#include "daemon/host/host_settings.hpp"
#include "daemon/host/yaml_reader.hpp"

#include <string>
#include <string_view>

namespace tcpplexd {

/// Reads 'coupling_facility'. Errors go to the reader.
class facility_schema {
  public:
    explicit facility_schema(yaml_reader& read) : read_(read) {}
    void settings(YAML::Node const& value, facility_settings& into);

  private:
    void entry(std::string_view name, YAML::Node const& value, facility_settings& into);
    void kind(YAML::Node const& value, facility_settings& into);
    void connections(YAML::Node const& value, facility_settings& into);
    void endpoints(YAML::Node const& value, facility_settings& into);
    void lock(YAML::Node const& value, facility_settings& into);
    void lease(YAML::Node const& value, facility_settings& into);
    void check_etcd(YAML::Node const& value, facility_settings const& into);

    yaml_reader& read_;
};

}  // namespace tcpplexd
