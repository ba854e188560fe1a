/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

/*
 * trestle-container-forward PID SOCKET PORT
 *
 * A container that is checked has no network, not even one to this computer. This program listens
 * on a Unix socket, enters the network of the process PID, and hands each connection on to
 * 127.0.0.1:PORT there. It says "ready" once it is inside, and ends with its parent. As it may hold
 * rights that its parent has not, it uses nothing but the C library.
 *
 * Exit status: 77 where it may not enter, which only the process's owner and root may; 1 otherwise.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MAY_NOT 77
#define BACKLOG 64

static void
fail (const char *what)
{
  int status = errno == EPERM || errno == EACCES ? MAY_NOT : EXIT_FAILURE;

  fprintf (stderr, "trestle-container-forward: %s: %s\n", what, strerror (errno));
  exit (status);
}

static int
listen_at (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (strlen (path) >= sizeof address.sun_path)
    {
      errno = ENAMETOOLONG;
      fail (path);
    }
  strcpy (address.sun_path, path);
  umask (0077);
  if (listener < 0 || bind (listener, (struct sockaddr *) &address, sizeof address) != 0
      || listen (listener, BACKLOG) != 0)
    fail (path);
  return listener;
}

static int
open_namespace (const char *pid, const char *kind)
{
  char path[64];
  int fd;

  snprintf (path, sizeof path, "/proc/%s/ns/%s", pid, kind);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    fail (path);
  return fd;
}

static int
is_own (int fd)
{
  struct stat theirs, ours;

  return fstat (fd, &theirs) == 0 && stat ("/proc/self/ns/user", &ours) == 0
         && theirs.st_ino == ours.st_ino && theirs.st_dev == ours.st_dev;
}

/* The owner of a rootless container is root in its user namespace, and may go on from there. */
static void
enter (const char *pid)
{
  int user = open_namespace (pid, "user"), net = open_namespace (pid, "net");

  if (!is_own (user) && setns (user, CLONE_NEWUSER) != 0)
    fail ("enter the user namespace");
  if (setns (net, CLONE_NEWNET) != 0)
    fail ("enter the network namespace");
  close (user);
  close (net);
}

static int
write_all (int fd, const char *data, ssize_t size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, data, (size_t) size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return -1;
      data += n;
      size -= n;
    }
  return 0;
}

/* What comes at one end goes out at the other; an end of one direction leaves the other open. */
static void
copy (int one, int other)
{
  struct pollfd ends[2] = { { one, POLLIN, 0 }, { other, POLLIN, 0 } };
  static char block[65536];

  while (ends[0].fd >= 0 || ends[1].fd >= 0)
    {
      if (poll (ends, 2, -1) < 0 && errno != EINTR)
        return;
      for (int i = 0; i < 2; i++)
        {
          int to = i == 0 ? other : one;
          ssize_t n;

          if (ends[i].fd < 0 || ends[i].revents == 0)
            continue;
          n = read (ends[i].fd, block, sizeof block);
          if (n > 0 && write_all (to, block, n) == 0)
            continue;
          if (n < 0 && errno == EINTR)
            continue;
          /* A server that closes while it is sent to has said all it will. */
          if (n > 0)
            {
              ends[i].fd = -1;
              continue;
            }
          shutdown (to, SHUT_WR);
          ends[i].fd = -1;
        }
    }
}

static void
forward (int client, int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) port) };
  int server = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (server >= 0 && connect (server, (struct sockaddr *) &address, sizeof address) == 0)
    copy (client, server);
}

int
main (int argc, char **argv)
{
  pid_t parent = getppid ();
  int listener, port;

  if (argc != 4 || (port = atoi (argv[3])) <= 0 || port > 65535 || atoi (argv[1]) <= 0)
    {
      fprintf (stderr, "usage: trestle-container-forward PID SOCKET PORT\n");
      return 2;
    }
  listener = listen_at (argv[2]);
  enter (argv[1]);
  /* After the namespaces, for a change of rights takes it back. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != parent)
    return EXIT_FAILURE;
  signal (SIGCHLD, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);
  puts ("ready");
  fflush (stdout);
  for (;;)
    {
      int client = accept (listener, NULL, NULL);

      if (client < 0)
        continue;
      if (fork () == 0)
        {
          prctl (PR_SET_PDEATHSIG, SIGKILL);
          close (listener);
          forward (client, port);
          _exit (0);
        }
      close (client);
    }
}
