/* A poor disk, at the border to the system: what POOR names does not work below POOR_ROOT.

   nolink     no hard links (vfat, many shares)
   notmpfile  no files without a name
   noflock    no locks
   norename   nothing is renamed over a file that is there (open elsewhere, as Windows and some shares have it)
   case       names are the same whatever the case of their letters
   seconds    times in whole seconds
   stale=N    the Nth and every later call goes to a server that has forgotten us

   cc -shared -fPIC -o poor.so poor.c -ldl; LD_PRELOAD=poor.so POOR=nolink POOR_ROOT=/ledger shouwen ... */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define REFUSE(number) do { errno = (number); return -1; } while (0)

static int poor(const char *what) {
    const char *said = getenv("POOR"), *found = said ? strstr(said, what) : NULL;
    return found != NULL;
}

static int below(const char *path) {
    const char *root = getenv("POOR_ROOT");
    return path && root && !strncmp(path, root, strlen(root));
}

static int fd_below(int fd) {
    char link[64], path[PATH_MAX + 1];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, PATH_MAX);
    if (size < 0) return 0;
    path[size] = 0;
    return below(path);
}

static int stale(int concerned) {
    static long count;
    const char *said = getenv("POOR"), *found = said ? strstr(said, "stale=") : NULL;
    return concerned && found && ++count >= atol(found + 6);
}

/* The name that is there already, whatever its case; the path itself if none is. */
static const char *there(const char *path, char *room) {
    struct stat info;
    if (!poor("case") || !below(path) || !REAL(lstat)(path, &info)) return path;
    const char *last = strrchr(path, '/');
    if (!last || last == path || (size_t)(last - path) >= PATH_MAX) return path;
    snprintf(room, PATH_MAX, "%.*s", (int)(last - path), path);
    DIR *folder = opendir(room);
    if (!folder) return path;
    for (struct dirent *one; (one = readdir(folder));)
        if (!strcasecmp(one->d_name, last + 1)) {
            size_t size = strlen(room);
            snprintf(room + size, PATH_MAX - size, "/%s", one->d_name);
            closedir(folder);
            return room;
        }
    closedir(folder);
    return path;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        char room[PATH_MAX]; \
        if (poor("notmpfile") && below(path) && (flags & O_TMPFILE) == O_TMPFILE) REFUSE(EOPNOTSUPP); \
        if (stale(below(path))) REFUSE(ESTALE); \
        return REAL(name)(there(path, room), flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define STAT(name, kind) \
    int name(const char *path, struct kind *info) { \
        char room[PATH_MAX]; \
        if (stale(below(path))) REFUSE(ESTALE); \
        int found = REAL(name)(there(path, room), info); \
        if (!found && poor("seconds")) info->st_mtim.tv_nsec = info->st_ctim.tv_nsec = info->st_atim.tv_nsec = 0; \
        return found; \
    }
STAT(stat, stat)
STAT(lstat, stat)
STAT(stat64, stat64)
STAT(lstat64, stat64)

#define FSTAT(name, kind) \
    int name(int fd, struct kind *info) { \
        if (stale(fd_below(fd))) REFUSE(ESTALE); \
        int found = REAL(name)(fd, info); \
        if (!found && poor("seconds")) info->st_mtim.tv_nsec = info->st_ctim.tv_nsec = info->st_atim.tv_nsec = 0; \
        return found; \
    }
FSTAT(fstat, stat)
FSTAT(fstat64, stat64)

int link(const char *old, const char *new) {
    if (poor("nolink") && below(new)) REFUSE(EPERM);
    if (stale(below(new))) REFUSE(ESTALE);
    return REAL(link)(old, new);
}

int linkat(int at, const char *old, int to, const char *new, int flags) {
    if (poor("nolink") && below(new)) REFUSE(EPERM);
    if (stale(below(new))) REFUSE(ESTALE);
    return REAL(linkat)(at, old, to, new, flags);
}

int flock(int fd, int how) {
    if (poor("noflock") && fd_below(fd)) REFUSE(ENOLCK);
    if (stale(fd_below(fd))) REFUSE(ESTALE);
    return REAL(flock)(fd, how);
}

int rename(const char *old, const char *new) {
    struct stat info;
    char from[PATH_MAX], to[PATH_MAX];
    if (poor("norename") && below(new) && !REAL(lstat)(new, &info)) REFUSE(EACCES);
    if (stale(below(new))) REFUSE(ESTALE);
    return REAL(rename)(there(old, from), there(new, to));
}

int unlink(const char *path) {
    char room[PATH_MAX];
    if (stale(below(path))) REFUSE(ESTALE);
    return REAL(unlink)(there(path, room));
}

int mkdir(const char *path, mode_t mode) {
    if (stale(below(path))) REFUSE(ESTALE);
    return REAL(mkdir)(path, mode);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (stale(fd_below(fd))) REFUSE(ESTALE);
    return REAL(write)(fd, data, size);
}

int fsync(int fd) {
    if (stale(fd_below(fd))) REFUSE(ESTALE);
    return REAL(fsync)(fd);
}
