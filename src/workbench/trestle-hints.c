/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-hints.h"

#include <string.h>

#include "base/trestle-json.h"

#define KEY "catalogue/hints"
#define CURRENCY "USD"

struct _TrestleHints
{
  GObject parent_instance;

  GHashTable *hints;   /* listing id → TrestleHint */
  GHashTable *parents; /* category → category */
};

G_DEFINE_FINAL_TYPE (TrestleHints, trestle_hints, G_TYPE_OBJECT)

static void
hint_free (gpointer data)
{
  TrestleHint *self = data;

  if (self->hourly != NULL)
    trestle_money_free (self->hourly);
  g_strfreev (self->takes);
  g_free (self);
}

static void
trestle_hints_finalize (GObject *object)
{
  TrestleHints *self = TRESTLE_HINTS (object);

  g_hash_table_unref (self->hints);
  g_hash_table_unref (self->parents);
  G_OBJECT_CLASS (trestle_hints_parent_class)->finalize (object);
}

static void
trestle_hints_class_init (TrestleHintsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_hints_finalize;
}

static void
trestle_hints_init (TrestleHints *self)
{
  self->hints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, hint_free);
  self->parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
trestle_hints_set (TrestleHints *self,
                   const char *listing_id,
                   const TrestleMoney *hourly,
                   char **takes,
                   gint64 asked)
{
  TrestleHint *hint = g_new0 (TrestleHint, 1);

  hint->hourly = hourly != NULL ? trestle_money_copy (hourly) : NULL;
  hint->takes = takes;
  hint->asked = asked;
  g_hash_table_replace (self->hints, g_strdup (listing_id), hint);
}

void
trestle_hints_set_parent (TrestleHints *self, const char *category, const char *parent)
{
  if (parent != NULL)
    g_hash_table_replace (self->parents, g_strdup (category), g_strdup (parent));
  else
    g_hash_table_remove (self->parents, category);
}

const TrestleHint *
trestle_hints_lookup (TrestleHints *self, const char *listing_id)
{
  return listing_id != NULL ? g_hash_table_lookup (self->hints, listing_id) : NULL;
}

const char *
trestle_hints_get_parent (TrestleHints *self, const char *category)
{
  return category != NULL ? g_hash_table_lookup (self->parents, category) : NULL;
}

static void
read_hints (TrestleHints *self, TrestleJson hints)
{
  g_autoptr (GList) names = trestle_json_names (hints);

  for (GList *l = names; l != NULL; l = l->next)
    {
      TrestleJson at = trestle_json_member (hints, l->data);
      const char *amount = trestle_json_string_or (at, "hourly", NULL);
      g_autoptr (TrestleMoney) hourly = NULL;

      if (amount != NULL)
        hourly = trestle_money_parse (amount, CURRENCY, NULL);
      trestle_hints_set (self, l->data, hourly, trestle_json_dup_strv (at, "takes"),
                         trestle_json_int_or (at, "asked", 0));
    }
}

static void
read_parents (TrestleHints *self, TrestleJson parents)
{
  g_autoptr (GList) names = trestle_json_names (parents);

  for (GList *l = names; l != NULL; l = l->next)
    trestle_hints_set_parent (self, l->data, trestle_json_string_or (parents, l->data, NULL));
}

TrestleHints *
trestle_hints_get (TrestleContext *context)
{
  TrestleHints *self = g_hash_table_lookup (context->facts, KEY);
  g_autofree char *text = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;

  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (TRESTLE_TYPE_HINTS, NULL);
  text = trestle_store_recall (context->store, context->scope, KEY);
  if (text != NULL && (doc = trestle_json_doc_parse (text, -1, NULL)) != NULL)
    {
      TrestleJson root = trestle_json_root (doc);

      read_hints (self, trestle_json_member (root, "hints"));
      read_parents (self, trestle_json_member (root, "parents"));
    }
  g_hash_table_replace (context->facts, g_strdup (KEY), g_object_ref (self));
  return self;
}

TrestleHints *
trestle_hints_edit (TrestleHints *self)
{
  TrestleHints *copy = g_object_new (TRESTLE_TYPE_HINTS, NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->hints);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const TrestleHint *hint = value;

      trestle_hints_set (copy, key, hint->hourly, g_strdupv (hint->takes), hint->asked);
    }
  g_hash_table_iter_init (&iter, self->parents);
  while (g_hash_table_iter_next (&iter, &key, &value))
    trestle_hints_set_parent (copy, key, value);
  return copy;
}

static JsonObject *
write_hint (const TrestleHint *hint)
{
  JsonObject *object = json_object_new ();
  JsonArray *takes = json_array_new ();

  if (hint->hourly != NULL)
    {
      g_autofree char *amount = trestle_money_to_string (hint->hourly);

      json_object_set_string_member (object, "hourly", amount);
    }
  for (guint i = 0; hint->takes != NULL && hint->takes[i] != NULL; i++)
    json_array_add_string_element (takes, hint->takes[i]);
  json_object_set_array_member (object, "takes", takes);
  json_object_set_int_member (object, "asked", hint->asked);
  return object;
}

void
trestle_hints_publish (TrestleHints *self, TrestleContext *context)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonObject *root = json_object_new ();
  JsonObject *hints = json_object_new ();
  JsonObject *parents = json_object_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->hints);
  while (g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_object_member (hints, key, write_hint (value));
  g_hash_table_iter_init (&iter, self->parents);
  while (g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_string_member (parents, key, value);
  json_object_set_object_member (root, "hints", hints);
  json_object_set_object_member (root, "parents", parents);
  json_node_take_object (node, root);
  text = json_to_string (node, FALSE);
  if (!trestle_store_remember (context->store, context->scope, KEY, text, &error))
    g_warning ("Could not keep hints of the catalogue: %s", error->message);
  g_hash_table_replace (context->facts, g_strdup (KEY), g_object_ref (self));
}

static const struct
{
  const char *family;
  const char *types[6]; /* prefixes of content types */
  const char *words[8]; /* what a listing's text says */
} families[] = {
  { "picture",
    { "image/" },
    { "image", "images", "photo", "photos", "picture", "pictures", "vision" } },
  { "csv", { "text/csv" }, { "csv", "tabular", "table", "spreadsheet", "rows" } },
  { "json", { "application/json", "application/jsonlines", "application/x-ndjson" }, { "json" } },
  { "sound",
    { "audio/" },
    { "audio", "sound", "speech", "recording", "recordings", "voice", "music" } },
  { "text",
    { "text/plain", "text/html", "application/pdf" },
    { "text", "texts", "document", "documents", "language", "sentences" } },
};

char **
trestle_hints_families (TrestleVersion *version)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  const char *const *types = trestle_version_get_content_types (version);
  g_autofree char *usage = NULL;
  char *output;

  /* The list of types is newer than most listings; their usage text says the same in words. */
  usage = g_ascii_strdown (trestle_version_get_usage_instructions (version)
                               ? trestle_version_get_usage_instructions (version)
                               : "",
                           -1);
  output = strstr (usage, "\noutput");
  if (output != NULL)
    *output = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      gboolean takes = FALSE;

      for (guint j = 0; families[i].types[j] != NULL && !takes; j++)
        {
          for (guint k = 0; types != NULL && types[k] != NULL; k++)
            takes |= g_str_has_prefix (types[k], families[i].types[j]);
          if (types == NULL || types[0] == NULL)
            takes |= strstr (usage, families[i].types[j]) != NULL;
        }
      if (takes)
        g_strv_builder_add (found, families[i].family);
    }
  return g_strv_builder_end (found);
}

char **
trestle_hints_guess_families (TrestleListing *listing)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autofree char *title = g_utf8_strdown (trestle_listing_get_title (listing), -1);
  g_autofree char *text = g_utf8_strdown (trestle_listing_get_short_description (listing)
                                              ? trestle_listing_get_short_description (listing)
                                              : "",
                                          -1);
  g_autofree char *both = g_strconcat (title, " ", text, NULL);
  g_auto (GStrv) words = g_str_tokenize_and_fold (both, "en", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (guint j = 0; families[i].words[j] != NULL; j++)
      if (g_strv_contains ((const char *const *) words, families[i].words[j]))
        {
          g_strv_builder_add (found, families[i].family);
          break;
        }
  return g_strv_builder_end (found);
}
