/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-open-draft-private.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-draft-diff.h"
#include "domain/trestle-finding.h"
#include "workbench/trestle-parts.h"

/* Typing goes on for a while; what is wrong is said once it rests. */
#define QUIET_MSEC 150

/* A price that rose lately may not rise again; the date is remembered for each offer. */
#define RISE_KEY "seller/rise/"

G_DEFINE_FINAL_TYPE (TrestleOpenDraft, trestle_open_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DRAFT,
  PROP_NAME,
  PROP_PATH,
  PROP_SAVED,
  PROP_PROBLEM,
  PROP_FINDINGS,
  PROP_N_ERRORS,
  PROP_N_WARNINGS,
  PROP_N_CHANGES,
  PROP_CHECKED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint linted_signal;
static guint outside_signal;

static void
trestle_open_draft_finalize (GObject *object)
{
  TrestleOpenDraft *self = TRESTLE_OPEN_DRAFT (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->checking);
  g_clear_object (&self->past);
  g_clear_object (&self->file);
  g_clear_object (&self->store);
  g_clear_object (&self->context);
  g_clear_object (&self->base);
  g_clear_object (&self->live);
  g_clear_object (&self->findings);
  g_clear_pointer (&self->facts, trestle_draft_facts_free);
  g_free (self->path);
  g_free (self->product_visibility);
  G_OBJECT_CLASS (trestle_open_draft_parent_class)->finalize (object);
}

static guint
count (TrestleOpenDraft *self, TrestleSeverity severity)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->findings)); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->findings), i);

      n += trestle_finding_get_severity (finding) == severity;
    }
  return n;
}

static void
trestle_open_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleOpenDraft *self = TRESTLE_OPEN_DRAFT (object);

  switch (id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, trestle_open_draft_get_draft (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, trestle_open_draft_get_name (self));
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_SAVED:
      g_value_set_boolean (value, trestle_draft_file_get_saved (self->file));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, trestle_draft_file_get_problem (self->file));
      break;
    case PROP_FINDINGS:
      g_value_set_object (value, self->findings);
      break;
    case PROP_N_ERRORS:
      g_value_set_uint (value, count (self, TRESTLE_SEVERITY_ERROR));
      break;
    case PROP_N_WARNINGS:
      g_value_set_uint (value, count (self, TRESTLE_SEVERITY_WARNING));
      break;
    case PROP_N_CHANGES:
      g_value_set_uint (value, self->n_changes);
      break;
    case PROP_CHECKED:
      g_value_set_boolean (value, self->facts != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_open_draft_class_init (TrestleOpenDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_open_draft_finalize;
  object_class->get_property = trestle_open_draft_get_property;
  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, TRESTLE_TYPE_DRAFT, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_SAVED] = g_param_spec_boolean ("saved", NULL, NULL, TRUE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_FINDINGS] = g_param_spec_object ("findings", NULL, NULL, G_TYPE_LIST_MODEL,
                                                   flags);
  properties[PROP_N_ERRORS] = g_param_spec_uint ("n-errors", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_WARNINGS] = g_param_spec_uint ("n-warnings", NULL, NULL, 0, G_MAXUINT, 0,
                                                   flags);
  properties[PROP_N_CHANGES] = g_param_spec_uint ("n-changes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  linted_signal = g_signal_new ("linted", TRESTLE_TYPE_OPEN_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  outside_signal = g_signal_new ("changed-outside", TRESTLE_TYPE_OPEN_DRAFT, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
trestle_open_draft_init (TrestleOpenDraft *self)
{
  self->findings = g_list_store_new (TRESTLE_TYPE_FINDING);
}

static gboolean
is_same (TrestleFinding *a, TrestleFinding *b)
{
  return trestle_finding_get_severity (a) == trestle_finding_get_severity (b)
         && g_strcmp0 (trestle_finding_get_field (a), trestle_finding_get_field (b)) == 0
         && g_strcmp0 (trestle_finding_get_message (a), trestle_finding_get_message (b)) == 0
         && g_strcmp0 (trestle_finding_get_fix (a), trestle_finding_get_fix (b)) == 0;
}

/* Rows stay where nothing changed, so that a list of findings does not jump under the pointer. */
static void
take_findings (TrestleOpenDraft *self, GPtrArray *findings)
{
  GListModel *items = G_LIST_MODEL (self->findings);
  guint n_old = g_list_model_get_n_items (items);
  guint head = 0;

  while (head < MIN (n_old, findings->len))
    {
      g_autoptr (TrestleFinding) old = g_list_model_get_item (items, head);

      if (!is_same (old, g_ptr_array_index (findings, head)))
        break;
      head++;
    }
  if (head < n_old || head < findings->len)
    {
      g_list_store_splice (self->findings, head, n_old - head, findings->pdata + head,
                           findings->len - head);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ERRORS]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WARNINGS]);
    }
}

void
trestle_open_draft_lint (TrestleOpenDraft *self)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self);
  TrestleLintFacts facts = { 0 };
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (TrestleChangeSet) changes = NULL;
  guint n;

  g_clear_handle_id (&self->timer, g_source_remove);
  trestle_draft_facts_fill (self->facts, &facts);
  facts.live = self->live;
  facts.last_price_rise = trestle_open_draft_get_last_rise (self);
  facts.now = trestle_clock_now ();
  findings = trestle_lint (draft, &facts);
  take_findings (self, findings);

  changes = trestle_open_draft_build (self);
  n = g_list_model_get_n_items (trestle_change_set_get_changes (changes));
  if (n != self->n_changes)
    {
      self->n_changes = n;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGES]);
    }
  g_signal_emit (self, linted_signal, 0);
}

static gboolean
quiet_cb (gpointer data)
{
  TrestleOpenDraft *self = data;

  self->timer = 0;
  trestle_open_draft_lint (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (TrestleDraft *draft, const char *path, TrestleOpenDraft *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (QUIET_MSEC, quiet_cb, self);
}

static void
saved_cb (TrestleDraftFile *file, GParamSpec *pspec, TrestleOpenDraft *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED]);
}

static void
problem_cb (TrestleDraftFile *file, GParamSpec *pspec, TrestleOpenDraft *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
reloaded_cb (TrestleDraftFile *file, TrestleOpenDraft *self)
{
  g_signal_emit (self, outside_signal, 0, TRUE);
}

static void
displaced_cb (TrestleDraftFile *file, const char *path, TrestleOpenDraft *self)
{
  g_signal_emit (self, outside_signal, 0, FALSE);
}

TrestleOpenDraft *
trestle_open_draft_new (TrestleContext *context,
                        TrestleDraftStore *store,
                        const char *name,
                        const char *path,
                        GError **error)
{
  g_autoptr (TrestleOpenDraft) self = g_object_new (TRESTLE_TYPE_OPEN_DRAFT, NULL);
  g_autoptr (GError) reason = NULL;

  self->context = g_object_ref (context);
  self->store = g_object_ref (store);
  self->path = g_strdup (path);
  self->file = trestle_draft_file_open (store, name, error);
  if (self->file == NULL)
    return NULL;
  self->base = trestle_draft_store_load_base (store, name, &reason);
  if (reason != NULL)
    g_message ("What %s was made from cannot be read: %s", name, reason->message);
  self->past = trestle_draft_past_new (trestle_draft_file_get_draft (self->file));
  g_signal_connect_object (self->file, "notify::saved", G_CALLBACK (saved_cb), self, 0);
  g_signal_connect_object (self->file, "notify::problem", G_CALLBACK (problem_cb), self, 0);
  g_signal_connect_object (self->file, "reloaded", G_CALLBACK (reloaded_cb), self, 0);
  g_signal_connect_object (self->file, "displaced", G_CALLBACK (displaced_cb), self, 0);
  g_signal_connect_object (trestle_draft_file_get_draft (self->file), "changed",
                           G_CALLBACK (changed_cb), self, 0);
  trestle_open_draft_lint (self);
  return g_steal_pointer (&self);
}

TrestleDraft *
trestle_open_draft_get_draft (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return trestle_draft_file_get_draft (self->file);
}

/** trestle_open_draft_get_name: Returns: (transfer none): its file's name without `.yaml` */
const char *
trestle_open_draft_get_name (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return trestle_draft_file_get_name (self->file);
}

/** trestle_open_draft_get_path: Returns: (transfer none): its file */
const char *
trestle_open_draft_get_path (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return self->path;
}

TrestleDraft *
trestle_open_draft_get_base (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return self->base;
}

TrestleDraft *
trestle_open_draft_get_live (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return self->live;
}

TrestleDraftPast *
trestle_open_draft_get_past (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return self->past;
}

GListModel *
trestle_open_draft_get_findings (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return G_LIST_MODEL (self->findings);
}

guint
trestle_open_draft_get_n_errors (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), 0);
  return count (self, TRESTLE_SEVERITY_ERROR);
}

gpointer
trestle_open_draft_get_package (TrestleOpenDraft *self, const char *arn)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return trestle_draft_facts_get_package (self->facts, arn);
}

DexFuture *
trestle_open_draft_save (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return trestle_draft_file_save (self->file);
}

static DexFuture *
give_findings (DexFuture *future, gpointer data)
{
  return dex_future_new_for_object (TRESTLE_OPEN_DRAFT (data)->findings);
}

static DexFuture *
checked_cb (DexFuture *future, gpointer data)
{
  TrestleOpenDraft *self = data;
  gboolean first = self->facts == NULL;

  dex_clear (&self->checking);
  g_clear_pointer (&self->facts, trestle_draft_facts_free);
  self->facts = trestle_draft_facts_ref (g_value_get_boxed (dex_future_get_value (future, NULL)));
  trestle_draft_facts_take_live (self->facts, &self->live, &self->product_visibility);
  if (first)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKED]);
  if (self->sent_succeeded && self->live != NULL)
    {
      self->sent_succeeded = FALSE;
      trestle_open_draft_adopt_live (self);
      /* lints too */
      return dex_future_then (trestle_open_draft_rebase (self), give_findings, g_object_ref (self),
                              g_object_unref);
    }
  trestle_open_draft_lint (self);
  return dex_future_new_for_object (self->findings);
}

/* Whether or not a change set of it is still under way. */
static DexFuture *
settled_cb (DexFuture *future, gpointer data)
{
  TrestleOpenDraft *self = data;

  return trestle_draft_facts_read (self->context, trestle_open_draft_get_draft (self), self->path);
}

DexFuture *
trestle_open_draft_check (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);

  if (self->checking == NULL)
    {
      self->checking = dex_future_then (dex_future_finally (trestle_open_draft_settle (self),
                                                            settled_cb, g_object_ref (self),
                                                            g_object_unref),
                                        checked_cb, g_object_ref (self), g_object_unref);
      trestle_context_keep (self->checking);
    }
  return dex_ref (self->checking);
}

GPtrArray *
trestle_open_draft_diff (TrestleOpenDraft *self)
{
  g_autoptr (TrestleDraft) base = NULL;
  g_autoptr (TrestleDraft) live = NULL;
  TrestleDraft *draft;

  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);

  draft = trestle_open_draft_get_draft (self);
  base = trestle_open_draft_dup_reference (self, self->base);
  live = trestle_open_draft_dup_reference (self, self->live);
  if (live != NULL)
    return trestle_draft_diff_three (draft, base, live);
  return trestle_draft_diff (draft, base);
}

TrestleChangeSet *
trestle_open_draft_build (TrestleOpenDraft *self)
{
  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  return trestle_open_draft_build_with (self, NULL);
}

gint64
trestle_open_draft_get_last_rise (TrestleOpenDraft *self)
{
  const char *offer;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), 0);

  offer = trestle_draft_get_text (trestle_open_draft_get_draft (self), "Offer.Identifier");
  if (*offer == '\0')
    return 0;
  key = g_strconcat (RISE_KEY, offer, NULL);
  text = trestle_store_recall (self->context->store, self->context->scope, key);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

void
trestle_open_draft_note_rise (TrestleOpenDraft *self)
{
  const char *offer = trestle_draft_get_text (trestle_open_draft_get_draft (self),
                                              "Offer.Identifier");
  g_autofree char *key = g_strconcat (RISE_KEY, offer, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, trestle_clock_now ());

  if (*offer != '\0')
    trestle_store_remember (self->context->store, self->context->scope, key, text, NULL);
}
