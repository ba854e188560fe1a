/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-tile.h"

#include "widgets/trestle-shell.h"
#include "widgets/trestle-pictures.h"
#include "widgets/trestle-watch.h"

/* A tile that flies past while scrolling loads nothing. */
#define DWELL_MSEC 80

struct _TrestleTile
{
  GtkWidget parent_instance;

  TrestleListing *listing;
  char *listing_id;
  char *title;
  int size;

  GdkTexture *texture;
  DexFuture *find;
  DexFuture *load;
  guint dwell;
};

enum
{
  PROP_LISTING = 1,
  PROP_SIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleTile, trestle_tile, GTK_TYPE_WIDGET)

static void load_logo (TrestleTile *self);

static void
on_loaded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleTile *self = owner;

  if (error != NULL)
    {
      g_debug ("No logo: %s", error->message);
      return;
    }
  g_set_object (&self->texture, g_value_get_object (value));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleTile *self = owner;

  if (error != NULL)
    return;
  g_set_object (&self->listing, g_value_get_object (value));
  load_logo (self);
}

static void
load_logo (TrestleTile *self)
{
  TrestleSession *session = trestle_shell_get_session (GTK_WIDGET (self));
  int pixels = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const char *uri;

  if (session == NULL)
    return;
  if (self->listing == NULL)
    {
      if (self->listing_id != NULL)
        trestle_watch (
            self, &self->find,
            trestle_catalogue_find (trestle_session_get_catalogue (session), self->listing_id),
            on_found);
      return;
    }
  uri = trestle_listing_get_logo_url (self->listing);
  if (uri != NULL && *uri != '\0')
    trestle_watch (self, &self->load, trestle_pictures_load (session, uri, pixels, pixels),
                   on_loaded);
}

static gboolean
on_dwell (gpointer data)
{
  TrestleTile *self = data;

  self->dwell = 0;
  load_logo (self);
  return G_SOURCE_REMOVE;
}

static void
start (TrestleTile *self)
{
  int pixels = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const char *uri = self->listing != NULL ? trestle_listing_get_logo_url (self->listing) : NULL;

  g_clear_handle_id (&self->dwell, g_source_remove);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->texture != NULL)
    return;
  if (uri != NULL)
    self->texture = trestle_pictures_peek (uri, pixels, pixels);
  if (self->texture == NULL && (uri != NULL || self->listing_id != NULL))
    self->dwell = g_timeout_add (DWELL_MSEC, on_dwell, self);
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
reset (TrestleTile *self)
{
  dex_clear (&self->find);
  dex_clear (&self->load);
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
trestle_tile_set_listing (TrestleTile *self, TrestleListing *listing)
{
  TrestleListing *old = self->listing;
  gboolean same;

  g_return_if_fail (TRESTLE_IS_TILE (self));

  same = old != NULL && listing != NULL
         && g_strcmp0 (trestle_listing_get_logo_url (old), trestle_listing_get_logo_url (listing))
                == 0;
  if (!g_set_object (&self->listing, listing))
    return;
  if (!same)
    {
      reset (self);
      start (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LISTING]);
}

void
trestle_tile_set_listing_id (TrestleTile *self, const char *id, const char *title)
{
  g_return_if_fail (TRESTLE_IS_TILE (self));

  g_set_str (&self->title, title);
  if (!g_set_str (&self->listing_id, id))
    return;
  g_clear_object (&self->listing);
  reset (self);
  start (self);
}

/* A colour that stays the same for the same name. */
static void
fallback_colour (const char *name, GdkRGBA *colour)
{
  static const char *const colours[] = { "#1a5fb4", "#26a269", "#c64600", "#813d9c",
                                         "#a51d2d", "#63452c", "#1c7186", "#5e5c64" };

  gdk_rgba_parse (colour, colours[g_str_hash (name) % G_N_ELEMENTS (colours)]);
}

static void
snapshot_initial (TrestleTile *self, GtkSnapshot *snapshot, const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, g_utf8_next_char (name) - name);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), upper);
  PangoFontDescription *font = pango_font_description_new ();
  int width, height;

  pango_font_description_set_absolute_size (font, self->size * .5 * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((self->size - width) / 2.f, (self->size - height) / 2.f));
  gtk_snapshot_append_layout (snapshot, layout, &(GdkRGBA) { 1, 1, 1, .9 });
  gtk_snapshot_restore (snapshot);
}

static void
trestle_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrestleTile *self = TRESTLE_TILE (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, self->size, self->size);
  const char *name = self->listing != NULL ? trestle_listing_get_title (self->listing)
                                           : self->title;
  GskRoundedRect clip;
  GdkRGBA colour;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((gtk_widget_get_width (widget) - self->size) / 2,
                                                (gtk_widget_get_height (widget) - self->size) / 2));
  gsk_rounded_rect_init_from_rect (&clip, &bounds, self->size * .2f);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  if (self->texture != NULL)
    gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR,
                                        &bounds);
  else
    {
      fallback_colour (name != NULL ? name : "", &colour);
      gtk_snapshot_append_color (snapshot, &colour, &bounds);
      if (name != NULL && *name != '\0')
        snapshot_initial (self, snapshot, name);
    }
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
trestle_tile_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = TRESTLE_TILE (widget)->size;
}

static void
trestle_tile_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_tile_parent_class)->map (widget);
  start (TRESTLE_TILE (widget));
}

static void
trestle_tile_unmap (GtkWidget *widget)
{
  TrestleTile *self = TRESTLE_TILE (widget);

  g_clear_handle_id (&self->dwell, g_source_remove);
  GTK_WIDGET_CLASS (trestle_tile_parent_class)->unmap (widget);
}

static void
trestle_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleTile *self = TRESTLE_TILE (object);

  switch (id)
    {
    case PROP_LISTING:
      g_value_set_object (value, self->listing);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleTile *self = TRESTLE_TILE (object);

  switch (id)
    {
    case PROP_LISTING:
      trestle_tile_set_listing (self, g_value_get_object (value));
      break;
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_tile_dispose (GObject *object)
{
  TrestleTile *self = TRESTLE_TILE (object);

  g_clear_handle_id (&self->dwell, g_source_remove);
  dex_clear (&self->find);
  dex_clear (&self->load);
  g_clear_object (&self->texture);
  g_clear_object (&self->listing);
  g_clear_pointer (&self->listing_id, g_free);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (trestle_tile_parent_class)->dispose (object);
}

static void
trestle_tile_class_init (TrestleTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_tile_get_property;
  object_class->set_property = trestle_tile_set_property;
  object_class->dispose = trestle_tile_dispose;
  widget_class->snapshot = trestle_tile_snapshot;
  widget_class->measure = trestle_tile_measure;
  widget_class->map = trestle_tile_map;
  widget_class->unmap = trestle_tile_unmap;

  properties[PROP_LISTING] = g_param_spec_object ("listing", NULL, NULL, TRESTLE_TYPE_LISTING,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                      | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 512, 48,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "tile");
}

static void
trestle_tile_init (TrestleTile *self)
{
  self->size = 48;
}

GtkWidget *
trestle_tile_new (int size)
{
  return g_object_new (TRESTLE_TYPE_TILE, "size", size, "valign", GTK_ALIGN_CENTER, NULL);
}
