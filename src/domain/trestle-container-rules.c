/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-container-rules.h"

#include <string.h>

#include "base/trestle-json.h"
#include "domain/trestle-container-check.h"
#include "domain/trestle-container-ping.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* The only dimension that AWS accepts. */
#define DIMENSION "inference.count"

/* A list of paths is for reading. */
#define MOST_WRITES 20

void
trestle_container_count (GListModel *checks, TrestleContainerCount *count)
{
  *count = (TrestleContainerCount) { 0 };
  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (checks, i);

      switch (trestle_container_check_get_state (check))
        {
        case TRESTLE_CHECK_STATE_PASSED:
          count->passed++;
          break;
        case TRESTLE_CHECK_STATE_FAILED:
          if (trestle_container_check_get_severity (check) == TRESTLE_SEVERITY_ERROR)
            count->errors++;
          else
            count->warnings++;
          break;
        case TRESTLE_CHECK_STATE_SKIPPED:
          count->skipped++;
          break;
        case TRESTLE_CHECK_STATE_WAITING:
        case TRESTLE_CHECK_STATE_RUNNING:
        default:
          count->waiting++;
        }
    }
}

TrestleContainerVerdict
trestle_container_verdict (TrestleContainerResult *result)
{
  TrestleContainerCount count;

  trestle_container_count (trestle_container_result_get_checks (result), &count);
  if (count.errors > 0)
    return TRESTLE_CONTAINER_VERDICT_FAILED;
  if (trestle_container_result_get_stopped (result))
    return TRESTLE_CONTAINER_VERDICT_STOPPED;
  return count.warnings > 0 ? TRESTLE_CONTAINER_VERDICT_WARNINGS : TRESTLE_CONTAINER_VERDICT_PASSED;
}

const char *
trestle_container_verdict_nick (TrestleContainerVerdict verdict)
{
  switch (verdict)
    {
    case TRESTLE_CONTAINER_VERDICT_PASSED:
      return "passed";
    case TRESTLE_CONTAINER_VERDICT_WARNINGS:
      return "warnings";
    case TRESTLE_CONTAINER_VERDICT_STOPPED:
      return "stopped";
    case TRESTLE_CONTAINER_VERDICT_FAILED:
    default:
      return "failed";
    }
}

/* The number itself where it is a whole one; 1.5, true and "3" are none. */
static gboolean
whole_number (JsonObject *object, const char *name, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonNode *
parse_object (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = trestle_json_parse (text, length, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

char *
trestle_container_check_metering (const char *header, gint64 *units)
{
  g_autoptr (JsonNode) node = parse_object (header, strlen (header));
  JsonObject *object;

  *units = 0;
  if (node == NULL)
    return g_strdup (_ ("The metering header is not a JSON object."));
  object = json_node_get_object (node);
  if (g_strcmp0 (text_member (object, "Dimension"), DIMENSION) != 0)
    return g_strdup (_ ("The metering header’s Dimension is not “inference.count”, the only one "
                        "that AWS accepts."));
  if (!whole_number (object, "ConsumedUnits", units) || *units <= 0)
    return g_strdup (_ ("The metering header’s ConsumedUnits is not a whole number above 0."));
  return NULL;
}

char *
trestle_container_check_parameters (const char *text, gsize length, gboolean *multi_record)
{
  static const char *const numbers[] = { "MaxConcurrentTransforms", "MaxPayloadInMB" };
  g_autoptr (JsonNode) node = parse_object (text, length);
  JsonObject *object;
  const char *strategy;

  *multi_record = TRUE;
  if (node == NULL)
    return g_strdup (_ ("The answer is not a JSON object."));
  object = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 value;

      if (json_object_has_member (object, numbers[i])
          && (!whole_number (object, numbers[i], &value) || value < 0))
        return g_strdup_printf (_ ("%s is not a whole number."), numbers[i]);
    }
  if (!json_object_has_member (object, "BatchStrategy"))
    return NULL;
  strategy = text_member (object, "BatchStrategy");
  *multi_record = g_strcmp0 (strategy, "SINGLE_RECORD") != 0;
  if (*multi_record && g_strcmp0 (strategy, "MULTI_RECORD") != 0)
    return g_strdup (_ ("BatchStrategy is neither MULTI_RECORD nor SINGLE_RECORD."));
  return NULL;
}

static guint
count_lines (const char *text, gsize length)
{
  guint lines = 0;
  gboolean filled = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        {
          lines += filled;
          filled = FALSE;
        }
      else if (!g_ascii_isspace (text[i]))
        {
          filled = TRUE;
        }
    }
  return lines + filled;
}

static int
count_elements (JsonNode *root)
{
  if (JSON_NODE_HOLDS_ARRAY (root))
    return (int) json_array_get_length (json_node_get_array (root));
  if (JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (root));
      while (json_object_iter_next_ordered (&iter, NULL, &member))
        if (JSON_NODE_HOLDS_ARRAY (member))
          return (int) json_array_get_length (json_node_get_array (member));
      return 1;
    }
  return -1;
}

guint
trestle_container_count_records (const char *text, gsize length)
{
  g_autoptr (JsonNode) root = trestle_json_parse (text, length, NULL);
  int elements = root != NULL ? count_elements (root) : -1;

  return elements >= 0 ? (guint) elements : count_lines (text, length);
}

/* A heading has words alone where the line below it has figures. */
static gboolean
is_heading (const char *first, const char *second)
{
  return *first != '{' && *first != '[' && strpbrk (first, "0123456789") == NULL
         && strpbrk (second, "0123456789") != NULL;
}

GBytes *
trestle_container_repeat_records (GBytes *text, guint n)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  g_autofree char *copy = data != NULL ? g_strndup (data, size) : g_strdup ("");
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GString) body = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (*g_strchomp (*line) != '\0')
      g_ptr_array_add (records, *line);
  if (records->len > 1 && is_heading (records->pdata[0], records->pdata[1]))
    g_ptr_array_remove_index (records, 0);
  if (records->len == 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    g_string_append_printf (body, "%s\n", (char *) records->pdata[i % records->len]);
  return g_string_free_to_bytes (g_steal_pointer (&body));
}

/* Without parameters, in small letters. */
static char *
bare (const char *type)
{
  g_autofree char *head = g_strndup (type, strcspn (type, ";"));

  return g_ascii_strdown (g_strstrip (head), -1);
}

gboolean
trestle_container_type_matches (const char *type, const char *accept)
{
  g_autofree char *is = bare (type);
  g_autofree char *may = bare (accept);

  if (g_str_equal (may, "*/*") || g_str_equal (is, may))
    return TRUE;
  return g_str_has_suffix (may, "/*") && strncmp (is, may, strlen (may) - 1) == 0;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, two = *(const gint64 *) b;

  return (one > two) - (one < two);
}

gint64
trestle_container_percentile (GArray *values, guint percent)
{
  g_autoptr (GArray) sorted = g_array_copy (values);

  if (sorted->len == 0)
    return -1;
  g_array_sort (sorted, compare_times);
  return g_array_index (sorted, gint64, (sorted->len - 1) * MIN (percent, 100) / 100);
}

char *
trestle_container_format_time (gint64 usec)
{
  if (usec < 0)
    return g_strdup ("–");
  if (usec < 1000)
    return g_strdup (_ ("under 1 ms"));
  if (usec < G_USEC_PER_SEC - 500)
    return g_strdup_printf (_ ("%d ms"), (int) ((usec + 500) / 1000));
  if (usec < 120 * (gint64) G_USEC_PER_SEC)
    return g_strdup_printf (_ ("%.1f s"), (double) usec / G_USEC_PER_SEC);
  return g_strdup_printf (_ ("%d min"), (int) (usec / (60 * (gint64) G_USEC_PER_SEC)));
}

gint64
trestle_container_slowest_ping (TrestleContainerResult *result)
{
  GListModel *pings = trestle_container_result_get_pings (result);
  gint64 slowest = -1;

  for (guint i = 0; i < g_list_model_get_n_items (pings); i++)
    {
      g_autoptr (TrestleContainerPing) ping = g_list_model_get_item (pings, i);

      if (trestle_container_ping_get_status (ping) == 200)
        slowest = MAX (slowest, trestle_container_ping_get_latency (ping));
    }
  return slowest;
}

/* Two lines of IPv4, names above figures: "Ip: … OutNoRoutes …"; of IPv6 a line for each. */
gint64
trestle_container_count_unroutable (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL && line[1] != NULL; line++)
    {
      g_auto (GStrv) names = NULL;
      g_auto (GStrv) figures = NULL;

      if (g_str_has_prefix (*line, "Ip6OutNoRoutes"))
        return g_ascii_strtoll (*line + strlen ("Ip6OutNoRoutes"), NULL, 10);
      if (!g_str_has_prefix (*line, "Ip: ") || !g_str_has_prefix (line[1], "Ip: "))
        continue;
      names = g_strsplit (*line, " ", -1);
      figures = g_strsplit (line[1], " ", -1);
      for (guint i = 0; names[i] != NULL && figures[i] != NULL; i++)
        if (g_str_equal (names[i], "OutNoRoutes"))
          return g_ascii_strtoll (figures[i], NULL, 10);
      return -1;
    }
  return -1;
}

/* What a container may write to, and what the engine itself puts there. */
static gboolean
may_write (const char *path)
{
  static const char *const places[] = { "/tmp",       "/var/tmp",      "/dev",
                                        "/proc",      "/sys",          "/run",
                                        "/var/run",   "/opt/ml",       "/etc/mtab",
                                        "/etc/hosts", "/etc/hostname", "/etc/resolv.conf" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (path, places[i])
        && (path[strlen (places[i])] == '\0' || path[strlen (places[i])] == '/'))
      return TRUE;
  /* Told of for those of the engine, which itself are not. */
  return g_str_equal (path, "/etc");
}

/* A folder is told of too, only because something in it changed. */
static gboolean
has_below (JsonArray *list, const char *path)
{
  g_autofree char *folder = g_strconcat (path, "/", NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *other = JSON_NODE_HOLDS_OBJECT (node)
                              ? text_member (json_node_get_object (node), "Path")
                              : NULL;

      if (other != NULL && g_str_has_prefix (other, folder))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
trestle_container_find_writes (JsonNode *changes)
{
  GPtrArray *writes = g_ptr_array_new_with_free_func (g_free);
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (changes) ? json_node_get_array (changes) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list) && writes->len < MOST_WRITES;
       i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *path = JSON_NODE_HOLDS_OBJECT (node)
                             ? text_member (json_node_get_object (node), "Path")
                             : NULL;

      if (path != NULL && !may_write (path) && !has_below (list, path))
        g_ptr_array_add (writes, g_strdup (path));
    }
  return writes;
}
