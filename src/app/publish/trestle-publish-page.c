/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-publish-page.h"

#include <glib/gi18n.h>

#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-draft-info.h"
#include "domain/trestle-draft-versions.h"
#include "domain/trestle-entity-draft.h"
#include "domain/trestle-lint.h"
#include "publish/trestle-publish-check-row.h"
#include "publish/trestle-publish-model.h"
#include "publish/trestle-publish-track.h"
#include "publish/trestle-testers.h"
#include "publish/trestle-unpublish-dialog.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-change-row.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-edit.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-container-run.h"

/* Of a product's change sets so many are shown; all are in Changes. */
#define MOST_CHANGES 6

struct _TrestlePublishPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  GtkButton *primary_button;
  GtkButton *bottom_button;
  TrestlePageState *state;
  TrestlePublishTrack *track;
  AdwPreferencesGroup *checks_group;
  GtkListBox *checks_list;
  TrestleTesters *testers;
  GtkWidget *changes_group;
  GtkListBox *changes_list;

  TrestleSession *session;
  char *product_id;
  TrestleOwnProduct *product;
  TrestleOpenDraft *draft;           /* where there is one */
  GListModel *findings;              /* of the listing at AWS */
  TrestleContainerResult *container; /* the check of the newest version's image */
  DexFuture *describing;
  DexFuture *reading; /* the drafts */
  DexFuture *opening;
  DexFuture *refreshing;
  DexFuture *listing;
  DexFuture *recalling;
  DexFuture *ask;
  TrestleUnpublishDialog *dialog; /* while it is shown */
  const char *target;             /* what is being asked for */
};

G_DEFINE_FINAL_TYPE (TrestlePublishPage, trestle_publish_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_visible (TrestlePublishPage *self, const char *visibility)
{
  return self->product != NULL
         && g_strcmp0 (trestle_own_product_get_visibility (self->product), visibility) == 0;
}

/* What is published is what AWS has; of a product that is still a draft, what would be sent. */
static void
get_facts (TrestlePublishPage *self, TrestlePublishFacts *facts)
{
  guint n_changes = 0;

  if (self->draft != NULL)
    g_object_get (self->draft, "n-changes", &n_changes, NULL);
  facts->product = self->product;
  facts->requests = G_LIST_MODEL (trestle_session_get_requests (self->session));
  facts->findings = self->draft != NULL && is_visible (self, "Draft")
                        ? trestle_open_draft_get_findings (self->draft)
                        : self->findings;
  facts->container = self->container;
  facts->n_changes = n_changes;
}

static void
update_checks (TrestlePublishPage *self, GPtrArray *checks)
{
  guint n_blocks = trestle_publish_count (checks, TRESTLE_PUBLISH_MARK_BLOCKED);
  guint n_look = trestle_publish_count (checks, TRESTLE_PUBLISH_MARK_LOOK)
                 + trestle_publish_count (checks, TRESTLE_PUBLISH_MARK_UNKNOWN);
  guint n_done = trestle_publish_count (checks, TRESTLE_PUBLISH_MARK_DONE);
  /* Translators: how many points block, are to be looked at, are done */
  g_autofree char *text = n_blocks > 0
                              ? g_strdup_printf (_ ("%u block, %u to look at, %u done"), n_blocks,
                                                 n_look, n_done)
                              : g_strdup_printf (_ ("Nothing blocks, %u to look at, %u done"),
                                                 n_look, n_done);

  adw_preferences_group_set_title (self->checks_group,
                                   is_visible (self, "Limited") ? _ ("Before You Sign Off")
                                   : is_visible (self, "Draft") ? _ ("Before You Submit")
                                                                : _ ("Worth Knowing"));
  adw_preferences_group_set_description (self->checks_group, text);
  gtk_list_box_remove_all (self->checks_list);
  for (guint i = 0; i < checks->len; i++)
    gtk_list_box_append (self->checks_list, trestle_publish_check_row_new (
                                                g_ptr_array_index (checks, i), self->product_id));
}

static void
update_changes (TrestlePublishPage *self)
{
  GListModel *requests = G_LIST_MODEL (trestle_session_get_requests (self->session));
  GListModel *products = G_LIST_MODEL (trestle_session_get_own_products (self->session));
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (requests) && own->len < MOST_CHANGES; i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (requests, i);

      if (g_strcmp0 (trestle_change_words_product (request, products), self->product_id) == 0)
        g_ptr_array_add (own, g_steal_pointer (&request));
    }
  trestle_change_rows_sync (self->changes_list, self->session, own);
  gtk_widget_set_visible (self->changes_group, own->len > 0);
}

static void
update_buttons (TrestlePublishPage *self, GPtrArray *checks, gboolean running)
{
  GtkButton *const buttons[] = { self->primary_button, self->bottom_button };
  gboolean draft = is_visible (self, "Draft"), gone = is_visible (self, "Restricted");
  gboolean public = is_visible (self, "Public"), limited = is_visible (self, "Limited");
  const char *blocker = NULL;

  for (guint i = 0; i < checks->len && blocker == NULL; i++)
    if (trestle_publish_point_get_mark (g_ptr_array_index (checks, i))
        == TRESTLE_PUBLISH_MARK_BLOCKED)
      blocker = trestle_publish_point_get_title (g_ptr_array_index (checks, i));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "publish.sign-off",
                                 (limited || gone) && blocker == NULL && !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "publish.limit", (public || gone) && !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "publish.unpublish",
                                 (public || limited) && !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "publish.show",
                                 self->product != NULL && !draft);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_button_set_label (buttons[i], draft  ? _ ("_Edit and Submit")
                                        : gone ? _ ("_Publish Again")
                                               : _ ("_Sign Off and Publish"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (buttons[i]),
                                      draft ? "publish.edit" : "publish.sign-off");
      gtk_widget_set_tooltip_text (GTK_WIDGET (buttons[i]),
                                   public ? _ ("It is public") : (draft ? NULL : blocker));
    }
}

static void
update (TrestlePublishPage *self)
{
  TrestlePublishFacts facts;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (TrestleChangeRequest) running = NULL;
  g_autofree char *subtitle = NULL;

  if (self->product == NULL)
    return;
  get_facts (self, &facts);
  checks = trestle_publish_checks (&facts);
  steps = trestle_publish_steps (&facts,
                                 trestle_publish_count (checks, TRESTLE_PUBLISH_MARK_BLOCKED));
  running = trestle_publish_find_request (&facts);
  trestle_publish_track_set_steps (self->track, steps);
  update_checks (self, checks);
  update_changes (self);
  update_buttons (self, checks, running != NULL);
  trestle_testers_set_product (self->testers, self->session, self->product);
  gtk_widget_set_visible (GTK_WIDGET (self->testers), !is_visible (self, "Restricted"));
  adw_window_title_set_title (self->window_title, trestle_own_product_get_title (self->product));
  subtitle = g_strdup_printf (_ ("%s · revision %d"), self->product_id,
                              (int) trestle_own_product_get_revision (self->product));
  adw_window_title_set_subtitle (self->window_title, subtitle);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 trestle_own_product_get_title (self->product));
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
}

/* --- Reading -------------------------------------------------------------------------------- */

static void
on_recalled (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePublishPage *self = owner;

  /* Of a package that cannot be described nothing is said. */
  if (error == NULL && g_set_object (&self->container, g_value_get_object (value)))
    update (self);
}

/* What is known of the image that the newest version is made of. */
static void
recall_check (TrestlePublishPage *self, TrestleDraft *live)
{
  guint n = trestle_draft_get_length (live, "Versions");
  const char *arn = n > 0 ? trestle_draft_get_version_arn (live, n - 1) : "";

  if (*arn != '\0')
    trestle_watch (
        self, &self->recalling,
        trestle_container_recall_package (trestle_session_get_packages (self->session), arn),
        on_recalled);
}

static void
lint_live (TrestlePublishPage *self)
{
  TrestleEntity *entity = trestle_own_product_get_product (self->product);
  TrestleEntity *offer = trestle_own_product_get_offer (self->product);
  g_autoptr (TrestleDraft) live = trestle_entity_draft_new (
      (JsonNode *) trestle_entity_get_document (entity), self->product_id,
      offer != NULL ? (JsonNode *) trestle_entity_get_document (offer) : NULL,
      offer != NULL ? trestle_entity_get_id (offer) : NULL);
  TrestleLintFacts facts = { .live = live };
  g_autoptr (GPtrArray) findings = trestle_lint (live, &facts);
  g_autoptr (GListStore) list = g_list_store_new (TRESTLE_TYPE_FINDING);

  g_list_store_splice (list, 0, 0, findings->pdata, findings->len);
  g_set_object (&self->findings, G_LIST_MODEL (list));
  recall_check (self, live);
}

static void
take_product (TrestlePublishPage *self, TrestleOwnProduct *product)
{
  if (!g_set_object (&self->product, product))
    return;
  lint_live (self);
  update (self);
}

static void
on_described (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePublishPage *self = owner;

  if (error == NULL)
    take_product (self, g_value_get_object (value));
  else if (self->product == NULL)
    trestle_page_state_fail (self->state, _ ("load the product"), error);
  else
    trestle_shell_problem (owner, _ ("load the product"), error);
}

static void
on_draft_opened (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePublishPage *self = owner;

  if (error != NULL)
    return;
  g_set_object (&self->draft, g_value_get_object (value));
  g_signal_connect_object (self->draft, "notify::n-errors", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::n-changes", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/* Without drafts the page is about what AWS has. */
static void
on_drafts_listed (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePublishPage *self = owner;
  TrestleDrafts *drafts = trestle_session_get_drafts (self->session);
  g_autoptr (TrestleDraftInfo) draft = trestle_drafts_find (drafts, self->product_id);

  if (draft != NULL && self->draft == NULL)
    trestle_watch (self, &self->opening,
                   trestle_drafts_open (drafts, trestle_draft_info_get_name (draft)),
                   on_draft_opened);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
refresh (TrestlePublishPage *self)
{
  TrestleOwnProducts *products = trestle_session_get_own_products (self->session);

  trestle_watch (self, &self->describing,
                 trestle_own_products_describe (trestle_session_get_own_products (self->session),
                                                self->product_id),
                 on_described);
  trestle_watch (self, &self->refreshing,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session))),
                 on_refreshed);
  /* For titles of what change sets touch, and for what can take its place. */
  if (!trestle_remote_list_get_loaded (TRESTLE_REMOTE_LIST (products)))
    trestle_watch (self, &self->listing,
                   trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (products)), on_refreshed);
  trestle_watch (self, &self->reading,
                 trestle_drafts_refresh (trestle_session_get_drafts (self->session)),
                 on_drafts_listed);
}

static void
on_retry (TrestlePublishPage *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  refresh (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  refresh (TRESTLE_PUBLISH_PAGE (widget));
}

/* A change set that ended may have moved the product. */
static void
on_ended (TrestlePublishPage *self, TrestleChangeRequest *request)
{
  const char *const *entities = trestle_change_request_get_entities (request);

  if (entities != NULL && g_strv_contains (entities, self->product_id))
    refresh (self);
}

/* --- What changes who sees it --------------------------------------------------------------- */

static void
on_submitted (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("change who sees the product"), error);
  refresh (owner);
}

static void
submit (TrestlePublishPage *self, const char *visibility, const char *replacement)
{
  g_autoptr (TrestleChangeSet) changes = trestle_change_set_new_visibility (
      self->product_id, trestle_own_product_get_title (self->product), visibility, replacement);
  g_autoptr (JsonNode) node = trestle_change_set_to_json (changes, NULL, NULL);
  g_autoptr (TrestleTask) task = trestle_requests_submit (
      trestle_session_get_requests (self->session), json_node_dup_object (node),
      trestle_change_set_get_name (changes), self->product_id);

  trestle_shell_toast (GTK_WIDGET (self), _ ("Sent to AWS; Changes shows how far it has come"));
  trestle_watch (self, NULL, trestle_task_wait (task), on_submitted);
}

static void
on_agreed (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePublishPage *self = owner;

  if (error == NULL)
    submit (self, self->target, NULL);
}

static void
ask_for (TrestlePublishPage *self,
         const char *visibility,
         const char *heading,
         const char *body,
         const char *verb)
{
  g_autofree char *title = g_strdup_printf ("%s: %s", trestle_own_product_get_title (self->product),
                                            heading);

  self->target = visibility;
  trestle_watch (self, &self->ask, trestle_ask_to (GTK_WIDGET (self), title, body, verb, FALSE),
                 on_agreed);
}

static void
sign_off_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_for (TRESTLE_PUBLISH_PAGE (widget), "Public", _ ("Sign Off and Publish?"),
           _ ("You confirm that it is ready for buyers. People at AWS review it, which takes days, "
              "sometimes weeks; until then nothing else can be changed on it. Then everybody can "
              "find it and subscribe, and its price applies."),
           _ ("_Sign Off and Publish"));
}

static void
limit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_for (
      TRESTLE_PUBLISH_PAGE (widget), "Limited", _ ("Back to Limited?"),
      _ ("Only you and the test accounts will find it. Those who are subscribed keep it. To be "
         "public again it has to be reviewed again."),
      _ ("_Back to Limited"));
}

static void
on_unpublish_answered (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePublishPage *self = owner;
  g_autoptr (TrestleUnpublishDialog) dialog = g_steal_pointer (&self->dialog);

  if (error == NULL && g_strcmp0 (g_value_get_string (value), "unpublish") == 0)
    submit (self, "Restricted", trestle_unpublish_dialog_get_replacement (dialog));
}

static void
unpublish_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestlePublishPage *self = TRESTLE_PUBLISH_PAGE (widget);
  TrestleUnpublishDialog *dialog = trestle_unpublish_dialog_new (
      self->product, G_LIST_MODEL (trestle_session_get_own_products (self->session)));

  g_clear_object (&self->dialog);
  self->dialog = g_object_ref_sink (dialog);
  trestle_watch_person (self, &self->ask, trestle_ask (ADW_ALERT_DIALOG (dialog), widget),
                        on_unpublish_answered);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_edit_product (widget, TRESTLE_PUBLISH_PAGE (widget)->product_id, NULL);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* Buyers know it by another identifier, but by the same name. */
  trestle_shell_open (widget, "product",
                      trestle_own_product_get_slug (TRESTLE_PUBLISH_PAGE (widget)->product));
}

/* --- The whole ------------------------------------------------------------------------------ */

static void
trestle_publish_page_map (GtkWidget *widget)
{
  TrestlePublishPage *self = TRESTLE_PUBLISH_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_publish_page_parent_class)->map (widget);
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session)));
  refresh (self);
}

static void
trestle_publish_page_unmap (GtkWidget *widget)
{
  TrestlePublishPage *self = TRESTLE_PUBLISH_PAGE (widget);

  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session)));
  GTK_WIDGET_CLASS (trestle_publish_page_parent_class)->unmap (widget);
}

static void
trestle_publish_page_dispose (GObject *object)
{
  TrestlePublishPage *self = TRESTLE_PUBLISH_PAGE (object);

  dex_clear (&self->describing);
  dex_clear (&self->reading);
  dex_clear (&self->opening);
  dex_clear (&self->refreshing);
  dex_clear (&self->listing);
  dex_clear (&self->recalling);
  dex_clear (&self->ask);
  g_clear_object (&self->dialog);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PUBLISH_PAGE);
  g_clear_object (&self->draft);
  g_clear_object (&self->findings);
  g_clear_object (&self->container);
  g_clear_object (&self->product);
  g_clear_object (&self->session);
  g_clear_pointer (&self->product_id, g_free);
  G_OBJECT_CLASS (trestle_publish_page_parent_class)->dispose (object);
}

static void
trestle_publish_page_class_init (TrestlePublishPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_PUBLISH_TRACK);
  g_type_ensure (TRESTLE_TYPE_TESTERS);
  G_OBJECT_CLASS (klass)->dispose = trestle_publish_page_dispose;
  widget_class->map = trestle_publish_page_map;
  widget_class->unmap = trestle_publish_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/publish/trestle-publish-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, primary_button);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, bottom_button);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, track);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, checks_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, checks_list);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, testers);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, changes_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishPage, changes_list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "publish.sign-off", NULL, sign_off_action);
  gtk_widget_class_install_action (widget_class, "publish.limit", NULL, limit_action);
  gtk_widget_class_install_action (widget_class, "publish.unpublish", NULL, unpublish_action);
  gtk_widget_class_install_action (widget_class, "publish.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "publish.show", NULL, show_action);
}

static void
trestle_publish_page_init (TrestlePublishPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_publish_page_new (TrestleSession *session, const char *product_id)
{
  TrestlePublishPage *self = g_object_new (TRESTLE_TYPE_PUBLISH_PAGE, NULL);
  TrestleRequests *requests = trestle_session_get_requests (session);
  TrestleOwnProduct *known;

  self->session = g_object_ref (session);
  self->product_id = g_strdup (product_id != NULL ? product_id : "");
  g_signal_connect_object (requests, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (requests, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  known = trestle_remote_list_find (
      TRESTLE_REMOTE_LIST (trestle_session_get_own_products (session)), self->product_id);
  if (known != NULL)
    take_product (self, known);
  return GTK_WIDGET (self);
}
