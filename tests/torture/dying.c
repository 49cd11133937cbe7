/* Kills this process at the n-th call that changes a file: every state of the disk that a kill can leave is one of these.
   Folders count as well. `dying_by(SIGSTOP)` makes it stop there instead, so that others can work in between.
   Loaded with LD_PRELOAD. `dying_after(n, part)` arms it: at call n, of a write the first `part` bytes are written. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1, calls = 0;
static size_t torn = 0;
static int by = SIGKILL;

void dying_after(long n, long part) { left = n; calls = 0; torn = (size_t)part; }
void dying_by(int signal) { by = signal; }
long dying_calls(void) { return calls; }

static int now(void) { calls++; return left > 0 && --left == 0; }
static void die(void) { kill(getpid(), by); while (by == SIGKILL) pause(); }
static int counts(int fd) { struct stat s; return fd > 2 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode); }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *b, size_t n) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (counts(fd) && now()) { if (torn) real(fd, b, torn < n ? torn : n); die(); }
  return real(fd, b, n);
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  if (counts(fd) && now()) { if (torn) real(fd, b, torn < n ? torn : n, at); die(); }
  return real(fd, b, n, at);
}
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { return pwrite64(fd, b, n, at); }
int ftruncate64(int fd, off64_t n) { REAL(int, "ftruncate64", int, off64_t); if (now()) die(); return real(fd, n); }
int ftruncate(int fd, off_t n) { REAL(int, "ftruncate", int, off_t); if (now()) die(); return real(fd, n); }
int fsync(int fd) { REAL(int, "fsync", int); if (now()) die(); return real(fd); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); if (now()) die(); return real(fd); }
int unlink(const char *p) { REAL(int, "unlink", const char *); if (now()) die(); return real(p); }
int rename(const char *a, const char *b) { REAL(int, "rename", const char *, const char *); if (now()) die(); return real(a, b); }
int link(const char *a, const char *b) { REAL(int, "link", const char *, const char *); if (now()) die(); return real(a, b); }
int linkat(int f, const char *a, int g, const char *b, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  if (now()) die();
  return real(f, a, g, b, flags);
}
int mkdir(const char *p, mode_t m) { REAL(int, "mkdir", const char *, mode_t); if (now()) die(); return real(p, m); }
int rmdir(const char *p) { REAL(int, "rmdir", const char *); if (now()) die(); return real(p); }
int unlinkat(int f, const char *p, int flags) { REAL(int, "unlinkat", int, const char *, int); if (now()) die(); return real(f, p, flags); }
