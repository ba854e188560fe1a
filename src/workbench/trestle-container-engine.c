/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-engine.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "workbench/trestle-workbench-error.h"

#define API "/v1.40"
#define LABEL "dev.trestle.check"
#define MSEC 30000
#define START_MSEC 15000
#define MOST_ANSWER (64 * 1024 * 1024)
#define LOG_LINES "400"

struct _TrestleContainerEngine
{
  GObject parent_instance;

  TrestleLocalHttp *http;
  char *name;
  char *address;
  GSubprocess *service; /* where we started it */
  char *socket;         /* likewise */
};

G_DEFINE_FINAL_TYPE (TrestleContainerEngine, trestle_container_engine, G_TYPE_OBJECT)

static void
trestle_container_engine_finalize (GObject *object)
{
  TrestleContainerEngine *self = TRESTLE_CONTAINER_ENGINE (object);

  if (self->service != NULL)
    g_subprocess_send_signal (self->service, SIGTERM);
  g_clear_object (&self->service);
  if (self->socket != NULL)
    g_unlink (self->socket);
  g_free (self->socket);
  g_free (self->name);
  g_free (self->address);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (trestle_container_engine_parent_class)->finalize (object);
}

static void
trestle_container_engine_class_init (TrestleContainerEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_container_engine_finalize;
}

static void
trestle_container_engine_init (TrestleContainerEngine *self)
{
}

const char *
trestle_container_engine_get_name (TrestleContainerEngine *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_ENGINE (self), NULL);
  return self->name;
}

const char *
trestle_container_engine_get_address (TrestleContainerEngine *self)
{
  g_return_val_if_fail (TRESTLE_IS_CONTAINER_ENGINE (self), NULL);
  return self->address;
}

static gboolean
is_socket (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && S_ISSOCK (info.st_mode) && g_access (path, R_OK | W_OK) == 0;
}

/* Where the user said, else where the engines put it: the user's own before the system's. */
static char *
find_socket (void)
{
  static const char *const variables[] = { "CONTAINER_HOST", "DOCKER_HOST" };
  const char *runtime = g_get_user_runtime_dir ();
  g_autofree char *own_podman = g_build_filename (runtime, "podman", "podman.sock", NULL);
  g_autofree char *own_docker = g_build_filename (runtime, "docker.sock", NULL);
  const char *const places[] = { own_podman, own_docker, "/run/podman/podman.sock",
                                 "/var/run/docker.sock" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && g_str_has_prefix (value, "unix://")
          && is_socket (value + strlen ("unix://")))
        return g_strdup (value + strlen ("unix://"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (is_socket (places[i]))
      return g_strdup (places[i]);
  return NULL;
}

static gboolean
wait_for_socket (const char *path, GSubprocess *service, GError **error)
{
  gint64 until = g_get_monotonic_time () + START_MSEC * (gint64) 1000;

  while (!is_socket (path) && g_get_monotonic_time () < until
         && g_subprocess_get_identifier (service) != NULL)
    {
      g_autoptr (GError) passed = NULL;

      if (!dex_await (dex_timeout_new_msec (100), &passed) && trestle_error_is_cancelled (passed))
        {
          g_propagate_error (error, g_steal_pointer (&passed));
          return FALSE;
        }
    }
  return is_socket (path);
}

/* Podman needs no daemon: its service runs while it is asked. */
static gboolean
start_service (TrestleContainerEngine *self, GError **error)
{
  g_autofree char *program = g_find_program_in_path ("podman");
  g_autofree char *address = NULL;

  if (program == NULL)
    return FALSE;
  self->socket = g_strdup_printf ("%s/trestle-podman-%d.sock", g_get_user_runtime_dir (),
                                  getpid ());
  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  address = g_strconcat ("unix://", self->socket, NULL);
  self->service = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    error, program, "system", "service", "--time=0", address, NULL);
  return self->service != NULL && wait_for_socket (self->socket, self->service, error);
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
object_in (JsonObject *object, const char *name)
{
  return object != NULL ? object_of (json_object_get_member (object, name)) : NULL;
}

static char *
name_of (JsonNode *version)
{
  JsonObject *object = object_of (version);
  const char *number = object != NULL
                           ? json_object_get_string_member_with_default (object, "Version", "")
                           : "";
  JsonNode *parts = object != NULL ? json_object_get_member (object, "Components") : NULL;
  JsonObject *first = parts != NULL && JSON_NODE_HOLDS_ARRAY (parts)
                              && json_array_get_length (json_node_get_array (parts)) > 0
                          ? object_of (json_array_get_element (json_node_get_array (parts), 0))
                          : NULL;
  const char *component = first != NULL
                              ? json_object_get_string_member_with_default (first, "Name", "")
                              : "";

  return g_strdup_printf ("%s %s", strstr (component, "Podman") != NULL ? "Podman" : "Docker",
                          number);
}

TrestleContainerEngine *
trestle_container_engine_open (GError **error)
{
  g_autoptr (TrestleContainerEngine) self = g_object_new (TRESTLE_TYPE_CONTAINER_ENGINE, NULL);
  g_autofree char *socket = find_socket ();
  g_autoptr (JsonNode) version = NULL;
  g_autoptr (GError) reason = NULL;

  if (socket == NULL && start_service (self, &reason))
    socket = g_strdup (self->socket);
  if (socket == NULL)
    {
      g_set_error (
          error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
          "There is neither Podman nor Docker to run the image with%s%s. Install Podman, or "
          "start the program yourself and check http://127.0.0.1:8080",
          reason != NULL ? ": " : "", reason != NULL ? reason->message : "");
      return NULL;
    }
  self->address = g_strconcat ("unix://", socket, NULL);
  self->http = trestle_local_http_new_for_socket (socket);
  version = trestle_container_engine_json (self, "/version", error);
  if (version == NULL)
    {
      g_prefix_error (error, "Podman or Docker does not answer at %s: ", socket);
      return NULL;
    }
  self->name = name_of (version);
  return g_steal_pointer (&self);
}

/* {"message": "…"} */
static char *
words_of (const TrestleLocalAnswer *answer)
{
  gsize size;
  const char *text = g_bytes_get_data (answer->body, &size);
  g_autoptr (JsonNode) node = text != NULL ? trestle_json_parse (text, size, NULL) : NULL;
  JsonObject *object = object_of (node);
  const char *message = object != NULL
                            ? json_object_get_string_member_with_default (object, "message", NULL)
                            : NULL;

  return message != NULL ? g_utf8_make_valid (message, -1)
                         : g_strdup_printf ("status %u", answer->status);
}

TrestleLocalAnswer *
trestle_container_engine_ask (TrestleContainerEngine *self,
                              const char *method,
                              const char *path,
                              JsonNode *body,
                              guint msec,
                              GError **error)
{
  static const char *const headers[] = { "Content-Type", "application/json", NULL };
  g_autoptr (JsonNode) owned = body;
  g_autofree char *text = body != NULL ? trestle_json_to_string (body, FALSE) : NULL;
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autofree char *whole = g_strconcat (API, path, NULL);
  const TrestleLocalRequest request = {
    .method = method,
    .path = whole,
    .headers = bytes != NULL ? headers : NULL,
    .body = bytes,
    .msec = msec,
    .max_body = MOST_ANSWER,
  };
  g_autoptr (TrestleLocalAnswer)
      answer = dex_await_boxed (trestle_local_http_call (self->http, &request), error);
  g_autofree char *words = NULL;

  /* 304: it is already as it was asked to be. */
  if (answer == NULL || answer->status < 300 || answer->status == 304)
    return g_steal_pointer (&answer);
  words = words_of (answer);
  g_set_error (error, TRESTLE_WORKBENCH_ERROR,
               answer->status == 404 ? TRESTLE_WORKBENCH_ERROR_NOT_FOUND
                                     : TRESTLE_WORKBENCH_ERROR_FAILED,
               "%s: %s", self->name != NULL ? self->name : "The engine", words);
  return NULL;
}

JsonNode *
trestle_container_engine_json (TrestleContainerEngine *self, const char *path, GError **error)
{
  g_autoptr (TrestleLocalAnswer)
      answer = trestle_container_engine_ask (self, "GET", path, NULL, MSEC, error);
  gsize size;
  const char *text;

  if (answer == NULL)
    return NULL;
  text = g_bytes_get_data (answer->body, &size);
  return trestle_json_parse (text != NULL ? text : "", size, error);
}

static JsonArray *
array_of (const char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  return array;
}

/* Makes what @root describes, marked as ours; takes both objects. */
static char *
create (TrestleContainerEngine *self, JsonObject *root, JsonObject *host, GError **error)
{
  JsonObject *labels = json_object_new ();
  g_autofree char *owner = g_strdup_printf ("%d", getpid ());
  g_autoptr (TrestleLocalAnswer) answer = NULL;
  g_autoptr (JsonNode) made = NULL;
  JsonNode *body = json_node_new (JSON_NODE_OBJECT);
  const char *id;

  json_object_set_string_member (labels, LABEL, owner);
  json_object_set_object_member (root, "Labels", labels);
  json_object_set_object_member (root, "HostConfig", host);
  json_node_take_object (body, root);
  answer = trestle_container_engine_ask (self, "POST", "/containers/create", body, MSEC, error);
  if (answer == NULL)
    return NULL;
  made = trestle_json_parse (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body),
                             error);
  id = object_of (made) != NULL
           ? json_object_get_string_member_with_default (object_of (made), "Id", NULL)
           : NULL;
  if (id == NULL && error != NULL && *error == NULL)
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                 "%s did not say which container it made", self->name);
  return g_strdup (id);
}

char *
trestle_container_engine_create (TrestleContainerEngine *self,
                                 const char *image,
                                 const char *command,
                                 const char *const *binds,
                                 const char *const *environment,
                                 GError **error)
{
  const char *const arguments[] = { command, NULL };
  JsonObject *root = json_object_new (), *host = json_object_new ();

  json_object_set_string_member (root, "Image", image);
  json_object_set_array_member (root, "Cmd", array_of (arguments));
  json_object_set_array_member (root, "Env", array_of (environment));
  json_object_set_string_member (host, "NetworkMode", "none");
  json_object_set_array_member (host, "Binds", array_of (binds));
  return create (self, root, host, error);
}

/* In an engine without root, root of a container is whoever runs the engine. */
static gboolean
is_rootless (TrestleContainerEngine *self)
{
  g_autoptr (JsonNode) node = trestle_container_engine_json (self, "/info", NULL);
  JsonObject *object = object_of (node);
  JsonNode *options = object != NULL ? json_object_get_member (object, "SecurityOptions") : NULL;
  JsonArray *array = options != NULL && JSON_NODE_HOLDS_ARRAY (options)
                         ? json_node_get_array (options)
                         : NULL;

  if (object != NULL && json_object_get_boolean_member_with_default (object, "Rootless", FALSE))
    return TRUE; /* Podman 4 */
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *option = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (option) && json_node_get_string (option) != NULL
          && strstr (json_node_get_string (option), "rootless") != NULL)
        return TRUE;
    }
  return FALSE;
}

char *
trestle_container_engine_create_beside (TrestleContainerEngine *self,
                                        const char *other,
                                        const char *image,
                                        const char *bind,
                                        const char *const *command,
                                        GError **error)
{
  static const char *const unlabelled[] = { "label=disable", NULL }, *const all[] = { "ALL", NULL };
  const char *const binds[] = { bind, NULL };
  JsonObject *root = json_object_new (), *host = json_object_new ();
  g_autofree char *network = g_strconcat ("container:", other, NULL);
  g_autofree char *user = is_rootless (self)
                              ? g_strdup ("0")
                              : g_strdup_printf ("%u:%u", (guint) getuid (), (guint) getgid ());

  json_object_set_string_member (root, "Image", image);
  json_object_set_array_member (root, "Entrypoint", array_of (command));
  json_object_set_array_member (root, "Cmd", json_array_new ());
  json_object_set_string_member (root, "User", user);
  json_object_set_string_member (root, "WorkingDir", "/");
  json_object_set_string_member (host, "NetworkMode", network);
  json_object_set_array_member (host, "Binds", array_of (binds));
  json_object_set_boolean_member (host, "ReadonlyRootfs", TRUE);
  json_object_set_array_member (host, "CapDrop", array_of (all));
  json_object_set_array_member (host, "SecurityOpt", array_of (unlabelled));
  return create (self, root, host, error);
}

static char *
path_of (const char *id, const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strdup_printf ("/containers/%s%s", escaped, rest);
}

gboolean
trestle_container_engine_start (TrestleContainerEngine *self, const char *id, GError **error)
{
  g_autofree char *path = path_of (id, "/start");
  g_autoptr (TrestleLocalAnswer)
      answer = trestle_container_engine_ask (self, "POST", path, NULL, 2 * MSEC, error);

  return answer != NULL;
}

gboolean
trestle_container_engine_state (TrestleContainerEngine *self,
                                const char *id,
                                TrestleContainerState *state,
                                GError **error)
{
  g_autofree char *path = path_of (id, "/json");
  g_autoptr (JsonNode) node = trestle_container_engine_json (self, path, error);
  JsonObject *object = object_in (object_of (node), "State");

  *state = (TrestleContainerState) { 0 };
  if (node == NULL)
    return FALSE;
  if (object == NULL)
    return TRUE;
  state->running = json_object_get_boolean_member_with_default (object, "Running", FALSE);
  state->exit_code = (int) json_object_get_int_member_with_default (object, "ExitCode", 0);
  state->pid = json_object_get_int_member_with_default (object, "Pid", 0);
  return TRUE;
}

/* Both streams in one, each piece behind eight bytes: which stream, three zeros, its length. */
static char *
take_apart (GBytes *body)
{
  gsize size, at = 0;
  const guint8 *data = g_bytes_get_data (body, &size);
  g_autoptr (GString) text = g_string_new (NULL);

  while (size - at >= 8 && data[at] <= 2 && data[at + 1] == 0)
    {
      gsize length = ((gsize) data[at + 4] << 24) | ((gsize) data[at + 5] << 16)
                     | ((gsize) data[at + 6] << 8) | data[at + 7];

      at += 8;
      length = MIN (length, size - at);
      g_string_append_len (text, (const char *) data + at, (gssize) length);
      at += length;
    }
  /* With a terminal there is one stream, and it is not taken apart. */
  g_string_append_len (text, (const char *) data + at, (gssize) (size - at));
  return g_utf8_make_valid (text->str, (gssize) text->len);
}

char *
trestle_container_engine_logs (TrestleContainerEngine *self, const char *id)
{
  g_autofree char *path = path_of (id, "/logs?stdout=true&stderr=true&tail=" LOG_LINES);
  g_autoptr (TrestleLocalAnswer)
      answer = trestle_container_engine_ask (self, "GET", path, NULL, MSEC, NULL);

  return answer != NULL ? take_apart (answer->body) : g_strdup ("");
}

void
trestle_container_engine_remove (TrestleContainerEngine *self, const char *id)
{
  g_autofree char *path = path_of (id, "?force=true&v=true");
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleLocalAnswer)
      answer = trestle_container_engine_ask (self, "DELETE", path, NULL, 2 * MSEC, &error);

  if (answer == NULL
      && !g_error_matches (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND))
    g_warning ("The container %.12s could not be removed: %s", id, error->message);
}

void
trestle_container_engine_sweep (TrestleContainerEngine *self)
{
  g_autoptr (JsonNode) node = trestle_container_engine_json (
      self, "/containers/json?all=true&filters=%7B%22label%22%3A%5B%22" LABEL "%22%5D%7D", NULL);
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                 : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *container = object_of (json_array_get_element (list, i));
      JsonObject *labels = object_in (container, "Labels");
      const char *owner = labels != NULL
                              ? json_object_get_string_member_with_default (labels, LABEL, NULL)
                              : NULL;
      const char *id = container != NULL
                           ? json_object_get_string_member_with_default (container, "Id", NULL)
                           : NULL;
      gint64 pid = owner != NULL ? g_ascii_strtoll (owner, NULL, 10) : 0;

      if (id != NULL && pid > 0 && pid <= G_MAXINT && kill ((pid_t) pid, 0) != 0 && errno == ESRCH)
        trestle_container_engine_remove (self, id);
    }
}
