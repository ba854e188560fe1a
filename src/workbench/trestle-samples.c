/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-samples.h"

#include <string.h>

#include "domain/trestle-resource.h"
#include "domain/trestle-sample.h"
#include "media/trestle-content-type.h"
#include "workbench/trestle-parts.h"

/* What a model may be sent; pages and archives are no samples. */
static const char *const extensions[] = {
  "csv", "tsv", "json", "jsonl",   "ndjson", "txt",   "xml", "png",  "jpg", "jpeg",
  "gif", "bmp", "tif",  "tiff",    "webp",   "wav",   "mp3", "flac", "ogg", "m4a",
  "mp4", "pdf", "npy",  "parquet", "libsvm", "fasta", "pdb", NULL,
};

static gboolean
is_file (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *extension = NULL;

  if (dot == NULL || dot == name)
    return FALSE;
  extension = g_ascii_strdown (dot + 1, -1);
  return g_strv_contains (extensions, extension);
}

static char *
dup_name (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED_PATH, NULL);
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;
  const char *slash = path != NULL ? strrchr (path, '/') : NULL;

  return slash != NULL ? g_uri_unescape_string (slash + 1, "/") : NULL;
}

static gboolean
has_url (GListStore *samples, const char *url)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (samples)); i++)
    {
      g_autoptr (TrestleSample) sample = g_list_model_get_item (G_LIST_MODEL (samples), i);

      if (g_strcmp0 (trestle_sample_get_url (sample), url) == 0)
        return TRUE;
    }
  return FALSE;
}

/* "Four flowers (text/csv): https://…": the type before the address. */
static char *
dup_type (const char *line, const char *url, const char *name)
{
  g_autofree char *before = g_strndup (line, (gsize) (url - line));
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  char *guess;

  regex = g_regex_new ("\\(([a-z]+/[a-z0-9.+-]+(?:;[^)]*)?)\\)[^(]*$", G_REGEX_CASELESS, 0, NULL);
  if (g_regex_match (regex, before, 0, &match))
    return g_match_info_fetch (match, 1);
  guess = trestle_content_type_guess (name, NULL);
  if (g_strcmp0 (guess, "application/octet-stream") == 0)
    g_clear_pointer (&guess, g_free);
  return guess;
}

static void
extract_from_line (GListStore *samples, const char *line)
{
  g_autoptr (GRegex) regex = g_regex_new ("https?://[^\\s<>\"'`|]+", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, line, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *url = g_match_info_fetch (match, 0);
      g_autofree char *name = NULL;
      g_autofree char *type = NULL;
      g_autoptr (TrestleSample) sample = NULL;
      int start = 0;

      /* The address ends where the sentence goes on. */
      for (gsize n = strlen (url); n > 0 && strchr (".,;:!?)]}*", url[n - 1]) != NULL; n--)
        url[n - 1] = '\0';
      name = dup_name (url);
      if (name == NULL || !is_file (name) || has_url (samples, url))
        continue;
      g_match_info_fetch_pos (match, 0, &start, NULL);
      type = dup_type (line, line + start, name);
      sample = g_object_new (TRESTLE_TYPE_SAMPLE, "name", name, "url", url, "content-type", type,
                             NULL);
      g_list_store_append (samples, sample);
    }
}

void
trestle_samples_extract (GListStore *samples, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_utf8_validate (lines[i], -1, NULL))
      extract_from_line (samples, lines[i]);
}

GListModel *
trestle_catalogue_samples (TrestleCatalogue *self, TrestleListing *listing, TrestleVersion *version)
{
  GListStore *samples = g_list_store_new (TRESTLE_TYPE_SAMPLE);
  GListModel *resources;

  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);

  if (version != NULL)
    trestle_samples_extract (samples, trestle_version_get_usage_instructions (version));
  resources = listing != NULL ? trestle_listing_get_resources (listing) : NULL;
  for (guint i = 0; resources != NULL && i < g_list_model_get_n_items (resources); i++)
    {
      g_autoptr (TrestleResource) resource = g_list_model_get_item (resources, i);

      trestle_samples_extract (samples, trestle_resource_get_value (resource));
    }
  return G_LIST_MODEL (samples);
}
