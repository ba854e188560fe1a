/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-stars.h"

#include <glib/gi18n.h>

#define STAR 13
#define GAP 0
#define N_STARS 5

struct _TrestleStars
{
  GtkWidget parent_instance;

  double rating;
};

enum
{
  PROP_RATING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleStars, trestle_stars, GTK_TYPE_WIDGET)

static void
update_label (TrestleStars *self)
{
  g_autofree char *label = self->rating < 0 ? g_strdup (_ ("Not rated"))
                                            : g_strdup_printf (_ ("%.1f of 5 stars"), self->rating);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
trestle_stars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleStars *self = TRESTLE_STARS (widget);
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
      "trestle-star-full-symbolic", NULL, STAR, gtk_widget_get_scale_factor (widget),
      gtk_widget_get_direction (widget), 0);
  /* Halves are what can be told apart at this size. */
  double filled = (int) (MAX (self->rating, 0) * 2 + .5) / 2.;
  GdkRGBA full, faint;

  gtk_widget_get_color (widget, &full);
  faint = full;
  faint.alpha = .22f;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (0, (gtk_widget_get_height (widget) - STAR) / 2.f));
  for (int i = 0; i < N_STARS; i++)
    {
      double part = CLAMP (filled - i, 0, 1);

      if (part < 1)
        gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, STAR,
                                                  STAR, &faint, 1);
      if (part > 0)
        {
          gtk_snapshot_push_clip (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) (STAR * part), STAR));
          gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, STAR,
                                                    STAR, &full, 1);
          gtk_snapshot_pop (snapshot);
        }
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (STAR + GAP, 0));
    }
  gtk_snapshot_restore (snapshot);
}

static void
trestle_stars_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? N_STARS * STAR + (N_STARS - 1) * GAP
                            : STAR;
}

static void
trestle_stars_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RATING)
    g_value_set_double (value, TRESTLE_STARS (object)->rating);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_stars_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleStars *self = TRESTLE_STARS (object);

  if (id != PROP_RATING)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->rating = g_value_get_double (value);
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
trestle_stars_class_init (TrestleStarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_stars_get_property;
  object_class->set_property = trestle_stars_set_property;
  widget_class->snapshot = trestle_stars_snapshot;
  widget_class->measure = trestle_stars_measure;

  properties[PROP_RATING] = g_param_spec_double ("rating", NULL, NULL, -1, 5, -1,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "stars");
}

static void
trestle_stars_init (TrestleStars *self)
{
  self->rating = -1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_label (self);
}
