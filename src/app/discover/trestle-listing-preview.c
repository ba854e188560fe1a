/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "discover/trestle-listing-preview.h"

#include "discover/trestle-listing-card.h"
#include "domain/trestle-copy.h"
#include "domain/trestle-draft-shop.h"
#include "widgets/trestle-draft-logo.h"
#include "workbench/trestle-price-table.h"

/* Typing goes on for a while; the card follows once it rests. */
#define QUIET_MSEC 150

typedef struct
{
  TrestleListingCard *card; /* owns this */
  TrestleOpenDraft *open_draft;
  char *publisher;
  guint quiet;
} Preview;

static gboolean
show (gpointer data)
{
  Preview *self = data;
  TrestleDraft *draft = trestle_open_draft_get_draft (self->open_draft);
  g_autofree char *logo = trestle_draft_logo_dup_uri (self->open_draft);
  g_autoptr (TrestleListing) bare = trestle_draft_shop_listing (draft, self->publisher, logo);
  g_autoptr (TrestleOffer) offer = trestle_draft_shop_offer (draft);
  g_autofree char *hint = trestle_price_table_hint (offer);
  g_autoptr (TrestleListing) listing = trestle_copy_with (bare, "price-hint", hint, NULL);

  self->quiet = 0;
  trestle_listing_card_set_listing (self->card, listing);
  return G_SOURCE_REMOVE;
}

static void
on_changed (TrestleDraft *draft, const char *path, Preview *self)
{
  g_clear_handle_id (&self->quiet, g_source_remove);
  self->quiet = g_timeout_add (QUIET_MSEC, show, self);
}

static void
forget (gpointer data)
{
  Preview *self = data;

  g_clear_handle_id (&self->quiet, g_source_remove);
  g_signal_handlers_disconnect_by_data (trestle_open_draft_get_draft (self->open_draft), self);
  g_object_unref (self->open_draft);
  g_free (self->publisher);
  g_free (self);
}

GtkWidget *
trestle_listing_preview_new (TrestleSession *session, TrestleOpenDraft *open_draft)
{
  Preview *self = g_new0 (Preview, 1);

  self->card = g_object_new (TRESTLE_TYPE_LISTING_CARD, "valign", GTK_ALIGN_START, NULL);
  self->open_draft = g_object_ref (open_draft);
  self->publisher = g_strdup (trestle_account_get_name (trestle_session_get_account (session)));
  trestle_listing_card_set_choosable (self->card, FALSE);
  g_signal_connect (trestle_open_draft_get_draft (open_draft), "changed", G_CALLBACK (on_changed),
                    self);
  g_object_set_data_full (G_OBJECT (self->card), "trestle-preview", self, forget);
  show (self);
  return GTK_WIDGET (self->card);
}
