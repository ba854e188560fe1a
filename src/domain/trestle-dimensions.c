/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-dimensions.h"

#include <string.h>

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* How many bytes of @key are left without its last element, if that is the one letter @letter
 * (0: any of m, i, a). */
static gsize
without_letter (const char *key, gsize length, char letter)
{
  if (length < 3 || key[length - 2] != '.')
    return length;
  if (letter != '\0' ? key[length - 1] != letter : strchr ("mia", key[length - 1]) == NULL)
    return length;
  return length - 2;
}

TrestleUsageMode
trestle_dimension_parse (const char *key, char **instance_type)
{
  static const struct
  {
    char letter;
    TrestleUsageMode mode;
  } ends[] = {
    { 'r', TRESTLE_USAGE_MODE_REALTIME },
    { 'b', TRESTLE_USAGE_MODE_BATCH },
    { 't', TRESTLE_USAGE_MODE_TRAINING },
    { 'c', TRESTLE_USAGE_MODE_INFERENCE },
  };
  gsize length;

  if (instance_type != NULL)
    *instance_type = NULL;
  if (key == NULL)
    return TRESTLE_USAGE_MODE_OTHER;
  length = strlen (key);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gsize left = without_letter (key, length, ends[i].letter);
      gsize next = left;

      if (left == length)
        continue;
      while ((next = without_letter (key, left, '\0')) != left)
        left = next;
      if (left == length - 2) /* an end alone, as in "users.c", is another product's */
        return TRESTLE_USAGE_MODE_OTHER;
      if (ends[i].mode == TRESTLE_USAGE_MODE_INFERENCE)
        return ends[i].mode;
      if (!g_str_has_prefix (key, "ml.") || left <= strlen ("ml."))
        return TRESTLE_USAGE_MODE_OTHER;
      if (instance_type != NULL)
        *instance_type = g_strndup (key, left);
      return ends[i].mode;
    }
  return TRESTLE_USAGE_MODE_OTHER;
}

char *
trestle_dimension_dup_key (const char *instance_type, TrestleUsageMode mode)
{
  switch (mode)
    {
    case TRESTLE_USAGE_MODE_REALTIME:
      return g_strconcat (instance_type, ".m.i.r", NULL);
    case TRESTLE_USAGE_MODE_BATCH:
      return g_strconcat (instance_type, ".m.i.b", NULL);
    case TRESTLE_USAGE_MODE_TRAINING:
      return g_strconcat (instance_type, ".a.t", NULL);
    case TRESTLE_USAGE_MODE_INFERENCE:
      return g_strdup (TRESTLE_DIMENSION_INFERENCE);
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return NULL;
    }
}

char *
trestle_dimension_dup_words (const char *key)
{
  g_autofree char *type = NULL;

  switch (trestle_dimension_parse (key, &type))
    {
    case TRESTLE_USAGE_MODE_REALTIME:
      return g_strdup_printf (_ ("%s real-time"), type);
    case TRESTLE_USAGE_MODE_BATCH:
      return g_strdup_printf (_ ("%s batch"), type);
    case TRESTLE_USAGE_MODE_TRAINING:
      return g_strdup_printf (_ ("%s training"), type);
    case TRESTLE_USAGE_MODE_INFERENCE:
      return g_strdup (_ ("one inference"));
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return g_strdup (key != NULL ? key : "");
    }
}

/* "ml.m5.large" and the mode; the key itself where it is not known. */
char *
trestle_dimension_dup_use (const char *key)
{
  g_autofree char *type = NULL;
  TrestleUsageMode mode = trestle_dimension_parse (key, &type);

  if (mode == TRESTLE_USAGE_MODE_OTHER)
    return g_strdup (key != NULL ? key : "");
  return g_strdup_printf ("%d %s", (int) mode, type != NULL ? type : "");
}

static void
add_keys (GStrvBuilder *keys, const char *const *types, TrestleUsageMode mode)
{
  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    g_strv_builder_take (keys, trestle_dimension_dup_key (types[i], mode));
}

char **
trestle_dimensions_of_package (TrestlePackage *package, gboolean per_inference)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  if (per_inference)
    g_strv_builder_add (keys, TRESTLE_DIMENSION_INFERENCE);
  else
    add_keys (keys, trestle_package_get_realtime_types (package), TRESTLE_USAGE_MODE_REALTIME);
  add_keys (keys, trestle_package_get_transform_types (package), TRESTLE_USAGE_MODE_BATCH);
  if (trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_ALGORITHM)
    add_keys (keys, trestle_package_get_training_types (package), TRESTLE_USAGE_MODE_TRAINING);
  return g_strv_builder_end (keys);
}
