/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-package-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-draft-versions.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-lint.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

struct _TrestlePackageChooser
{
  AdwDialog parent_instance;

  TrestlePageState *state;
  GtkLabel *explanation;
  GtkListBox *list;

  TrestleSession *session;
  TrestlePackages *packages;
  GListModel *sorted;
  TrestleDraft *draft;
  char *account;

  DexFuture *refreshing;
  DexFuture *identifying;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (TrestlePackageChooser, trestle_package_chooser, ADW_TYPE_DIALOG)

char *
trestle_package_dup_bar (TrestlePackage *package, TrestleDraft *draft, const char *account)
{
  g_autoptr (GPtrArray) findings = trestle_package_find_obstacles (package, account);
  g_autoptr (GString) text = g_string_new (NULL);
  guint at = trestle_draft_find_version (draft, trestle_package_get_arn (package));
  const char *first = trestle_draft_get_version_arn (draft, 0);

  if (at != G_MAXUINT)
    {
      g_autofree char *path = g_strdup_printf ("Versions[%u].VersionTitle", at);

      return g_strdup_printf (_ ("Version “%s” is made of it."),
                              trestle_draft_get_text (draft, path));
    }
  if (*first != '\0'
      && (strstr (first, ":algorithm/") != NULL)
             != (trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_ALGORITHM))
    return g_strdup (_ ("All versions of a product are of one kind: models or algorithms."));
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            trestle_finding_get_message (findings->pdata[i]));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestlePackageChooser *self = data;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *bar = trestle_package_dup_bar (item, self->draft, self->account);
  g_autofree char *day = trestle_format_day (trestle_package_get_created (item));
  g_autofree char *types = trestle_package_get_realtime_types (item) != NULL
                               ? g_strjoinv (", ",
                                             (char **) trestle_package_get_realtime_types (item))
                               : g_strdup ("");
  g_autofree char *good = g_strdup_printf (_ ("Certified · made %s · %s"), day, types);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), trestle_package_get_name (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), bar != NULL ? bar : good);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), bar == NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             trestle_widget_decoration (bar != NULL ? "action-unavailable-symbolic"
                                                                    : "trestle-packages-symbolic"));
  if (bar == NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               trestle_widget_decoration ("go-next-symbolic"));
  else
    gtk_widget_add_css_class (row, "dimmed");
  return row;
}

/* What can be chosen stands first. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  TrestlePackageChooser *self = data;
  g_autofree char *one = trestle_package_dup_bar ((TrestlePackage *) a, self->draft, self->account);
  g_autofree char *other = trestle_package_dup_bar ((TrestlePackage *) b, self->draft,
                                                    self->account);

  return (one != NULL) - (other != NULL);
}

/* In the account's own order otherwise; whose account it is decides what can be chosen. */
static void
fill (TrestlePackageChooser *self)
{
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  g_autoptr (GtkSortListModel) sorted = gtk_sort_list_model_new (
      g_object_ref (G_LIST_MODEL (self->packages)), g_steal_pointer (&sorter));

  g_set_object (&self->sorted, G_LIST_MODEL (sorted));
  gtk_list_box_bind_model (self->list, self->sorted, create_row, self, NULL);
}

static void
update (TrestlePackageChooser *self)
{
  TrestleRemoteList *list = TRESTLE_REMOTE_LIST (self->packages);

  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  else if (trestle_remote_list_get_error (list) != NULL)
    trestle_page_state_fail (self->state, _ ("load the packages"),
                             trestle_remote_list_get_error (list));
  else
    trestle_page_state_set_state (self->state, trestle_remote_list_get_loaded (list)
                                                   ? TRESTLE_PAGE_EMPTY
                                                   : TRESTLE_PAGE_LOADING);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
on_identified (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackageChooser *self = owner;

  if (error != NULL)
    return;
  g_set_str (&self->account, trestle_identity_get_account (g_value_get_object (value)));
  fill (self);
}

static void
on_retry (TrestlePackageChooser *self)
{
  trestle_watch (self, &self->refreshing,
                 trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (self->packages)), on_refreshed);
  trestle_watch (self, &self->identifying, trestle_session_identify (self->session), on_identified);
  update (self);
}

static void
on_activated (TrestlePackageChooser *self, GtkListBoxRow *row)
{
  g_autoptr (TrestlePackage)
      package = g_list_model_get_item (self->sorted, (guint) gtk_list_box_row_get_index (row));

  if (package == NULL)
    return;
  g_signal_emit (self, chosen_signal, 0, package);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
new_package_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "package", "");
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
trestle_package_chooser_dispose (GObject *object)
{
  TrestlePackageChooser *self = TRESTLE_PACKAGE_CHOOSER (object);

  dex_clear (&self->refreshing);
  dex_clear (&self->identifying);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PACKAGE_CHOOSER);
  g_clear_object (&self->sorted);
  g_clear_object (&self->session);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->account, g_free);
  G_OBJECT_CLASS (trestle_package_chooser_parent_class)->dispose (object);
}

static void
trestle_package_chooser_class_init (TrestlePackageChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_package_chooser_dispose;
  chosen_signal = g_signal_new ("chosen", TRESTLE_TYPE_PACKAGE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, TRESTLE_TYPE_PACKAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/versions/trestle-package-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageChooser, state);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageChooser, explanation);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "chooser.new-package", NULL, new_package_action);
}

static void
trestle_package_chooser_init (TrestlePackageChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TrestlePackageChooser *
trestle_package_chooser_new (TrestleSession *session,
                             TrestleDraft *draft,
                             const char *title,
                             const char *explanation)
{
  TrestlePackageChooser *self = g_object_new (TRESTLE_TYPE_PACKAGE_CHOOSER, "title", title, NULL);

  self->session = g_object_ref (session);
  self->packages = trestle_session_get_packages (session);
  self->draft = g_object_ref (draft);
  gtk_label_set_label (self->explanation, explanation);
  g_signal_connect_object (self->packages, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  on_retry (self);
  return self;
}
