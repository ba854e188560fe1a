/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-facet-list.h"

#include <glib/gi18n.h>

#include "discover/trestle-facet-row.h"
#include "domain/trestle-facet.h"
#include "widgets/trestle-widget.h"

/* Long groups show this many values until asked for all. */
#define SHORT_GROUP 5

static const struct
{
  const char *group;
  const char *title;
} groups[] = {
  { "category", N_ ("Category") }, { "max-hourly", N_ ("Price with Infrastructure") },
  { "kind", N_ ("Type") },         { "takes", N_ ("Takes") },
  { "rating", N_ ("Rating") },     { "pricing", N_ ("Pricing") },
  { "trial", N_ ("Offer") },       { "publisher", N_ ("Publisher") },
};

struct _TrestleFacetList
{
  GtkWidget parent_instance;

  GtkWidget *box;

  TrestleDiscoverModel *model;
  GtkWidget *rows[G_N_ELEMENTS (groups)]; /* boxes of TrestleFacetRow */
  GtkWidget *all[G_N_ELEMENTS (groups)];  /* buttons that show the whole group */
  gboolean open[G_N_ELEMENTS (groups)];
};

G_DEFINE_FINAL_TYPE (TrestleFacetList, trestle_facet_list, GTK_TYPE_WIDGET)

static TrestleFacetRow *
find_row (TrestleFacetList *self, guint g, const char *value)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows[g]); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (trestle_facet_row_get_value (TRESTLE_FACET_ROW (row)), value) == 0)
      return TRESTLE_FACET_ROW (row);
  return NULL;
}

char *
trestle_facet_list_dup_label (TrestleFacetList *self, const char *group, const char *value)
{
  g_return_val_if_fail (TRESTLE_IS_FACET_LIST (self), NULL);

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    if (g_str_equal (groups[g].group, group))
      {
        TrestleFacetRow *row = find_row (self, g, value);

        if (row != NULL)
          return g_strdup (trestle_facet_row_get_label (row));
      }
  return g_strdup (value);
}

static void
on_toggled (TrestleFacetList *self, TrestleFacetRow *row)
{
  trestle_discover_model_set_filter (self->model, trestle_facet_row_get_group (row),
                                     trestle_facet_row_get_value (row),
                                     trestle_facet_row_get_active (row));
}

/* Shows the first values and the chosen ones of a long group, or all. */
static void
cut_group (TrestleFacetList *self, guint g)
{
  g_autofree char *label = NULL;
  guint n = 0, hidden = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows[g]); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      gboolean active = trestle_facet_row_get_active (TRESTLE_FACET_ROW (row));
      gboolean shown;

      /* What nothing has is no choice, except to take it back. */
      if (trestle_facet_row_get_count (TRESTLE_FACET_ROW (row)) == 0 && !active)
        {
          gtk_widget_set_visible (row, FALSE);
          continue;
        }
      shown = self->open[g] || n < SHORT_GROUP || active;
      gtk_widget_set_visible (row, shown);
      hidden += !shown;
      n++;
    }
  gtk_widget_set_visible (gtk_widget_get_parent (self->rows[g]), n > 0);
  gtk_widget_set_visible (self->all[g], hidden > 0 || (self->open[g] && n > SHORT_GROUP));
  label = self->open[g] ? g_strdup (_ ("Show Fewer"))
                        : g_strdup_printf (
                              g_dngettext (NULL, "Show %u More", "Show %u More", hidden), hidden);
  gtk_button_set_label (GTK_BUTTON (self->all[g]), label);
}

static void
on_all_clicked (TrestleFacetList *self, GtkButton *button)
{
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    if (self->all[g] == GTK_WIDGET (button))
      {
        self->open[g] = !self->open[g];
        cut_group (self, g);
      }
}

static TrestleFacetRow *
add_row (TrestleFacetList *self, guint g, const char *value, const char *label)
{
  double stars = g_str_equal (groups[g].group, "rating") ? g_ascii_strtod (value, NULL) : 0;
  GtkWidget *row = trestle_facet_row_new (groups[g].group, value, label, stars);

  g_signal_connect_object (row, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->rows[g]), row);
  return TRESTLE_FACET_ROW (row);
}

static void
update (TrestleFacetList *self)
{
  GListModel *facets = trestle_discover_model_get_facets (self->model);

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      for (GtkWidget *row = gtk_widget_get_first_child (self->rows[g]); row != NULL;
           row = gtk_widget_get_next_sibling (row))
        {
          TrestleFacetRow *facet_row = TRESTLE_FACET_ROW (row);

          trestle_facet_row_set_active (facet_row, trestle_discover_model_get_filter (
                                                       self->model, groups[g].group,
                                                       trestle_facet_row_get_value (facet_row)));
          if (facets != NULL)
            trestle_facet_row_set_count (facet_row, 0);
        }

      for (guint i = 0; facets != NULL && i < g_list_model_get_n_items (facets); i++)
        {
          g_autoptr (TrestleFacet) facet = g_list_model_get_item (facets, i);
          TrestleFacetRow *row;

          if (g_ascii_strcasecmp (trestle_facet_get_group (facet), groups[g].group) != 0)
            continue;
          row = find_row (self, g, trestle_facet_get_value (facet));
          if (row == NULL)
            row = add_row (self, g, trestle_facet_get_value (facet),
                           trestle_facet_get_label (facet));
          trestle_facet_row_set_count (row, trestle_facet_get_count (facet));
        }
      cut_group (self, g);
    }
}

void
trestle_facet_list_set_model (TrestleFacetList *self, TrestleDiscoverModel *model)
{
  g_return_if_fail (TRESTLE_IS_FACET_LIST (self));

  g_set_object (&self->model, model);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
add_group (TrestleFacetList *self, guint g)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_ (groups[g].title));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "facet-title");
  gtk_box_append (GTK_BOX (group), title);

  self->rows[g] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->rows[g]),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  gtk_box_append (GTK_BOX (group), self->rows[g]);

  self->all[g] = gtk_button_new ();
  gtk_widget_add_css_class (self->all[g], "flat");
  gtk_widget_add_css_class (self->all[g], "compact");
  gtk_widget_set_halign (self->all[g], GTK_ALIGN_START);
  g_signal_connect_object (self->all[g], "clicked", G_CALLBACK (on_all_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (group), self->all[g]);
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
trestle_facet_list_dispose (GObject *object)
{
  TrestleFacetList *self = TRESTLE_FACET_LIST (object);

  g_clear_object (&self->model);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_FACET_LIST);
  G_OBJECT_CLASS (trestle_facet_list_parent_class)->dispose (object);
}

static void
trestle_facet_list_class_init (TrestleFacetListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_facet_list_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/discover/trestle-facet-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleFacetList, box);
}

static void
trestle_facet_list_init (TrestleFacetList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    add_group (self, g);
}
