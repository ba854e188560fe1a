/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-container-scan.h"

#include "base/trestle-json.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define MOST_NAMES 20

G_DEFINE_BOXED_TYPE (TrestleContainerScan,
                     trestle_container_scan,
                     trestle_container_scan_ref,
                     trestle_container_scan_unref)

static void
clear (gpointer data)
{
  TrestleContainerScan *self = data;

  g_ptr_array_unref (self->names);
}

TrestleContainerScan *
trestle_container_scan_ref (TrestleContainerScan *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
trestle_container_scan_unref (TrestleContainerScan *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
count (TrestleContainerScan *self,
       const char *severity,
       const char *id,
       const char *package,
       const char *version,
       const char *mended)
{
  gboolean critical = g_ascii_strcasecmp (severity, "critical") == 0;

  if (!critical && g_ascii_strcasecmp (severity, "high") != 0)
    return;
  self->critical += critical;
  self->high += !critical;
  if (self->names->len >= MOST_NAMES)
    return;
  g_ptr_array_add (
      self->names,
      /* Translators: id of a vulnerability, package, its version, the version without it */
      mended != NULL && *mended != '\0'
          ? g_strdup_printf (_ ("%s in %s %s, mended in %s"), id, package, version, mended)
          : g_strdup_printf (_ ("%s in %s %s"), id, package, version));
}

static void
read_trivy (TrestleContainerScan *self, TrestleJson results)
{
  for (guint i = 0; i < trestle_json_length (results); i++)
    {
      TrestleJson found = trestle_json_member (trestle_json_element (results, i),
                                               "Vulnerabilities");

      for (guint j = 0; trestle_json_exists (found) && j < trestle_json_length (found); j++)
        {
          TrestleJson one = trestle_json_element (found, j);

          count (self, trestle_json_string_or (one, "Severity", ""),
                 trestle_json_string_or (one, "VulnerabilityID", "?"),
                 trestle_json_string_or (one, "PkgName", "?"),
                 trestle_json_string_or (one, "InstalledVersion", ""),
                 trestle_json_string_or (one, "FixedVersion", NULL));
        }
    }
}

static void
read_grype (TrestleContainerScan *self, TrestleJson matches)
{
  for (guint i = 0; i < trestle_json_length (matches); i++)
    {
      TrestleJson match = trestle_json_element (matches, i);
      TrestleJson vulnerability = trestle_json_member (match, "vulnerability");
      TrestleJson artifact = trestle_json_member (match, "artifact");
      TrestleJson versions = trestle_json_member (trestle_json_member (vulnerability, "fix"),
                                                  "versions");
      const char *mended = trestle_json_exists (versions) && trestle_json_length (versions) > 0
                               ? trestle_json_self_string (trestle_json_element (versions, 0))
                               : NULL;

      count (self, trestle_json_string_or (vulnerability, "severity", ""),
             trestle_json_string_or (vulnerability, "id", "?"),
             trestle_json_string_or (artifact, "name", "?"),
             trestle_json_string_or (artifact, "version", ""), mended);
    }
}

TrestleContainerScan *
trestle_container_scan_read (const char *json, gsize length, GError **error)
{
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_parse (json, (gssize) length, error);
  g_autoptr (TrestleContainerScan) self = NULL;
  TrestleJson root, results, matches;

  if (doc == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (TrestleContainerScan);
  self->names = g_ptr_array_new_with_free_func (g_free);
  root = trestle_json_root (doc);
  results = trestle_json_member (root, "Results");
  matches = trestle_json_member (root, "matches");
  if (trestle_json_exists (results))
    read_trivy (self, results);
  else if (trestle_json_exists (matches))
    read_grype (self, matches);
  /* Trivy leaves the list away where it found nothing to look at. */
  else if (!trestle_json_exists (trestle_json_member (root, "ArtifactName")))
    trestle_json_fault (root, NULL, "is neither Trivy’s nor Grype’s report");
  if (!trestle_json_doc_check (doc, error))
    return NULL;
  return g_steal_pointer (&self);
}
