/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <math.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"
#include "aws/trestle-aws-protocol-server.h"
#include "base/trestle-json.h"

/* AWS stops naming faults at some point, too. */
#define MAX_PROBLEMS 10u
/* How much of a value a message repeats. */
#define MAX_SHOWN 256

typedef struct
{
  GString *path; /* "productionVariants.1.member.instanceType" */
  GString *problems;
  guint n_problems;
  guint depth;
} Check;

static void check_value (Check *self, const TrestleAwsShape *shape, JsonNode *value);

static void G_GNUC_PRINTF (3, 4) complain (Check *self, JsonNode *value, const char *format, ...)
{
  g_autofree char *constraint = NULL;
  g_autofree char *shown = NULL;
  va_list args;

  if (++self->n_problems > MAX_PROBLEMS)
    return;

  va_start (args, format);
  constraint = g_strdup_vprintf (format, args);
  va_end (args);

  if (value == NULL)
    shown = g_strdup ("null");
  else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    {
      g_autofree char *cut = g_utf8_substring (
          json_node_get_string (value), 0,
          MIN (MAX_SHOWN, g_utf8_strlen (json_node_get_string (value), -1)));

      shown = g_strdup_printf ("'%s'", cut);
    }
  else
    {
      g_autofree char *text = trestle_json_to_string (value, FALSE);
      g_autofree char *cut = g_utf8_substring (text, 0, MIN (MAX_SHOWN, g_utf8_strlen (text, -1)));

      shown = g_strdup_printf ("'%s'", cut);
    }

  g_string_append_printf (self->problems, "%sValue %s at '%s' failed to satisfy constraint: %s",
                          self->problems->len > 0 ? "; " : "", shown, self->path->str, constraint);
}

/* Enters a member: "ProductionVariants" is "productionVariants" in AWS's messages. */
static gsize
enter (Check *self, const char *name, gboolean is_member)
{
  gsize before = self->path->len;

  if (before > 0)
    g_string_append_c (self->path, '.');
  if (is_member)
    {
      g_string_append_c (self->path, g_ascii_tolower (*name));
      g_string_append (self->path, name + (*name != '\0'));
    }
  else
    g_string_append (self->path, name);
  return before;
}

/* Java's way of writing a pattern in PCRE's: \uXXXX, and the classes that PCRE calls otherwise. */
static char *
translate_pattern (const char *pattern)
{
  static const char *const classes[][2] = {
    { "\\p{ASCII}", "\\x00-\\x7F" }, { "\\p{Print}", "\\x20-\\x7E" },
    { "\\p{Alnum}", "a-zA-Z0-9" },   { "\\p{Alpha}", "a-zA-Z" },
    { "\\p{Digit}", "0-9" },         { "\\p{Graph}", "\\x21-\\x7E" },
  };
  GString *out = g_string_new ("\\A(?:");
  gboolean in_class = FALSE;

  while (*pattern != '\0')
    {
      gboolean done = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (classes) && !done; i++)
        {
          if (!g_str_has_prefix (pattern, classes[i][0]))
            continue;
          g_string_append_printf (out, in_class ? "%s" : "[%s]", classes[i][1]);
          pattern += strlen (classes[i][0]);
          done = TRUE;
        }
      if (done)
        continue;

      if (pattern[0] == '\\' && pattern[1] == 'u' && strlen (pattern) >= 6)
        {
          g_string_append_printf (out, "\\x{%.4s}", pattern + 2);
          pattern += 6;
          continue;
        }
      if (pattern[0] == '$' && pattern[1] == '{' && !in_class)
        {
          /* Java repeats an anchor, PCRE only a group around one. */
          g_string_append (out, "(?:$)");
          pattern++;
          continue;
        }
      if (pattern[0] == '\\' && pattern[1] != '\0')
        g_string_append_c (out, *pattern++);
      else if (*pattern == '[')
        in_class = TRUE;
      else if (*pattern == ']')
        in_class = FALSE;
      g_string_append_c (out, *pattern++);
    }

  g_string_append (out, ")\\z");
  return g_string_free_and_steal (out);
}

/* Compiled once for each pattern of a table; tables live as long as the program. */
static GRegex *
get_regex (const char *pattern)
{
  static GMutex lock;
  static GHashTable *regexes;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GRegex *regex;

  if (regexes == NULL)
    regexes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  regex = g_hash_table_lookup (regexes, pattern);
  if (regex == NULL)
    {
      g_autofree char *translated = translate_pattern (pattern);
      g_autoptr (GError) error = NULL;

      regex = g_regex_new (translated, G_REGEX_DOTALL, 0, &error);
      if (regex == NULL)
        {
          g_critical ("The pattern %s of a wire table is broken: %s", pattern, error->message);
          return NULL;
        }
      g_hash_table_insert (regexes, g_strdup (pattern), regex);
    }
  return regex;
}

static void
check_length (Check *self, const TrestleAwsShape *shape, JsonNode *value, double length)
{
  if (shape->has_min && length < shape->min)
    complain (self, value, "Member must have length greater than or equal to %.0f", shape->min);
  if (shape->has_max && length > shape->max)
    complain (self, value, "Member must have length less than or equal to %.0f", shape->max);
}

static void
check_string (Check *self, const TrestleAwsShape *shape, JsonNode *value)
{
  const char *text = json_node_get_string (value);
  GRegex *regex;

  check_length (self, shape, value, (double) g_utf8_strlen (text, -1));
  if (shape->pattern != NULL)
    {
      regex = get_regex (shape->pattern);
      if (regex != NULL && !g_regex_match (regex, text, 0, NULL))
        complain (self, value, "Member must satisfy regular expression pattern: %s",
                  shape->pattern);
    }
  if (shape->values != NULL && !g_strv_contains (shape->values, text))
    {
      g_autofree char *values = g_strjoinv (", ", (char **) shape->values);

      complain (self, value, "Member must satisfy enum value set: [%s]", values);
    }
}

static void
check_number (Check *self, const TrestleAwsShape *shape, JsonNode *value)
{
  double number = json_node_get_double (value);

  if (shape->has_min && number < shape->min)
    complain (self, value, "Member must have value greater than or equal to %.15g", shape->min);
  if (shape->has_max && number > shape->max)
    complain (self, value, "Member must have value less than or equal to %.15g", shape->max);
}

static void
check_members (Check *self, const TrestleAwsShape *shape, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (guint i = 0; i < shape->n_members; i++)
    {
      const TrestleAwsMember *member = &shape->members[i];
      gsize before;

      value = json_object_get_member (object, member->name);
      if (value != NULL && JSON_NODE_HOLDS_NULL (value))
        value = NULL;
      if (member->payload && member->shape->kind == TRESTLE_AWS_SHAPE_BLOB)
        continue;
      if (value == NULL && !member->required)
        continue;
      before = enter (self, member->name, TRUE);
      if (value == NULL)
        complain (self, NULL, "Member must not be null");
      else if (!member->json)
        check_value (self, member->shape, value);
      g_string_truncate (self->path, before);
    }

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      gsize before;

      if (trestle_aws_shape_get_member (shape, name) != NULL)
        continue;
      before = enter (self, name, TRUE);
      complain (self, value, "Member must be one of %s", shape->name);
      g_string_truncate (self->path, before);
    }
}

static void
check_structure (Check *self, const TrestleAwsShape *shape, JsonNode *value)
{
  JsonObject *object = json_node_get_object (value);

  if (shape->is_union && json_object_get_size (object) != 1)
    complain (self, value, "Member must have exactly one of its members set");
  check_members (self, shape, object);
}

static void
check_list (Check *self, const TrestleAwsShape *shape, JsonNode *value)
{
  JsonArray *array = json_node_get_array (value);
  guint length = json_array_get_length (array);

  check_length (self, shape, value, length);
  for (guint i = 0; i < length && self->n_problems <= MAX_PROBLEMS; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *place = g_strdup_printf ("%u.member", i + 1);
      gsize before = enter (self, place, FALSE);

      if (JSON_NODE_HOLDS_NULL (element))
        complain (self, NULL, "Member must not be null");
      else
        check_value (self, shape->element, element);
      g_string_truncate (self->path, before);
    }
}

static void
check_map (Check *self, const TrestleAwsShape *shape, JsonNode *value)
{
  JsonObject *object = json_node_get_object (value);
  JsonObjectIter iter;
  const char *key;
  JsonNode *element;

  check_length (self, shape, value, json_object_get_size (object));
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &element) && self->n_problems <= MAX_PROBLEMS)
    {
      g_autoptr (JsonNode) key_node = json_node_init_string (json_node_alloc (), key);
      gsize before = enter (self, "key", FALSE);

      check_value (self, shape->key, key_node);
      g_string_truncate (self->path, before);

      before = enter (self, key, FALSE);
      g_string_append (self->path, ".member");
      if (JSON_NODE_HOLDS_NULL (element))
        complain (self, NULL, "Member must not be null");
      else
        check_value (self, shape->element, element);
      g_string_truncate (self->path, before);
    }
}

static void
check_value (Check *self, const TrestleAwsShape *shape, JsonNode *value)
{
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;
  gboolean number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
  const char *wanted = NULL;

  if (self->n_problems > MAX_PROBLEMS || self->depth > TRESTLE_AWS_MAX_DEPTH)
    return;

  self->depth++;
  switch (shape->kind)
    {
    case TRESTLE_AWS_SHAPE_STRUCTURE:
      if (JSON_NODE_HOLDS_OBJECT (value))
        check_structure (self, shape, value);
      else
        wanted = "a structure";
      break;
    case TRESTLE_AWS_SHAPE_LIST:
      if (JSON_NODE_HOLDS_ARRAY (value))
        check_list (self, shape, value);
      else
        wanted = "a list";
      break;
    case TRESTLE_AWS_SHAPE_MAP:
      if (JSON_NODE_HOLDS_OBJECT (value))
        check_map (self, shape, value);
      else
        wanted = "a map";
      break;
    case TRESTLE_AWS_SHAPE_STRING:
      if (type == G_TYPE_STRING)
        check_string (self, shape, value);
      else
        wanted = "a string";
      break;
    case TRESTLE_AWS_SHAPE_BLOB:
      if (type == G_TYPE_STRING)
        {
          gsize length;
          g_autofree guchar *bytes = g_base64_decode (json_node_get_string (value), &length);

          check_length (self, shape, value, (double) length);
        }
      else
        wanted = "a blob";
      break;
    case TRESTLE_AWS_SHAPE_INTEGER:
      if (number && json_node_get_double (value) == floor (json_node_get_double (value)))
        check_number (self, shape, value);
      else
        wanted = "an integer";
      break;
    case TRESTLE_AWS_SHAPE_DOUBLE:
      if (number)
        check_number (self, shape, value);
      else if (type != G_TYPE_STRING)
        wanted = "a number";
      break;
    case TRESTLE_AWS_SHAPE_BOOLEAN:
      if (type != G_TYPE_BOOLEAN)
        wanted = "a boolean";
      break;
    case TRESTLE_AWS_SHAPE_TIMESTAMP:
      if (!number)
        wanted = "a timestamp";
      break;
    case TRESTLE_AWS_SHAPE_DOCUMENT:
    default:
      break;
    }
  self->depth--;

  if (wanted != NULL)
    complain (self, value, "Member must be %s", wanted);
}

gboolean
trestle_aws_model_validate (const TrestleAwsModel *model,
                            const TrestleAwsShape *shape,
                            JsonNode *input,
                            char **problem)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GString) problems = g_string_new (NULL);
  g_autoptr (JsonObject) nothing = json_object_new ();
  Check self = { .path = path, .problems = problems };
  JsonObject *object = nothing;

  *problem = NULL;
  if (shape == NULL)
    return TRUE;
  if (input != NULL && JSON_NODE_HOLDS_OBJECT (input))
    object = json_node_get_object (input);
  check_members (&self, shape, object);
  if (self.n_problems == 0)
    return TRUE;

  *problem = g_strdup_printf ("%u validation error%s detected: %s",
                              MIN (self.n_problems, MAX_PROBLEMS), self.n_problems == 1 ? "" : "s",
                              problems->str);
  return FALSE;
}
