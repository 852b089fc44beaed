# SPDX-License-Identifier: Apache-2.0
# What leaves the build: the program, four archives, public headers, the law as data, and the two ways of finding them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Tocsin)

# The build has a library for each room, so that a room cannot reach another by accident; whoever links us sees one for each thing to
# choose. The objects are the same: nothing is compiled twice.
function(tocsin_archive name)
  cmake_parse_arguments(ARCHIVE "" "" "ROOMS;USES" ${ARGN})
  foreach(room ${ARCHIVE_ROOMS})
    list(APPEND objects $<TARGET_OBJECTS:${room}>)
  endforeach()
  add_library(tocsin_${name} STATIC ${objects})
  set_target_properties(tocsin_${name} PROPERTIES LINKER_LANGUAGE CXX EXPORT_NAME ${name})
  target_compile_features(tocsin_${name} INTERFACE cxx_std_20)
  target_include_directories(tocsin_${name} INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(tocsin_${name} ${ARCHIVE_USES})
  install(TARGETS tocsin_${name} EXPORT Tocsin_${name} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT Tocsin_${name} NAMESPACE Tocsin:: FILE Tocsin_${name}.cmake DESTINATION ${package_folder})
endfunction()

get_property(engine_rooms GLOBAL PROPERTY TOCSIN_ROOMS)
list(FILTER engine_rooms INCLUDE REGEX "^engine")  # all of them: no list to forget a room in
tocsin_archive(engine ROOMS ${engine_rooms} USES PRIVATE OpenSSL::Crypto Threads::Threads)
tocsin_archive(memory_store ROOMS adapters_memory_store USES PUBLIC tocsin_engine PRIVATE Sodium::sodium)
tocsin_archive(sql_store ROOMS adapters_sql_store USES PUBLIC tocsin_engine PRIVATE SOCI::sqlite3 SOCI::core Sodium::sodium)
tocsin_archive(yaml_library ROOMS adapters_yaml_library USES PUBLIC tocsin_engine PRIVATE YamlCpp::yaml_cpp)

if(TARGET tocsin)
install(TARGETS tocsin)
endif()
install(DIRECTORY workflows DESTINATION ${CMAKE_INSTALL_DATADIR}/tocsin)
install(CODE "set(TOCSIN_SOURCE \"${CMAKE_SOURCE_DIR}\")
set(TOCSIN_BUILD \"${CMAKE_BINARY_DIR}\")
set(TOCSIN_INCLUDE \"${CMAKE_INSTALL_INCLUDEDIR}\")
set(TOCSIN_DATA \"${CMAKE_INSTALL_DATADIR}\")")
install(SCRIPT cmake/install_headers.cmake)

configure_package_config_file(cmake/TocsinConfig.cmake.in ${CMAKE_BINARY_DIR}/package/TocsinConfig.cmake
  INSTALL_DESTINATION ${package_folder} PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/package/TocsinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/package/TocsinConfig.cmake ${CMAKE_BINARY_DIR}/package/TocsinConfigVersion.cmake
  cmake/FindSOCI.cmake cmake/FindSodium.cmake cmake/FindYamlCpp.cmake DESTINATION ${package_folder})

# The prefix is where the file lies, so that a tree can be moved.
file(RELATIVE_PATH TOCSIN_PC_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/tocsin.pc.in ${CMAKE_BINARY_DIR}/package/tocsin.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/package/tocsin.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
