/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-training.h"

#include <math.h>
#include <string.h>

#include "practice/trestle-practice-archive.h"

TrestlePracticeFile *
trestle_practice_file_new (const char *channel, const char *name, GBytes *body)
{
  TrestlePracticeFile *self = g_new0 (TrestlePracticeFile, 1);

  self->channel = g_strdup (channel);
  self->name = g_strdup (name);
  self->body = g_bytes_ref (body);
  return self;
}

void
trestle_practice_file_free (TrestlePracticeFile *self)
{
  g_free (self->channel);
  g_free (self->name);
  g_bytes_unref (self->body);
  g_free (self);
}

static TrestleJson
find_named (TrestleJson list, const char *member, const char *name)
{
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson one = trestle_json_element (list, i);

      if (g_strcmp0 (trestle_json_string_or (one, member, NULL), name) == 0)
        return one;
    }
  return (TrestleJson) { 0 };
}

static gboolean
check_channels (TrestlePracticeContext *ctx, TrestleJson spec, TrestleJson job)
{
  TrestleJson known = trestle_json_member (spec, "TrainingChannels");
  TrestleJson given = trestle_json_member (job, "InputDataConfig");

  for (guint i = 0; i < trestle_json_length (given); i++)
    {
      const char *name = trestle_json_string (trestle_json_element (given, i), "ChannelName");

      if (!trestle_json_exists (find_named (known, "Name", name)))
        return trestle_practice_invalid (ctx, "The algorithm has no channel of the name %s.", name);
    }
  for (guint i = 0; i < trestle_json_length (known); i++)
    {
      TrestleJson channel = trestle_json_element (known, i);
      const char *name = trestle_json_string (channel, "Name");

      if (trestle_json_bool_or (channel, "IsRequired", FALSE)
          && !trestle_json_exists (find_named (given, "ChannelName", name)))
        return trestle_practice_invalid (ctx, "The required channel %s is missing.", name);
    }
  return TRUE;
}

/* Texts on the wire; what is no number is outside of every range of numbers. */
static gboolean
is_between (TrestleJson range, const char *value)
{
  char *end;
  double number = g_ascii_strtod (value, &end);

  return end != value && *end == '\0'
         && number >= g_ascii_strtod (trestle_json_string_or (range, "MinValue", "-inf"), NULL)
         && number <= g_ascii_strtod (trestle_json_string_or (range, "MaxValue", "inf"), NULL);
}

static gboolean
is_allowed (TrestleJson spec, const char *value)
{
  const char *type = trestle_json_string_or (spec, "Type", "FreeText");
  TrestleJson range = trestle_json_member (spec, "Range");
  gboolean integer = g_str_equal (type, "Integer");

  if (integer || g_str_equal (type, "Continuous"))
    return (!integer || strspn (value, "+-0123456789") == strlen (value))
           && is_between (
               trestle_json_member (range, integer ? "IntegerParameterRangeSpecification"
                                                   : "ContinuousParameterRangeSpecification"),
               value);
  if (g_str_equal (type, "Categorical") && trestle_json_exists (range))
    {
      g_auto (GStrv) values = trestle_json_dup_strv (
          trestle_json_member (range, "CategoricalParameterRangeSpecification"), "Values");

      return g_strv_contains ((const char *const *) values, value);
    }
  return TRUE;
}

static gboolean
check_hyperparameters (TrestlePracticeContext *ctx, TrestleJson spec, TrestleJson job)
{
  TrestleJson known = trestle_json_member (spec, "SupportedHyperParameters");
  TrestleJson given = trestle_json_member (job, "HyperParameters");
  g_autoptr (GList) names = trestle_json_exists (given) ? trestle_json_names (given) : NULL;

  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *value = trestle_json_string_or (given, at->data, "");
      TrestleJson one = find_named (known, "Name", at->data);

      if (!trestle_json_exists (one))
        return trestle_practice_invalid (ctx, "The algorithm has no hyperparameter of the name %s.",
                                         (const char *) at->data);
      if (!is_allowed (one, value))
        return trestle_practice_invalid (ctx,
                                         "The value %s of hyperparameter %s is not in its range.",
                                         value, (const char *) at->data);
    }
  for (guint i = 0; i < trestle_json_length (known); i++)
    {
      TrestleJson one = trestle_json_element (known, i);
      const char *name = trestle_json_string (one, "Name");

      if (trestle_json_bool_or (one, "IsRequired", FALSE)
          && trestle_json_string_or (one, "DefaultValue", NULL) == NULL
          && !trestle_json_exists (trestle_json_member (given, name)))
        return trestle_practice_invalid (ctx, "The required hyperparameter %s is missing.", name);
    }
  return TRUE;
}

/* What a job is given has to be what the channels take. */
static gboolean
check_inputs (TrestlePracticeContext *ctx, TrestleJson spec, TrestleJson job)
{
  TrestleJson known = trestle_json_member (spec, "TrainingChannels");
  TrestleJson given = trestle_json_member (job, "InputDataConfig");
  const char *mode = trestle_json_string_or (job, "TrainingInputMode", "File");
  gint64 count = trestle_json_int_or (trestle_json_member (job, "ResourceConfig"), "InstanceCount",
                                      1);

  if (count > 1 && !trestle_json_bool_or (spec, "SupportsDistributedTraining", FALSE))
    return trestle_practice_invalid (ctx, "The algorithm does not support distributed training, and"
                                          " the instance count has to be 1.");
  for (guint i = 0; i < trestle_json_length (given); i++)
    {
      TrestleJson input = trestle_json_element (given, i);
      const char *name = trestle_json_string (input, "ChannelName");
      TrestleJson channel = find_named (known, "Name", name);
      const char *own = trestle_json_string_or (input, "InputMode", mode);
      const char *type = trestle_json_string_or (input, "ContentType", NULL);
      g_auto (GStrv) modes = trestle_json_dup_strv (channel, "SupportedInputModes");
      g_auto (GStrv) types = trestle_json_dup_strv (channel, "SupportedContentTypes");

      if (!g_strv_contains ((const char *const *) modes, own))
        return trestle_practice_invalid (ctx, "The channel %s does not support the input mode %s.",
                                         name, own);
      if (type != NULL && !g_strv_contains ((const char *const *) types, type))
        return trestle_practice_invalid (
            ctx, "The channel %s does not support the content type %s.", name, type);
    }
  return TRUE;
}

gboolean
trestle_practice_training_check (TrestlePracticeContext *ctx, TrestleJson spec, TrestleJson job)
{
  return check_channels (ctx, spec, job) && check_inputs (ctx, spec, job)
         && check_hyperparameters (ctx, spec, job);
}

/* --- What an algorithm says of itself ------------------------------------------------------- */

static gboolean
check_names (TrestlePracticeContext *ctx, TrestleJson list, const char *what)
{
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson one = trestle_json_element (list, i);
      const char *name = trestle_json_string (one, "Name");

      if (find_named (list, "Name", name).node != one.node)
        return trestle_practice_invalid (ctx, "%s names have to be unique: %s is there twice.",
                                         what, name);
    }
  return TRUE;
}

static gboolean
check_setting (TrestlePracticeContext *ctx, TrestleJson one)
{
  static const char *const types[] = { "Integer", "Continuous", "Categorical" };
  const char *name = trestle_json_string (one, "Name");
  const char *type = trestle_json_string (one, "Type");
  const char *otherwise = trestle_json_string_or (one, "DefaultValue", NULL);
  TrestleJson range = trestle_json_member (one, "Range");
  gboolean ranged = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *member = g_strdup_printf ("%sParameterRangeSpecification", types[i]);

      if (!trestle_json_exists (trestle_json_member (range, member)))
        continue;
      if (!g_str_equal (types[i], type))
        return trestle_practice_invalid (
            ctx, "The range of hyperparameter %s does not match its type %s.", name, type);
      ranged = TRUE;
    }
  if (trestle_json_bool_or (one, "IsTunable", FALSE) && !ranged)
    return trestle_practice_invalid (ctx, "The tunable hyperparameter %s needs a range.", name);
  if (otherwise != NULL && !is_allowed (one, otherwise))
    return trestle_practice_invalid (
        ctx, "The default value %s of hyperparameter %s is not in its range.", otherwise, name);
  return TRUE;
}

gboolean
trestle_practice_training_check_spec (TrestlePracticeContext *ctx, TrestleJson spec)
{
  TrestleJson settings = trestle_json_member (spec, "SupportedHyperParameters");
  TrestleJson metrics = trestle_json_member (spec, "MetricDefinitions");
  TrestleJson objectives = trestle_json_member (spec, "SupportedTuningJobObjectiveMetrics");

  if (!check_names (ctx, trestle_json_member (spec, "TrainingChannels"), "Channel")
      || !check_names (ctx, settings, "Hyperparameter") || !check_names (ctx, metrics, "Metric"))
    return FALSE;
  for (guint i = 0; i < trestle_json_length (settings); i++)
    if (!check_setting (ctx, trestle_json_element (settings, i)))
      return FALSE;
  for (guint i = 0; i < trestle_json_length (objectives); i++)
    {
      const char *name = trestle_json_string (trestle_json_element (objectives, i), "MetricName");

      if (!trestle_json_exists (find_named (metrics, "Name", name)))
        return trestle_practice_invalid (
            ctx, "The objective metric %s is not among the metric definitions.", name);
    }
  return TRUE;
}

/* Sums of one column. */
typedef struct
{
  gint64 n;
  double sum;
  double squares;
} Column;

static void
read_row (GArray *columns, const char *row)
{
  g_auto (GStrv) cells = g_strsplit (row, ",", 1000);

  for (guint i = 0; cells[i] != NULL; i++)
    {
      char *end;
      const char *cell = g_strstrip (cells[i]);
      double value = g_ascii_strtod (cell, &end);

      if (i >= columns->len)
        g_array_set_size (columns, i + 1);
      if (end == cell || *end != '\0' || !isfinite (value))
        continue;
      g_array_index (columns, Column, i).n++;
      g_array_index (columns, Column, i).sum += value;
      g_array_index (columns, Column, i).squares += value * value;
    }
}

static gint64
read_file (GArray *columns, GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_utf8_make_valid (data != NULL ? data : "", (gssize) size);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  gint64 count = 0;

  for (guint i = 0; rows[i] != NULL; i++)
    if (*g_strstrip (rows[i]) != '\0')
      {
        read_row (columns, rows[i]);
        count++;
      }
  return count;
}

static char *
write_model (GArray *columns, gint64 rows, const char *hyperparameters)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (out);
  put_int (out, "rows", rows);
  json_builder_set_member_name (out, "hyperparameters");
  json_builder_add_value (
      out, json_from_string (hyperparameters != NULL ? hyperparameters : "{}", NULL));
  open_array (out, "columns");
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      double mean = column->n > 0 ? column->sum / (double) column->n : 0;
      double variance = column->n > 0 ? column->squares / (double) column->n - mean * mean : 0;

      open_object (out, NULL);
      put_int (out, "numbers", column->n);
      put_double (out, "mean", mean);
      put_double (out, "deviation", sqrt (MAX (0, variance)));
      close_object (out);
    }
  close_array (out);
  json_builder_end_object (out);
  node = json_builder_get_root (out);
  return trestle_json_to_string (node, FALSE);
}

GBytes *
trestle_practice_training_run (GPtrArray *files,
                               const char *hyperparameters,
                               GPtrArray *log,
                               char **reason)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_autofree char *model = NULL;
  gint64 rows = 0;

  g_ptr_array_add (log, g_strdup ("Training starts"));
  g_ptr_array_add (log, g_strdup_printf ("Hyperparameters: %s",
                                         hyperparameters != NULL ? hyperparameters : "{}"));
  for (guint i = 0; i < files->len; i++)
    {
      const TrestlePracticeFile *file = files->pdata[i];
      gint64 found = read_file (columns, file->body);

      g_ptr_array_add (log, g_strdup_printf ("/opt/ml/input/data/%s/%s: %" G_GINT64_FORMAT " rows",
                                             file->channel, file->name, found));
      rows += found;
    }
  if (rows == 0)
    {
      g_ptr_array_add (log, g_strdup ("ValueError: no rows in /opt/ml/input/data"));
      *reason = g_strdup ("AlgorithmError: ExecuteUserScriptError: ValueError: no rows in"
                          " /opt/ml/input/data, exit code: 1");
      return NULL;
    }
  model = write_model (columns, rows, hyperparameters);
  g_ptr_array_add (log, g_strdup_printf ("train:rows=%" G_GINT64_FORMAT "; train:columns=%u;", rows,
                                         columns->len));
  g_ptr_array_add (log, g_strdup ("Model written to /opt/ml/model/model.json"));
  return trestle_practice_archive_new ("model.json", model);
}
