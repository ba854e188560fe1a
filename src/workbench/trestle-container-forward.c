/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

/*
 * trestle-container-forward SOCKET PORT
 *
 * A container that is checked has no network, not even one to this computer. This program is run in
 * a container beside it that shares its network, listens on a Unix socket in a folder that both this
 * computer and it see, and hands each connection on to 127.0.0.1:PORT. The socket has its name once it
 * is listened on. As the image it is run in may hold nothing else, it is linked statically and uses
 * nothing but the C library.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 64

static void
fail (const char *what)
{
  fprintf (stderr, "trestle-container-forward: %s: %s\n", what, strerror (errno));
  exit (EXIT_FAILURE);
}

static int
listen_at (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (snprintf (address.sun_path, sizeof address.sun_path, "%s.new", path)
      >= (int) sizeof address.sun_path)
    {
      errno = ENAMETOOLONG;
      fail (path);
    }
  umask (0077);
  if (listener < 0 || bind (listener, (struct sockaddr *) &address, sizeof address) != 0
      || listen (listener, BACKLOG) != 0 || rename (address.sun_path, path) != 0)
    fail (path);
  return listener;
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
  int listener, port;

  if (argc != 3 || (port = atoi (argv[2])) <= 0 || port > 65535)
    {
      fprintf (stderr, "usage: trestle-container-forward SOCKET PORT\n");
      return 2;
    }
  signal (SIGCHLD, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);
  listener = listen_at (argv[1]);
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
