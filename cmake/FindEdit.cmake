# SPDX-License-Identifier: Apache-2.0
# libedit (BSD licence) ships no CMake package; it stands on libbsd (BSD) and libtinfo (MIT). For the program alone: the engine has no use for it.
find_path(EDIT_INCLUDE histedit.h)
find_library(EDIT_LIBRARY NAMES libedit.a edit)
find_library(BSD_LIBRARY NAMES libbsd.a bsd)
find_library(TERMINFO_LIBRARY NAMES libtinfo.a tinfo)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Edit REQUIRED_VARS EDIT_INCLUDE EDIT_LIBRARY BSD_LIBRARY TERMINFO_LIBRARY)
if(Edit_FOUND AND NOT TARGET Edit::edit)
  add_library(Edit::edit UNKNOWN IMPORTED)
  set_target_properties(Edit::edit PROPERTIES IMPORTED_LOCATION ${EDIT_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${EDIT_INCLUDE}
    INTERFACE_LINK_LIBRARIES "${BSD_LIBRARY};${TERMINFO_LIBRARY}")
endif()
