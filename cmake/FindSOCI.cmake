# SPDX-License-Identifier: Apache-2.0
# Debian's libsoci-dev ships no CMake package; this finds the static libraries, which start faster than the shared ones.
find_path(SOCI_INCLUDE_DIR soci/soci.h)
foreach(part core sqlite3)
  find_library(SOCI_${part}_LIBRARY NAMES libsoci_${part}.a soci_${part})
endforeach()
find_library(SOCI_SQLITE_LIBRARY NAMES libsqlite3.a sqlite3)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SOCI REQUIRED_VARS SOCI_INCLUDE_DIR SOCI_core_LIBRARY SOCI_sqlite3_LIBRARY SOCI_SQLITE_LIBRARY)
if(SOCI_FOUND AND NOT TARGET SOCI::core)
  foreach(part core sqlite3)
    add_library(SOCI::${part} UNKNOWN IMPORTED)
    # Some SOCI headers include their siblings without the prefix.
    set_target_properties(SOCI::${part} PROPERTIES IMPORTED_LOCATION ${SOCI_${part}_LIBRARY}
      INTERFACE_INCLUDE_DIRECTORIES "${SOCI_INCLUDE_DIR};${SOCI_INCLUDE_DIR}/soci")
  endforeach()
  target_link_libraries(SOCI::core INTERFACE ${CMAKE_DL_LIBS})
  target_link_libraries(SOCI::sqlite3 INTERFACE SOCI::core ${SOCI_SQLITE_LIBRARY} m)
endif()
