/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-package-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-finding.h"
#include "domain/trestle-lint.h"
#include "widgets/trestle-format.h"

const char *
trestle_package_status_word (TrestlePackage *self, TrestleTone *tone)
{
  const char *status = trestle_package_get_status (self);

  *tone = TRESTLE_TONE_PLAIN;
  if (g_strcmp0 (status, "Completed") == 0)
    {
      *tone = TRESTLE_TONE_SUCCESS;
      return _ ("Completed");
    }
  if (g_strcmp0 (status, "Failed") == 0)
    {
      *tone = TRESTLE_TONE_ERROR;
      return _ ("Failed");
    }
  if (g_strcmp0 (status, "InProgress") == 0)
    {
      *tone = TRESTLE_TONE_ACCENT;
      return _ ("Validating");
    }
  if (g_strcmp0 (status, "Pending") == 0)
    {
      *tone = TRESTLE_TONE_ACCENT;
      return _ ("Waiting");
    }
  if (g_strcmp0 (status, "Deleting") == 0)
    return _ ("Deleting");
  return status != NULL ? status : _ ("Unknown");
}

const char *
trestle_package_kind_word (TrestleProductKind kind)
{
  return kind == TRESTLE_PRODUCT_KIND_ALGORITHM ? _ ("Algorithm") : _ ("Model package");
}

char *
trestle_package_dup_image_name (const char *uri)
{
  const char *slash = uri != NULL ? strchr (uri, '/') : NULL;
  g_autofree char *name = g_strdup (slash != NULL ? slash + 1 : uri != NULL ? uri : "");
  char *at = strchr (name, '@');

  /* a digest is too long to be read */
  if (at != NULL && strlen (at) > 20)
    return g_strdup_printf ("%.*s…", (int) (at - name) + 16, name);
  return g_steal_pointer (&name);
}

char *
trestle_package_dup_summary (TrestlePackage *self)
{
  const char *kind = trestle_package_kind_word (trestle_package_get_kind (self));
  g_autofree char *day = trestle_format_day (trestle_package_get_created (self));
  g_autofree char *image = NULL;

  if (trestle_package_get_image (self) == NULL)
    return g_strdup_printf (_ ("%s · made %s"), kind, day);
  image = trestle_package_dup_image_name (trestle_package_get_image (self));
  return g_strdup_printf (_ ("%s · %s · made %s"), kind, image, day);
}

char *
trestle_package_dup_obstacles (TrestlePackage *self, const char *account)
{
  g_autoptr (GPtrArray) findings = trestle_package_find_obstacles (self, account);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            trestle_finding_get_message (findings->pdata[i]));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

char *
trestle_image_dup_scan (TrestleContainerImage *image, TrestleTone *tone)
{
  gint64 critical = trestle_container_image_get_critical (image);
  gint64 high = trestle_container_image_get_high (image);
  const char *scan = trestle_container_image_get_scan (image);

  *tone = TRESTLE_TONE_PLAIN;
  if (scan == NULL)
    return g_strdup (_ ("not scanned yet; it is when the package is made"));
  if (g_strcmp0 (scan, "COMPLETE") != 0 && g_strcmp0 (scan, "ACTIVE") != 0)
    return g_strdup_printf (_ ("scan: %s"), scan);
  if (critical > 0)
    {
      *tone = TRESTLE_TONE_ERROR;
      return g_strdup_printf (g_dngettext (NULL, "%d critical finding; the scan will fail",
                                           "%d critical findings; the scan will fail",
                                           (gulong) critical),
                              (int) critical);
    }
  if (high > 0)
    {
      *tone = TRESTLE_TONE_WARNING;
      return g_strdup_printf (g_dngettext (NULL, "%d finding of high severity",
                                           "%d findings of high severity", (gulong) high),
                              (int) high);
    }
  *tone = TRESTLE_TONE_SUCCESS;
  return g_strdup (_ ("scanned, nothing grave found"));
}
