/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-row.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "logs/trestle-log-text.h"
#include "widgets/trestle-format.h"

/* More than the widest window shows; a line may have 256 KiB. */
#define MAX_LENGTH 800
#define MAX_MARKS 32

struct _TrestleLogRow
{
  GtkWidget parent_instance;

  GtkImage *mark;
  GtkInscription *time;
  GtkLabel *level;
  GtkInscription *text;
  GtkWidget *swatch; /* never shown: lends the colour of matches */

  TrestleLogLine *line;
  TrestleLogQuery *query;
};

G_DEFINE_FINAL_TYPE (TrestleLogRow, trestle_log_row, GTK_TYPE_WIDGET)

const char *
trestle_log_level_word (TrestleLogLevel level)
{
  switch (level)
    {
    case TRESTLE_LOG_LEVEL_ERROR:
      return _ ("Error");
    case TRESTLE_LOG_LEVEL_WARNING:
      return _ ("Warning");
    case TRESTLE_LOG_LEVEL_DEBUG:
      return _ ("Debug");
    case TRESTLE_LOG_LEVEL_INFO:
    default:
      return _ ("Info");
    }
}

const char *
trestle_log_level_class (TrestleLogLevel level)
{
  static const char *const classes[] = { "log-debug", "log-info", "log-warning", "log-error" };

  return classes[level];
}

/* As containers write it, and of one width. */
static const char *
short_word (TrestleLogLevel level)
{
  static const char *const words[] = { "DEBUG", "INFO", "WARN", "ERROR" };

  return words[level];
}

static char *
format_time (gint64 time, TrestleLogTimeStyle style)
{
  g_autofree char *clock = trestle_format_clock (time, TRUE);
  g_autoptr (GDateTime) then = NULL;
  g_autofree char *day = NULL;

  if (style == TRESTLE_LOG_TIME_CLOCK)
    return g_steal_pointer (&clock);
  if (style == TRESTLE_LOG_TIME_SHORT)
    return g_strndup (clock + 3, 5);
  then = g_date_time_new_from_unix_local (time / TRESTLE_SECOND);
  day = g_date_time_format (then, "%m-%d");
  return g_strconcat (day, " ", clock, NULL);
}

static void
mark_matches (TrestleLogRow *self, const char *text)
{
  PangoAttrList *attributes = NULL;
  gsize length = strlen (text), from = 0, start, end;
  GdkRGBA colour;

  if (self->query != NULL && trestle_log_query_find (self->query, text, length, 0, &start, &end))
    {
      attributes = pango_attr_list_new ();
      gtk_widget_get_color (self->swatch, &colour);
      for (guint i = 0;
           i < MAX_MARKS && trestle_log_query_find (self->query, text, length, from, &start, &end);
           i++)
        {
          PangoAttribute *background = pango_attr_background_new ((guint16) (colour.red * 65535),
                                                                  (guint16) (colour.green * 65535),
                                                                  (guint16) (colour.blue * 65535));
          PangoAttribute *alpha = pango_attr_background_alpha_new (
              (guint16) MAX (colour.alpha * 65535, 1));

          background->start_index = alpha->start_index = start;
          background->end_index = alpha->end_index = end;
          pango_attr_list_insert (attributes, background);
          pango_attr_list_insert (attributes, alpha);
          from = end;
        }
    }
  gtk_inscription_set_attributes (self->text, attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

void
trestle_log_row_set_line (TrestleLogRow *self,
                          TrestleLogLine *line,
                          TrestleLogQuery *query,
                          TrestleLogTimeStyle time_style)
{
  const char *tone;
  const char *text;
  g_autofree char *row = NULL;
  g_autofree char *time = NULL;
  gsize length;

  g_return_if_fail (TRESTLE_IS_LOG_ROW (self));

  g_set_object (&self->line, line);
  g_clear_pointer (&self->query, trestle_log_query_unref);
  if (query != NULL)
    self->query = trestle_log_query_ref (query);
  if (line == NULL)
    return;

  text = trestle_log_line_get_text (line, &length);
  row = trestle_log_text_dup_row (text, length, MAX_LENGTH);
  time = format_time (trestle_log_line_get_time (line), time_style);
  gtk_inscription_set_nat_chars (self->time, strlen (time));
  gtk_inscription_set_min_chars (self->time, strlen (time));
  gtk_inscription_set_text (self->time, time);
  gtk_inscription_set_text (self->text, row);
  mark_matches (self, row);
  gtk_label_set_label (self->level, short_word (trestle_log_line_get_level (line)));
  gtk_widget_set_opacity (GTK_WIDGET (self->mark), trestle_log_line_is_json (line) ? 1 : 0);

  tone = trestle_log_level_class (trestle_log_line_get_level (line));
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), tone))
    gtk_widget_set_css_classes (GTK_WIDGET (self), (const char *[]) { "log-row", tone, NULL });
}

TrestleLogLine *
trestle_log_row_get_line (TrestleLogRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_ROW (self), NULL);
  return self->line;
}

char *
trestle_log_row_dup_label (TrestleLogRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_ROW (self), NULL);
  if (self->line == NULL)
    return g_strdup ("");
  return g_strdup_printf (
      "%s, %s: %s", trestle_log_level_word (trestle_log_line_get_level (self->line)),
      gtk_inscription_get_text (self->time), gtk_inscription_get_text (self->text));
}

static void
trestle_log_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  TrestleLogRow *self = TRESTLE_LOG_ROW (widget);

  GTK_WIDGET_CLASS (trestle_log_row_parent_class)->css_changed (widget, change);
  if (self->line != NULL && self->query != NULL)
    mark_matches (self, gtk_inscription_get_text (self->text));
}

static void
trestle_log_row_dispose (GObject *object)
{
  TrestleLogRow *self = TRESTLE_LOG_ROW (object);

  g_clear_object (&self->line);
  g_clear_pointer (&self->query, trestle_log_query_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LOG_ROW);
  G_OBJECT_CLASS (trestle_log_row_parent_class)->dispose (object);
}

static void
trestle_log_row_class_init (TrestleLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_log_row_dispose;
  widget_class->css_changed = trestle_log_row_css_changed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/logs/trestle-log-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleLogRow, mark);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogRow, time);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogRow, level);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogRow, text);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogRow, swatch);
}

static void
trestle_log_row_init (TrestleLogRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_log_row_new (void)
{
  return g_object_new (TRESTLE_TYPE_LOG_ROW, NULL);
}
