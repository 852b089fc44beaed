// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/place.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"

namespace tocsin::tests {
namespace {

using sql_store::Database;
using sql_store::FileSystem;

/// While it lives, every path lies on this file system.
class Pretended {
 public:
  explicit Pretended(FileSystem below) {
    sql_store::answer_for_file_systems([below](const std::string&) { return std::optional(below); });
  }
  ~Pretended() { sql_store::answer_for_file_systems({}); }
};

constexpr std::uint64_t kFuse = 0x65735546;

}  // namespace

TEST_CASE("a store is neither made nor opened on a network file system") {
  const std::pair<FileSystem, std::string> cases[] = {
      {{0x6969, "nfs4"}, "NFS"},          {{0xff534d42, "cifs"}, "CIFS"},     {{0xfe534d42, "smb3"}, "SMB2"},
      {{0x517b, "smbfs"}, "SMB"},         {{0x01021997, "9p"}, "9p"},         {{0x5346414f, "afs"}, "AFS"},
      {{0x00c36400, "ceph"}, "Ceph"},     {{0x0bd00bd0, "lustre"}, "Lustre"}, {{0x73757245, "coda"}, "Coda"},
      {{0x47504653, "gpfs"}, "GPFS"},     {{kFuse, "fuse.sshfs"}, "SSHFS"},   {{kFuse, "fuse.glusterfs"}, "GlusterFS"},
      {{kFuse, "fuse.rclone"}, "rclone"}, {{0x12345678, "beegfs"}, "BeeGFS"},
  };
  const Folder folder;
  { StoreFile file(folder / "there.db"); }
  for (const auto& [below, name] : cases) {
    CAPTURE(name);
    const Pretended network(below);
    for (const auto& refused : {Database::open(folder / "there.db"), Database::open_or_create(folder / "there.db", "live"),
                                Database::open_or_create(folder / "new.db", "live")}) {
      REQUIRE_FALSE(refused);
      CHECK(refused.error().code == Errc::invalid);
      CHECK(refused.error().message.find("network file system (" + name + ")") != std::string::npos);
      CHECK(refused.error().message.find("local disk") != std::string::npos);
      CHECK(refused.error().message.find("tocsin db backup") != std::string::npos);
    }
    CHECK_FALSE(std::filesystem::exists(folder / "new.db"));
    CHECK(Database::open_to_look(folder / "there.db"));  // so that 'doctor' can say it
  }
}

TEST_CASE("disks of this machine are fine, also below FUSE and in containers") {
  const Folder folder;
  for (const auto& below : {FileSystem{0xef53, "ext4"},
                            {0x01021994, "tmpfs"},
                            {0x794c7630, "overlay"},
                            {0x58465342, "xfs"},
                            {0x9123683e, "btrfs"},
                            {0x2fc12fc1, "zfs"},
                            {kFuse, "fuseblk"},
                            {kFuse, "fuse.gocryptfs"}}) {
    CAPTURE(below.type);
    const Pretended local(below);
    CHECK(Database::open_or_create(folder / (below.type + ".db"), "live"));
    CHECK(Database::open(folder / (below.type + ".db")));
    CHECK_FALSE(sql_store::may_be_network(below));
  }
  CHECK(sql_store::may_be_network({kFuse, "fuse.somebodys"}));
  CHECK(sql_store::network_name({kFuse, "fuse.somebodys"}).empty());
}

TEST_CASE("a link does not hide where the store really lies") {
  const Folder folder, far;
  { StoreFile file(far / "cases.db"); }
  std::filesystem::create_symlink(far / "cases.db", folder / "link.db");
  sql_store::answer_for_file_systems([&](const std::string& path) {
    const auto real = std::filesystem::canonical(path).string();
    return std::optional(real.starts_with(far.path()) ? FileSystem{0x6969, "nfs"} : FileSystem{0xef53, "ext4"});
  });
  const auto opened = Database::open(folder / "link.db");
  sql_store::answer_for_file_systems({});
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::invalid);
}

TEST_CASE("the operating system is asked, and its mount table") {
  const Folder folder;
  const auto below = sql_store::file_system_below(folder.path());
  REQUIRE(below);
  CHECK(below->free_bytes > 0);
  CHECK_FALSE(below->type.empty());
  CHECK(sql_store::file_system_below("/proc")->type == "proc");  // its number is none of those we know
  CHECK_FALSE(sql_store::file_system_below(folder / "none"));
}

}  // namespace tocsin::tests
