/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-product-edit.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-lint.h"
#include "workbench/trestle-draft-facts.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

struct _TrestleProductEdit
{
  GObject parent_instance;

  TrestleContext *context;
  TrestleRequests *requests;
  TrestleOwnProduct *product;
  TrestleDraft *live;
  TrestleDraft *draft;
  TrestleDraftFacts *facts;
};

G_DEFINE_FINAL_TYPE (TrestleProductEdit, trestle_product_edit, G_TYPE_OBJECT)

static void
trestle_product_edit_finalize (GObject *object)
{
  TrestleProductEdit *self = TRESTLE_PRODUCT_EDIT (object);

  g_clear_object (&self->context);
  g_clear_object (&self->requests);
  g_clear_object (&self->product);
  g_clear_object (&self->live);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->facts, trestle_draft_facts_free);
  G_OBJECT_CLASS (trestle_product_edit_parent_class)->finalize (object);
}

static void
trestle_product_edit_class_init (TrestleProductEditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_product_edit_finalize;
}

static void
trestle_product_edit_init (TrestleProductEdit *self)
{
}

typedef struct
{
  TrestleSession *session;
  char *product;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_object_unref (self->session);
  g_free (self->product);
  g_free (self);
}

static gboolean
read_facts (TrestleProductEdit *self, GError **error)
{
  TrestleDraftFacts *facts = dex_await_boxed (
      trestle_draft_facts_read (self->context, self->draft, NULL), error);

  if (facts == NULL)
    return FALSE;
  g_clear_pointer (&self->facts, trestle_draft_facts_free);
  self->facts = facts;
  return TRUE;
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  g_autoptr (TrestleProductEdit) self = g_object_new (TRESTLE_TYPE_PRODUCT_EDIT, NULL);
  g_autoptr (GError) error = NULL;

  self->context = g_object_ref (trestle_session_get_context (opening->session));
  self->requests = g_object_ref (trestle_session_get_requests (opening->session));
  self->product = dex_await_object (
      trestle_own_products_resolve (trestle_session_get_own_products (opening->session),
                                    opening->product),
      &error);
  if (self->product == NULL)
    return trestle_future_error (error);
  self->live = trestle_drafts_of_product (self->product);
  self->draft = trestle_draft_copy (self->live);
  if (!read_facts (self, &error))
    return trestle_future_error (error);
  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
trestle_product_edit_open (TrestleSession *session, const char *product)
{
  Opening *opening;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  g_return_val_if_fail (product != NULL, NULL);

  opening = g_new0 (Opening, 1);
  opening->session = g_object_ref (session);
  opening->product = g_strdup (product);
  return trestle_fiber_spawn (open_fiber, opening, opening_free);
}

TrestleContext *
trestle_product_edit_get_context (TrestleProductEdit *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);
  return self->context;
}

TrestleOwnProduct *
trestle_product_edit_get_product (TrestleProductEdit *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);
  return self->product;
}

TrestleDraft *
trestle_product_edit_get_live (TrestleProductEdit *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);
  return self->live;
}

TrestleDraft *
trestle_product_edit_get_draft (TrestleProductEdit *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);
  return self->draft;
}

TrestlePackage *
trestle_product_edit_get_package (TrestleProductEdit *self, const char *arn)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);
  return trestle_draft_facts_get_package (self->facts, arn);
}

int
trestle_product_edit_find_version (TrestleProductEdit *self, const char *name)
{
  static const char *const members[] = { "Id", "DeliveryOptionId", "VersionTitle" };

  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), -1);

  for (int i = (int) trestle_draft_get_length (self->draft, "Versions") - 1; i >= 0; i--)
    for (guint m = 0; m < G_N_ELEMENTS (members); m++)
      {
        g_autofree char *path = g_strdup_printf ("Versions[%d].%s", i, members[m]);

        if (g_str_equal (trestle_draft_get_text (self->draft, path), name))
          return i;
      }
  return -1;
}

static GPtrArray *
lint (TrestleProductEdit *self, TrestleDraft *draft)
{
  TrestleLintFacts facts = { .live = self->live, .now = trestle_clock_now () };

  trestle_draft_facts_fill (self->facts, &facts);
  return trestle_lint (draft, &facts);
}

static char *
dup_key (TrestleFinding *finding)
{
  return g_strjoin ("\n",
                    trestle_finding_get_rule (finding) ? trestle_finding_get_rule (finding) : "",
                    trestle_finding_get_field (finding) ? trestle_finding_get_field (finding) : "",
                    trestle_finding_get_message (finding), NULL);
}

static DexFuture *
check_fiber (gpointer data)
{
  TrestleProductEdit *self = data;
  g_autoptr (GListStore) list = g_list_store_new (TRESTLE_TYPE_FINDING);
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  guint n_errors = 0;

  if (!read_facts (self, &error))
    return trestle_future_error (error);
  old = lint (self, self->live);
  found = lint (self, self->draft);
  for (guint i = 0; i < old->len; i++)
    g_hash_table_add (before, dup_key (g_ptr_array_index (old, i)));
  for (guint i = 0; i < found->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (found, i);
      g_autofree char *key = dup_key (finding);

      if (g_hash_table_contains (before, key))
        continue;
      if (trestle_finding_get_severity (finding) == TRESTLE_SEVERITY_ERROR)
        g_list_store_insert (list, n_errors++, finding);
      else
        g_list_store_append (list, finding);
    }
  return dex_future_new_take_object (g_steal_pointer (&list));
}

DexFuture *
trestle_product_edit_check (TrestleProductEdit *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);

  return trestle_fiber_spawn (check_fiber, g_object_ref (self), g_object_unref);
}

TrestleChangeSet *
trestle_product_edit_build (TrestleProductEdit *self)
{
  /* Of a product that AWS has as a draft, what is changed is changed; releasing it is another thing. */
  const TrestleChangeSetOptions options = { .lock = TRUE };

  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);

  return trestle_change_set_build (self->draft, self->live, &options);
}

typedef struct
{
  TrestleProductEdit *edit;
  char *title;
} Submit;

static void
submit_free (gpointer data)
{
  Submit *self = data;

  g_object_unref (self->edit);
  g_free (self->title);
  g_free (self);
}

static DexFuture *
submit_fiber (gpointer data)
{
  Submit *submit = data;
  TrestleProductEdit *self = submit->edit;
  g_autoptr (TrestleChangeSet) changes = trestle_product_edit_build (self);
  g_autoptr (GListModel) findings = NULL;
  g_autoptr (JsonNode) input = NULL;
  g_autoptr (GError) error = NULL;

  if (g_list_model_get_n_items (trestle_change_set_get_changes (changes)) == 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("There is nothing to send: “%s” is as it is to be"),
                                  trestle_own_product_get_title (self->product));
  findings = dex_await_object (trestle_product_edit_check (self), &error);
  if (findings == NULL || !trestle_findings_allow (findings, &error))
    return trestle_future_error (error);
  input = trestle_change_set_to_json (changes, NULL, NULL);
  return dex_future_new_take_object (
      trestle_requests_submit (self->requests, json_node_dup_object (input), submit->title,
                               trestle_own_product_get_id (self->product)));
}

DexFuture *
trestle_product_edit_submit (TrestleProductEdit *self, const char *title)
{
  Submit *submit;

  g_return_val_if_fail (TRESTLE_IS_PRODUCT_EDIT (self), NULL);
  g_return_val_if_fail (title != NULL, NULL);

  submit = g_new0 (Submit, 1);
  submit->edit = g_object_ref (self);
  submit->title = g_strdup (title);
  return trestle_fiber_spawn (submit_fiber, submit, submit_free);
}
