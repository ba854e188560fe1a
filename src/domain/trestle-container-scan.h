/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TrestleContainerScan:
 * @critical: vulnerabilities of that severity
 * @high: likewise
 * @names: the first of them, "CVE-2026-1234 in openssl 3.0.2, mended in 3.0.9"
 *
 * What a scanner found in an image that AWS would stop it for.
 */
typedef struct
{
  guint critical;
  guint high;
  GPtrArray *names;
} TrestleContainerScan;

#define TRESTLE_TYPE_CONTAINER_SCAN (trestle_container_scan_get_type ())
GType trestle_container_scan_get_type (void);

/**
 * trestle_container_scan_read:
 * @json: what Trivy ("Results") or Grype ("matches") wrote
 *
 * Returns: (transfer full) (nullable): what it says; an error where it is neither
 */
TrestleContainerScan *trestle_container_scan_read (const char *json, gsize length, GError **error);
TrestleContainerScan *trestle_container_scan_ref (TrestleContainerScan *self);
void trestle_container_scan_unref (TrestleContainerScan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleContainerScan, trestle_container_scan_unref)

G_END_DECLS
