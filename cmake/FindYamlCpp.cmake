# SPDX-License-Identifier: Apache-2.0
# The static yaml-cpp, which starts faster than the shared one that its own package names; else whatever there is.
find_path(YAML_CPP_INCLUDE yaml-cpp/yaml.h)
find_library(YAML_CPP_LIBRARY NAMES libyaml-cpp.a yaml-cpp)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(YamlCpp REQUIRED_VARS YAML_CPP_INCLUDE YAML_CPP_LIBRARY)
if(YamlCpp_FOUND AND NOT TARGET YamlCpp::yaml_cpp)
  add_library(YamlCpp::yaml_cpp UNKNOWN IMPORTED)
  set_target_properties(YamlCpp::yaml_cpp PROPERTIES IMPORTED_LOCATION ${YAML_CPP_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${YAML_CPP_INCLUDE})
endif()
