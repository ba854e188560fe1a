/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-job-data.h"

#include <string.h>

#include "practice/trestle-practice-s3.h"
#include "practice/trestle-practice-sagemaker.h"
#include "practice/trestle-practice-training.h"

gboolean
trestle_practice_job_split (const char *uri, char **bucket, char **key)
{
  const char *at = uri != NULL && g_str_has_prefix (uri, "s3://") ? uri + strlen ("s3://") : NULL;
  gsize length = at != NULL ? strcspn (at, "/") : 0;

  *bucket = at != NULL ? g_strndup (at, length) : NULL;
  *key = at != NULL ? g_strdup (at[length] == '/' ? at + length + 1 : "") : NULL;
  return length > 0;
}

gboolean
trestle_practice_job_may (const TrestlePracticeJobData *self, const char *action)
{
  return trestle_practice_role_allows (self->world->catalogue, self->account, self->role, action);
}

gboolean
trestle_practice_job_owns (const TrestlePracticeJobData *self, const char *bucket)
{
  g_autofree char *owner = trestle_practice_s3_dup_owner (self->world->state, bucket);

  return g_strcmp0 (owner, self->account) == 0;
}

static char *
dup_no_objects (const TrestlePracticeJobData *self, const char *uri, const char *bucket)
{
  return g_strdup_printf ("ClientError: No S3 objects found under S3 URL \"%s\" given in input data"
                          " source. Please ensure that the bucket exists in the selected region"
                          " (%s), that objects exist under that S3 prefix, and that the role \"%s\""
                          " has \"s3:ListBucket\" permissions on bucket \"%s\".",
                          uri, self->region, self->role, bucket);
}

/* A manifest is a list of keys after the prefix that they share. */
static char *
load_manifest (const TrestlePracticeJobData *self,
               const char *uri,
               GBytes *bytes,
               const char *channel,
               GPtrArray *files)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_parse (text, (gssize) size, NULL);
  TrestleJson root = doc != NULL ? trestle_json_root (doc) : (TrestleJson) { 0 };
  const char *prefix = doc != NULL && JSON_NODE_HOLDS_ARRAY (root.node)
                               && trestle_json_length (root) > 1
                               && JSON_NODE_HOLDS_OBJECT (trestle_json_element (root, 0).node)
                           ? trestle_json_string_or (trestle_json_element (root, 0), "prefix", NULL)
                           : NULL;

  if (prefix == NULL)
    return g_strdup_printf ("ClientError: The manifest %s is not a JSON list of a prefix and keys.",
                            uri);
  for (guint i = 1; i < trestle_json_length (root); i++)
    {
      const char *name = trestle_json_self_string (trestle_json_element (root, i));
      g_autofree char *full = g_strconcat (prefix, name, NULL);
      g_autofree char *bucket = NULL;
      g_autofree char *key = NULL;
      g_autoptr (GBytes) body = NULL;

      if (name != NULL && trestle_practice_job_split (full, &bucket, &key)
          && trestle_practice_job_owns (self, bucket))
        body = trestle_practice_s3_load (self->world->state, bucket, key);
      if (body == NULL)
        return g_strdup_printf ("ClientError: The manifest %s names %s, which does not exist.", uri,
                                full);
      g_ptr_array_add (files, trestle_practice_file_new (channel, name, body));
    }
  return NULL;
}

char *
trestle_practice_job_load (const TrestlePracticeJobData *self,
                           JsonObject *holder,
                           const char *channel,
                           GPtrArray *files)
{
  JsonObject *data = get_object (holder, "DataSource");
  JsonObject *source = data != NULL ? get_object (data, "S3DataSource") : NULL;
  const char *uri = source != NULL ? get_text (source, "S3Uri") : "";
  g_autofree char *bucket = NULL;
  g_autofree char *prefix = NULL;
  g_autoptr (GBytes) manifest = NULL;
  g_auto (GStrv) keys = NULL;
  gsize cut;

  if (!trestle_practice_job_split (uri, &bucket, &prefix))
    return g_strdup ("ClientError: The practice account reads input from S3 only.");
  if (!trestle_practice_job_may (self, "s3:GetObject") || !trestle_practice_job_owns (self, bucket))
    return dup_no_objects (self, uri, bucket);
  if (g_strcmp0 (get_text (source, "S3DataType"), "ManifestFile") == 0)
    {
      manifest = trestle_practice_s3_load (self->world->state, bucket, prefix);
      return manifest != NULL ? load_manifest (self, uri, manifest, channel, files)
                              : dup_no_objects (self, uri, bucket);
    }
  keys = trestle_practice_s3_list (self->world->state, bucket, prefix);
  cut = strrchr (prefix, '/') != NULL ? (gsize) (strrchr (prefix, '/') - prefix) + 1 : 0;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GBytes) body = trestle_practice_s3_load (self->world->state, bucket, keys[i]);

      /* Tools mark folders by empty objects. */
      if (body != NULL && !g_str_has_suffix (keys[i], "/"))
        g_ptr_array_add (files, trestle_practice_file_new (channel, keys[i] + cut, body));
    }
  return files->len > 0 ? NULL : dup_no_objects (self, uri, bucket);
}

char *
trestle_practice_job_check_output (const TrestlePracticeJobData *self, JsonObject *output)
{
  const char *uri = get_text (output, "S3OutputPath");
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  if (trestle_practice_job_split (uri, &bucket, &key) && trestle_practice_job_owns (self, bucket)
      && trestle_practice_job_may (self, "s3:PutObject"))
    return NULL;
  return g_strdup_printf (
      "ClientError: Unable to write to the S3 output path %s. Please ensure that"
      " the bucket exists and that the role \"%s\" has \"s3:PutObject\""
      " permissions.",
      uri, self->role);
}

void
trestle_practice_job_store (const TrestlePracticeJobData *self,
                            const char *path,
                            const char *name,
                            const char *type,
                            GBytes *body,
                            gint64 now)
{
  g_autofree char *bucket = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *key = NULL;

  trestle_practice_job_split (path, &bucket, &folder);
  if (g_str_has_suffix (folder, "/"))
    folder[strlen (folder) - 1] = '\0';
  key = *folder != '\0' ? g_strconcat (folder, "/", name, NULL) : g_strdup (name);
  g_free (trestle_practice_s3_store (self->world->state, bucket, key, type, "{}", body, now));
}
