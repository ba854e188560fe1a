/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-figure-card.h"

#include "widgets/trestle-widget.h"

struct _TrestleFigureCard
{
  GtkWidget parent_instance;

  GtkLabel *caption_label;
  GtkLabel *figure;
  GtkLabel *note;

  char *caption;
};

enum
{
  PROP_CAPTION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleFigureCard, trestle_figure_card, GTK_TYPE_WIDGET)

void
trestle_figure_card_set (TrestleFigureCard *self, const char *figure, const char *note)
{
  g_return_if_fail (TRESTLE_IS_FIGURE_CARD (self));

  gtk_label_set_label (self->figure, figure);
  gtk_label_set_label (self->note, note);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), note);
}

static void
trestle_figure_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CAPTION)
    g_value_set_string (value, TRESTLE_FIGURE_CARD (object)->caption);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_figure_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CAPTION)
    g_set_str (&TRESTLE_FIGURE_CARD (object)->caption, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_figure_card_dispose (GObject *object)
{
  g_clear_pointer (&TRESTLE_FIGURE_CARD (object)->caption, g_free);
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_FIGURE_CARD);
  G_OBJECT_CLASS (trestle_figure_card_parent_class)->dispose (object);
}

static void
trestle_figure_card_class_init (TrestleFigureCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_figure_card_get_property;
  object_class->set_property = trestle_figure_card_set_property;
  object_class->dispose = trestle_figure_card_dispose;
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-figure-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleFigureCard, caption_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleFigureCard, figure);
  gtk_widget_class_bind_template_child (widget_class, TrestleFigureCard, note);
}

static void
trestle_figure_card_init (TrestleFigureCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->caption_label, self->figure, self->note, NULL, -1);
}
