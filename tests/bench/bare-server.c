/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The least that is an HTTP server: one thread, keep-alive, the same 64 bytes for every request. It
 * prints its port and ends with its standard input.
 */

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_FDS 1024
#define BUFFER 16384

static const char answer[] = "HTTP/1.1 200 OK\r\n"
                             "x-amzn-RequestId: 00000000-0000-4000-8000-000000000000\r\n"
                             "x-Amzn-Invoked-Production-Variant: AllTraffic\r\n"
                             "Content-Type: text/csv\r\n"
                             "Content-Length: 64\r\n"
                             "\r\n"
                             "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

typedef struct
{
  char bytes[BUFFER];
  size_t length;
} Connection;

static Connection *connections[MAX_FDS];

/* Bytes of the first whole request in @connection, 0 where it has not all come. */
static size_t
whole_request (Connection *connection)
{
  char *end, *field;
  size_t head, body = 0;

  connection->bytes[connection->length] = '\0';
  end = strstr (connection->bytes, "\r\n\r\n");
  if (end == NULL)
    return 0;
  head = (size_t) (end - connection->bytes) + 4;
  field = strcasestr (connection->bytes, "\r\ncontent-length:");
  if (field != NULL && field < end)
    body = strtoul (field + strlen ("\r\ncontent-length:"), NULL, 10);
  return head + body <= connection->length ? head + body : 0;
}

static void
drop (int fd)
{
  close (fd);
  free (connections[fd]);
  connections[fd] = NULL;
}

static void
serve (int fd)
{
  Connection *connection = connections[fd];
  ssize_t n_read = read (fd, connection->bytes + connection->length,
                         sizeof connection->bytes - connection->length - 1);
  size_t request;

  if (n_read <= 0)
    {
      drop (fd);
      return;
    }
  connection->length += (size_t) n_read;
  while ((request = whole_request (connection)) > 0)
    {
      if (write (fd, answer, sizeof answer - 1) < 0)
        {
          drop (fd);
          return;
        }
      connection->length -= request;
      memmove (connection->bytes, connection->bytes + request, connection->length);
    }
}

static void
watch (int poll, int fd)
{
  struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

  epoll_ctl (poll, EPOLL_CTL_ADD, fd, &event);
}

static void
welcome (int poll, int listener)
{
  int fd = accept (listener, NULL, NULL);
  int one = 1;

  if (fd < 0)
    return;
  if (fd >= MAX_FDS)
    {
      close (fd);
      return;
    }
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  connections[fd] = calloc (1, sizeof (Connection));
  watch (poll, fd);
}

int
main (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  struct epoll_event events[64];
  int listener = socket (AF_INET, SOCK_STREAM, 0);
  int poll = epoll_create1 (0);

  if (bind (listener, (struct sockaddr *) &address, sizeof address) < 0
      || listen (listener, 128) < 0
      || getsockname (listener, (struct sockaddr *) &address, &length) < 0)
    return 1;
  printf ("%d\n", ntohs (address.sin_port));
  fflush (stdout);
  watch (poll, listener);
  watch (poll, STDIN_FILENO);
  for (;;)
    {
      int n_events = epoll_wait (poll, events, 64, -1);

      for (int i = 0; i < n_events; i++)
        if (events[i].data.fd == STDIN_FILENO)
          return 0;
        else if (events[i].data.fd == listener)
          welcome (poll, listener);
        else
          serve (events[i].data.fd);
    }
}
