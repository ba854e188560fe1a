/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-detail.h"

#include <glib/gi18n.h>

#include "logs/trestle-log-row.h"
#include "logs/trestle-log-text.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"

/* A label lays all of its text out; the rest can be copied. */
#define MAX_SHOWN (16 * 1024)
#define MAX_NEIGHBOUR 160

struct _TrestleLogDetail
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkLabel *level;
  GtkLabel *status;
  GtkLabel *time;
  GtkLabel *text;
  GtkLabel *cut;
  GtkLabel *request_name;
  GtkLabel *request;
  GtkLabel *variant_name;
  GtkLabel *variant;
  GtkLabel *instance_name;
  GtkLabel *instance;
  GtkLabel *stream;
  GtkWidget *meaning_box;
  GtkLabel *meaning;
  GtkWidget *call_button;
  GtkWidget *around_box;
  GtkBox *around;

  TrestleLogLine *line;
  char *endpoint;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (TrestleLogDetail, trestle_log_detail, GTK_TYPE_WIDGET)

static void
set_fact (GtkLabel *name, GtkLabel *label, const char *value)
{
  gtk_widget_set_visible (GTK_WIDGET (name), value != NULL);
  gtk_widget_set_visible (GTK_WIDGET (label), value != NULL);
  gtk_label_set_label (label, value != NULL ? value : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), value);
}

/* What a status or the beginning of a text mean, in words; NULL where it is plain enough. */
static const char *
explain (const char *text, guint status)
{
  if (status >= 500)
    return _ ("The container failed while it answered this call. The lines before it may say why.");
  if (status == 415)
    return _ ("The container does not take this content type.");
  if (status >= 400)
    return _ ("The container refused what it was sent. The bench shows the call and its answer.");
  if (g_str_has_prefix (text, "Traceback"))
    return _ ("The container’s program ended in an exception; its last line says which.");
  return NULL;
}

static void
on_neighbour_clicked (TrestleLogDetail *self, GtkButton *button)
{
  TrestleLogLine *line = g_object_get_data (G_OBJECT (button), "line");

  g_signal_emit (self, chosen_signal, 0, line);
}

static GtkWidget *
neighbour_new (TrestleLogDetail *self, TrestleLogLine *line)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *level = gtk_label_new (trestle_log_level_word (trestle_log_line_get_level (line)));
  GtkWidget *text = gtk_label_new (NULL);
  gsize length;
  const char *whole = trestle_log_line_get_text (line, &length);
  g_autofree char *row = trestle_log_text_dup_row (whole, length, MAX_NEIGHBOUR);

  gtk_label_set_label (GTK_LABEL (text), row);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_xalign (GTK_LABEL (level), 0);
  gtk_label_set_width_chars (GTK_LABEL (level), 7);
  gtk_box_append (GTK_BOX (box), level);
  gtk_box_append (GTK_BOX (box), text);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "log-neighbour");
  gtk_widget_add_css_class (button, trestle_log_level_class (trestle_log_line_get_level (line)));
  if (line == self->line)
    gtk_widget_add_css_class (button, "current");
  g_object_set_data_full (G_OBJECT (button), "line", g_object_ref (line), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_neighbour_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
show_around (TrestleLogDetail *self, GPtrArray *around)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->around))) != NULL)
    gtk_box_remove (self->around, child);
  for (guint i = 0; around != NULL && i < around->len; i++)
    gtk_box_append (self->around, neighbour_new (self, around->pdata[i]));
  gtk_widget_set_visible (self->around_box, around != NULL && around->len > 1);
}

static void
show_text (TrestleLogDetail *self)
{
  gsize length;
  const char *text = trestle_log_line_get_text (self->line, &length);
  g_autofree char *pretty = trestle_log_line_is_json (self->line) && length <= MAX_SHOWN
                                ? trestle_log_text_dup_pretty (text)
                                : NULL;
  g_autofree char *cut = NULL;

  if (length > MAX_SHOWN)
    cut = g_strndup (text, g_utf8_find_prev_char (text, text + MAX_SHOWN + 1) - text);
  gtk_label_set_label (self->text, pretty != NULL ? pretty : cut != NULL ? cut : text);
  gtk_widget_set_visible (GTK_WIDGET (self->cut), length > MAX_SHOWN);
}

static void
show_line (TrestleLogDetail *self)
{
  TrestleLogLevel level = trestle_log_line_get_level (self->line);
  const char *text = trestle_log_line_get_text (self->line, NULL);
  const char *stream = trestle_log_line_get_stream (self->line);
  g_autofree char *clock = trestle_format_clock (trestle_log_line_get_time (self->line), TRUE);
  g_autofree char *moment = trestle_format_moment (trestle_log_line_get_time (self->line));
  g_autofree char *request = trestle_log_text_dup_request (text);
  guint status = trestle_log_text_get_status (text);
  g_autofree char *number = status > 0 ? g_strdup_printf ("%u", status) : NULL;
  const char *meaning = explain (text, status);
  g_auto (GStrv) parts = stream != NULL ? g_strsplit (stream, "/", 3) : NULL;
  gboolean two = parts != NULL && g_strv_length (parts) >= 2;

  show_text (self);
  gtk_label_set_label (self->level, trestle_log_level_word (level));
  gtk_widget_set_css_classes (
      GTK_WIDGET (self->level),
      (const char *[]) { "heading", "log-word", trestle_log_level_class (level), NULL });
  trestle_badge_set (GTK_WIDGET (self->status), number,
                     status >= 400 ? TRESTLE_TONE_ERROR : TRESTLE_TONE_SUCCESS);
  gtk_label_set_label (self->time, clock);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), moment);
  set_fact (self->request_name, self->request, request);
  set_fact (self->variant_name, self->variant, two ? parts[0] : NULL);
  set_fact (self->instance_name, self->instance, two ? parts[1] : NULL);
  gtk_label_set_label (self->stream, stream != NULL ? stream : "–");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->stream), stream);
  gtk_widget_set_visible (self->meaning_box, meaning != NULL);
  gtk_label_set_label (self->meaning, meaning != NULL ? meaning : "");
}

void
trestle_log_detail_set_line (TrestleLogDetail *self, TrestleLogLine *line, GPtrArray *around)
{
  TrestleLogLine *here = line;

  g_return_if_fail (TRESTLE_IS_LOG_DETAIL (self));

  /* The neighbours are other objects, so the line is looked for among them. */
  for (guint i = 0; line != NULL && around != NULL && i < around->len; i++)
    if (trestle_log_line_equal (line, around->pdata[i]))
      here = around->pdata[i];
  if (g_set_object (&self->line, here))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_stack_set_visible_child_name (self->stack, line != NULL ? "line" : "none");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log-detail.copy", line != NULL);
  if (line == NULL)
    return;
  show_line (self);
  show_around (self, around);
}

TrestleLogLine *
trestle_log_detail_get_line (TrestleLogDetail *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_DETAIL (self), NULL);
  return self->line;
}

void
trestle_log_detail_set_endpoint (TrestleLogDetail *self, const char *endpoint)
{
  g_return_if_fail (TRESTLE_IS_LOG_DETAIL (self));

  g_set_str (&self->endpoint, endpoint);
  gtk_widget_set_visible (self->call_button, endpoint != NULL);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleLogDetail *self = TRESTLE_LOG_DETAIL (widget);

  if (self->line != NULL)
    trestle_shell_copy (widget, trestle_log_line_get_text (self->line, NULL), _ ("Line copied"));
}

static void
show_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleLogDetail *self = TRESTLE_LOG_DETAIL (widget);

  if (self->endpoint != NULL)
    trestle_shell_open (widget, "bench", self->endpoint);
}

static void
trestle_log_detail_dispose (GObject *object)
{
  TrestleLogDetail *self = TRESTLE_LOG_DETAIL (object);

  g_clear_object (&self->line);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LOG_DETAIL);
  G_OBJECT_CLASS (trestle_log_detail_parent_class)->dispose (object);
}

static void
trestle_log_detail_finalize (GObject *object)
{
  g_free (TRESTLE_LOG_DETAIL (object)->endpoint);
  G_OBJECT_CLASS (trestle_log_detail_parent_class)->finalize (object);
}

static void
trestle_log_detail_class_init (TrestleLogDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = trestle_log_detail_dispose;
  object_class->finalize = trestle_log_detail_finalize;
  chosen_signal = g_signal_new ("chosen", TRESTLE_TYPE_LOG_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, TRESTLE_TYPE_LOG_LINE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/logs/trestle-log-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, level);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, status);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, time);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, text);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, cut);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, request_name);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, request);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, variant_name);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, variant);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, instance_name);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, instance);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, stream);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, meaning_box);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, meaning);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, call_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, around_box);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogDetail, around);

  gtk_widget_class_install_action (widget_class, "log-detail.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "log-detail.show-call", NULL, show_call_action);
  gtk_widget_class_set_css_name (widget_class, "log-detail");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
trestle_log_detail_init (TrestleLogDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
