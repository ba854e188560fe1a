/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "widgets/trestle-growing.h"

#define SOURCE_KEY "trestle-growing-source"
#define STEP_KEY "trestle-growing-step"

static gboolean
is_whole (GtkSliceListModel *self)
{
  GListModel *model = gtk_slice_list_model_get_model (self);

  return gtk_slice_list_model_get_size (self) >= g_list_model_get_n_items (model);
}

static gboolean
grow_cb (gpointer data)
{
  GtkSliceListModel *self = data;
  guint step = GPOINTER_TO_UINT (g_object_get_data (data, STEP_KEY));

  if (is_whole (self))
    {
      g_object_steal_data (data, SOURCE_KEY);
      return G_SOURCE_REMOVE;
    }
  gtk_slice_list_model_set_size (self, gtk_slice_list_model_get_size (self) + step);
  return G_SOURCE_CONTINUE;
}

static void
remove_source (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static void
grow (GtkSliceListModel *self)
{
  if (!is_whole (self) && g_object_get_data (G_OBJECT (self), SOURCE_KEY) == NULL)
    g_object_set_data_full (G_OBJECT (self), SOURCE_KEY,
                            GUINT_TO_POINTER (g_idle_add (grow_cb, self)), remove_source);
}

GListModel *
trestle_growing_new (GListModel *model, guint at_once)
{
  GtkSliceListModel *self = gtk_slice_list_model_new (g_object_ref (model), 0, at_once);

  g_object_set_data (G_OBJECT (self), STEP_KEY, GUINT_TO_POINTER (at_once));
  g_signal_connect_object (model, "items-changed", G_CALLBACK (grow), self, G_CONNECT_SWAPPED);
  grow (self);
  return G_LIST_MODEL (self);
}

void
trestle_growing_finish (GListModel *self)
{
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (self));
  gtk_slice_list_model_set_size (GTK_SLICE_LIST_MODEL (self), G_MAXUINT);
}
