/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-image-facts.h"

#include <string.h>

/* A list of paths is for reading. */
#define MOST_FOUND 20
#define MOST_LOOKED_AT (256 * 1024)
#define LEAST_WEIGHTS (20 * 1000 * 1000)

G_DEFINE_BOXED_TYPE (TrestleImageFacts,
                     trestle_image_facts,
                     trestle_image_facts_ref,
                     trestle_image_facts_unref)

TrestleImageFacts *
trestle_image_facts_new (void)
{
  TrestleImageFacts *self = g_atomic_rc_box_new0 (TrestleImageFacts);

  self->platforms = g_ptr_array_new_with_free_func (g_free);
  self->secrets = g_ptr_array_new_with_free_func (g_free);
  self->weights = g_ptr_array_new_with_free_func (g_free);
  self->strays = g_ptr_array_new_with_free_func (g_free);
  self->size = self->layers = -1;
  return self;
}

static void
clear (gpointer data)
{
  TrestleImageFacts *self = data;

  g_ptr_array_unref (self->platforms);
  g_ptr_array_unref (self->secrets);
  g_ptr_array_unref (self->weights);
  g_ptr_array_unref (self->strays);
  g_strfreev (self->entry_point);
  g_strfreev (self->ports);
  g_free (self->unread);
}

TrestleImageFacts *
trestle_image_facts_ref (TrestleImageFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
trestle_image_facts_unref (TrestleImageFacts *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
text_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static const char *
text_member (JsonObject *object, const char *either, const char * or)
{
  const char *text = text_of (json_object_get_member (object, either));

  return text != NULL ? text : text_of (json_object_get_member (object, or));
}

static char **
texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = text_of (json_array_get_element (array, i));

      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static void
found (GPtrArray *list, char *what)
{
  if (list->len < MOST_FOUND && !g_ptr_array_find_with_equal_func (list, what, g_str_equal, NULL))
    g_ptr_array_add (list, what);
  else
    g_free (what);
}

/* What a text holds that opens doors. The kinds are names, and so not translated. */
static const char *
kind_of_secret (const char *text)
{
  static const struct
  {
    const char *pattern;
    const char *kind;
  } kinds[] = {
    { "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b", "AWS access key" },
    { "(?i)aws_secret_access_key\\s*[=:]\\s*[\"']?[A-Za-z0-9/+]{40}", "AWS secret key" },
    { "-----BEGIN ([A-Z]+ )?PRIVATE KEY-----", "private key" },
    { "\\bgh[pousr]_[A-Za-z0-9]{36}", "GitHub token" },
    { "\\bhf_[A-Za-z0-9]{30,}", "Hugging Face token" },
    { "\\bsk-[A-Za-z0-9_-]{32,}", "API key" },
    { "\\bxox[abpr]-[A-Za-z0-9-]{20,}", "Slack token" },
    { "(?i)\"auth\"\\s*:\\s*\"[A-Za-z0-9+/=]{16,}\"", "registry password" },
    { "(?i)_authToken\\s*=\\s*[^\\s$]{8,}", "npm token" },
    { "(?i)https?://[^/\\s:@$]+:[^/\\s:@$]{4,}@", "password in an address" },
    { "(?i)\\b[A-Z_]*(PASSWORD|SECRET|API_?KEY|TOKEN)=[\"']?[^\\s\"'$]{8,}", "password or key" },
  };

  static GRegex *compiled[G_N_ELEMENTS (kinds)];
  static gsize once;

  /* An image has a hundred thousand files. */
  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        compiled[i] = g_regex_new (kinds[i].pattern, G_REGEX_RAW | G_REGEX_OPTIMIZE,
                                   G_REGEX_MATCH_DEFAULT, NULL);
      g_once_init_leave (&once, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_regex_match (compiled[i], text, G_REGEX_MATCH_DEFAULT, NULL))
      return kinds[i].kind;
  return NULL;
}

void
trestle_image_facts_add_text (TrestleImageFacts *self, const char *where, const char *text)
{
  const char *kind = kind_of_secret (text);

  if (kind != NULL)
    found (self->secrets, g_strdup_printf ("%s: %s", where, kind));
}

/* Names of variables are told, values never. */
static void
add_environment (TrestleImageFacts *self, JsonArray *environment)
{
  g_auto (GStrv) lines = texts (environment);

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *name = g_strndup (*line, strcspn (*line, "="));
      g_autofree char *where = g_strconcat ("ENV ", name, NULL);

      trestle_image_facts_add_text (self, where, *line);
    }
}

static void
add_labels (TrestleImageFacts *self, JsonObject *labels)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (labels == NULL)
    return;
  json_object_iter_init (&iter, labels);
  while (json_object_iter_next (&iter, &name, &node))
    if (text_of (node) != NULL)
      {
        g_autofree char *where = g_strconcat ("LABEL ", name, NULL);

        trestle_image_facts_add_text (self, where, text_of (node));
      }
}

static void
add_history (TrestleImageFacts *self, JsonArray *history)
{
  for (guint i = 0; history != NULL && i < json_array_get_length (history); i++)
    {
      JsonNode *node = json_array_get_element (history, i);
      const char *step = JSON_NODE_HOLDS_OBJECT (node)
                             ? text_member (json_node_get_object (node), "created_by", "CreatedBy")
                             : NULL;
      g_autofree char *where = g_strdup_printf ("history, step %u", i + 1);

      if (step != NULL)
        trestle_image_facts_add_text (self, where, step);
    }
}

void
trestle_image_facts_add_config (TrestleImageFacts *self, JsonNode *config)
{
  JsonObject *root, *inner, *ports;
  const char *os, *architecture;

  if (config == NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (config))
    {
      add_history (self, json_node_get_array (config));
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (config))
    return;
  root = json_node_get_object (config);
  inner = object_member (root, "config");
  if (inner == NULL)
    inner = object_member (root, "Config");
  os = text_member (root, "os", "Os");
  architecture = text_member (root, "architecture", "Architecture");
  if (os != NULL && architecture != NULL)
    g_ptr_array_add (self->platforms, g_strconcat (os, "/", architecture, NULL));
  add_history (self, array_member (root, "history"));
  if (inner == NULL)
    return;
  if (array_member (inner, "Entrypoint") != NULL)
    {
      g_strfreev (self->entry_point);
      self->entry_point = texts (array_member (inner, "Entrypoint"));
    }
  ports = object_member (inner, "ExposedPorts");
  if (ports != NULL)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      JsonObjectIter iter;
      const char *name;

      json_object_iter_init_ordered (&iter, ports);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        g_strv_builder_add (builder, name);
      g_strfreev (self->ports);
      self->ports = g_strv_builder_end (builder);
    }
  add_environment (self, array_member (inner, "Env"));
  add_labels (self, object_member (inner, "Labels"));
}

/* What distributions bring: examples and tests with keys that open nothing. */
static gboolean
is_system_path (const char *path)
{
  static const char *const folders[] = { "usr/share/", "usr/lib/", "usr/include/", "usr/bin/",
                                         "usr/sbin/",  "lib/",     "lib64/",       "var/lib/dpkg/",
                                         "etc/ssl/",   "bin/",     "sbin/" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_has_prefix (path, folders[i]))
      return TRUE;
  return strstr (path, "site-packages/") != NULL || strstr (path, "dist-packages/") != NULL
         || strstr (path, "node_modules/") != NULL;
}

static const char *
below_root (const char *path)
{
  while (g_str_has_prefix (path, "./") || *path == '/')
    path += *path == '/' ? 1 : 2;
  return path;
}

gboolean
trestle_image_facts_wants (const char *path, gint64 size)
{
  return size > 0 && size <= MOST_LOOKED_AT && !is_system_path (below_root (path));
}

static gboolean
looks_like_weights (const char *path, gint64 size)
{
  static const char *const endings[] = { ".pt",     ".pth",   ".bin",    ".safetensors",
                                         ".onnx",   ".h5",    ".pb",     ".gguf",
                                         ".tflite", ".ckpt",  ".joblib", ".pkl",
                                         ".npz",    ".keras", ".model",  ".engine" };

  if (size < LEAST_WEIGHTS)
    return FALSE;
  if (g_str_has_prefix (path, "opt/ml/model/"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i]))
      return TRUE;
  return FALSE;
}

void
trestle_image_facts_add_stray (TrestleImageFacts *self, const char *path)
{
  found (self->strays, g_utf8_make_valid (path, -1));
}

void
trestle_image_facts_add_file (TrestleImageFacts *self,
                              const char *path,
                              gint64 size,
                              const char *head,
                              gsize length)
{
  const char *below = below_root (path);

  if (looks_like_weights (below, size))
    {
      g_autofree char *is = g_format_size ((guint64) size);

      found (self->weights, g_strdup_printf ("/%s (%s)", below, is));
    }
  if (head != NULL && length > 0 && trestle_image_facts_wants (path, size)
      && memchr (head, '\0', length) == NULL)
    {
      g_autofree char *text = g_strndup (head, length);
      g_autofree char *where = g_strconcat ("/", below, NULL);

      trestle_image_facts_add_text (self, where, text);
    }
}

/* Whether a path of @depth folders more leads out of its root. */
static gboolean
climbs_out (const char *path, int depth)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      if (g_str_equal (*part, ".."))
        depth--;
      else if (**part != '\0' && !g_str_equal (*part, "."))
        depth++;
      if (depth < 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
trestle_image_member_strays (const char *path, const char *link)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int depth = -1;

  if (*path == '/' || g_strv_contains ((const char *const *) parts, ".."))
    return TRUE;
  if (link == NULL)
    return FALSE;
  for (char **part = parts; *part != NULL; part++)
    depth += **part != '\0' && !g_str_equal (*part, ".");
  return *link == '/' || climbs_out (link, MAX (depth, 0));
}
