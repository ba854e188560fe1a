/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-drafts-private.h"

#include "base/trestle-future.h"
#include "domain/trestle-entity-draft.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What is done to the files of drafts: they are made, copied, taken in and given out. */

static void
work_free (gpointer data)
{
  TrestleDraftsWork *self = data;

  g_object_unref (self->store);
  g_free (self->name);
  g_free (self->other);
  g_clear_object (&self->draft);
  g_clear_object (&self->base);
  g_free (self);
}

static TrestleDraftsWork *
work_new (TrestleDraftStore *store)
{
  TrestleDraftsWork *self = g_new0 (TrestleDraftsWork, 1);

  self->store = g_object_ref (store);
  return self;
}

DexFuture *
trestle_drafts_work (TrestleDrafts *self,
                     DexFiberFunc fiber,
                     const char *name,
                     const char *other,
                     TrestleDraft *draft,
                     TrestleDraft *base)
{
  g_autoptr (GError) error = NULL;
  TrestleDraftStore *store = trestle_drafts_get_store (self, &error);
  TrestleDraftsWork *it;

  if (store == NULL)
    return trestle_future_error (error);
  it = work_new (store);
  it->name = g_strdup (name);
  it->other = g_strdup (other);
  it->draft = draft != NULL ? trestle_draft_copy (draft) : NULL;
  it->base = base != NULL ? trestle_draft_copy (base) : NULL;
  return trestle_pool_spawn (fiber, it, work_free);
}

static DexFuture *
name_or_error (char *name, GError *error)
{
  if (name == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_string (name);
}

static DexFuture *
create_fiber (gpointer data)
{
  TrestleDraftsWork *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = trestle_draft_store_create (self->store, self->name, self->draft, &error);

  if (name != NULL && self->base != NULL
      && !trestle_draft_store_save_base (self->store, name, self->base, &error))
    g_clear_pointer (&name, g_free);
  return name_or_error (g_steal_pointer (&name), g_steal_pointer (&error));
}

DexFuture *
trestle_drafts_create (TrestleDrafts *self, const char *name, TrestleDraft *content)
{
  g_autoptr (TrestleDraft) empty = NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);

  if (content == NULL)
    {
      content = empty = trestle_draft_new ();
      trestle_draft_set_text (empty, "Product.ProductTitle", name);
      trestle_draft_set_text (empty, "Offer.PricingModel", "Usage");
      trestle_draft_set_text (empty, "Offer.CurrencyCode", "USD");
      trestle_draft_set_text (empty, "Offer.Eula.Type", "StandardEula");
      trestle_draft_set_text (empty, "Offer.Eula.Version", "2022-07-14");
    }
  return trestle_drafts_work (self, create_fiber, name, NULL, content, NULL);
}

static DexFuture *
import_fiber (gpointer data)
{
  TrestleDraftsWork *self = data;
  g_autoptr (GError) error = NULL;
  char *name = trestle_draft_store_import (self->store, self->other, &error);

  return name_or_error (name, g_steal_pointer (&error));
}

DexFuture *
trestle_drafts_import_file (TrestleDrafts *self, const char *path)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  return trestle_drafts_work (self, import_fiber, NULL, path, NULL, NULL);
}

TrestleDraft *
trestle_drafts_of_product (TrestleOwnProduct *product)
{
  TrestleEntity *entity = trestle_own_product_get_product (product);
  TrestleEntity *offer = trestle_own_product_get_offer (product);
  g_autofree char *id = g_strdup_printf ("%s@%" G_GINT64_FORMAT, trestle_entity_get_id (entity),
                                         trestle_entity_get_revision (entity));
  g_autofree char *offer_id = NULL;

  if (offer != NULL)
    offer_id = g_strdup_printf ("%s@%" G_GINT64_FORMAT, trestle_entity_get_id (offer),
                                trestle_entity_get_revision (offer));
  return trestle_entity_draft_new (
      (JsonNode *) trestle_entity_get_document (entity), id,
      offer != NULL ? (JsonNode *) trestle_entity_get_document (offer) : NULL, offer_id);
}

DexFuture *
trestle_drafts_import_product (TrestleDrafts *self, TrestleOwnProduct *product)
{
  g_autoptr (TrestleDraft) draft = NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_OWN_PRODUCT (product), NULL);

  draft = trestle_drafts_of_product (product);
  return trestle_drafts_work (self, create_fiber, NULL, NULL, draft, draft);
}

static DexFuture *
duplicate_fiber (gpointer data)
{
  TrestleDraftsWork *self = data;
  g_autoptr (GError) error = NULL;
  char *name = trestle_draft_store_duplicate (self->store, self->name, &error);

  return name_or_error (name, g_steal_pointer (&error));
}

DexFuture *
trestle_drafts_duplicate (TrestleDrafts *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return trestle_drafts_work (self, duplicate_fiber, name, NULL, NULL, NULL);
}

static DexFuture *
remove_fiber (gpointer data)
{
  TrestleDraftsWork *self = data;
  g_autoptr (GError) error = NULL;

  if (!trestle_draft_store_remove (self->store, self->name, &error))
    return trestle_future_error (error);
  return dex_future_new_true ();
}

DexFuture *
trestle_drafts_remove (TrestleDrafts *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return trestle_drafts_work (self, remove_fiber, name, NULL, NULL, NULL);
}

static DexFuture *
rename_fiber (gpointer data)
{
  TrestleDraftsWork *self = data;
  g_autoptr (GError) error = NULL;

  if (!trestle_draft_store_rename (self->store, self->name, self->other, &error))
    return trestle_future_error (error);
  return dex_future_new_true ();
}

DexFuture *
trestle_drafts_rename (TrestleDrafts *self, const char *name, const char *to)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (name != NULL && to != NULL, NULL);

  return trestle_drafts_work (self, rename_fiber, name, to, NULL, NULL);
}

static DexFuture *
export_fiber (gpointer data)
{
  TrestleDraftsWork *self = data;
  g_autoptr (GError) error = NULL;

  if (!trestle_draft_store_export (self->store, self->name, self->other, &error))
    return trestle_future_error (error);
  return dex_future_new_true ();
}

typedef struct
{
  TrestleDrafts *drafts;
  char *draft;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->drafts);
  g_free (self->draft);
  g_free (self->path);
  g_free (self);
}

/* What was typed is saved by now. */
static DexFuture *
saved_cb (DexFuture *future, gpointer data)
{
  Export *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleDraftStore)
      store = trestle_drafts_dup_store_of (self->drafts, self->draft, &error);
  g_autofree char *name = trestle_drafts_dup_name (self->draft);
  TrestleDraftsWork *work;

  if (store == NULL)
    return trestle_future_error (error);
  work = work_new (store);
  work->name = g_steal_pointer (&name);
  work->other = g_strdup (self->path);
  return trestle_pool_spawn (export_fiber, work, work_free);
}

DexFuture *
trestle_drafts_export (TrestleDrafts *self, const char *draft, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleOpenDraft) open = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  Export *it;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (draft != NULL && path != NULL, NULL);

  from = trestle_drafts_resolve (self, draft, &error);
  if (from == NULL)
    return trestle_future_error (error);
  to = g_canonicalize_filename (path, NULL);
  if (g_str_equal (from, to))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_EXISTS,
                                  _ ("This is the draft itself; choose another file"));
  it = g_new0 (Export, 1);
  it->drafts = g_object_ref (self);
  it->draft = g_strdup (from);
  it->path = g_steal_pointer (&to);
  open = trestle_drafts_dup_open (self, from);
  return dex_future_then (open != NULL ? trestle_open_draft_save (open) : dex_future_new_true (),
                          saved_cb, it, export_free);
}
