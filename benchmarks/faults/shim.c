/* Faults of a disk, put between a program and its C library (LD_PRELOAD, Linux).

   After fault_begin(folder, mode, at), counts the calls that change what lies below the folder
   (write, fsync, rename, unlink, truncate, create, mkdir) in this process and, at the at-th, does
   what the mode says: "kill" the process before the call; "torn": write half, then kill; "eio":
   fail this one call; "enospc", "erofs": fail this one and all that follow. fault_count() gives
   the number of calls so far. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *folder, *mode = "";
static long at, seen, failing;
static pid_t owner;

void fault_begin(const char *where, const char *what, long when) {
    folder = NULL;
    mode = strdup(what);
    at = when;
    seen = failing = 0;
    owner = getpid();
    folder = strdup(where);
}

long fault_count(void) { return seen; }

static int ours(const char *path) {
    return folder && path && owner == getpid() && strncmp(path, folder, strlen(folder)) == 0;
}

static int ours_fd(int fd) {
    if (!folder || owner != getpid()) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return ours(path);
}

/* 0: go on; otherwise the errno to fail with. */
static int fault(int tearable) {
    long n = __sync_add_and_fetch(&seen, 1);
    if (n == at) {
        if (!strcmp(mode, "kill")) kill(getpid(), SIGKILL);
        if (!strcmp(mode, "torn")) { if (tearable) return -1; kill(getpid(), SIGKILL); }
        if (!strcmp(mode, "eio")) return EIO;
        failing = 1;
    }
    if (failing && !strcmp(mode, "enospc")) return ENOSPC;
    if (failing && !strcmp(mode, "erofs")) return EROFS;
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define CHECK(is_ours) do { if (is_ours) { int e = fault(0); if (e) { errno = e; return -1; } } } while (0)

ssize_t write(int fd, const void *data, size_t n) {
    if (ours_fd(fd)) {
        int e = fault(1);
        if (e == -1) { REAL(write)(fd, data, n / 2); kill(getpid(), SIGKILL); }
        if (e) { errno = e; return -1; }
    }
    return REAL(write)(fd, data, n);
}

#define PWRITE(name, off) \
ssize_t name(int fd, const void *data, size_t n, off where) { \
    if (ours_fd(fd)) { \
        int e = fault(1); \
        if (e == -1) { REAL(name)(fd, data, n / 2, where); kill(getpid(), SIGKILL); } \
        if (e) { errno = e; return -1; } \
    } \
    return REAL(name)(fd, data, n, where); \
}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *parts, int n) {
    CHECK(ours_fd(fd));
    return REAL(writev)(fd, parts, n);
}

int fsync(int fd) { CHECK(ours_fd(fd)); return REAL(fsync)(fd); }
int fdatasync(int fd) { CHECK(ours_fd(fd)); return REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t n) { CHECK(ours_fd(fd)); return REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { CHECK(ours_fd(fd)); return REAL(ftruncate64)(fd, n); }
int rename(const char *a, const char *b) { CHECK(ours(b)); return REAL(rename)(a, b); }
int unlink(const char *a) { CHECK(ours(a)); return REAL(unlink)(a); }
int unlinkat(int d, const char *a, int f) { CHECK(ours_fd(d)); return REAL(unlinkat)(d, a, f); }
int mkdir(const char *a, mode_t m) { CHECK(ours(a)); return REAL(mkdir)(a, m); }
int rmdir(const char *a) { CHECK(ours(a)); return REAL(rmdir)(a); }

#define OPEN(name) \
int name(const char *path, int flags, ...) { \
    mode_t m = 0; \
    if (flags & O_CREAT) { va_list l; va_start(l, flags); m = va_arg(l, mode_t); va_end(l); } \
    if (flags & O_CREAT && ours(path)) { int e = fault(0); if (e) { errno = e; return -1; } } \
    return REAL(name)(path, flags, m); \
}
OPEN(open)
OPEN(open64)
