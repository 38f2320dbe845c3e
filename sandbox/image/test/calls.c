/*
 * Somebody in QEMU's place who tries what is forbidden there, and says on stderr how each try ended: 0, or why not. Built and run by
 * keeper.test.ts.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int call(long number, long first, long second) {
  char room[256] = {0}; /* of a struct io_uring_params, which is 120 bytes of zeroes when nothing is wished for */
  errno = 0;
  syscall(number, first, second ? second : (long)room, 0, room);
  return errno;
}

int main(void) {
  fprintf(stderr, "socket=%d socketpair=%d io_uring_setup=%d getpid=%d", call(SYS_socket, AF_INET, SOCK_STREAM),
          call(SYS_socketpair, AF_UNIX, SOCK_STREAM), call(SYS_io_uring_setup, 8, 0), call(SYS_getpid, 0, 0));
#ifdef __x86_64__
  enum { X32 = 0x40000000 };
  fprintf(stderr, " x32: socket=%d io_uring_setup=%d", call(X32 | SYS_socket, AF_INET, SOCK_STREAM), call(X32 | SYS_io_uring_setup, 8, 0));
#endif
  return 0;
}
