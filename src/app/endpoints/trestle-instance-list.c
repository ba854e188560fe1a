/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-instance-list.h"

#include <glib/gi18n.h>

#include "endpoints/trestle-instance-row.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-widget.h"

struct _TrestleInstanceList
{
  GtkWidget parent_instance;

  TrestlePageState *state;
  GtkListBox *list;

  TrestleInstanceRow *chosen;
  gboolean is_short;
};

enum
{
  CHANGED,
  RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TrestleInstanceList, trestle_instance_list, GTK_TYPE_WIDGET)

static void
on_chosen (TrestleInstanceList *self, TrestleInstanceRow *row)
{
  self->chosen = row;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (TrestleInstanceList *self, TrestleInstanceRow *row)
{
  if (trestle_instance_row_get_usable (row))
    trestle_instance_row_set_active (row, TRUE);
}

static void
on_retry (TrestleInstanceList *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

/* Types the package does not list cannot be chosen, so they are not offered. */
static gboolean
is_listed (TrestlePackage *package, TrestlePriceRow *price)
{
  const char *const *types = trestle_package_get_realtime_types (package);

  return types == NULL || types[0] == NULL
         || g_strv_contains (types, trestle_price_row_get_instance_type (price));
}

void
trestle_instance_list_set (TrestleInstanceList *self, GListModel *prices, TrestlePackage *package)
{
  TrestleInstanceRow *group = NULL, *best = NULL;

  g_return_if_fail (TRESTLE_IS_INSTANCE_LIST (self));

  self->chosen = NULL;
  self->is_short = FALSE;
  gtk_list_box_remove_all (self->list);
  if (prices == NULL || package == NULL)
    {
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (prices); i++)
    {
      g_autoptr (TrestlePriceRow) price = g_list_model_get_item (prices, i);
      GtkWidget *row;

      if (!is_listed (package, price))
        continue;
      row = trestle_instance_row_new (price, group);
      group = TRESTLE_INSTANCE_ROW (row);
      if (best == NULL && trestle_instance_row_get_usable (group))
        best = group;
      self->is_short = self->is_short || trestle_price_row_get_quota (price) == 0;
      g_signal_connect_object (row, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
    }
  trestle_page_state_set_state (self->state,
                                group != NULL ? TRESTLE_PAGE_CONTENT : TRESTLE_PAGE_EMPTY);
  if (best != NULL)
    trestle_instance_row_set_active (best, TRUE);
}

void
trestle_instance_list_fail (TrestleInstanceList *self, const GError *error)
{
  g_return_if_fail (TRESTLE_IS_INSTANCE_LIST (self));
  trestle_page_state_fail (self->state, _ ("load the prices"), error);
}

TrestlePriceRow *
trestle_instance_list_get_chosen (TrestleInstanceList *self)
{
  g_return_val_if_fail (TRESTLE_IS_INSTANCE_LIST (self), NULL);
  return self->chosen != NULL ? trestle_instance_row_get_price (self->chosen) : NULL;
}

gboolean
trestle_instance_list_is_short (TrestleInstanceList *self)
{
  g_return_val_if_fail (TRESTLE_IS_INSTANCE_LIST (self), FALSE);
  return self->is_short;
}

char **
trestle_instance_list_dup_fallbacks (TrestleInstanceList *self, guint most)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GtkListBoxRow *row;
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_INSTANCE_LIST (self), NULL);

  for (int i = 0; n < most && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      TrestleInstanceRow *other = TRESTLE_INSTANCE_ROW (row);

      if (other == self->chosen || !trestle_instance_row_get_usable (other))
        continue;
      g_strv_builder_add (
          builder, trestle_price_row_get_instance_type (trestle_instance_row_get_price (other)));
      n++;
    }
  return g_strv_builder_end (builder);
}

static void
trestle_instance_list_dispose (GObject *object)
{
  TRESTLE_INSTANCE_LIST (object)->chosen = NULL;
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_INSTANCE_LIST);
  G_OBJECT_CLASS (trestle_instance_list_parent_class)->dispose (object);
}

static void
trestle_instance_list_class_init (TrestleInstanceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_instance_list_dispose;
  signals[CHANGED] = g_signal_new ("changed", TRESTLE_TYPE_INSTANCE_LIST, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RETRY] = g_signal_new ("retry", TRESTLE_TYPE_INSTANCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-instance-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceList, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleInstanceList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
trestle_instance_list_init (TrestleInstanceList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
