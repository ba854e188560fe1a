/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-card.h"

#include <glib/gi18n.h>

#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-log-feed.h"

struct _TrestleLogCard
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  GtkLabel *nothing;

  TrestleLogFeed *feed;
  DexFuture *load;
  int lines;
  gboolean newest_last;
};

enum
{
  PROP_LINES = 1,
  PROP_NEWEST_LAST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleLogCard, trestle_log_card, GTK_TYPE_WIDGET)

static const char *
level_word (TrestleLogLevel level)
{
  switch (level)
    {
    case TRESTLE_LOG_LEVEL_DEBUG:
      return _ ("debug");
    case TRESTLE_LOG_LEVEL_WARNING:
      return _ ("warn");
    case TRESTLE_LOG_LEVEL_ERROR:
      return _ ("error");
    case TRESTLE_LOG_LEVEL_INFO:
    default:
      return _ ("info");
    }
}

static const char *
level_class (TrestleLogLevel level)
{
  switch (level)
    {
    case TRESTLE_LOG_LEVEL_WARNING:
      return "warning";
    case TRESTLE_LOG_LEVEL_ERROR:
      return "error";
    case TRESTLE_LOG_LEVEL_DEBUG:
      return "dimmed";
    case TRESTLE_LOG_LEVEL_INFO:
    default:
      return "accent";
    }
}

static GtkWidget *
add_cell (TrestleLogCard *self, int column, int row, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return label;
}

static void
update (TrestleLogCard *self)
{
  guint n = self->feed != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->feed)) : 0;
  guint shown = MIN (n, (guint) self->lines);
  gboolean loading = FALSE;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);

  for (guint i = 0; i < shown; i++)
    {
      guint position = self->newest_last ? shown - 1 - i : i;
      g_autoptr (TrestleLogEvent)
          event = g_list_model_get_item (G_LIST_MODEL (self->feed), position);
      g_autofree char *clock = trestle_format_clock (trestle_log_event_get_when (event),
                                                     !self->newest_last);
      g_autofree char *line = g_strdelimit (g_strdup (trestle_log_event_get_message (event)),
                                            "\r\n\t", ' ');
      TrestleLogLevel level = trestle_log_event_get_level (event);
      GtkWidget *label;

      add_cell (self, 0, (int) i, clock, "dimmed");
      add_cell (self, 1, (int) i, level_word (level), level_class (level));
      label = add_cell (self, 2, (int) i, line, NULL);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_set_tooltip_text (label, trestle_log_event_get_message (event));
    }

  if (self->feed != NULL)
    g_object_get (self->feed, "loading", &loading, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), shown > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), shown == 0);
  gtk_label_set_label (self->nothing,
                       loading ? _ ("Reading the log…") : _ ("Nothing has been logged yet."));
}

static void
on_loaded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleLogCard *self = owner;

  if (error != NULL)
    {
      g_debug ("No log: %s", error->message);
      gtk_label_set_label (self->nothing, _ ("The log cannot be read at present."));
      return;
    }
  update (self);
}

static void
start (TrestleLogCard *self)
{
  if (self->feed == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  trestle_watch (self, &self->load, trestle_log_feed_load (self->feed), on_loaded);
  trestle_log_feed_set_follow (self->feed, TRUE);
}

static void
drop_feed (TrestleLogCard *self)
{
  dex_clear (&self->load);
  if (self->feed == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->feed, self);
  trestle_log_feed_set_follow (self->feed, FALSE);
  g_clear_object (&self->feed);
}

void
trestle_log_card_set_group (TrestleLogCard *self,
                            TrestleSession *session,
                            const char *group,
                            gint64 since)
{
  g_return_if_fail (TRESTLE_IS_LOG_CARD (self));

  drop_feed (self);
  self->feed = trestle_log_feed_new (session, group, since, NULL);
  g_signal_connect_swapped (self->feed, "items-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->feed, "notify", G_CALLBACK (update), self);
  update (self);
  start (self);
}

void
trestle_log_card_set_endpoint (TrestleLogCard *self,
                               TrestleSession *session,
                               const char *endpoint,
                               gint64 since)
{
  g_autofree char *group = trestle_log_group_for_endpoint (endpoint);

  trestle_log_card_set_group (self, session, group, since);
}

void
trestle_log_card_poll (TrestleLogCard *self)
{
  g_return_if_fail (TRESTLE_IS_LOG_CARD (self));

  if (self->feed != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    trestle_watch (self, &self->load, trestle_log_feed_poll (self->feed), on_loaded);
}

static void
trestle_log_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_log_card_parent_class)->map (widget);
  start (TRESTLE_LOG_CARD (widget));
}

static void
trestle_log_card_unmap (GtkWidget *widget)
{
  TrestleLogCard *self = TRESTLE_LOG_CARD (widget);

  if (self->feed != NULL)
    trestle_log_feed_set_follow (self->feed, FALSE);
  GTK_WIDGET_CLASS (trestle_log_card_parent_class)->unmap (widget);
}

static void
trestle_log_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleLogCard *self = TRESTLE_LOG_CARD (object);

  switch (id)
    {
    case PROP_LINES:
      g_value_set_int (value, self->lines);
      break;
    case PROP_NEWEST_LAST:
      g_value_set_boolean (value, self->newest_last);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_log_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleLogCard *self = TRESTLE_LOG_CARD (object);

  switch (id)
    {
    case PROP_LINES:
      self->lines = g_value_get_int (value);
      break;
    case PROP_NEWEST_LAST:
      self->newest_last = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_log_card_dispose (GObject *object)
{
  TrestleLogCard *self = TRESTLE_LOG_CARD (object);

  drop_feed (self);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LOG_CARD);
  G_OBJECT_CLASS (trestle_log_card_parent_class)->dispose (object);
}

static void
trestle_log_card_class_init (TrestleLogCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = trestle_log_card_get_property;
  object_class->set_property = trestle_log_card_set_property;
  object_class->dispose = trestle_log_card_dispose;
  widget_class->map = trestle_log_card_map;
  widget_class->unmap = trestle_log_card_unmap;
  properties[PROP_LINES] = g_param_spec_int ("lines", NULL, NULL, 1, 100, 5, flags);
  properties[PROP_NEWEST_LAST] = g_param_spec_boolean ("newest-last", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/widgets/trestle-log-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleLogCard, grid);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogCard, nothing);
}

static void
trestle_log_card_init (TrestleLogCard *self)
{
  self->lines = 5;
  gtk_widget_init_template (GTK_WIDGET (self));
}
