/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-finding-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-widget.h"

struct _TrestleFindingStrip
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *words;
  GtkButton *button;
};

enum
{
  PROP_ACTION_LABEL = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint activated_signal;

G_DEFINE_FINAL_TYPE (TrestleFindingStrip, trestle_finding_strip, GTK_TYPE_WIDGET)

static void
show (TrestleFindingStrip *self,
      TrestleTone tone,
      const char *icon_name,
      const char *word,
      const char *title,
      const char *body)
{
  g_autofree char *markup = NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), title != NULL);
  if (title == NULL)
    return;
  trestle_tone_set (GTK_WIDGET (self), tone);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, word,
                                  -1);
  if (body != NULL && *body != '\0')
    {
      markup = g_markup_printf_escaped ("<b>%s</b> %s", title, body);
      spoken = g_strdup_printf ("%s: %s %s", word, title, body);
    }
  else
    {
      markup = g_markup_printf_escaped ("<b>%s</b>", title);
      spoken = g_strdup_printf ("%s: %s", word, title);
    }
  gtk_label_set_markup (self->words, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
trestle_finding_strip_set_finding (TrestleFindingStrip *self, TrestleFinding *finding)
{
  TrestleSeverity severity;

  g_return_if_fail (TRESTLE_IS_FINDING_STRIP (self));

  if (finding == NULL)
    {
      show (self, TRESTLE_TONE_PLAIN, NULL, NULL, NULL, NULL);
      return;
    }
  severity = trestle_finding_get_severity (finding);
  show (self, trestle_severity_tone (severity), trestle_severity_icon (severity),
        trestle_severity_word (severity), trestle_finding_get_message (finding),
        trestle_finding_get_fix (finding));
}

void
trestle_finding_strip_set_words (TrestleFindingStrip *self,
                                 TrestleTone tone,
                                 const char *title,
                                 const char *body)
{
  g_return_if_fail (TRESTLE_IS_FINDING_STRIP (self));

  switch (tone)
    {
    case TRESTLE_TONE_ERROR:
      show (self, tone, trestle_severity_icon (TRESTLE_SEVERITY_ERROR), _ ("Error"), title, body);
      break;
    case TRESTLE_TONE_WARNING:
      show (self, tone, trestle_severity_icon (TRESTLE_SEVERITY_WARNING), _ ("Warning"), title,
            body);
      break;
    case TRESTLE_TONE_SUCCESS:
      show (self, tone, "object-select-symbolic", _ ("Good"), title, body);
      break;
    case TRESTLE_TONE_PLAIN:
    case TRESTLE_TONE_ACCENT:
    default:
      show (self, tone, trestle_severity_icon (TRESTLE_SEVERITY_INFO), _ ("Note"), title, body);
    }
}

static void
on_clicked (TrestleFindingStrip *self)
{
  g_signal_emit (self, activated_signal, 0);
}

static void
trestle_finding_strip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleFindingStrip *self = TRESTLE_FINDING_STRIP (object);

  switch (id)
    {
    case PROP_ACTION_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->button));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_finding_strip_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  TrestleFindingStrip *self = TRESTLE_FINDING_STRIP (object);
  const char *label;

  switch (id)
    {
    case PROP_ACTION_LABEL:
      label = g_value_get_string (value);
      gtk_button_set_label (self->button, label != NULL ? label : "");
      gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL && *label != '\0');
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_finding_strip_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_FINDING_STRIP);
  G_OBJECT_CLASS (trestle_finding_strip_parent_class)->dispose (object);
}

static void
trestle_finding_strip_class_init (TrestleFindingStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = trestle_finding_strip_dispose;
  object_class->get_property = trestle_finding_strip_get_property;
  object_class->set_property = trestle_finding_strip_set_property;
  properties[PROP_ACTION_LABEL] = g_param_spec_string ("action-label", NULL, NULL, NULL,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-finding-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleFindingStrip, icon);
  gtk_widget_class_bind_template_child (widget_class, TrestleFindingStrip, words);
  gtk_widget_class_bind_template_child (widget_class, TrestleFindingStrip, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
trestle_finding_strip_init (TrestleFindingStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
