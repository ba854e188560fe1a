/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "domain/trestle-draft-info.h"
#include "trestle-account-chip.h"
#include "trestle-meter.h"
#include "trestle-routes.h"
#include "trestle-sidebar-row.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-session.h"

struct _TrestleSidebar
{
  GtkWidget parent_instance;

  TrestleAccountChip *chip;
  AdwToggleGroup *sides;
  GtkListBox *list;

  TrestleSession *session;
  GBindingGroup *endpoint_bindings;
  GBindingGroup *subscription_bindings;
  GSignalGroup *lists[3]; /* what the selling side counts */
  char *section;
  gboolean following; /* the toggle moves because the section did */
};

enum
{
  PROP_SESSION = 1,
  PROP_SECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleSidebar, trestle_sidebar, GTK_TYPE_WIDGET)

void
trestle_sidebar_refresh_accounts (TrestleSidebar *self)
{
  g_return_if_fail (TRESTLE_IS_SIDEBAR (self));
  trestle_account_chip_refresh (self->chip);
}

static gboolean
filter_row (GtkListBoxRow *row, gpointer data)
{
  TrestleSidebar *self = data;

  return g_strcmp0 (trestle_sidebar_row_get_side (TRESTLE_SIDEBAR_ROW (row)),
                    adw_toggle_group_get_active_name (self->sides))
         == 0;
}

static TrestleSidebarRow *
find_row (TrestleSidebar *self, const char *section)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (trestle_sidebar_row_get_section (TRESTLE_SIDEBAR_ROW (row)), section) == 0)
      return TRESTLE_SIDEBAR_ROW (row);
  return NULL;
}

/* Products, and drafts of what AWS does not have yet. */
static guint
count_listings (TrestleSession *session)
{
  TrestleRemoteList *products = TRESTLE_REMOTE_LIST (trestle_session_get_own_products (session));
  GListModel *drafts = G_LIST_MODEL (trestle_session_get_drafts (session));
  guint count = g_list_model_get_n_items (G_LIST_MODEL (products));

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (TrestleDraftInfo) draft = g_list_model_get_item (drafts, i);
      const char *product = trestle_draft_info_get_product_id (draft);

      count += product == NULL || trestle_remote_list_find (products, product) == NULL;
    }
  return count;
}

static void
update_counts (TrestleSidebar *self)
{
  guint n_listings = 0, n_changes = 0;

  if (self->session != NULL
      && trestle_section_is_open (trestle_sections_find ("listings"), self->session))
    {
      n_listings = count_listings (self->session);
      n_changes = trestle_change_words_count (
          G_LIST_MODEL (trestle_session_get_requests (self->session)));
    }
  g_object_set (find_row (self, "listings"), "count", n_listings, NULL);
  g_object_set (find_row (self, "changes"), "count", n_changes, NULL);
}

static void
follow_lists (TrestleSidebar *self)
{
  gpointer lists[G_N_ELEMENTS (self->lists)] = { NULL };

  if (self->session != NULL)
    {
      lists[0] = trestle_session_get_own_products (self->session);
      lists[1] = trestle_session_get_drafts (self->session);
      lists[2] = trestle_session_get_requests (self->session);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_group_set_target (self->lists[i], lists[i]);
  update_counts (self);
}

static void
select_section (TrestleSidebar *self)
{
  TrestleSidebarRow *row = find_row (self, self->section);

  if (row == NULL)
    return;
  self->following = TRUE;
  adw_toggle_group_set_active_name (self->sides, trestle_sidebar_row_get_side (row));
  self->following = FALSE;
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static void
on_row_activated (TrestleSidebar *self, TrestleSidebarRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-section", "s",
                              trestle_sidebar_row_get_section (row));
}

static void
on_side_changed (TrestleSidebar *self)
{
  gtk_list_box_invalidate_filter (self->list);
  if (!self->following)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.side", "s",
                                adw_toggle_group_get_active_name (self->sides));
}

static void
trestle_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleSidebar *self = TRESTLE_SIDEBAR (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SECTION:
      g_value_set_string (value, self->section);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleSidebar *self = TRESTLE_SIDEBAR (object);

  switch (id)
    {
    case PROP_SESSION:
      if (g_set_object (&self->session, g_value_get_object (value)))
        {
          g_binding_group_set_source (
              self->endpoint_bindings,
              self->session != NULL ? trestle_session_get_endpoints (self->session) : NULL);
          g_binding_group_set_source (
              self->subscription_bindings,
              self->session != NULL ? trestle_session_get_subscriptions (self->session) : NULL);
          follow_lists (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_SECTION:
      if (g_set_str (&self->section, g_value_get_string (value)))
        select_section (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_sidebar_dispose (GObject *object)
{
  TrestleSidebar *self = TRESTLE_SIDEBAR (object);

  g_clear_object (&self->endpoint_bindings);
  g_clear_object (&self->subscription_bindings);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_clear_object (&self->lists[i]);
  g_clear_object (&self->session);
  g_clear_pointer (&self->section, g_free);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SIDEBAR);
  G_OBJECT_CLASS (trestle_sidebar_parent_class)->dispose (object);
}

static void
trestle_sidebar_class_init (TrestleSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_ACCOUNT_CHIP);
  g_type_ensure (TRESTLE_TYPE_METER);

  object_class->get_property = trestle_sidebar_get_property;
  object_class->set_property = trestle_sidebar_set_property;
  object_class->dispose = trestle_sidebar_dispose;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TRESTLE_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                      | G_PARAM_STATIC_STRINGS);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, NULL,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/trestle-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSidebar, chip);
  gtk_widget_class_bind_template_child (widget_class, TrestleSidebar, sides);
  gtk_widget_class_bind_template_child (widget_class, TrestleSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
trestle_sidebar_init (TrestleSidebar *self)
{
  const TrestleSection *sections;
  guint n_sections;

  gtk_widget_init_template (GTK_WIDGET (self));

  sections = trestle_sections_get (&n_sections);
  for (guint i = 0; i < n_sections; i++)
    gtk_list_box_append (self->list,
                         trestle_sidebar_row_new (sections[i].id, sections[i].side,
                                                  _ (sections[i].title), sections[i].icon_name));
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  g_signal_connect_object (self->sides, "notify::active-name", G_CALLBACK (on_side_changed), self,
                           G_CONNECT_SWAPPED);

  self->endpoint_bindings = g_binding_group_new ();
  g_binding_group_bind (self->endpoint_bindings, "n-running", find_row (self, "endpoints"), "count",
                        G_BINDING_SYNC_CREATE);
  self->subscription_bindings = g_binding_group_new ();
  g_binding_group_bind (self->subscription_bindings, "n-active", find_row (self, "subscriptions"),
                        "count", G_BINDING_SYNC_CREATE);
  const GType types[] = { TRESTLE_TYPE_OWN_PRODUCTS, TRESTLE_TYPE_DRAFTS, TRESTLE_TYPE_REQUESTS };

  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    {
      self->lists[i] = g_signal_group_new (types[i]);
      g_signal_group_connect_swapped (self->lists[i], "items-changed", G_CALLBACK (update_counts),
                                      self);
    }
  g_object_set (find_row (self, "changes"), "wanted", TRUE, NULL);
}
