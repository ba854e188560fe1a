/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-table.h"

#include <math.h>
#include <string.h>

/* Fields beyond this many stay together in the last one; no model has so many columns. */
#define MAX_FIELDS 65
/* Squares of numbers beyond this overflow. */
#define LARGEST 1e15
/* A value in memory is many times larger than "0," in a file. */
#define MAX_JSON_MARKS 500000

/**
 * trestle_practice_table_rows:
 * @request: a request whose body is comma-separated text
 * @max_rows: how many rows the model takes
 * @error: (out): a 400 or 422 answer
 *
 * Splits the body into rows and fields. Blank lines are passed over, spaces and double quotes
 * around a field are taken off.
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): rows of fields, at least one,
 *   %NULL if @error was set
 */
GPtrArray *
trestle_practice_table_rows (TrestlePracticeRequest *request,
                             guint max_rows,
                             TrestlePracticeAnswer **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *text = trestle_practice_request_text (request, error);

  if (text == NULL)
    return NULL;

  for (char *line = text, *next; line != NULL; line = next)
    {
      gsize length = strcspn (line, "\r\n");
      GStrv fields;

      next = line[length] != '\0' ? line + length + 1 : NULL;
      line[length] = '\0';
      if (line[strspn (line, " \t")] == '\0')
        continue;

      if (rows->len == max_rows)
        {
          *error = trestle_practice_request_error (
              request, 422, "more than the %u rows this model takes at once", max_rows);
          return NULL;
        }

      fields = g_strsplit (line, ",", MAX_FIELDS);
      for (guint i = 0; fields[i] != NULL; i++)
        {
          char *field = g_strstrip (fields[i]);
          gsize size = strlen (field);

          if (size >= 2 && field[0] == '"' && field[size - 1] == '"')
            {
              field[size - 1] = '\0';
              memmove (field, field + 1, size - 1);
            }
        }
      g_ptr_array_add (rows, fields);
    }

  if (rows->len == 0)
    {
      *error = trestle_practice_request_error (request, 400, "there are no rows in the body");
      return NULL;
    }

  return g_steal_pointer (&rows);
}

/**
 * trestle_practice_table_number:
 * @field: a field
 * @value: (out): its value
 *
 * Returns: %TRUE if @field is a finite decimal number and nothing else
 */
gboolean
trestle_practice_table_number (const char *field, double *value)
{
  char *end = NULL;

  /* strtod() takes hexadecimal, "inf" and "nan" as well. */
  if (*field == '\0' || field[strspn (field, "+-.0123456789eE")] != '\0')
    return FALSE;

  *value = g_ascii_strtod (field, &end);

  return end != field && *end == '\0' && isfinite (*value);
}

/**
 * trestle_practice_table_series:
 * @request: a request whose body is one value a line, or `label,value`
 * @max_rows: how many rows the model takes
 * @labels: (out) (transfer full) (element-type utf8): the label of each value, "" where it has none
 * @error: (out): a 400 or 422 answer
 *
 * Reads a series. A first line without a number is a heading and passed over.
 *
 * Returns: (transfer full) (nullable) (element-type double): the values, %NULL if @error was set
 */
GArray *
trestle_practice_table_series (TrestlePracticeRequest *request,
                               guint max_rows,
                               GPtrArray **labels,
                               TrestlePracticeAnswer **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = trestle_practice_table_rows (request, max_rows, error);

  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      GStrv fields = g_ptr_array_index (rows, i);
      guint n = g_strv_length (fields);
      double value;

      if (n > 2 || !trestle_practice_table_number (fields[n - 1], &value) || fabs (value) > LARGEST)
        {
          if (i == 0 && n <= 2)
            continue;
          *error = trestle_practice_request_error (
              request, 400, "row %u is neither VALUE nor LABEL,VALUE", i + 1);
          return NULL;
        }
      g_array_append_val (values, value);
      g_ptr_array_add (names, g_strdup (n == 2 ? fields[0] : ""));
    }

  if (values->len == 0)
    {
      *error = trestle_practice_request_error (request, 400, "there are no values in the body");
      return NULL;
    }

  *labels = g_steal_pointer (&names);

  return g_steal_pointer (&values);
}

/**
 * trestle_practice_table_matrix:
 * @request: a request whose body is rows of numbers
 * @max_rows: how many rows the model takes
 * @names: (out) (transfer full): the columns' names, from a heading or else "1", "2", …
 * @error: (out): a 400 or 422 answer
 *
 * Reads rows of numbers that all have the same columns. A first line that is not all numbers is a
 * heading; a first column that is not a number in the first row after it is a label, and dropped.
 *
 * Returns: (transfer full) (nullable) (element-type double): the numbers row by row, at least one
 *   row, %NULL if @error was set
 */
GArray *
trestle_practice_table_matrix (TrestlePracticeRequest *request,
                               guint max_rows,
                               GStrv *names,
                               TrestlePracticeAnswer **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) rows = trestle_practice_table_rows (request, max_rows + 1, error);
  guint first = 0, skip = 0, n_columns;
  GStrv heading;
  double value;

  if (rows == NULL)
    return NULL;

  heading = g_ptr_array_index (rows, 0);
  n_columns = g_strv_length (heading);
  for (guint i = 0; i < n_columns; i++)
    {
      /* A label in the first column does not make a heading, unless nothing else is there. */
      if (!trestle_practice_table_number (heading[i], &value) && (i > 0 || n_columns == 1))
        first = 1;
    }
  if (first < rows->len && n_columns > 1)
    skip = !trestle_practice_table_number (((GStrv) g_ptr_array_index (rows, first))[0], &value);

  for (guint i = first; i < rows->len; i++)
    {
      GStrv fields = g_ptr_array_index (rows, i);

      if (g_strv_length (fields) != n_columns)
        {
          *error = trestle_practice_request_error (request, 400,
                                                   "row %u has %u columns, the first "
                                                   "one has %u",
                                                   i + 1, g_strv_length (fields), n_columns);
          return NULL;
        }
      for (guint c = skip; c < n_columns; c++)
        {
          if (!trestle_practice_table_number (fields[c], &value) || fabs (value) > LARGEST)
            {
              *error = trestle_practice_request_error (request, 400,
                                                       "row %u, column %u: %.40s is "
                                                       "not a number, or too large a one",
                                                       i + 1, c + 1, fields[c]);
              return NULL;
            }
          g_array_append_val (values, value);
        }
    }
  if (values->len == 0)
    {
      *error = trestle_practice_request_error (request, 400, "there are no numbers in the body");
      return NULL;
    }

  for (guint c = skip; c < n_columns; c++)
    {
      if (first == 1)
        g_strv_builder_add (builder, heading[c]);
      else
        g_strv_builder_take (builder, g_strdup_printf ("%u", c - skip + 1));
    }
  *names = g_strv_builder_end (builder);

  return g_steal_pointer (&values);
}

/**
 * trestle_practice_table_json:
 * @request: a request whose body is JSON
 * @error: (out): a 400 or 422 answer
 *
 * Returns: (transfer full) (nullable): the body's value, %NULL if @error was set
 */
JsonNode *
trestle_practice_table_json (TrestlePracticeRequest *request, TrestlePracticeAnswer **error)
{
  g_autofree char *text = trestle_practice_request_text (request, error);
  g_autoptr (GError) parse_error = NULL;
  JsonNode *node;
  gsize marks = 0;

  if (text == NULL)
    return NULL;

  for (const char *p = text; *p != '\0'; p++)
    marks += *p == ',' || *p == ':' || *p == '[' || *p == '{';
  if (marks > MAX_JSON_MARKS)
    {
      *error = trestle_practice_request_error (request, 422,
                                               "the JSON has more values than this "
                                               "model takes at once");
      return NULL;
    }

  node = json_from_string (text, &parse_error);
  if (node == NULL)
    *error = trestle_practice_request_error (request, 400, "the body is not JSON: %s",
                                             parse_error != NULL ? parse_error->message
                                                                 : "it is empty");

  return node;
}

/**
 * trestle_practice_table_double:
 * @node: a JSON value
 * @value: (out): its value
 *
 * Returns: %TRUE if @node is a finite number
 */
gboolean
trestle_practice_table_double (JsonNode *node, double *value)
{
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  type = json_node_get_value_type (node);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  *value = json_node_get_double (node);

  return isfinite (*value);
}
