/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-json-view.h"

#include "invoke/trestle-answer-node.h"
#include "widgets/trestle-widget.h"

/* Rows that are open at first. */
#define OPEN_ROWS 40

struct _TrestleJsonView
{
  GtkWidget parent_instance;

  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (TrestleJsonView, trestle_json_view, GTK_TYPE_WIDGET)

static GListModel *
children_cb (gpointer item, gpointer data)
{
  return trestle_answer_node_get_children (item);
}

static char **
value_classes (gpointer row, const char *style)
{
  const char *const classes[] = { "monospace", style, NULL };

  return g_strdupv ((char **) classes);
}

/* Opens rows from the top while they fit a page. */
static void
open_first_rows (GtkTreeListModel *tree)
{
  for (guint i = 0; i < OPEN_ROWS && i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);

      if (gtk_tree_list_row_get_depth (row) < 3)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

void
trestle_json_view_set_node (TrestleJsonView *self, JsonNode *node)
{
  g_autoptr (GListStore) root = NULL;
  g_autoptr (TrestleAnswerNode) first = NULL;
  g_autoptr (GtkSelectionModel) selection = NULL;
  GtkTreeListModel *tree;

  g_return_if_fail (TRESTLE_IS_JSON_VIEW (self));

  if (node == NULL)
    {
      gtk_list_view_set_model (self->list, NULL);
      return;
    }
  root = g_list_store_new (TRESTLE_TYPE_ANSWER_NODE);
  first = trestle_answer_node_new ("", node);
  g_list_store_append (root, first);
  tree = gtk_tree_list_model_new (G_LIST_MODEL (g_steal_pointer (&root)), FALSE, FALSE, children_cb,
                                  NULL, NULL);
  open_first_rows (tree);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (tree)));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (selection), FALSE);
  gtk_single_selection_set_can_unselect (GTK_SINGLE_SELECTION (selection), TRUE);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (selection), GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_model (self->list, selection);
}

void
trestle_json_view_select (TrestleJsonView *self, JsonNode *node)
{
  GtkSelectionModel *selection;
  guint n;

  g_return_if_fail (TRESTLE_IS_JSON_VIEW (self));

  selection = gtk_list_view_get_model (self->list);
  n = selection ? g_list_model_get_n_items (G_LIST_MODEL (selection)) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (selection), i);
      g_autoptr (TrestleAnswerNode) item = gtk_tree_list_row_get_item (row);

      if (trestle_answer_node_get_node (item) != node)
        continue;
      gtk_tree_list_row_set_expanded (row, TRUE);
      gtk_list_view_scroll_to (self->list, i, GTK_LIST_SCROLL_SELECT, NULL);
      return;
    }
}

static void
trestle_json_view_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_JSON_VIEW);
  G_OBJECT_CLASS (trestle_json_view_parent_class)->dispose (object);
}

static void
trestle_json_view_class_init (TrestleJsonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_json_view_dispose;
  g_type_ensure (TRESTLE_TYPE_ANSWER_NODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/invoke/trestle-json-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleJsonView, list);
  gtk_widget_class_bind_template_callback (widget_class, value_classes);
}

static void
trestle_json_view_init (TrestleJsonView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
