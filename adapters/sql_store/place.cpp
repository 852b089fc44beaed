// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/place.h"

#include <sys/statvfs.h>
#include <sys/vfs.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tocsin::sql_store {
namespace {

struct Known {
  std::uint64_t magic;
  const char* name;
};

/// linux/magic.h and the file systems' own headers.
constexpr Known kByNumber[] = {
    {0x6969, "NFS"},        {0x517b, "SMB"},       {0xff534d42, "CIFS"},
    {0xfe534d42, "SMB2"},   {0x01021997, "9p"},    {0x5346414f, "AFS"},
    {0x6b414653, "AFS"},    {0x73757245, "Coda"},  {0x00c36400, "Ceph"},
    {0x0bd00bd0, "Lustre"}, {0x564c, "NCP"},       {0x47504653, "GPFS"},
    {0x19830326, "BeeGFS"}, {0x20030528, "PVFS2"}, {0x7461636f, "OCFS2"},
    {0x01161970, "GFS2"},   {0xaad7aaea, "PanFS"}, {0x786f4256, "VirtualBox's shared folder"},
};

constexpr std::uint64_t kFuse = 0x65735546;

/// Common ones of a disk of this machine, so that the mount table need not be read for them.
constexpr Known kLocal[] = {{0xef53, "ext"},         {0x58465342, "xfs"}, {0x9123683e, "btrfs"}, {0x01021994, "tmpfs"},
                            {0x794c7630, "overlay"}, {0x2fc12fc1, "zfs"}, {0xf2f52010, "f2fs"}};

struct KnownType {
  const char* type;
  const char* name;
};

/// Words of the mount table. With FUSE "fuse." stands before them, or not.
constexpr KnownType kByType[] = {
    {"sshfs", "SSHFS"},
    {"nfs", "NFS"},
    {"nfs4", "NFS"},
    {"cifs", "CIFS"},
    {"smb3", "SMB3"},
    {"smbfs", "SMB"},
    {"9p", "9p"},
    {"afs", "AFS"},
    {"ceph", "Ceph"},
    {"lustre", "Lustre"},
    {"glusterfs", "GlusterFS"},
    {"beegfs", "BeeGFS"},
    {"davfs", "WebDAV"},
    {"davfs2", "WebDAV"},
    {"s3fs", "S3"},
    {"goofys", "S3"},
    {"mount-s3", "S3"},
    {"rclone", "rclone"},
    {"gcsfuse", "Google Cloud Storage"},
    {"blobfuse", "Azure Blob"},
    {"blobfuse2", "Azure Blob"},
    {"curlftpfs", "FTP"},
    {"juicefs", "JuiceFS"},
    {"mfs", "MooseFS"},
    {"moosefs", "MooseFS"},
    {"gvfsd-fuse", "GVfs"},
    {"seaweedfs", "SeaweedFS"},
    {"gpfs", "GPFS"},
    {"ocfs2", "OCFS2"},
    {"gfs2", "GFS2"},
    {"vboxsf", "VirtualBox's shared folder"},
};

/// FUSE on a disk of this machine.
constexpr std::array kLocalFuse = {"fuseblk",        "ntfs-3g",  "encfs", "gocryptfs", "cryfs",  "bindfs",  "mergerfs",
                                   "fuse-overlayfs", "virtiofs", "exfat", "lxcfs",     "portal", "securefs"};

std::string without_fuse(const std::string& type) { return type.starts_with("fuse.") ? type.substr(5) : type; }

/// The mount table writes a blank as \040.
std::string unescaped(const std::string& word) {
  std::string plain;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto is_octal = [&](std::size_t at) { return at < word.size() && word[at] >= '0' && word[at] <= '7'; };
    if (word[i] == '\\' && is_octal(i + 1) && is_octal(i + 2) && is_octal(i + 3)) {
      plain += static_cast<char>((word[i + 1] - '0') * 64 + (word[i + 2] - '0') * 8 + (word[i + 3] - '0'));
      i += 3;
    } else {
      plain += word[i];
    }
  }
  return plain;
}

bool lies_in(const std::string& path, const std::string& folder) {
  return folder == "/" || path == folder || path.starts_with(folder + "/");
}

/// The word of the last mounted among the deepest mounts that hold the path.
std::string type_in_mount_table(const std::string& path) {
  std::error_code failed;
  const auto real = std::filesystem::canonical(path, failed).string();
  if (failed) return "";
  std::ifstream table("/proc/self/mountinfo");
  std::string type, line;
  std::size_t deepest = 0;
  while (std::getline(table, line)) {
    std::istringstream words(line);
    std::string word, point, kind;
    for (int i = 0; i < 5 && words >> point; ++i) {
    }
    while (words >> word && word != "-") {
    }
    words >> kind;
    point = unescaped(point);
    if (kind.empty() || !lies_in(real, point) || point.size() < deepest) continue;
    deepest = point.size();
    type = kind;
  }
  return type;
}

std::optional<FileSystem> ask_the_system(const std::string& path) {
  struct statfs found {};
  if (statfs(path.c_str(), &found) != 0) return std::nullopt;
  FileSystem below;
  below.magic = static_cast<std::uint32_t>(found.f_type);  // some of them are negative in a signed word
  for (const auto& local : kLocal)
    if (local.magic == below.magic) below.type = local.name;
  if (below.type.empty()) below.type = type_in_mount_table(path);
  below.free_bytes = static_cast<std::int64_t>(found.f_bavail) * static_cast<std::int64_t>(found.f_bsize);
  below.is_read_only = (static_cast<unsigned long>(found.f_flags) & ST_RDONLY) != 0;
  return below;
}

std::function<std::optional<FileSystem>(const std::string&)>& answer() {
  static std::function<std::optional<FileSystem>(const std::string&)> one = ask_the_system;
  return one;
}

}  // namespace

std::optional<FileSystem> file_system_below(const std::string& path) { return answer()(path); }

void answer_for_file_systems(std::function<std::optional<FileSystem>(const std::string&)> other) {
  answer() = other ? std::move(other) : ask_the_system;
}

std::string network_name(const FileSystem& found) {
  for (const auto& known : kByNumber)
    if (known.magic == found.magic) return known.name;
  const auto type = without_fuse(found.type);
  for (const auto& known : kByType)
    if (type == known.type) return known.name;
  return "";
}

bool may_be_network(const FileSystem& found) {
  if (found.magic != kFuse || !network_name(found).empty()) return false;
  const auto type = without_fuse(found.type);
  for (const auto* local : kLocalFuse)
    if (type == local) return false;
  return true;
}

Result<void> check_place(const std::string& path) {
  if (path.empty() || path.find_first_of("\"\n") != std::string::npos)
    return Error{
        Errc::invalid, "a path of a store is not empty and has no quotes or line breaks: rename the file", "store", {}, {}};
  for (const auto& asked : {path, std::filesystem::path(path).parent_path().string()}) {
    const auto found = file_system_below(asked);
    const auto name = found ? network_name(*found) : "";
    if (!name.empty())
      return Error{Errc::invalid,
                   "the store " + path + " lies on a network file system (" + name +
                       "), whose locks and shared memory do not keep two machines apart, so that history could be lost: "
                       "put it on a local disk, and keep copies on the network with 'tocsin db backup'",
                   "store",
                   {},
                   {}};
  }
  return {};
}

}  // namespace tocsin::sql_store
