/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-training-words.h"

#include <glib/gi18n.h>

#include "domain/trestle-training-spec.h"

/* Returns: (transfer full) (nullable): the parts that are there, with points between them */
static char *
join (GStrvBuilder *builder)
{
  g_auto (GStrv) parts = g_strv_builder_end (builder);

  return parts[0] != NULL ? g_strjoinv (" · ", parts) : NULL;
}

static void
add_list (GStrvBuilder *builder, const char *const *texts)
{
  if (texts != NULL && texts[0] != NULL)
    g_strv_builder_take (builder, g_strjoinv (", ", (char **) texts));
}

static void
add_text (GStrvBuilder *builder, const char *text)
{
  if (text != NULL && *text != '\0')
    g_strv_builder_add (builder, text);
}

char *
trestle_channel_dup_summary (gpointer channel)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();

  g_strv_builder_add (parts, trestle_training_channel_get_required (channel) ? _ ("required")
                                                                             : _ ("optional"));
  add_list (parts, trestle_training_channel_get_content_types (channel));
  add_list (parts, trestle_training_channel_get_input_modes (channel));
  if (trestle_training_channel_get_compression_types (channel) != NULL
      && g_strv_contains (trestle_training_channel_get_compression_types (channel), "Gzip"))
    g_strv_builder_add (parts, "Gzip");
  return join (parts);
}

char *
trestle_channel_dup_detail (gpointer channel)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();

  add_text (parts, trestle_training_channel_get_description (channel));
  add_text (parts, trestle_training_channel_get_sample (channel));
  return join (parts);
}

/* Returns: (transfer full) (nullable): what it may be */
static char *
dup_range (TrestleHyperparameter *parameter)
{
  const char *least = trestle_hyperparameter_get_least (parameter);
  const char *most = trestle_hyperparameter_get_most (parameter);
  const char *const *values = trestle_hyperparameter_get_values (parameter);

  if (values != NULL && values[0] != NULL)
    return g_strjoinv (", ", (char **) values);
  if (least == NULL && most == NULL)
    return NULL;
  /* Translators: from the least to the most value of a setting */
  return g_strdup_printf (_ ("%s to %s"), least != NULL ? least : "…", most != NULL ? most : "…");
}

static const char *
type_word (const char *type)
{
  if (g_strcmp0 (type, "Integer") == 0)
    return _ ("Whole number");
  if (g_strcmp0 (type, "Continuous") == 0)
    return _ ("Number");
  if (g_strcmp0 (type, "Categorical") == 0)
    return _ ("Choice");
  return _ ("Text");
}

char *
trestle_hyperparameter_dup_summary (gpointer parameter)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *otherwise = trestle_hyperparameter_get_default_value (parameter);
  g_autofree char *range = dup_range (parameter);
  g_autofree char *text = NULL;

  g_strv_builder_add (parts, type_word (trestle_hyperparameter_get_value_type (parameter)));
  add_text (parts, range);
  if (otherwise != NULL)
    text = g_strdup_printf (_ ("default %s"), otherwise);
  add_text (parts, text);
  if (trestle_hyperparameter_get_required (parameter))
    g_strv_builder_add (parts, _ ("required"));
  if (trestle_hyperparameter_get_tunable (parameter))
    g_strv_builder_add (parts, _ ("tunable"));
  return join (parts);
}

char *
trestle_hyperparameter_dup_detail (gpointer parameter)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *sample = trestle_hyperparameter_get_sample (parameter);
  g_autofree char *text = sample != NULL ? g_strdup_printf (_ ("%s in the validation"), sample)
                                         : NULL;

  add_text (parts, trestle_hyperparameter_get_description (parameter));
  add_text (parts, text);
  return join (parts);
}

char *
trestle_metric_dup_summary (gpointer metric)
{
  const char *regex = trestle_training_metric_get_regex (metric);

  return g_strdup (regex != NULL ? regex : "");
}

char *
trestle_metric_dup_detail (gpointer metric)
{
  const char *objective = trestle_training_metric_get_objective (metric);

  if (g_strcmp0 (objective, "Minimize") == 0)
    return g_strdup (_ ("Tuning jobs may make it as small as they can"));
  if (g_strcmp0 (objective, "Maximize") == 0)
    return g_strdup (_ ("Tuning jobs may make it as large as they can"));
  return NULL;
}
