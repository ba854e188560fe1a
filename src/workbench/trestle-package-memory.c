/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-package-memory.h"

#include "base/trestle-clock.h"

#define LAST "last"

static void
remember (TrestleContext *context,
          const char *kind,
          const char *product,
          const char *part,
          const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = part != NULL ? g_strdup_printf ("%s/%s/%s", kind, product, part)
                                      : g_strdup_printf ("%s/%s", kind, product);

  if (!trestle_store_remember (context->store, context->scope, key, value, &error))
    g_warning ("Could not remember %s: %s", key, error->message);
}

static char *
recall (TrestleContext *context, const char *kind, const char *product, const char *part)
{
  g_autofree char *key = part != NULL ? g_strdup_printf ("%s/%s/%s", kind, product, part)
                                      : g_strdup_printf ("%s/%s", kind, product);

  return trestle_store_recall (context->store, context->scope, key);
}

void
trestle_package_memory_keep (TrestleContext *context,
                             const char *product_id,
                             const char *option,
                             const char *version,
                             const char *listing_id,
                             TrestlePackage *package)
{
  const char *arn = trestle_package_get_arn (package);
  g_autofree char *types = NULL;

  if (product_id != NULL)
    {
      types = g_strjoinv (" ", (char **) trestle_package_get_realtime_types (package));
      remember (context, "arn", product_id, LAST, arn);
      remember (context, "types", product_id, NULL, types);
      remember (context, "version", product_id, NULL, version);
      if (option != NULL)
        remember (context, "arn", product_id, option, arn);
    }
  if (listing_id != NULL)
    remember (context, "listing-of", arn, NULL, listing_id);
}

char *
trestle_package_memory_recall (TrestleContext *context,
                               const char *product_id,
                               TrestleVersion *version)
{
  return recall (context, "arn", product_id,
                 version != NULL ? trestle_version_get_id (version) : LAST);
}

char *
trestle_package_memory_version (TrestleContext *context, const char *product_id)
{
  return recall (context, "version", product_id, NULL);
}

char **
trestle_package_memory_types (TrestleContext *context, const char *product_id)
{
  g_autofree char *types = product_id != NULL ? recall (context, "types", product_id, NULL) : NULL;

  return types != NULL && *types != '\0' ? g_strsplit (types, " ", -1) : NULL;
}

void
trestle_package_memory_keep_trial (TrestleContext *context, const char *product_id, gint64 ends)
{
  g_autofree char *text = ends != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, ends) : NULL;

  remember (context, "trial-ends", product_id, NULL, text);
}

gboolean
trestle_package_memory_has_trial (TrestleContext *context, const char *product_id)
{
  g_autofree char *ends = product_id != NULL ? recall (context, "trial-ends", product_id, NULL)
                                             : NULL;

  return ends != NULL && g_ascii_strtoll (ends, NULL, 10) > trestle_clock_now ();
}

char *
trestle_package_memory_listing (TrestleContext *context, const char *arn)
{
  return recall (context, "listing-of", arn, NULL);
}
