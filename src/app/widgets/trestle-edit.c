/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-edit.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-draft-info.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

#define FIELD_KEY "trestle-edit-field"

void
trestle_edit_draft (GtkWidget *widget, const char *name, const char *field)
{
  g_autofree char *argument = field != NULL && *field != '\0'
                                  ? g_strconcat (name, "\n", field, NULL)
                                  : g_strdup (name);

  trestle_shell_open (widget, "editor", argument);
}

static DexFuture *
import_cb (DexFuture *future, gpointer drafts)
{
  return trestle_drafts_import_product (drafts,
                                        g_value_get_object (dex_future_get_value (future, NULL)));
}

static void
on_imported (gpointer owner, const GValue *value, const GError *error)
{
  g_autofree char *field = g_object_steal_data (owner, FIELD_KEY);

  if (error != NULL)
    trestle_shell_problem (owner, _ ("make a draft of the listing"), error);
  else
    trestle_edit_draft (owner, g_value_get_string (value), field);
}

void
trestle_edit_product (GtkWidget *widget, const char *product_id, const char *field)
{
  TrestleSession *session = trestle_shell_get_session (widget);
  TrestleDrafts *drafts;
  g_autoptr (TrestleDraftInfo) draft = NULL;

  if (session == NULL)
    return;
  drafts = trestle_session_get_drafts (session);
  draft = trestle_drafts_find (drafts, product_id);
  if (draft != NULL)
    {
      trestle_edit_draft (widget, trestle_draft_info_get_name (draft), field);
      return;
    }
  g_object_set_data_full (G_OBJECT (widget), FIELD_KEY, g_strdup (field), g_free);
  trestle_watch (widget, NULL,
                 dex_future_then (trestle_own_products_describe (
                                      trestle_session_get_own_products (session), product_id),
                                  import_cb, g_object_ref (drafts), g_object_unref),
                 on_imported);
}
