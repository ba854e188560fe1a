/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-selection.h"

struct _TrestleLogSelection
{
  GObject parent_instance;

  TrestleLogModel *model;
  TrestleLogLine *line;
  guint position;
};

enum
{
  PROP_LINE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleLogSelection,
                               trestle_log_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

G_STATIC_ASSERT (GTK_INVALID_LIST_POSITION == G_MAXUINT);

static GType
get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_LOG_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TRESTLE_LOG_SELECTION (model)->model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TRESTLE_LOG_SELECTION (model)->model), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* @line: (nullable) (transfer none) */
static void
choose (TrestleLogSelection *self, TrestleLogLine *line, guint position)
{
  guint old = self->position;

  if (!g_set_object (&self->line, line) && old == position)
    return;
  self->position = position;
  if (old != position)
    {
      if (old != GTK_INVALID_LIST_POSITION)
        gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), old, 1);
      if (position != GTK_INVALID_LIST_POSITION)
        gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return TRESTLE_LOG_SELECTION (model)->position == position;
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  TrestleLogSelection *self = TRESTLE_LOG_SELECTION (model);
  GtkBitset *selected = gtk_bitset_new_empty ();

  if (self->position != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (selected, self->position);
  return selected;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  g_autoptr (TrestleLogLine) line = g_list_model_get_item (G_LIST_MODEL (model), position);

  if (line != NULL)
    choose (TRESTLE_LOG_SELECTION (model), line, position);
  return line != NULL;
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  choose (TRESTLE_LOG_SELECTION (model), NULL, GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return !is_selected (model, position) || unselect_all (model);
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->unselect_all = unselect_all;
}

static void
on_items_changed (TrestleLogSelection *self, guint position, guint removed, guint added)
{
  if (self->line != NULL)
    {
      if (self->position == GTK_INVALID_LIST_POSITION
          || (self->position >= position && self->position < position + removed))
        self->position = trestle_log_model_find (self->model, self->line);
      else if (self->position >= position)
        self->position += added - removed;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

TrestleLogLine *
trestle_log_selection_get_line (TrestleLogSelection *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SELECTION (self), NULL);
  return self->line;
}

void
trestle_log_selection_set_line (TrestleLogSelection *self, TrestleLogLine *line)
{
  g_return_if_fail (TRESTLE_IS_LOG_SELECTION (self));
  choose (self, line,
          line != NULL ? trestle_log_model_find (self->model, line) : GTK_INVALID_LIST_POSITION);
}

guint
trestle_log_selection_get_position (TrestleLogSelection *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SELECTION (self), GTK_INVALID_LIST_POSITION);
  return self->position;
}

static void
trestle_log_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LINE)
    g_value_set_object (value, TRESTLE_LOG_SELECTION (object)->line);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_log_selection_dispose (GObject *object)
{
  TrestleLogSelection *self = TRESTLE_LOG_SELECTION (object);

  g_clear_object (&self->line);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (trestle_log_selection_parent_class)->dispose (object);
}

static void
trestle_log_selection_class_init (TrestleLogSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = trestle_log_selection_get_property;
  object_class->dispose = trestle_log_selection_dispose;
  properties[PROP_LINE] = g_param_spec_object ("line", NULL, NULL, TRESTLE_TYPE_LOG_LINE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_log_selection_init (TrestleLogSelection *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
}

TrestleLogSelection *
trestle_log_selection_new (TrestleLogModel *model)
{
  TrestleLogSelection *self = g_object_new (TRESTLE_TYPE_LOG_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
