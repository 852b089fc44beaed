# SPDX-License-Identifier: Apache-2.0
# Run by cmake --install. Inside the house an include names its room ("engine/base/time.h"); outside, two projects may each have a room
# called engine, so that what is installed says whose room it is ("tocsin/engine/base/time.h").
include(${TOCSIN_SOURCE}/cmake/public_headers.cmake)
set(stage ${TOCSIN_BUILD}/installed)
file(REMOVE_RECURSE ${stage})

function(stage_as file where)
  file(READ ${TOCSIN_SOURCE}/${file} text)
  string(REPLACE "#include \"engine/" "#include \"tocsin/engine/" text "${text}")
  string(REPLACE "#include \"adapters/" "#include \"tocsin/adapters/" text "${text}")
  string(REPLACE "#include \"tests/contracts/" "#include \"tocsin/contracts/" text "${text}")
  file(WRITE ${stage}/${where} "${text}")
endfunction()

foreach(header ${TOCSIN_PUBLIC_HEADERS})
  stage_as(${header} include/tocsin/${header})
endforeach()
foreach(file ${TOCSIN_CONTRACT_HEADERS})
  get_filename_component(name ${file} NAME)
  stage_as(${file} include/tocsin/contracts/${name})
endforeach()
foreach(file ${TOCSIN_CONTRACT_SOURCES})
  get_filename_component(name ${file} NAME)
  stage_as(${file} contracts/${name})
endforeach()
file(INSTALL DESTINATION ${CMAKE_INSTALL_PREFIX}/${TOCSIN_INCLUDE} TYPE DIRECTORY FILES ${stage}/include/tocsin)
file(INSTALL DESTINATION ${CMAKE_INSTALL_PREFIX}/${TOCSIN_DATA}/tocsin TYPE DIRECTORY FILES ${stage}/contracts)
