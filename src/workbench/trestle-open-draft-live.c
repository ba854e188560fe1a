/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-open-draft-private.h"

#include "base/trestle-future.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-entity-draft.h"

/* How a draft and the live listing know each other again. */

/* The base says of each file of the draft what it held when it was sent: `Files`, name → digest. */
static gboolean
is_unchanged_file (TrestleOpenDraft *self, const char *value)
{
  JsonNode *files = self->base != NULL ? trestle_draft_get (self->base, "Files") : NULL;
  GBytes *bytes = trestle_draft_facts_get_bytes (self->facts, value);
  g_autofree char *digest = NULL;

  if (files == NULL || !JSON_NODE_HOLDS_OBJECT (files) || bytes == NULL)
    return FALSE;
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return g_strcmp0 (
             json_object_get_string_member_with_default (json_node_get_object (files), value, NULL),
             digest)
         == 0;
}

/* AWS keeps copies of files at addresses of its own, and gives a licence another address each time. */
TrestleDraft *
trestle_open_draft_dup_reference (TrestleOpenDraft *self, TrestleDraft *from)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self);
  const char *logo = trestle_draft_get_text (draft, "Product.LogoUrl");
  const char *licence = trestle_draft_get_text (draft, "Offer.Eula.File");
  const char *address = trestle_draft_get_text (draft, "Offer.Eula.Url");
  TrestleDraft *reference;

  if (from == NULL)
    return NULL;
  reference = trestle_draft_copy (from);
  if (is_unchanged_file (self, logo))
    trestle_draft_set_text (reference, "Product.LogoUrl", logo);
  if (is_unchanged_file (self, licence)
      || (*address != '\0' && self->base != NULL
          && g_str_equal (address, trestle_draft_get_text (self->base, "Offer.Eula.Url"))))
    trestle_draft_set (reference, "Offer.Eula",
                       trestle_draft_dup_node (trestle_draft_get (draft, "Offer.Eula")));
  return reference;
}

static void
note_file (TrestleOpenDraft *self, JsonObject *files, const char *field)
{
  const char *value = trestle_draft_get_text (trestle_open_draft_get_draft (self), field);
  GBytes *bytes = trestle_draft_facts_get_bytes (self->facts, value);
  g_autofree char *digest = NULL;

  if (bytes == NULL)
    return;
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  json_object_set_string_member (files, value, digest);
}

void
trestle_open_draft_adopt_live (TrestleOpenDraft *self)
{
  if (self->live == NULL)
    return;
  trestle_draft_past_skip (self->past, TRUE);
  trestle_entity_draft_adopt (trestle_open_draft_get_draft (self), self->live);
  trestle_draft_past_skip (self->past, FALSE);
}

TrestleChangeSet *
trestle_open_draft_build_with (TrestleOpenDraft *self, GHashTable *addresses)
{
  TrestleChangeSetOptions options = {
    .addresses = addresses,
    .product_draft = g_strcmp0 (self->product_visibility, "Draft") == 0,
    .packages = self->facts != NULL ? trestle_draft_facts_get_packages (self->facts) : NULL,
    .lock = self->live != NULL,
  };

  g_autoptr (TrestleDraft) reference = trestle_open_draft_dup_reference (
      self, self->live != NULL ? self->live : self->base);

  return trestle_change_set_build (trestle_open_draft_get_draft (self), reference, &options);
}

typedef struct
{
  TrestleDraftStore *store;
  char *name;
  TrestleDraft *base;
} Basing;

static void
basing_free (gpointer data)
{
  Basing *self = data;

  g_object_unref (self->store);
  g_object_unref (self->base);
  g_free (self->name);
  g_free (self);
}

static DexFuture *
base_fiber (gpointer data)
{
  Basing *self = data;
  g_autoptr (GError) error = NULL;

  if (!trestle_draft_store_save_base (self->store, self->name, self->base, &error))
    return trestle_future_error (error);
  return dex_future_new_true ();
}

DexFuture *
trestle_open_draft_rebase (TrestleOpenDraft *self)
{
  g_autoptr (TrestleDraft) base = NULL;
  JsonObject *files;
  Basing *basing;

  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);

  if (self->live == NULL)
    return dex_future_new_true ();
  files = json_object_new ();
  note_file (self, files, "Product.LogoUrl");
  note_file (self, files, "Offer.Eula.File");
  base = trestle_draft_copy (self->live);
  trestle_draft_set (base, "Files", json_node_init_object (json_node_alloc (), files));
  json_object_unref (files);
  g_set_object (&self->base, base);
  trestle_open_draft_lint (self);
  basing = g_new0 (Basing, 1);
  basing->store = g_object_ref (self->store);
  basing->name = g_strdup (trestle_open_draft_get_name (self));
  basing->base = trestle_draft_copy (base);
  return trestle_pool_spawn (base_fiber, basing, basing_free);
}
