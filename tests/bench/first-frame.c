/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *     first-frame PROGRAM [ARG…]
 *
 * Starts a program and prints the milliseconds until its first window is mapped and until it shows
 * something: `{"mapped_ms":…,"pixels_ms":…}`. Looks from outside, so any program can be timed. The
 * program is ended afterwards.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_MS 30000
/* Smaller windows are helpers, not what a person waits for. */
#define MIN_SIDE 200

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static gboolean
wait_for_event (Display *display, gint64 start)
{
  struct pollfd fd = { ConnectionNumber (display), POLLIN, 0 };

  while (XPending (display) == 0)
    {
      double left = LIMIT_MS - since (start);

      if (left <= 0 || poll (&fd, 1, (int) left) < 0)
        return FALSE;
    }
  return TRUE;
}

/* A window counts as drawn once its picture is not of one colour any more. */
static gboolean
is_drawn (Display *display, Window window)
{
  XWindowAttributes attributes;
  XImage *image;
  gboolean drawn = FALSE;
  unsigned long first;

  if (!XGetWindowAttributes (display, window, &attributes))
    return FALSE;
  image = XGetImage (display, window, 0, 0, (unsigned) attributes.width,
                     (unsigned) attributes.height, AllPlanes, ZPixmap);
  if (image == NULL)
    return FALSE;
  first = XGetPixel (image, attributes.width / 2, attributes.height / 2);
  for (int y = 0; y < attributes.height && !drawn; y += 7)
    for (int x = 0; x < attributes.width && !drawn; x += 5)
      drawn = XGetPixel (image, x, y) != first;
  XDestroyImage (image);
  return drawn;
}

static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  int damage_event, damage_error;
  double mapped = -1;
  Window window = None;
  gint64 start;
  pid_t child;

  if (display == NULL || argc < 2 || !XDamageQueryExtension (display, &damage_event, &damage_error))
    {
      fprintf (stderr, "first-frame: needs a display with the damage extension and a program\n");
      return 2;
    }
  XSetErrorHandler (ignore_error);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);

  start = g_get_monotonic_time ();
  child = fork ();
  if (child == 0)
    {
      setpgid (0, 0);
      execvp (argv[1], argv + 1);
      _exit (127);
    }

  while (wait_for_event (display, start))
    {
      XEvent event;
      XWindowAttributes attributes;

      XNextEvent (display, &event);
      if (event.type == MapNotify && window == None
          && XGetWindowAttributes (display, event.xmap.window, &attributes)
          && !attributes.override_redirect && attributes.width >= MIN_SIDE
          && attributes.height >= MIN_SIDE)
        {
          mapped = since (start);
          window = event.xmap.window;
          XDamageCreate (display, window, XDamageReportNonEmpty);
        }
      if (window != None && is_drawn (display, window))
        {
          printf ("{\"mapped_ms\":%.1f,\"pixels_ms\":%.1f}\n", mapped, since (start));
          kill (-child, SIGKILL);
          waitpid (child, NULL, 0);
          XCloseDisplay (display);
          return 0;
        }
      if (event.type == damage_event + XDamageNotify)
        XDamageSubtract (display, ((XDamageNotifyEvent *) &event)->damage, None, None);
    }
  fprintf (stderr, "first-frame: %s showed nothing within %d s\n", argv[1], LIMIT_MS / 1000);
  kill (-child, SIGKILL);
  waitpid (child, NULL, 0);
  return 1;
}
