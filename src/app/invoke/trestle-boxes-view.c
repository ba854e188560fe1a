/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-boxes-view.h"

#include <string.h>

#include "invoke/trestle-answer-node.h"

#define LINE 2.0f
/* Above this the labels would hide the picture; the commonest class goes without. */
#define LABELS_MAX 12
#define N_COLOURS 6

struct _TrestleBoxesView
{
  GtkWidget parent_instance;

  GdkTexture *texture;
  int full_width, full_height;
  GPtrArray *boxes;
  GPtrArray *kinds; /* class names, commonest first */
  GArray *counts;
  int entered;
};

G_DEFINE_FINAL_TYPE (TrestleBoxesView, trestle_boxes_view, GTK_TYPE_WIDGET)

enum
{
  BOX_ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Okabe and Ito's colours, told apart by colour-blind eyes too; dark ones take white letters. */
static const struct
{
  GdkRGBA colour;
  gboolean dark;
} palette[N_COLOURS] = {
  { { 0.00f, 0.62f, 0.45f, 1 }, TRUE },  { { 0.94f, 0.89f, 0.26f, 1 }, FALSE },
  { { 0.90f, 0.62f, 0.00f, 1 }, FALSE }, { { 0.34f, 0.71f, 0.91f, 1 }, FALSE },
  { { 0.80f, 0.47f, 0.65f, 1 }, TRUE },  { { 0.00f, 0.45f, 0.70f, 1 }, TRUE },
};

static graphene_rect_t
picture_rect (TrestleBoxesView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN (width / self->full_width, height / self->full_height);

  return GRAPHENE_RECT_INIT ((float) ((width - self->full_width * scale) / 2),
                             (float) ((height - self->full_height * scale) / 2),
                             (float) (self->full_width * scale),
                             (float) (self->full_height * scale));
}

static graphene_rect_t
box_rect (TrestleBoxesView *self, const graphene_rect_t *picture, TrestleAnswerBox *box)
{
  float scale = picture->size.width / (float) self->full_width;

  return GRAPHENE_RECT_INIT (picture->origin.x + (float) box->x * scale,
                             picture->origin.y + (float) box->y * scale, (float) box->width * scale,
                             (float) box->height * scale);
}

static guint
kind_of (TrestleBoxesView *self, TrestleAnswerBox *box)
{
  for (guint i = 0; i < self->kinds->len; i++)
    if (g_strcmp0 (self->kinds->pdata[i], box->kind ? box->kind : "") == 0)
      return i;
  return 0;
}

static void
snapshot_box (TrestleBoxesView *self,
              GtkSnapshot *snapshot,
              const graphene_rect_t *picture,
              guint i)
{
  TrestleAnswerBox *box = self->boxes->pdata[i];
  graphene_rect_t rect = box_rect (self, picture, box);
  guint kind = kind_of (self, box);
  const GdkRGBA *colour = &palette[kind % N_COLOURS].colour;
  gboolean entered = self->entered == (int) i;
  float line = entered ? LINE * 1.5f : LINE;
  const float widths[4] = { line, line, line, line };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, 3);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);

  if (box->label != NULL && (entered || kind > 0 || self->boxes->len <= LABELS_MAX))
    {
      g_autoptr (PangoLayout)
          layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), box->label);
      PangoAttrList *attributes = pango_attr_list_new ();
      const GdkRGBA letters = palette[kind % N_COLOURS].dark ? (GdkRGBA) { 1, 1, 1, 1 }
                                                             : (GdkRGBA) { 0, 0, 0, 1 };
      graphene_rect_t tag;
      GskRoundedRect tag_outline;
      int width, height;

      pango_attr_list_insert (attributes, pango_attr_scale_new (0.75));
      pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
      pango_layout_get_pixel_size (layout, &width, &height);
      tag = GRAPHENE_RECT_INIT (
          MAX (picture->origin.x,
               MIN (rect.origin.x, picture->origin.x + picture->size.width - (float) width - 8)),
          MAX (picture->origin.y, rect.origin.y - (float) height - 2), (float) width + 8,
          (float) height + 2);
      gsk_rounded_rect_init_from_rect (&tag_outline, &tag, 3);
      gtk_snapshot_push_rounded_clip (snapshot, &tag_outline);
      gtk_snapshot_append_color (snapshot, colour, &tag);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (tag.origin.x + 4, tag.origin.y + 1));
      gtk_snapshot_append_layout (snapshot, layout, &letters);
      gtk_snapshot_restore (snapshot);
    }
}

static void
trestle_boxes_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleBoxesView *self = TRESTLE_BOXES_VIEW (widget);
  graphene_rect_t picture;
  GskRoundedRect outline;

  if (self->texture == NULL || self->full_width < 1 || self->full_height < 1)
    return;
  picture = picture_rect (self);
  gsk_rounded_rect_init_from_rect (&outline, &picture, 9);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_texture (snapshot, self->texture, &picture);
  for (guint i = 0; self->boxes != NULL && i < self->boxes->len; i++)
    if (self->entered != (int) i)
      snapshot_box (self, snapshot, &picture, i);
  if (self->entered >= 0)
    snapshot_box (self, snapshot, &picture, (guint) self->entered);
  gtk_snapshot_pop (snapshot);
}

static void
trestle_boxes_view_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  TrestleBoxesView *self = TRESTLE_BOXES_VIEW (widget);

  *minimum = 80;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 420 : 240;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > 0 && self->full_width > 0)
    *natural = MAX (*minimum, MIN (360, for_size * self->full_height / self->full_width));
}

static GtkSizeRequestMode
trestle_boxes_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
enter (TrestleBoxesView *self, int index)
{
  if (self->entered == index)
    return;
  self->entered = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[BOX_ENTERED], 0, index);
}

static void
motion_cb (TrestleBoxesView *self, double x, double y)
{
  graphene_rect_t picture;
  int best = -1;
  float smallest = G_MAXFLOAT;

  if (self->boxes == NULL || self->texture == NULL)
    return;
  picture = picture_rect (self);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      graphene_rect_t rect = box_rect (self, &picture, self->boxes->pdata[i]);

      if (graphene_rect_contains_point (&rect, &GRAPHENE_POINT_INIT ((float) x, (float) y))
          && rect.size.width * rect.size.height < smallest)
        {
          smallest = rect.size.width * rect.size.height;
          best = (int) i;
        }
    }
  enter (self, best);
}

static void
leave_cb (TrestleBoxesView *self)
{
  enter (self, -1);
}

/* Class names, commonest first, with how often each is there. */
static void
count_kinds (TrestleBoxesView *self)
{
  g_ptr_array_set_size (self->kinds, 0);
  g_array_set_size (self->counts, 0);
  for (guint i = 0; self->boxes != NULL && i < self->boxes->len; i++)
    {
      TrestleAnswerBox *box = self->boxes->pdata[i];
      const char *kind = box->kind ? box->kind : "";
      guint at;

      if (!g_ptr_array_find_with_equal_func (self->kinds, kind, g_str_equal, &at))
        {
          guint none = 0;

          at = self->kinds->len;
          g_ptr_array_add (self->kinds, g_strdup (kind));
          g_array_append_val (self->counts, none);
        }
      g_array_index (self->counts, guint, at)++;
      while (at > 0
             && g_array_index (self->counts, guint, at)
                    > g_array_index (self->counts, guint, at - 1))
        {
          guint n = g_array_index (self->counts, guint, at);
          gpointer name = self->kinds->pdata[at];

          g_array_index (self->counts, guint, at) = g_array_index (self->counts, guint, at - 1);
          g_array_index (self->counts, guint, at - 1) = n;
          self->kinds->pdata[at] = self->kinds->pdata[at - 1];
          self->kinds->pdata[at - 1] = name;
          at--;
        }
    }
}

void
trestle_boxes_view_set_picture (TrestleBoxesView *self,
                                GdkTexture *texture,
                                int full_width,
                                int full_height,
                                GPtrArray *boxes)
{
  g_return_if_fail (TRESTLE_IS_BOXES_VIEW (self));

  g_set_object (&self->texture, texture);
  self->full_width = full_width;
  self->full_height = full_height;
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  self->boxes = boxes ? g_ptr_array_ref (boxes) : NULL;
  self->entered = -1;
  count_kinds (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

char *
trestle_boxes_view_dup_legend (TrestleBoxesView *self)
{
  GString *legend = g_string_new (NULL);

  g_return_val_if_fail (TRESTLE_IS_BOXES_VIEW (self), NULL);
  for (guint i = 0; i < self->kinds->len; i++)
    {
      const GdkRGBA *colour = &palette[i % N_COLOURS].colour;
      g_autofree char *kind = g_markup_escape_text (self->kinds->pdata[i], -1);

      g_string_append_printf (legend, "%s<span foreground='#%02x%02x%02x'>■</span> %s%s%u",
                              i > 0 ? "   " : "", (guint) (colour->red * 255),
                              (guint) (colour->green * 255), (guint) (colour->blue * 255), kind,
                              *kind != '\0' ? " " : "", g_array_index (self->counts, guint, i));
    }
  return g_string_free (legend, FALSE);
}

static void
trestle_boxes_view_finalize (GObject *object)
{
  TrestleBoxesView *self = TRESTLE_BOXES_VIEW (object);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  g_ptr_array_unref (self->kinds);
  g_array_unref (self->counts);
  G_OBJECT_CLASS (trestle_boxes_view_parent_class)->finalize (object);
}

static void
trestle_boxes_view_class_init (TrestleBoxesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = trestle_boxes_view_finalize;
  widget_class->snapshot = trestle_boxes_view_snapshot;
  widget_class->measure = trestle_boxes_view_measure;
  widget_class->get_request_mode = trestle_boxes_view_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[BOX_ENTERED] = g_signal_new ("box-entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
trestle_boxes_view_init (TrestleBoxesView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->entered = -1;
  self->kinds = g_ptr_array_new_with_free_func (g_free);
  self->counts = g_array_new (FALSE, TRUE, sizeof (guint));
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
