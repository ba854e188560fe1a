/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdex.h>

#include "base/trestle-clock.h"
#include "base/trestle-paths.h"
#include "practice/trestle-practice-instance.h"
#include "practice/trestle-practice-server.h"
#include "trestle-config.h"

#define IDLE_SECONDS (30 * 60)
#define FAREWELL_MS 20
#define FAREWELLS 25

typedef struct
{
  char *listen;
  char *state;
  char *seed;
  char *faults;
  double speed;
  gboolean no_rates;
  gboolean stop;
  gboolean foreground;
  gboolean version;
} Options;

typedef struct
{
  Options *options;
  GMainLoop *loop;
  TrestlePracticeWorld *world;
  TrestlePracticeServer *server;
  gint64 idle;
  int farewells; /* looks that are left before the end */
} Program;

/* Loopback only: the keys are worth nothing elsewhere, but the account is the user's own. */
static GSocketAddress *
read_address (const char *text, gboolean *fixed, GError **error)
{
  g_autoptr (GSocketConnectable) connectable = NULL;
  g_autoptr (GInetAddress) address = NULL;
  const char *host;

  connectable = g_network_address_parse (text, 0, error);
  if (connectable == NULL)
    return NULL;
  host = g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable));
  address = g_inet_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host);
  if (address == NULL || !g_inet_address_get_is_loopback (address))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s is not a loopback address; the practice account listens on this computer"
                   " only, for example on 127.0.0.1:0",
                   host);
      return NULL;
    }
  *fixed = TRUE;
  return g_inet_socket_address_new (address,
                                    g_network_address_get_port (G_NETWORK_ADDRESS (connectable)));
}

/* What is being answered gets a moment; a model that takes long is not waited for. */
static gboolean
farewell_cb (gpointer data)
{
  Program *self = data;

  if (self->farewells-- > 0 && trestle_practice_server_get_idle (self->server) < FAREWELL_MS * 1000)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static void
stop_cb (gpointer data)
{
  Program *self = data;

  if (self->farewells > 0)
    return;
  self->farewells = FAREWELLS;
  g_timeout_add (FAREWELL_MS, farewell_cb, self);
}

static gboolean
signal_cb (gpointer data)
{
  stop_cb (data);
  return G_SOURCE_REMOVE;
}

/* Changes of state also happen while nobody asks; and a server that nobody needs goes. */
static gboolean
tick_cb (gpointer data)
{
  Program *self = data;

  trestle_practice_world_settle (self->world, trestle_clock_now ());
  if (trestle_practice_server_get_idle (self->server) >= self->idle)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static gint64
get_idle (void)
{
  const char *text = g_getenv ("TRESTLE_PRACTICE_IDLE_SECONDS");
  double seconds = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  return (gint64) ((seconds > 0 ? seconds : IDLE_SECONDS) * TRESTLE_SECOND);
}

static gboolean
load_faults (Program *self, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (self->options->faults == NULL)
    return TRUE;
  return json_parser_load_from_file (parser, self->options->faults, error)
         && trestle_practice_faults_add (self->world->faults, json_parser_get_root (parser), error);
}

/* The port of the last time, if nobody asked for another: addresses that are remembered stay good. */
static gboolean
open_server (Program *self, GSocketAddress *address, gboolean fixed, GError **error)
{
  guint16 last = (guint16) trestle_practice_get_int (
      self->world->state, 0, "SELECT value FROM meta WHERE key = 'port'", NULL);
  g_autofree char *port = NULL;

  if (!fixed && last != 0)
    {
      g_autoptr (GSocketAddress) again = g_inet_socket_address_new_from_string ("127.0.0.1", last);

      self->server = trestle_practice_server_new (self->world, again, stop_cb, self, NULL);
    }
  if (self->server == NULL)
    self->server = trestle_practice_server_new (self->world, address, stop_cb, self, error);
  if (self->server == NULL)
    return FALSE;
  port = g_strdup_printf ("%u", trestle_practice_server_get_port (self->server));
  trestle_practice_run (self->world->state, "INSERT OR REPLACE INTO meta VALUES ('port', ?)", "s",
                        port);
  return TRUE;
}

static gboolean
say (int fd, const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  gsize size = strlen (text);

  for (gsize at = 0; at < size;)
    {
      gssize written = write (fd, text + at, size - at);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      at += (gsize) written;
    }
  return TRUE;
}

static gboolean
open_all (Program *self, GSocketAddress *address, gboolean fixed, char **line, GError **error)
{
  const char *folder = self->options->state;

  self->world = trestle_practice_world_new (folder, self->options->seed, self->options->speed,
                                            error);
  if (self->world != NULL && self->options->no_rates)
    g_clear_pointer (&self->world->rates, trestle_practice_rates_free);
  if (self->world == NULL || !load_faults (self, error)
      || !open_server (self, address, fixed, error))
    return FALSE;
  *line = trestle_practice_instance_describe (self->world);
  return trestle_practice_instance_publish (folder, *line, error);
}

static int
serve (Program *self, GSocketAddress *address, gboolean fixed, int ready)
{
  const char *folder = self->options->state;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  gboolean open;

  trestle_practice_instance_withdraw (folder);
  dex_init ();
  self->idle = get_idle ();
  self->loop = g_main_loop_new (NULL, FALSE);
  open = open_all (self, address, fixed, &line, &error);
  if (open)
    {
      say (ready, line);
      if (ready != STDOUT_FILENO)
        close (ready);
      g_unix_signal_add (SIGTERM, signal_cb, self);
      g_unix_signal_add (SIGINT, signal_cb, self);
      g_timeout_add (MIN (500, (guint) (self->idle / 2000) + 1), tick_cb, self);
      g_main_loop_run (self->loop);
    }
  else
    g_printerr ("trestle-practice: %s\n", error->message);

  trestle_practice_instance_withdraw (folder);
  if (self->server == NULL || trestle_practice_server_close (self->server))
    g_clear_pointer (&self->world, trestle_practice_world_free);
  g_main_loop_unref (self->loop);
  return open ? 0 : 1;
}

/* The child's own output goes to a file: whoever waits for the parent's must see its end. */
static void
redirect (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "practice.log", NULL);
  int null = open ("/dev/null", O_RDWR | O_CLOEXEC);
  int log = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  dup2 (null, STDIN_FILENO);
  dup2 (null, STDOUT_FILENO);
  dup2 (log >= 0 ? log : null, STDERR_FILENO);
}

static int
detach (Program *self, GSocketAddress *address, gboolean fixed)
{
  int ends[2];
  char buffer[4096];
  gsize total = 0;
  pid_t child;

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, NULL) || (child = fork ()) < 0)
    {
      g_printerr ("trestle-practice: %s\n", g_strerror (errno));
      return 1;
    }
  if (child == 0)
    {
      close (ends[0]);
      setsid ();
      redirect (self->options->state);
      return serve (self, address, fixed, ends[1]);
    }
  close (ends[1]);
  for (;;)
    {
      gssize got = read (ends[0], buffer, sizeof buffer);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        break;
      total += (gsize) got;
      if (write (STDOUT_FILENO, buffer, (gsize) got) != got)
        return 1;
    }
  if (total == 0)
    {
      g_autofree char *path = g_build_filename (self->options->state, "practice.log", NULL);
      g_autofree char *text = NULL;

      g_file_get_contents (path, &text, NULL, NULL);
      g_printerr ("%s", text != NULL && *text ? text : "trestle-practice: could not start\n");
      return 1;
    }
  return 0;
}

static int
attach (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = trestle_practice_instance_wait (folder, &error);

  if (line == NULL)
    {
      g_printerr ("trestle-practice: %s\n", error->message);
      return 1;
    }
  return say (STDOUT_FILENO, line) ? 0 : 1;
}

static int
start (Options *options)
{
  Program self = { options };
  gboolean fixed = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress)
      address = read_address (options->listen ? options->listen : "127.0.0.1:0", &fixed, &error);
  int lock;

  if (address == NULL)
    {
      g_printerr ("trestle-practice: %s\n", error->message);
      return 2;
    }
  fixed = options->listen != NULL;
  lock = trestle_practice_instance_lock (options->state, &error);
  if (lock == -2)
    {
      g_printerr ("trestle-practice: %s\n", error->message);
      return 1;
    }
  if (lock == -1)
    {
      int status = attach (options->state);

      /* The one that was there may have ended just now; then it is our turn. */
      lock = status == 0 ? -1 : trestle_practice_instance_lock (options->state, NULL);
      if (lock < 0)
        return status;
    }
  return options->foreground ? serve (&self, address, fixed, STDOUT_FILENO)
                             : detach (&self, address, fixed);
}

static int
stop (const char *folder)
{
  g_autoptr (GError) error = NULL;
  gboolean running = FALSE;

  if (!trestle_practice_instance_stop (folder, &running, &error))
    {
      g_printerr ("trestle-practice: %s\n", error->message);
      return 1;
    }
  if (!running)
    g_printerr ("trestle-practice: not running in %s\n", folder);
  return 0;
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  g_autofree char *speed = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("");
  char *end = NULL;
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Loopback address; port 0 is any",
      "127.0.0.1:PORT" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state, "Folder that holds the account",
      "DIR" },
    { "speed", 0, 0, G_OPTION_ARG_STRING, &speed,
      "State changes run FACTOR times as fast as at AWS (90)", "FACTOR" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &options->seed,
      "Makes keys and ids of a new account the same each time", "N" },
    { "faults", 0, 0, G_OPTION_ARG_FILENAME, &options->faults, "What is to go wrong, as JSON",
      "FILE" },
    { "no-rates", 0, 0, G_OPTION_ARG_NONE, &options->no_rates,
      "Never throttle: answer as many requests a second as come", NULL },
    { "stop", 0, 0, G_OPTION_ARG_NONE, &options->stop, "End the running server", NULL },
    { "foreground", 0, 0, G_OPTION_ARG_NONE, &options->foreground, "Do not detach", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Say the version", NULL },
    { NULL },
  };

  g_option_context_set_summary (
      context, "A local AWS to practise with: Marketplace, SageMaker, Logs and S3 on this computer."
               "\nPrints one line of JSON when it is ready and goes on in the background.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  options->speed = speed != NULL ? g_ascii_strtod (speed, &end) : TRESTLE_PRACTICE_SPEED;
  if (*argc > 1 || (speed != NULL && (end == speed || *end != '\0' || !(options->speed > 0))))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   *argc > 1 ? "Unknown argument %s" : "%s is not a speed above 0",
                   *argc > 1 ? (*argv)[1] : speed);
      return FALSE;
    }
  if (options->state == NULL)
    options->state = trestle_paths_data ("practice");
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  umask (0077);
  if (!parse (&options, &argc, &argv, &error))
    {
      g_printerr ("trestle-practice: %s\n", error->message);
      status = 2;
    }
  else if (options.version)
    {
      g_print ("trestle-practice %s\n", TRESTLE_VERSION);
      status = 0;
    }
  else if (g_mkdir_with_parents (options.state, 0700) != 0)
    {
      g_printerr ("trestle-practice: could not make %s: %s\n", options.state, g_strerror (errno));
      status = 1;
    }
  else
    status = options.stop ? stop (options.state) : start (&options);
  g_free (options.listen);
  g_free (options.state);
  g_free (options.seed);
  g_free (options.faults);
  return status;
}
