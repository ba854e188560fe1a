/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-version-samples.h"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-sample-keys.h"
#include "workbench/trestle-fetch.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

const char *const trestle_version_sample_parts[] = { "RealtimeInference", "BatchTransform" };

const char *
trestle_version_sample_get_text (TrestleDraft *draft,
                                 const char *base,
                                 const char *part,
                                 const char *form)
{
  g_autofree char *path = g_strdup_printf ("%s.%s%s", base, part, form);

  return trestle_draft_get_text (draft, path);
}

GBytes *
trestle_version_sample_read (TrestleContext *context,
                             TrestleDraft *draft,
                             const char *base,
                             const char *part,
                             GError **error)
{
  const char *text = trestle_version_sample_get_text (draft, base, part, "Text");
  const char *url = trestle_version_sample_get_text (draft, base, part, "Url");

  if (*text != '\0')
    return g_bytes_new (text, strlen (text));
  if (*url == '\0')
    return NULL;
  return dex_await_boxed (trestle_fetch (context, url, TRESTLE_VERSION_SAMPLE_BYTES), error);
}

/* Returns: (transfer full) (nullable): where the sample of the parameters at @list_path is */
static char *
dup_base (const char *list_path)
{
  static const char *const lists[] = { ".InputProperties.Parameters",
                                       ".OutputProperties.Parameters" };
  static const char *const samples[] = { ".InputProperties.SampleInput",
                                         ".OutputProperties.SampleOutput" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_has_suffix (list_path, lists[i]))
      return g_strdup_printf ("%.*s%s", (int) (strlen (list_path) - strlen (lists[i])), list_path,
                              samples[i]);
  return NULL;
}

gboolean
trestle_version_sample_is_told (const char *list_path)
{
  g_autofree char *base = dup_base (list_path);

  return base != NULL;
}

gboolean
trestle_version_sample_exists (TrestleDraft *draft, const char *list_path)
{
  g_autofree char *base = dup_base (list_path);

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), FALSE);

  return base != NULL && trestle_draft_has (draft, base);
}

typedef struct
{
  TrestleContext *context;
  TrestleDraft *draft;
  char *base;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->context);
  g_object_unref (self->draft);
  g_free (self->base);
  g_free (self);
}

static void
bytes_unref (gpointer bytes)
{
  g_bytes_unref (bytes);
}

static DexFuture *
parse_fiber (gpointer bytes)
{
  g_autoptr (GError) error = NULL;
  GListModel *keys = trestle_sample_keys_read (bytes, &error);

  if (keys == NULL)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT, "%s",
                                  error->message);
  return dex_future_new_take_object (keys);
}

static DexFuture *
keys_fiber (gpointer data)
{
  Job *self = data;
  GBytes *bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TRESTLE_VERSION_SAMPLE_PARTS && bytes == NULL && error == NULL; i++)
    bytes = trestle_version_sample_read (self->context, self->draft, self->base,
                                         trestle_version_sample_parts[i], &error);
  if (error != NULL)
    return trestle_future_error (error);
  if (bytes == NULL)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("The version has no sample that names could be read from"));
  return trestle_pool_spawn (parse_fiber, bytes, bytes_unref);
}

DexFuture *
trestle_version_sample_keys (TrestleSession *session, TrestleDraft *draft, const char *list_path)
{
  g_autofree char *base = NULL;
  Job *job;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session) && TRESTLE_IS_DRAFT (draft), NULL);

  base = dup_base (list_path);
  g_return_val_if_fail (base != NULL, NULL);
  job = g_new0 (Job, 1);
  job->context = g_object_ref (trestle_session_get_context (session));
  job->draft = g_object_ref (draft);
  job->base = g_steal_pointer (&base);
  return trestle_fiber_spawn (keys_fiber, job, job_free);
}
