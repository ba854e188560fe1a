/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-packages.h"

#include <string.h>

#include "base/trestle-json.h"
#include "practice/trestle-practice-put.h"

/* "arn:aws:sagemaker:REGION:ACCOUNT:KIND/NAME" */
static gboolean
split_arn (const char *arn, GStrv *parts, char **kind, char **name)
{
  const char *slash;

  *parts = g_strsplit (arn != NULL ? arn : "", ":", 6);
  if (g_strv_length (*parts) != 6 || !g_str_equal ((*parts)[2], "sagemaker"))
    return FALSE;
  slash = strchr ((*parts)[5], '/');
  if (slash == NULL)
    return FALSE;
  *kind = g_strndup ((*parts)[5], (gsize) (slash - (*parts)[5]));
  *name = g_strdup (slash + 1);
  return TRUE;
}

static void
set_time (JsonObject *object, const char *name, gint64 time)
{
  json_object_set_double_member (object, name, (double) (time / 1000) / 1000.0);
}

static void
set_list (JsonObject *object, const char *name, const char *text)
{
  json_object_set_member (object, name, json_from_string (text, NULL));
}

JsonObject *
trestle_practice_packages_find (TrestlePracticeState *state, const char *arn)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *name = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *exact = NULL;
  g_autoptr (sqlite3_stmt) rows = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *details;
  gboolean algorithm;

  if (!split_arn (arn, &parts, &kind, &name))
    return NULL;
  rows = trestle_practice_query (state,
                                 "SELECT name, created, status, doc, validations, scans"
                                 " FROM packages"
                                 " WHERE account = ? AND region = ? AND kind = ? AND name = ?",
                                 "ssss", parts[4], parts[3], kind, name);
  if (!trestle_practice_next (rows))
    return NULL;
  algorithm = g_str_equal (kind, "algorithm");
  node = json_from_string (trestle_practice_column_text (rows, 3), NULL);
  object = json_node_dup_object (node);
  lower = g_ascii_strdown (trestle_practice_column_text (rows, 0), -1);
  exact = g_strdup_printf ("arn:aws:sagemaker:%s:%s:%s/%s", parts[3], parts[4], kind, lower);
  json_object_set_string_member (object, algorithm ? "AlgorithmArn" : "ModelPackageArn", exact);
  set_time (object, "CreationTime", sqlite3_column_int64 (rows, 1));
  json_object_set_string_member (object, algorithm ? "AlgorithmStatus" : "ModelPackageStatus",
                                 trestle_practice_column_text (rows, 2));
  details = json_object_new ();
  set_list (details, "ValidationStatuses", trestle_practice_column_text (rows, 4));
  set_list (details, "ImageScanStatuses", trestle_practice_column_text (rows, 5));
  json_object_set_object_member (
      object, algorithm ? "AlgorithmStatusDetails" : "ModelPackageStatusDetails", details);
  return object;
}

const TrestlePracticeImage *
trestle_practice_packages_get_image (JsonObject *package)
{
  JsonObject *inference = get_object (package, "InferenceSpecification");
  JsonObject *training = get_object (package, "TrainingSpecification");
  JsonArray *containers = inference != NULL ? get_array (inference, "Containers") : NULL;
  const char *image = training != NULL ? get_text (training, "TrainingImage") : NULL;
  g_auto (TrestlePracticeImageName) name = { 0 };

  if (array_length (containers) > 0)
    image = get_text (json_array_get_object_element (containers, 0), "Image");
  return trestle_practice_image_name_parse (&name, image) ? trestle_practice_registry_find (&name)
                                                          : NULL;
}

char *
trestle_practice_packages_dup_engine (TrestlePracticeState *state, const char *arn)
{
  g_autoptr (JsonObject) package = trestle_practice_packages_find (state, arn);
  const TrestlePracticeImage *image;

  if (package == NULL)
    return NULL;
  image = trestle_practice_packages_get_image (package);
  return g_strdup (image != NULL ? image->engine : "");
}

char *
trestle_practice_packages_dup_own_arn (const char *account,
                                       const char *region,
                                       const char *kind,
                                       const char *reference)
{
  g_autofree char *prefix = g_strdup_printf ("arn:aws:sagemaker:%s:%s:%s/", region, account, kind);
  g_autofree char *lower = g_ascii_strdown (reference, -1);

  if (!g_str_has_prefix (lower, "arn:"))
    return g_strconcat (prefix, lower, NULL);
  return g_str_has_prefix (lower, prefix) ? g_steal_pointer (&lower) : NULL;
}

char *
trestle_practice_packages_dup_arn (const char *region, const char *package)
{
  if (g_str_has_prefix (package, "arn:"))
    return g_strdup (package);
  return g_strdup_printf ("arn:aws:sagemaker:%s:%s:model-package/%s", region,
                          trestle_practice_market_account (region), package);
}

char *
trestle_practice_packages_dup_item (const char *name, const char *status, const char *reason)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_array (out);
  open_object (out, NULL);
  put_text (out, "Name", name);
  put_text (out, "Status", status);
  put_text (out, "FailureReason", reason);
  close_object (out);
  close_array (out);
  node = json_builder_get_root (out);
  return trestle_json_to_string (node, FALSE);
}
