# SPDX-License-Identifier: Apache-2.0
# libsodium ships no CMake package. Installed beside Tocsin's own, for whoever links our archives.
find_path(SODIUM_INCLUDE sodium.h)
find_library(SODIUM_LIBRARY NAMES libsodium.a sodium)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Sodium REQUIRED_VARS SODIUM_INCLUDE SODIUM_LIBRARY)
if(Sodium_FOUND AND NOT TARGET Sodium::sodium)
  add_library(Sodium::sodium UNKNOWN IMPORTED)
  set_target_properties(Sodium::sodium PROPERTIES IMPORTED_LOCATION ${SODIUM_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${SODIUM_INCLUDE})
endif()
