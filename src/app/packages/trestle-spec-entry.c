/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-spec-entry.h"

#include <string.h>

const char *const trestle_spec_entry_media_types[] = {
  "application/json",  "application/jsonlines",
  "text/csv",          "text/plain",
  "image/png",         "image/jpeg",
  "audio/wav",         "application/octet-stream",
  "application/x-npy", NULL
};

const char *
trestle_spec_entry_get (GtkEditable *row)
{
  const char *text = gtk_editable_get_text (row);

  return text[strspn (text, " \t")] != '\0' ? text : NULL;
}

void
trestle_spec_entry_set (GtkEditable *row, const char *text)
{
  gtk_editable_set_text (row, text != NULL ? text : "");
}

char **
trestle_spec_entry_dup_strings (GtkStringList *list)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_strv_builder_add (texts, gtk_string_list_get_string (list, i));
  return g_strv_builder_end (texts);
}

void
trestle_spec_entry_store (GListStore *items, guint position, gpointer item)
{
  gboolean there = position < g_list_model_get_n_items (G_LIST_MODEL (items));

  if (there)
    g_list_store_splice (items, position, 1, &item, 1);
  else
    g_list_store_append (items, item);
}
