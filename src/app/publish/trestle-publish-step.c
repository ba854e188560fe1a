/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-publish-step.h"

#include <glib/gi18n.h>

#include "publish/trestle-publish-mark-view.h"
#include "widgets/trestle-widget.h"

struct _TrestlePublishStep
{
  GtkWidget parent_instance;

  TrestlePublishMarkView *mark;
  GtkWidget *words;
  GtkLabel *title;
  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (TrestlePublishStep, trestle_publish_step, GTK_TYPE_WIDGET)

void
trestle_publish_step_set_lines (TrestlePublishStep *self, int before, int after)
{
  g_return_if_fail (TRESTLE_IS_PUBLISH_STEP (self));
  trestle_publish_mark_view_set_lines (self->mark, before, after);
}

void
trestle_publish_step_set_vertical (TrestlePublishStep *self, gboolean vertical)
{
  GtkLayoutManager *layout;

  g_return_if_fail (TRESTLE_IS_PUBLISH_STEP (self));

  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  vertical ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  trestle_publish_mark_view_set_vertical (self->mark, vertical);
  gtk_widget_set_valign (self->words, vertical ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  gtk_widget_set_margin_bottom (self->words, vertical ? 12 : 0);
  gtk_widget_set_margin_top (self->words, vertical ? 12 : 0);
  gtk_label_set_xalign (self->title, vertical ? 0 : .5f);
  gtk_label_set_xalign (self->detail, vertical ? 0 : .5f);
  gtk_label_set_justify (self->detail, vertical ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
}

static void
trestle_publish_step_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_PUBLISH_STEP);
  G_OBJECT_CLASS (trestle_publish_step_parent_class)->dispose (object);
}

static void
trestle_publish_step_class_init (TrestlePublishStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PUBLISH_MARK_VIEW);
  G_OBJECT_CLASS (klass)->dispose = trestle_publish_step_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/publish/trestle-publish-step.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishStep, mark);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishStep, words);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishStep, title);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishStep, detail);
}

static void
trestle_publish_step_init (TrestlePublishStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_publish_step_new (TrestlePublishPoint *point, guint index, guint n)
{
  TrestlePublishStep *self = g_object_new (TRESTLE_TYPE_PUBLISH_STEP, NULL);
  TrestlePublishMark mark = trestle_publish_point_get_mark (point);
  const char *detail = trestle_publish_point_get_detail (point);
  g_autofree char *label = NULL;

  trestle_publish_mark_view_set_mark (self->mark, mark);
  gtk_label_set_label (self->title, trestle_publish_point_get_title (point));
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail),
                            mark == TRESTLE_PUBLISH_MARK_BLOCKED ? "error" : "dimmed");
  if (mark == TRESTLE_PUBLISH_MARK_LATER)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "dimmed");
  /* Translators: a step's name, its number, how many there are, "current", when or why */
  label = g_strdup_printf (_ ("%s, step %u of %u, %s, %s"), trestle_publish_point_get_title (point),
                           index + 1, n, trestle_publish_mark_word (mark),
                           detail != NULL ? detail : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}
