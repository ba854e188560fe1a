/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-account-chip.h"

#include <glib/gi18n.h>

#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-accounts.h"
#include "workbench/trestle-session.h"

#define N_COLOURS 6

struct _TrestleAccountChip
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkImage *tile;
  GtkLabel *title;
  GtkLabel *subtitle;
  GMenu *account_menu;

  TrestleSession *session;
  GSignalGroup *session_signals;
  DexFuture *list;
  guint n_sections; /* of the menu, before the fixed one */
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleAccountChip, trestle_account_chip, GTK_TYPE_WIDGET)

static void
update (TrestleAccountChip *self)
{
  TrestleAccount *account = self->session != NULL ? trestle_session_get_account (self->session)
                                                  : NULL;
  TrestleIdentity *identity = self->session != NULL ? trestle_session_get_identity (self->session)
                                                    : NULL;
  g_autofree char *title = NULL;
  g_autofree char *number = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *colour = NULL;
  const char *classes[] = { "account-tile", NULL, NULL };
  const char *role;
  gboolean practice;

  if (account == NULL)
    {
      gtk_label_set_label (self->title, _ ("No Account"));
      gtk_label_set_label (self->subtitle, _ ("Choose one"));
      return;
    }

  practice = trestle_account_get_kind (account) == TRESTLE_ACCOUNT_KIND_PRACTICE;
  title = g_strdup_printf ("%s · %s",
                           practice ? _ ("Practice") : trestle_account_get_name (account),
                           trestle_session_get_region (self->session));
  number = trestle_format_account (identity != NULL ? trestle_identity_get_account (identity)
                                                    : trestle_account_get_number (account));
  role = practice || identity == NULL ? trestle_account_get_role (account)
                                      : trestle_identity_get_name (identity);
  subtitle = *number != '\0' && role != NULL
                 ? g_strdup_printf ("%s · %s", number, role)
                 : g_strdup (*number != '\0' ? number : (role != NULL ? role : ""));

  colour = practice ? g_strdup ("practice")
                    : g_strdup_printf ("colour-%d",
                                       (int) (trestle_account_get_colour (account) % N_COLOURS));
  classes[1] = colour;
  gtk_widget_set_css_classes (GTK_WIDGET (self->tile), classes);
  gtk_image_set_from_icon_name (self->tile,
                                practice ? "trestle-flask-symbolic" : "avatar-default-symbolic");
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
}

static const char *
heading_of (TrestleAccountKind kind)
{
  switch (kind)
    {
    case TRESTLE_ACCOUNT_KIND_PRACTICE:
      return _ ("Practice, nothing costs money");
    case TRESTLE_ACCOUNT_KIND_ENVIRONMENT:
      return _ ("From the environment");
    case TRESTLE_ACCOUNT_KIND_PROFILE:
      return _ ("Profiles");
    case TRESTLE_ACCOUNT_KIND_KEYRING:
      return _ ("Kept in the keyring");
    default:
      return NULL;
    }
}

static void
on_listed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleAccountChip *self = owner;
  GListModel *accounts;

  if (error != NULL)
    {
      g_message ("Could not list the accounts: %s", error->message);
      return;
    }

  for (; self->n_sections > 0; self->n_sections--)
    g_menu_remove (self->account_menu, 0);

  accounts = g_value_get_object (value);
  for (int kind = TRESTLE_ACCOUNT_KIND_PRACTICE; kind <= TRESTLE_ACCOUNT_KIND_KEYRING; kind++)
    {
      g_autoptr (GMenu) menu = g_menu_new ();

      for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
        {
          g_autoptr (TrestleAccount) account = g_list_model_get_item (accounts, i);
          g_autoptr (GMenuItem) item = NULL;
          g_autofree char *label = NULL;

          if ((int) trestle_account_get_kind (account) != kind)
            continue;
          label = kind == TRESTLE_ACCOUNT_KIND_PRACTICE
                      ? g_strdup (trestle_account_get_role (account))
                      : g_strdup (trestle_account_get_name (account));
          item = g_menu_item_new (label, NULL);
          g_menu_item_set_action_and_target (item, "win.account", "s",
                                             trestle_account_get_id (account));
          g_menu_append_item (menu, item);
        }
      if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
        continue;
      g_menu_insert_section (self->account_menu, (int) self->n_sections++, heading_of (kind),
                             G_MENU_MODEL (menu));
    }
}

void
trestle_account_chip_refresh (TrestleAccountChip *self)
{
  g_return_if_fail (TRESTLE_IS_ACCOUNT_CHIP (self));
  trestle_watch (self, &self->list, trestle_accounts_list (), on_listed);
}

static void
trestle_account_chip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleAccountChip *self = TRESTLE_ACCOUNT_CHIP (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_account_chip_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TrestleAccountChip *self = TRESTLE_ACCOUNT_CHIP (object);

  switch (id)
    {
    case PROP_SESSION:
      if (g_set_object (&self->session, g_value_get_object (value)))
        {
          g_signal_group_set_target (self->session_signals, self->session);
          update (self);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_account_chip_dispose (GObject *object)
{
  TrestleAccountChip *self = TRESTLE_ACCOUNT_CHIP (object);

  dex_clear (&self->list);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ACCOUNT_CHIP);
  G_OBJECT_CLASS (trestle_account_chip_parent_class)->dispose (object);
}

static void
trestle_account_chip_class_init (TrestleAccountChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_account_chip_get_property;
  object_class->set_property = trestle_account_chip_set_property;
  object_class->dispose = trestle_account_chip_dispose;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TRESTLE_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/trestle-account-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountChip, button);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountChip, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountChip, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountChip, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TrestleAccountChip, account_menu);
}

static void
trestle_account_chip_init (TrestleAccountChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, self->subtitle,
                                  NULL, -1);

  self->session_signals = g_signal_group_new (TRESTLE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::identity", G_CALLBACK (update),
                                  self);
  update (self);
  trestle_account_chip_refresh (self);
}
