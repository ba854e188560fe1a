/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-role-row.h"

#include <glib/gi18n.h>

#include "domain/trestle-role.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleRoleRow
{
  AdwComboRow parent_instance;

  GtkImage *icon;

  char *wanted; /* the ARN that is chosen once the roles are there */
  DexFuture *load;
};

G_DEFINE_FINAL_TYPE (TrestleRoleRow, trestle_role_row, ADW_TYPE_COMBO_ROW)

static void
set_outcome (TrestleRoleRow *self, gboolean good, const char *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_image_set_from_icon_name (self->icon,
                                good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), good ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), good ? "success" : "warning");
}

static void
on_chosen (TrestleRoleRow *self)
{
  TrestleRole *role = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  if (!TRESTLE_IS_ROLE (role))
    return;
  if (trestle_role_get_trusts_sagemaker (role))
    set_outcome (self, TRUE, _ ("Trusts SageMaker"));
  else
    set_outcome (self, FALSE, _ ("Does not trust SageMaker, which cannot use it"));
}

/* Chooses the one that is wanted, if it is there. */
static void
choose_wanted (TrestleRoleRow *self)
{
  GListModel *roles = adw_combo_row_get_model (ADW_COMBO_ROW (self));

  for (guint i = 0; roles != NULL && i < g_list_model_get_n_items (roles); i++)
    {
      g_autoptr (TrestleRole) role = g_list_model_get_item (roles, i);

      if (g_strcmp0 (trestle_role_get_arn (role), self->wanted) == 0)
        adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
    }
}

void
trestle_role_row_set_arn (TrestleRoleRow *self, const char *arn)
{
  g_return_if_fail (TRESTLE_IS_ROLE_ROW (self));
  g_set_str (&self->wanted, arn);
  choose_wanted (self);
}

static void
on_roles (gpointer owner, const GValue *value, const GError *error)
{
  TrestleRoleRow *self = owner;
  GListModel *roles;

  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("list the roles"), error);

      set_outcome (self, FALSE, problem->body);
      return;
    }
  roles = g_value_get_object (value);
  if (g_list_model_get_n_items (roles) == 0)
    set_outcome (self, FALSE, _ ("There is no role. Make one that SageMaker may assume."));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), roles);
  choose_wanted (self);
}

void
trestle_role_row_load (TrestleRoleRow *self, TrestleSession *session)
{
  g_return_if_fail (TRESTLE_IS_ROLE_ROW (self));
  trestle_watch (self, &self->load,
                 trestle_endpoints_roles (trestle_session_get_endpoints (session)), on_roles);
}

const char *
trestle_role_row_get_arn (TrestleRoleRow *self)
{
  TrestleRole *role;

  g_return_val_if_fail (TRESTLE_IS_ROLE_ROW (self), NULL);

  role = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));
  return TRESTLE_IS_ROLE (role) ? trestle_role_get_arn (role) : NULL;
}

static void
trestle_role_row_dispose (GObject *object)
{
  dex_clear (&TRESTLE_ROLE_ROW (object)->load);
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_ROLE_ROW);
  G_OBJECT_CLASS (trestle_role_row_parent_class)->dispose (object);
}

static void
trestle_role_row_finalize (GObject *object)
{
  g_free (TRESTLE_ROLE_ROW (object)->wanted);
  G_OBJECT_CLASS (trestle_role_row_parent_class)->finalize (object);
}

static void
trestle_role_row_class_init (TrestleRoleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_role_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = trestle_role_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/widgets/trestle-role-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleRoleRow, icon);
}

static void
trestle_role_row_init (TrestleRoleRow *self)
{
  g_autoptr (GtkExpression) name = gtk_property_expression_new (TRESTLE_TYPE_ROLE, NULL, "name");

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), name);
  g_signal_connect (self, "notify::selected-item", G_CALLBACK (on_chosen), NULL);
}
