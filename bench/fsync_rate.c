// SPDX-License-Identifier: Apache-2.0
/*
 * How often this disk makes 4 KiB durable in a second: no durable rate means anything without it.   fsync_rate FOLDER */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(int count, char** words) {
  if (count < 2) return 2;
  char path[4096], page[4096];
  snprintf(path, sizeof path, "%s/fsync_rate.tmp", words[1]);
  const int file = open(path, O_CREAT | O_RDWR | O_TRUNC, 0600);
  if (file < 0) return 1;
  memset(page, 1, sizeof page);
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  int done = 0;
  double seconds = 0;
  while (seconds < 1) {
    if (pwrite(file, page, sizeof page, (off_t)(done % 256) * (off_t)sizeof page) != (ssize_t)sizeof page ||
        fdatasync(file) != 0)
      return 1;
    ++done;
    clock_gettime(CLOCK_MONOTONIC, &to);
    seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
  }
  close(file);
  unlink(path);
  printf("%.0f\n", done / seconds);
  return 0;
}
