/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-draft-text.h"

#include <glib/gi18n.h>

#include "widgets/trestle-finding-strip.h"

struct _TrestleDraftText
{
  AdwPreferencesRow parent_instance;

  GtkLabel *caption;
  GtkLabel *counter;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  TrestleFindingStrip *strip;

  TrestleDraftBinding *binding;
  char *own_caption;
  char *outline;
  char *action_label;
  gboolean updating;
  guint lines;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_PATH,
  PROP_CAPTION,
  PROP_LINES,
  PROP_MONOSPACE,
  PROP_OUTLINE,
  PROP_ACTION_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint finding_activated_signal;

G_DEFINE_FINAL_TYPE (TrestleDraftText, trestle_draft_text, ADW_TYPE_PREFERENCES_ROW)

static char *
dup_text (TrestleDraftText *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

/* The linter's rule about what a description should speak of. */
static gboolean
wants_outline (TrestleDraftText *self)
{
  TrestleFinding *finding = trestle_draft_binding_get_finding (self->binding);

  return self->outline != NULL && finding != NULL
         && g_strcmp0 (trestle_finding_get_rule (finding), "description-topics") == 0;
}

static void
update (TrestleDraftText *self)
{
  TrestleTone tone;
  g_autofree char *label = trestle_draft_binding_dup_label (self->binding);
  g_autofree char *counter = trestle_draft_binding_dup_counter (self->binding, &tone);
  g_autofree char *shown = dup_text (self);
  const char *text = trestle_draft_binding_get_text (self->binding);

  gtk_label_set_label (self->caption, self->own_caption != NULL ? self->own_caption : label);
  gtk_label_set_label (self->counter, counter);
  trestle_tone_set (GTK_WIDGET (self->counter), tone);
  trestle_finding_strip_set_finding (self->strip,
                                     trestle_draft_binding_get_finding (self->binding));
  /* What is being typed stays: the cursor would jump. */
  if (strcmp (shown, text) == 0)
    return;
  self->updating = TRUE;
  gtk_text_buffer_set_text (self->buffer, text, -1);
  self->updating = FALSE;
}

static void
on_text_changed (TrestleDraftText *self)
{
  g_autofree char *text = NULL;

  if (self->updating)
    return;
  text = dup_text (self);
  trestle_draft_binding_set_text (self->binding, text);
}

TrestleFinding *
trestle_draft_text_get_finding (TrestleDraftText *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_TEXT (self), NULL);
  return trestle_draft_binding_get_finding (self->binding);
}

void
trestle_draft_text_insert (TrestleDraftText *self, const char *text)
{
  g_return_if_fail (TRESTLE_IS_DRAFT_TEXT (self));

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
on_strip_activated (TrestleDraftText *self)
{
  GtkTextIter end;

  if (wants_outline (self))
    {
      gtk_text_buffer_get_end_iter (self->buffer, &end);
      gtk_text_buffer_place_cursor (self->buffer, &end);
      trestle_draft_text_insert (self, self->outline);
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
      return;
    }
  g_signal_emit (self, finding_activated_signal, 0);
}

/* A text view has no height to trust before it is drawn. */
static void
fit_lines (TrestleDraftText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->view));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = pango_font_metrics_get_height (metrics);

  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, PANGO_PIXELS (height) * self->lines);
  pango_font_metrics_unref (metrics);
}

static void
trestle_draft_text_map (GtkWidget *widget)
{
  fit_lines (TRESTLE_DRAFT_TEXT (widget));
  GTK_WIDGET_CLASS (trestle_draft_text_parent_class)->map (widget);
}

static gboolean
trestle_draft_text_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), direction);
}

static gboolean
trestle_draft_text_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TRESTLE_DRAFT_TEXT (widget)->view));
}

static void
trestle_draft_text_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDraftText *self = TRESTLE_DRAFT_TEXT (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, trestle_draft_binding_get_open_draft (self->binding));
      break;
    case PROP_PATH:
      g_value_set_string (value, trestle_draft_binding_get_path (self->binding));
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->own_caption);
      break;
    case PROP_LINES:
      g_value_set_uint (value, self->lines);
      break;
    case PROP_MONOSPACE:
      g_value_set_boolean (value, gtk_text_view_get_monospace (self->view));
      break;
    case PROP_OUTLINE:
      g_value_set_string (value, self->outline);
      break;
    case PROP_ACTION_LABEL:
      g_value_set_string (value, self->action_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_text_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleDraftText *self = TRESTLE_DRAFT_TEXT (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      trestle_draft_binding_set_open_draft (self->binding, g_value_get_object (value));
      break;
    case PROP_PATH:
      trestle_draft_binding_set_path (self->binding, g_value_get_string (value));
      break;
    case PROP_CAPTION:
      if (g_set_str (&self->own_caption, g_value_get_string (value)))
        update (self);
      break;
    case PROP_LINES:
      self->lines = g_value_get_uint (value);
      fit_lines (self);
      break;
    case PROP_MONOSPACE:
      gtk_text_view_set_monospace (self->view, g_value_get_boolean (value));
      break;
    case PROP_OUTLINE:
      if (g_set_str (&self->outline, g_value_get_string (value)))
        update (self);
      break;
    case PROP_ACTION_LABEL:
      if (g_set_str (&self->action_label, g_value_get_string (value)))
        update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_text_dispose (GObject *object)
{
  TrestleDraftText *self = TRESTLE_DRAFT_TEXT (object);

  if (self->binding != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->binding, self);
      trestle_draft_binding_set_open_draft (self->binding, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DRAFT_TEXT);
  G_OBJECT_CLASS (trestle_draft_text_parent_class)->dispose (object);
}

static void
trestle_draft_text_finalize (GObject *object)
{
  TrestleDraftText *self = TRESTLE_DRAFT_TEXT (object);

  g_clear_object (&self->binding);
  g_free (self->own_caption);
  g_free (self->outline);
  g_free (self->action_label);
  G_OBJECT_CLASS (trestle_draft_text_parent_class)->finalize (object);
}

static void
trestle_draft_text_class_init (TrestleDraftTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  object_class->dispose = trestle_draft_text_dispose;
  object_class->finalize = trestle_draft_text_finalize;
  object_class->get_property = trestle_draft_text_get_property;
  object_class->set_property = trestle_draft_text_set_property;
  widget_class->map = trestle_draft_text_map;
  widget_class->focus = trestle_draft_text_focus;
  widget_class->grab_focus = trestle_draft_text_grab_focus;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_LINES] = g_param_spec_uint ("lines", NULL, NULL, 1, 40, 3, flags);
  properties[PROP_MONOSPACE] = g_param_spec_boolean ("monospace", NULL, NULL, FALSE, flags);
  properties[PROP_OUTLINE] = g_param_spec_string ("outline", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_LABEL] = g_param_spec_string ("action-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  finding_activated_signal = g_signal_new ("finding-activated", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-draft-text.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftText, caption);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftText, counter);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftText, view);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftText, buffer);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftText, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_strip_activated);
}

static void
trestle_draft_text_init (TrestleDraftText *self)
{
  self->binding = trestle_draft_binding_new ();
  self->lines = 3;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->binding, "changed", G_CALLBACK (update), self);
}

GtkWidget *
trestle_draft_text_new (TrestleOpenDraft *open_draft, const char *path, guint lines)
{
  return g_object_new (TRESTLE_TYPE_DRAFT_TEXT, "path", path, "lines", lines, "open-draft",
                       open_draft, NULL);
}
