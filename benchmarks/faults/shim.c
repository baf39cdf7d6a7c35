/* Faults of a disk, put between a program and its C library (LD_PRELOAD, Linux).

   After fault_begin(folder, mode, at), counts the calls that change what lies below the folder
   (write, fsync, rename, unlink, truncate, create, mkdir) in this process and, at the at-th, does
   what the mode says: "kill" the process before the call; "torn": write half, then kill; "power":
   take back what was written and not yet synced, then kill; "lying": the same, on a disk whose
   syncs do nothing, which no program survives and which shows that losses are seen; "eio": fail this one call; "enospc",
   "erofs": fail this one and all that follow. fault_count() gives the number of calls so far.

   A loss of power is that of a journaling file system: names (create, rename, unlink) last in
   their order, contents last when they were synced. What was not is left, per file and by chance,
   as it was at the last sync, as it is, or with old and new sectors mixed and a length of either. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *folder, *mode = "";
static long at, seen, failing;
static pid_t owner;
static unsigned draw;

void fault_begin(const char *where, const char *what, long when) {
    folder = NULL;
    mode = strdup(what);
    at = when;
    seen = failing = 0;
    owner = getpid();
    draw = when * 2654435761u + 1;
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

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define SECTOR 512

/* Files written to in this run, with what a loss of power leaves for sure. */
static struct tracked { dev_t dev; ino_t ino; int dirty; char *synced; off_t size; } *files;
static size_t count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static char *content(int fd, off_t *size) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    struct stat st;
    int in = REAL(open)(name, O_RDONLY);
    if (in < 0 || fstat(in, &st)) { *size = 0; if (in >= 0) close(in); return calloc(1, 1); }
    char *data = calloc(1, st.st_size + 1);
    for (off_t at = 0; at < st.st_size;) {
        ssize_t n = pread(in, data + at, st.st_size - at, at);
        if (n <= 0) break;
        at += n;
    }
    close(in);
    *size = st.st_size;
    return data;
}

static struct tracked *found(const struct stat *st) {
    for (size_t i = 0; i < count; i++)
        if (files[i].dev == st->st_dev && files[i].ino == st->st_ino) return &files[i];
    return NULL;
}

/* Call before a file changes (synced = 0), and after it was synced (synced = 1). */
static void track(int fd, int synced) {
    struct stat st;
    int lying = !strcmp(mode, "lying");
    if ((!lying && strcmp(mode, "power")) || (lying && synced)) return;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode)) return;
    pthread_mutex_lock(&lock);
    struct tracked *file = found(&st);
    if (!file) {
        files = realloc(files, (count + 1) * sizeof *files);
        file = &files[count++];
        *file = (struct tracked){st.st_dev, st.st_ino, 0, NULL, 0};
        file->synced = content(fd, &file->size);
    } else if (synced) {
        free(file->synced);
        file->synced = content(fd, &file->size);
    }
    file->dirty = !synced;
    pthread_mutex_unlock(&lock);
}

static unsigned chance(unsigned of) {
    draw = draw * 1103515245u + 12345u;
    return (draw >> 16) % of;
}

static int lose(const char *path, const struct stat *st, int kind, struct FTW *at_) {
    (void)at_;
    struct tracked *file = kind == FTW_F ? found(st) : NULL;
    unsigned fate = file && file->dirty ? chance(3) : 2;
    if (fate == 2) return 0;
    int fd = REAL(open)(path, O_RDWR);
    off_t now, size = file->size;
    char *data = content(fd, &now), *left = calloc(1, (now > size ? now : size) + 1);
    memcpy(left, file->synced, size);
    if (fate == 1) {
        for (off_t i = 0; i < now; i += SECTOR)
            if (chance(2)) memcpy(left + i, data + i, now - i < SECTOR ? now - i : SECTOR);
        size = chance(2) ? now : size;
    }
    if (REAL(ftruncate)(fd, 0) || REAL(pwrite)(fd, left, size, 0) != size) abort();
    close(fd);
    return 0;
}

static void stand_still(int signal_) { (void)signal_; for (;;) pause(); }

static void lose_power(void) {
    pthread_mutex_lock(&lock);
    /* Another thread may have a file mapped that is cut short here. */
    signal(SIGBUS, stand_still);
    nftw(folder, lose, 16, FTW_PHYS);
    kill(getpid(), SIGKILL);
}

/* 0: go on; otherwise the errno to fail with. */
static int fault(int tearable) {
    long n = __sync_add_and_fetch(&seen, 1);
    if (n == at) {
        if (!strcmp(mode, "power") || !strcmp(mode, "lying")) lose_power();
        if (!strcmp(mode, "kill")) kill(getpid(), SIGKILL);
        if (!strcmp(mode, "torn")) { if (tearable) return -1; kill(getpid(), SIGKILL); }
        if (!strcmp(mode, "eio")) return EIO;
        failing = 1;
    }
    if (failing && !strcmp(mode, "enospc")) return ENOSPC;
    if (failing && !strcmp(mode, "erofs")) return EROFS;
    return 0;
}

#define CHECK(is_ours) do { if (is_ours) { int e = fault(0); if (e) { errno = e; return -1; } } } while (0)

#define CHANGE(fd) do { if (ours_fd(fd)) { CHECK(1); track(fd, 0); } } while (0)

ssize_t write(int fd, const void *data, size_t n) {
    if (ours_fd(fd)) {
        int e = fault(1);
        if (e == -1) { REAL(write)(fd, data, n / 2); kill(getpid(), SIGKILL); }
        if (e) { errno = e; return -1; }
        track(fd, 0);
    }
    return REAL(write)(fd, data, n);
}

#define PWRITE(name, off) \
ssize_t name(int fd, const void *data, size_t n, off where) { \
    if (ours_fd(fd)) { \
        int e = fault(1); \
        if (e == -1) { REAL(name)(fd, data, n / 2, where); kill(getpid(), SIGKILL); } \
        if (e) { errno = e; return -1; } \
        track(fd, 0); \
    } \
    return REAL(name)(fd, data, n, where); \
}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *parts, int n) {
    CHANGE(fd);
    return REAL(writev)(fd, parts, n);
}

#define SYNC(name) \
int name(int fd) { \
    int is_ours = ours_fd(fd); \
    CHECK(is_ours); \
    int done = REAL(name)(fd); \
    if (is_ours && !done) track(fd, 1); \
    return done; \
}
SYNC(fsync)
SYNC(fdatasync)

int ftruncate(int fd, off_t n) { CHANGE(fd); return REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { CHANGE(fd); return REAL(ftruncate64)(fd, n); }
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
    if (flags & O_TRUNC && ours(path)) { \
        int before = REAL(name)(path, O_RDONLY); \
        if (before >= 0) { track(before, 0); close(before); } \
    } \
    return REAL(name)(path, flags, m); \
}
OPEN(open)
OPEN(open64)
