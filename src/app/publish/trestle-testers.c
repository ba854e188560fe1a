/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-testers.h"

#include <glib/gi18n.h>

#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-entity-draft.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

#define ACCOUNT_DIGITS 12

struct _TrestleTesters
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;
  AdwEntryRow *entry;
  GtkWidget *save_button;

  TrestleSession *session;
  TrestleOwnProduct *product;
  GtkStringList *accounts;
  gboolean changed;
  gboolean sending;
  DexFuture *ask;
};

G_DEFINE_FINAL_TYPE (TrestleTesters, trestle_testers, ADW_TYPE_PREFERENCES_GROUP)

gboolean
trestle_testers_is_account (const char *text, char **number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        g_string_append_c (digits, *text);
      else if (*text != ' ' && *text != '-')
        return FALSE;
    }
  if (digits->len != ACCOUNT_DIGITS)
    return FALSE;
  *number = g_string_free (g_steal_pointer (&digits), FALSE);
  return TRUE;
}

static void
set_changed (TrestleTesters *self, gboolean changed)
{
  self->changed = changed;
  gtk_widget_set_sensitive (self->save_button, changed && !self->sending);
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) > 0);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  const char *account = gtk_string_object_get_string (item);
  g_autofree char *number = trestle_format_account (account);
  g_autofree char *label = g_strdup_printf (_ ("Remove Account %s"), number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), number);
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "testers.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", account);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
on_add (TrestleTesters *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *number = NULL;

  if (!trestle_testers_is_account (text, &number))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      trestle_shell_toast (GTK_WIDGET (self), _ ("An account’s number has twelve digits"));
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (gtk_string_list_find (self->accounts, number) != G_MAXUINT)
    return;
  gtk_string_list_append (self->accounts, number);
  set_changed (self, TRUE);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleTesters *self = TRESTLE_TESTERS (widget);
  guint at = gtk_string_list_find (self->accounts, g_variant_get_string (parameter, NULL));

  if (at == G_MAXUINT)
    return;
  gtk_string_list_remove (self->accounts, at);
  set_changed (self, TRUE);
}

static void
on_sent (gpointer owner, const GValue *value, const GError *error)
{
  TrestleTesters *self = owner;

  self->sending = FALSE;
  set_changed (self, error != NULL);
  if (error != NULL)
    trestle_shell_problem (owner, _ ("update the test accounts"), error);
  else
    trestle_shell_toast (owner, _ ("The test accounts are updated"));
}

static TrestleDraft *
read_live (TrestleOwnProduct *product)
{
  TrestleEntity *entity = trestle_own_product_get_product (product);

  return trestle_entity_draft_new ((JsonNode *) trestle_entity_get_document (entity),
                                   trestle_own_product_get_id (product), NULL, NULL);
}

static void
on_agreed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleTesters *self = owner;
  g_autoptr (TrestleDraft) live = NULL;
  g_autoptr (TrestleDraft) draft = NULL;
  g_autoptr (TrestleChangeSet) changes = NULL;
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) accounts = NULL;
  g_autofree char *title = NULL;

  if (error != NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    g_strv_builder_add (builder, gtk_string_list_get_string (self->accounts, i));
  accounts = g_strv_builder_end (builder);
  live = read_live (self->product);
  draft = trestle_draft_copy (live);
  trestle_draft_set_texts (draft, "Product.BuyerAccounts", (const char *const *) accounts);
  changes = trestle_change_set_build (draft, live, NULL);
  if (g_list_model_get_n_items (trestle_change_set_get_changes (changes)) == 0)
    {
      set_changed (self, FALSE);
      return;
    }
  node = trestle_change_set_to_json (changes, NULL, NULL);
  title = g_strdup_printf (_ ("Test accounts of %s"),
                           trestle_own_product_get_title (self->product));
  task = trestle_requests_submit (trestle_session_get_requests (self->session),
                                  json_node_dup_object (node), title,
                                  trestle_own_product_get_id (self->product));
  self->sending = TRUE;
  set_changed (self, TRUE);
  trestle_watch (self, NULL, trestle_task_wait (task), on_sent);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleTesters *self = TRESTLE_TESTERS (widget);
  g_autofree char *heading = g_strdup_printf (_ ("Update the Test Accounts of %s?"),
                                              trestle_own_product_get_title (self->product));

  trestle_watch (
      self, &self->ask,
      trestle_ask_to (widget, heading,
                      _ ("The list at AWS becomes the one shown here. Until the change set "
                         "ends nothing else can be changed on the product."),
                      _ ("_Update"), FALSE),
      on_agreed);
}

static void
trestle_testers_dispose (GObject *object)
{
  TrestleTesters *self = TRESTLE_TESTERS (object);

  dex_clear (&self->ask);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_TESTERS);
  g_clear_object (&self->accounts);
  g_clear_object (&self->product);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_testers_parent_class)->dispose (object);
}

static void
trestle_testers_class_init (TrestleTestersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_testers_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/publish/trestle-testers.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleTesters, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleTesters, entry);
  gtk_widget_class_bind_template_child (widget_class, TrestleTesters, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_install_action (widget_class, "testers.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "testers.remove", "s", remove_action);
}

static void
trestle_testers_init (TrestleTesters *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->accounts = gtk_string_list_new (NULL);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->accounts), create_row, self, NULL);
}

void
trestle_testers_set_product (TrestleTesters *self,
                             TrestleSession *session,
                             TrestleOwnProduct *product)
{
  const char *const *testers;

  g_return_if_fail (TRESTLE_IS_TESTERS (self));

  g_set_object (&self->session, session);
  if (!g_set_object (&self->product, product) || self->changed)
    return;
  testers = trestle_own_product_get_testers (product);
  gtk_string_list_splice (self->accounts, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->accounts)), testers);
  set_changed (self, FALSE);
}
