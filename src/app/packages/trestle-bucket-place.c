/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-bucket-place.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/trestle-widget.h"

struct _TrestleBucketPlace
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *crumbs;

  guint scrolling;
};

static guint go_signal;

G_DEFINE_FINAL_TYPE (TrestleBucketPlace, trestle_bucket_place, GTK_TYPE_WIDGET)

char *
trestle_bucket_dup_last (const char *key)
{
  gsize end = strlen (key);
  gsize begin;

  if (end > 0 && key[end - 1] == '/')
    end--;
  for (begin = end; begin > 0 && key[begin - 1] != '/'; begin--)
    ;
  return g_strndup (key + begin, end - begin);
}

static void
on_clicked (TrestleBucketPlace *self, GtkWidget *button)
{
  g_autoptr (GtkWidget)
      kept = g_object_ref (button); /* it goes away with the place it led out of */

  g_signal_emit (self, go_signal, 0, g_object_get_data (G_OBJECT (kept), "bucket"),
                 g_object_get_data (G_OBJECT (kept), "folder"));
}

/* @folder: (nullable): where it leads; NULL for the place itself */
static void
add (TrestleBucketPlace *self, const char *label, const char *bucket, const char *folder)
{
  GtkWidget *crumb;

  if (gtk_widget_get_first_child (GTK_WIDGET (self->crumbs)) != NULL)
    gtk_box_append (self->crumbs, trestle_widget_decoration ("go-next-symbolic"));
  if (folder == NULL)
    crumb = gtk_label_new (label);
  else
    {
      crumb = gtk_button_new_with_label (label);
      gtk_widget_add_css_class (crumb, "flat");
      g_object_set_data_full (G_OBJECT (crumb), "bucket", g_strdup (bucket), g_free);
      g_object_set_data_full (G_OBJECT (crumb), "folder", g_strdup (folder), g_free);
      g_signal_connect_object (crumb, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_add_css_class (crumb, "crumb");
  gtk_box_append (self->crumbs, crumb);
}

void
trestle_bucket_place_show (TrestleBucketPlace *self, const char *bucket, const char *folder)
{
  GtkWidget *child;

  g_return_if_fail (TRESTLE_IS_BUCKET_PLACE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->crumbs))) != NULL)
    gtk_box_remove (self->crumbs, child);
  add (self, _ ("Buckets"), "", *bucket != '\0' ? "" : NULL);
  if (*bucket == '\0')
    return;
  add (self, bucket, bucket, *folder != '\0' ? "" : NULL);
  for (const char *end = strchr (folder, '/'); end != NULL; end = strchr (end + 1, '/'))
    {
      g_autofree char *part = g_strndup (folder, (gsize) (end + 1 - folder));
      g_autofree char *label = trestle_bucket_dup_last (part);

      add (self, label, bucket, end[1] != '\0' ? part : NULL);
    }
}

static gboolean
scroll_cb (gpointer data)
{
  TrestleBucketPlace *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);

  self->scrolling = 0;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

/* The end of a long way is what is looked at; while it is being laid out nothing can be moved. */
static void
on_changed (TrestleBucketPlace *self)
{
  if (self->scrolling == 0)
    self->scrolling = g_idle_add (scroll_cb, self);
}

static void
trestle_bucket_place_dispose (GObject *object)
{
  g_clear_handle_id (&TRESTLE_BUCKET_PLACE (object)->scrolling, g_source_remove);
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_BUCKET_PLACE);
  G_OBJECT_CLASS (trestle_bucket_place_parent_class)->dispose (object);
}

static void
trestle_bucket_place_class_init (TrestleBucketPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_bucket_place_dispose;
  go_signal = g_signal_new ("go", TRESTLE_TYPE_BUCKET_PLACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                            G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-bucket-place.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketPlace, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleBucketPlace, crumbs);
}

static void
trestle_bucket_place_init (TrestleBucketPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}
