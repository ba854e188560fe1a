/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-answer-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "invoke/trestle-answer-node.h"
#include "invoke/trestle-boxes-view.h"
#include "invoke/trestle-json-view.h"
#include "invoke/trestle-latency-chart.h"
#include "invoke/trestle-sound-view.h"
#include "invoke/trestle-table-view.h"
#include "media/trestle-content-type.h"
#include "media/trestle-picture.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

/* What the raw view shows at most; Save has it all. */
#define RAW_MAX (256 * 1024)
#define DUMP_MAX (16 * 1024)
#define PICTURE_MAX 1600

struct _TrestleAnswerView
{
  GtkWidget parent_instance;

  GtkLabel *status_label;
  GtkLabel *facts_label;
  GtkLabel *legend_label;
  GtkWidget *logs_button;
  GtkStack *stack;
  GtkTextView *raw;
  AdwStatusPage *problem_page;
  AdwToggleGroup *views;
  TrestleBoxesView *boxes_view;
  TrestleJsonView *picture_tree;
  TrestleJsonView *tree;
  TrestleTableView *table;
  TrestleSoundView *sound;

  TrestleInvocation *invocation;
  JsonNode *json;
  GPtrArray *boxes;
  DexFuture *decoding;
};

G_DEFINE_FINAL_TYPE (TrestleAnswerView, trestle_answer_view, GTK_TYPE_WIDGET)

char *
trestle_answer_dump (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GString *dump = g_string_new (NULL);

  for (gsize i = 0; i < MIN (size, DUMP_MAX); i += 16)
    {
      g_string_append_printf (dump, "%08" G_GSIZE_MODIFIER "x ", i);
      for (gsize j = i; j < i + 16; j++)
        {
          if (j < size)
            g_string_append_printf (dump, " %02x", data[j]);
          else
            g_string_append (dump, "   ");
        }
      g_string_append (dump, "  ");
      for (gsize j = i; j < MIN (i + 16, size); j++)
        g_string_append_c (dump, g_ascii_isprint ((char) data[j]) ? (char) data[j] : '.');
      g_string_append_c (dump, '\n');
    }
  if (size > DUMP_MAX)
    g_string_append_printf (dump, _ ("… %u of %u bytes"), (guint) DUMP_MAX, (guint) size);
  return g_string_free (dump, FALSE);
}

static void
add_view (TrestleAnswerView *self, const char *name, const char *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (self->views, toggle);
}

static void
on_view_changed (TrestleAnswerView *self)
{
  const char *name = adw_toggle_group_get_active_name (self->views);

  if (name != NULL)
    gtk_stack_set_visible_child_name (self->stack, name);
}

static void
on_box_entered (TrestleAnswerView *self, int index)
{
  JsonNode *node = self->json;
  JsonArray *list = NULL;

  /* The list of regions is the first list of objects: find it the way the boxes were found. */
  while (index >= 0 && node != NULL && list == NULL)
    {
      JsonObjectIter iter;
      JsonNode *member, *next = NULL;

      if (JSON_NODE_HOLDS_ARRAY (node))
        {
          list = json_node_get_array (node);
          break;
        }
      if (!JSON_NODE_HOLDS_OBJECT (node))
        break;
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (next == NULL && json_object_iter_next_ordered (&iter, NULL, &member))
        if (JSON_NODE_HOLDS_ARRAY (member)
            && json_array_get_length (json_node_get_array (member)) == self->boxes->len)
          next = member;
      node = next;
    }
  if (list != NULL && (guint) index < json_array_get_length (list))
    trestle_json_view_select (self->picture_tree, json_array_get_element (list, (guint) index));
}

static void
on_decoded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleAnswerView *self = owner;
  const TrestlePicture *picture;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *legend = NULL;

  if (error != NULL)
    {
      gtk_label_set_text (self->legend_label, error->message);
      return;
    }
  picture = g_value_get_boxed (value);
  texture = gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_R8G8B8A8,
                                    picture->rgba, picture->stride);
  trestle_boxes_view_set_picture (self->boxes_view, texture, picture->full_width,
                                  picture->full_height, self->boxes);
  legend = trestle_boxes_view_dup_legend (self->boxes_view);
  gtk_label_set_markup (self->legend_label, legend);
}

static void
show_picture (TrestleAnswerView *self, GBytes *picture)
{
  trestle_boxes_view_set_picture (self->boxes_view, NULL, 0, 0, NULL);
  gtk_label_set_text (self->legend_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->picture_tree), self->json != NULL);
  trestle_watch (self, &self->decoding, trestle_picture_decode (picture, PICTURE_MAX, PICTURE_MAX),
                 on_decoded);
}

static void
show_raw (TrestleAnswerView *self, GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = NULL;

  if (self->json != NULL && size <= RAW_MAX)
    text = json_to_string (self->json, TRUE);
  else if (g_utf8_validate_len (data, MIN (size, RAW_MAX), NULL))
    text = g_strndup (data, MIN (size, RAW_MAX));
  else
    text = trestle_answer_dump (body);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->raw), text, -1);
}

static JsonNode *
parse_json (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  if (!json_parser_load_from_data (parser, data, (gssize) size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static gboolean
looks_like_picture (GBytes *bytes)
{
  g_autofree char *type = bytes ? trestle_content_type_guess (NULL, bytes) : NULL;

  return type != NULL && trestle_content_type_get_family (type) == TRESTLE_CONTENT_PICTURE;
}

static void
show_json (TrestleAnswerView *self, GBytes *body, GBytes *sent)
{
  g_auto (GStrv) columns = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  self->json = parse_json (body);
  if (self->json == NULL)
    return;
  self->boxes = trestle_answer_find_boxes (self->json);
  if (self->boxes->len > 0 && looks_like_picture (sent))
    {
      add_view (self, "picture", _ ("Picture and Tree"));
      trestle_json_view_set_node (self->picture_tree, self->json);
      show_picture (self, sent);
    }
  else
    {
      add_view (self, "tree", _ ("Tree"));
      trestle_json_view_set_node (self->tree, self->json);
    }
  rows = trestle_answer_find_rows (self->json, &columns);
  if (rows != NULL)
    {
      add_view (self, "table", _ ("Table"));
      trestle_table_view_set_rows (self->table, (const char *const *) columns, rows);
    }
}

static void
show_body (TrestleAnswerView *self, GBytes *body, GBytes *sent)
{
  const char *type = trestle_invocation_get_content_type (self->invocation);

  switch (trestle_content_type_get_family (type))
    {
    case TRESTLE_CONTENT_JSON:
      show_json (self, body, sent);
      break;
    case TRESTLE_CONTENT_TABLE:
      {
        g_auto (GStrv) columns = NULL;
        g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
        g_autofree char *valid = g_utf8_make_valid (text, -1);
        g_autoptr (GPtrArray) rows = trestle_table_parse_csv (valid, &columns);

        add_view (self, "table", _ ("Table"));
        trestle_table_view_set_rows (self->table, (const char *const *) columns, rows);
        break;
      }
    case TRESTLE_CONTENT_PICTURE:
      add_view (self, "picture", _ ("Picture"));
      show_picture (self, body);
      break;
    case TRESTLE_CONTENT_SOUND:
      add_view (self, "sound", _ ("Sound"));
      trestle_sound_view_set_sounds (self->sound, sent, body);
      break;
    case TRESTLE_CONTENT_TEXT:
    case TRESTLE_CONTENT_VIDEO:
    case TRESTLE_CONTENT_BINARY:
    default:
      break;
    }
  add_view (self, "raw",
            g_utf8_validate_len (g_bytes_get_data (body, NULL),
                                 MIN (g_bytes_get_size (body), RAW_MAX), NULL)
                ? _ ("Raw")
                : _ ("Hex"));
  show_raw (self, body);
}

static void
clear (TrestleAnswerView *self)
{
  g_clear_object (&self->invocation);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  dex_clear (&self->decoding);
  adw_toggle_group_remove_all (self->views);
  trestle_json_view_set_node (self->tree, NULL);
  trestle_json_view_set_node (self->picture_tree, NULL);
  trestle_table_view_set_rows (self->table, NULL, NULL);
  trestle_sound_view_set_sounds (self->sound, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->views), FALSE);
  gtk_label_set_label (self->facts_label, "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.copy", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.save", FALSE);
}

void
trestle_answer_view_wait (TrestleAnswerView *self)
{
  g_return_if_fail (TRESTLE_IS_ANSWER_VIEW (self));
  clear (self);
  gtk_stack_set_visible_child_name (self->stack, "sending");
}

static void
show_facts (TrestleAnswerView *self)
{
  TrestleInvocation *v = self->invocation;
  g_autofree char *latency = trestle_latency_format (trestle_invocation_get_latency (v));
  g_autofree char *size = g_format_size ((guint64) trestle_invocation_get_bytes_received (v));
  g_autofree char *facts = g_strdup_printf ("%s · %s", latency, size);
  g_autofree char *status = g_strdup_printf ("%d", (int) trestle_invocation_get_status (v));
  gboolean good = trestle_invocation_get_error_code (v) == NULL;

  if (trestle_invocation_get_status (v) == 0)
    return;
  gtk_label_set_label (self->facts_label, facts);
  gtk_label_set_label (self->status_label, status);
  gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), good ? "error" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->status_label), good ? "success" : "error");
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), TRUE);
}

void
trestle_answer_view_show (TrestleAnswerView *self, TrestleInvocation *invocation, GBytes *sent)
{
  GBytes *body;

  g_return_if_fail (TRESTLE_IS_ANSWER_VIEW (self));

  clear (self);
  if (invocation == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  self->invocation = g_object_ref (invocation);
  show_facts (self);
  if (trestle_invocation_get_error_code (invocation) != NULL)
    {
      gboolean sent_at_all = trestle_invocation_get_status (invocation) != 0;

      adw_status_page_set_title (self->problem_page,
                                 sent_at_all ? _ ("The Call Failed") : _ ("Not Sent"));
      adw_status_page_set_description (self->problem_page,
                                       trestle_invocation_get_error_message (invocation));
      gtk_widget_set_visible (self->logs_button,
                              trestle_invocation_get_log_stream_arn (invocation) != NULL);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  body = trestle_invocation_get_body (invocation);
  if (body == NULL)
    {
      adw_status_page_set_title (self->problem_page, _ ("Answer Not Kept"));
      adw_status_page_set_description (
          self->problem_page,
          _ ("Answers over 1 MB are not kept in the history. Send again to see it."));
      gtk_widget_set_visible (self->logs_button, FALSE);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  show_body (self, body, sent);
  gtk_widget_set_visible (GTK_WIDGET (self->views), TRUE);
  adw_toggle_group_set_active (self->views, 0);
  on_view_changed (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.copy", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answer.save", TRUE);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleAnswerView *self = TRESTLE_ANSWER_VIEW (widget);
  GBytes *body = trestle_invocation_get_body (self->invocation);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  if (g_utf8_validate_len (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL))
    {
      trestle_shell_copy (widget, text, _ ("Answer copied"));
    }
  else
    {
      g_autofree char *dump = trestle_answer_dump (body);

      trestle_shell_copy (widget, dump, _ ("Answer copied as hex"));
    }
}

static void
copy_details_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleAnswerView *self = TRESTLE_ANSWER_VIEW (widget);
  TrestleInvocation *v = self->invocation;
  const char *id = trestle_invocation_get_request_id (v);
  const char *code = trestle_invocation_get_error_code (v);
  g_autofree char *text = g_strdup_printf (
      "InvokeEndpoint %s\nHTTP %d %s\nRequest %s\n%s", trestle_invocation_get_endpoint (v),
      (int) trestle_invocation_get_status (v), code ? code : "", id ? id : "–",
      trestle_invocation_get_error_message (v) ? trestle_invocation_get_error_message (v) : "");

  trestle_shell_copy (widget, text, _ ("Details copied"));
}

static void
logs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleAnswerView *self = TRESTLE_ANSWER_VIEW (widget);

  trestle_shell_open (widget, "logs", trestle_invocation_get_endpoint (self->invocation));
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleAnswerView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  GBytes *body = self->invocation ? trestle_invocation_get_body (self->invocation) : NULL;

  if (file == NULL || body == NULL)
    return;
  if (!g_file_replace_contents (file, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL,
                                FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    trestle_shell_problem (GTK_WIDGET (self), _ ("save the answer"), error);
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TrestleAnswerView *self = TRESTLE_ANSWER_VIEW (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  const char *file = trestle_invocation_get_file (self->invocation);
  g_autofree char *name = g_strdup_printf (
      "%s.out.%s", file ? file : "answer",
      trestle_content_type_get_extension (trestle_invocation_get_content_type (self->invocation)));

  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, save_cb,
                        g_object_ref (self));
}

static void
trestle_answer_view_dispose (GObject *object)
{
  TrestleAnswerView *self = TRESTLE_ANSWER_VIEW (object);

  dex_clear (&self->decoding);
  g_clear_object (&self->invocation);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_ANSWER_VIEW);
  G_OBJECT_CLASS (trestle_answer_view_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TrestleAnswerView, child)

static void
trestle_answer_view_class_init (TrestleAnswerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_answer_view_dispose;
  g_type_ensure (TRESTLE_TYPE_BOXES_VIEW);
  g_type_ensure (TRESTLE_TYPE_JSON_VIEW);
  g_type_ensure (TRESTLE_TYPE_SOUND_VIEW);
  g_type_ensure (TRESTLE_TYPE_TABLE_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/invoke/trestle-answer-view.ui");
  BIND (status_label);
  BIND (facts_label);
  BIND (legend_label);
  BIND (logs_button);
  BIND (stack);
  BIND (raw);
  BIND (problem_page);
  BIND (views);
  BIND (boxes_view);
  BIND (picture_tree);
  BIND (tree);
  BIND (table);
  BIND (sound);
  gtk_widget_class_bind_template_callback (widget_class, on_box_entered);
  gtk_widget_class_install_action (widget_class, "answer.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "answer.copy-details", NULL, copy_details_action);
  gtk_widget_class_install_action (widget_class, "answer.logs", NULL, logs_action);
  gtk_widget_class_install_action (widget_class, "answer.save", NULL, save_action);
}

static void
trestle_answer_view_init (TrestleAnswerView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->views, "notify::active", G_CALLBACK (on_view_changed), self);
  clear (self);
}
