/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "aws/trestle-aws-protocol-private.h"
#include "base/trestle-clock.h"

/* Year 1 to 9999: what GDateTime and AWS can say. */
#define MIN_SECONDS (-62135596800.0)
#define MAX_SECONDS (253402300799.0)

JsonNode *
trestle_aws_empty_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  return node;
}

const char *
trestle_aws_node_kind (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return "nothing";
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "an object";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "a list";
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return "a text";
    case G_TYPE_BOOLEAN:
      return "a truth value";
    default:
      return "a number";
    }
}

static gboolean
mismatch (GError **error, const char *wanted, JsonNode *got)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": %s is needed, not %s", wanted,
               trestle_aws_node_kind (got));
  return FALSE;
}

void
trestle_aws_prefix_path (GError **error, const char *name)
{
  if (error == NULL || *error == NULL)
    return;

  /* Lists put "[3]" before; a member's name is set apart from a member within by a dot. */
  if (g_ascii_isalnum ((*error)->message[0]))
    g_prefix_error (error, "%s.", name);
  else
    g_prefix_error (error, "%s", name);
}

static gboolean
is_number (JsonNode *node)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static const char *
text_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonNode *
number_node (double value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  /* Up to 2^53 a double holds every whole number. */
  if (value == floor (value) && fabs (value) <= 9007199254740992.0)
    json_node_set_int (node, (gint64) value);
  else
    json_node_set_double (node, value);
  return node;
}

static JsonNode *
string_node (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

TrestleAwsTimeFormat
trestle_aws_time_format (const TrestleAwsMember *member,
                         const TrestleAwsShape *shape,
                         TrestleAwsTimeFormat fallback)
{
  if (member != NULL && member->time_format != TRESTLE_AWS_TIME_DEFAULT)
    return member->time_format;
  if (shape->time_format != TRESTLE_AWS_TIME_DEFAULT)
    return shape->time_format;
  return fallback;
}

/* The fewest digits that read back as the same number. */
static char *
double_to_text (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return g_strdup ("NaN");
  if (isinf (value))
    return g_strdup (value > 0 ? "Infinity" : "-Infinity");
  if (value == floor (value) && fabs (value) < 1e15)
    return g_strdup_printf ("%.0f", value);
  for (int digits = 1; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  return g_strdup (text);
}

/* HTTP dates with a fraction are no HTTP dates, but AWS's own tests have them. */
static gboolean
read_fractional_http_date (const char *text, double *seconds)
{
  const char *dot = strchr (text, '.');
  const char *rest;
  g_autofree char *fraction = NULL;
  g_autofree char *plain = NULL;
  gint64 time;

  if (dot == NULL || (rest = strchr (dot, ' ')) == NULL)
    return FALSE;
  fraction = g_strndup (dot, (gsize) (rest - dot));
  plain = g_strdup_printf ("%.*s%s", (int) (dot - text), text, rest);
  if (!trestle_clock_parse (plain, &time))
    return FALSE;
  *seconds = (double) (time / TRESTLE_SECOND) + g_ascii_strtod (fraction, NULL);
  return TRUE;
}

/* Whatever form a service uses, the other two are understood as well. */
static gboolean
text_to_seconds (const char *text, double *seconds)
{
  char *end = NULL;
  gint64 time;

  *seconds = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (*seconds))
    return *seconds >= MIN_SECONDS && *seconds <= MAX_SECONDS;
  if (!trestle_clock_parse (text, &time))
    return read_fractional_http_date (text, seconds);
  /* in milliseconds, so that a fraction is not spoiled by the division */
  *seconds = (double) (time / 1000) / 1000.0;
  return TRUE;
}

JsonNode *
trestle_aws_time_to_json (JsonNode *value)
{
  double seconds;

  if (is_number (value))
    seconds = json_node_get_double (value);
  else if (text_of (value) == NULL || !text_to_seconds (text_of (value), &seconds))
    return NULL;
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS))
    return NULL;
  return number_node (seconds);
}

static char *
time_to_text (double seconds, TrestleAwsTimeFormat format)
{
  gint64 milliseconds = (gint64) llround (seconds * 1000);
  gint64 whole = milliseconds / 1000;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = NULL;

  if (format == TRESTLE_AWS_TIME_EPOCH)
    return double_to_text (seconds);
  if (milliseconds % 1000 < 0)
    whole--;
  date = g_date_time_new_from_unix_utc (whole);
  if (format == TRESTLE_AWS_TIME_HTTP)
    {
      static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
      static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

      /* not by strftime(), which follows the locale */
      return g_strdup_printf (
          "%s, %02d %s %04d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week (date) - 1],
          g_date_time_get_day_of_month (date), months[g_date_time_get_month (date) - 1],
          g_date_time_get_year (date), g_date_time_get_hour (date), g_date_time_get_minute (date),
          g_date_time_get_second (date));
    }
  text = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  if (milliseconds == whole * 1000)
    return g_strconcat (text, "Z", NULL);
  return g_strdup_printf ("%s.%03dZ", text, (int) (milliseconds - whole * 1000));
}

JsonNode *
trestle_aws_time_from_json (JsonNode *value, TrestleAwsTimeFormat format)
{
  g_autoptr (JsonNode) seconds = trestle_aws_time_to_json (value);
  g_autofree char *text = NULL;

  if (seconds == NULL || format == TRESTLE_AWS_TIME_EPOCH)
    return g_steal_pointer (&seconds);
  text = time_to_text (json_node_get_double (seconds), format);
  return string_node (text);
}

static gboolean
is_special_double (const char *text)
{
  return text != NULL
         && (g_str_equal (text, "NaN") || g_str_equal (text, "Infinity")
             || g_str_equal (text, "-Infinity"));
}

char *
trestle_aws_value_to_text (const TrestleAwsShape *shape,
                           TrestleAwsTimeFormat time_format,
                           JsonNode *value,
                           GError **error)
{
  g_autoptr (JsonNode) seconds = NULL;
  const char *text = text_of (value);

  switch (shape->kind)
    {
    case TRESTLE_AWS_SHAPE_STRING:
    case TRESTLE_AWS_SHAPE_BLOB:
      if (text != NULL)
        return g_strdup (text);
      mismatch (error, "a text", value);
      return NULL;
    case TRESTLE_AWS_SHAPE_INTEGER:
      if (is_number (value) && json_node_get_double (value) == floor (json_node_get_double (value)))
        return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
      mismatch (error, "a whole number", value);
      return NULL;
    case TRESTLE_AWS_SHAPE_DOUBLE:
      if (is_special_double (text))
        return g_strdup (text);
      if (is_number (value))
        return double_to_text (json_node_get_double (value));
      mismatch (error, "a number", value);
      return NULL;
    case TRESTLE_AWS_SHAPE_BOOLEAN:
      if (value != NULL && JSON_NODE_HOLDS_VALUE (value)
          && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
        return g_strdup (json_node_get_boolean (value) ? "true" : "false");
      mismatch (error, "a truth value", value);
      return NULL;
    case TRESTLE_AWS_SHAPE_TIMESTAMP:
      seconds = trestle_aws_time_to_json (value);
      if (seconds != NULL)
        return time_to_text (json_node_get_double (seconds), time_format);
      mismatch (error, "a time", value);
      return NULL;
    case TRESTLE_AWS_SHAPE_STRUCTURE:
    case TRESTLE_AWS_SHAPE_LIST:
    case TRESTLE_AWS_SHAPE_MAP:
    case TRESTLE_AWS_SHAPE_DOCUMENT:
    default:
      mismatch (error, "a single value", value);
      return NULL;
    }
}

static JsonNode *
unreadable (GError **error, const char *wanted, const char *text)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, ": %s is needed, not “%.40s”", wanted,
               text);
  return NULL;
}

JsonNode *
trestle_aws_value_from_text (const TrestleAwsShape *shape,
                             TrestleAwsTimeFormat time_format,
                             const char *text,
                             GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *trimmed = NULL;
  double number;
  gint64 integer;
  char *end = NULL;

  if (shape->kind == TRESTLE_AWS_SHAPE_STRING)
    return string_node (text);

  trimmed = g_strstrip (g_strdup (text));
  switch (shape->kind)
    {
    case TRESTLE_AWS_SHAPE_BLOB:
      return string_node (trimmed);
    case TRESTLE_AWS_SHAPE_INTEGER:
      if (!g_ascii_string_to_signed (trimmed, 10, G_MININT64, G_MAXINT64, &integer, NULL))
        return unreadable (error, "a whole number", text);
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_int (node, integer);
      return g_steal_pointer (&node);
    case TRESTLE_AWS_SHAPE_DOUBLE:
      if (is_special_double (trimmed))
        return string_node (trimmed);
      number = g_ascii_strtod (trimmed, &end);
      if (end == trimmed || *end != '\0' || !isfinite (number))
        return unreadable (error, "a number", text);
      return number_node (number);
    case TRESTLE_AWS_SHAPE_BOOLEAN:
      if (!g_str_equal (trimmed, "true") && !g_str_equal (trimmed, "false"))
        return unreadable (error, "“true” or “false”", text);
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_boolean (node, *trimmed == 't');
      return g_steal_pointer (&node);
    case TRESTLE_AWS_SHAPE_TIMESTAMP:
      if (!text_to_seconds (trimmed, &number))
        return unreadable (error, "a time", text);
      return number_node (number);
    case TRESTLE_AWS_SHAPE_STRING:
    case TRESTLE_AWS_SHAPE_STRUCTURE:
    case TRESTLE_AWS_SHAPE_LIST:
    case TRESTLE_AWS_SHAPE_MAP:
    case TRESTLE_AWS_SHAPE_DOCUMENT:
    default:
      return unreadable (error, "a structure", text);
    }
}
