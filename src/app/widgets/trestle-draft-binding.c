/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-draft-binding.h"

#include <glib/gi18n.h>

#include "domain/trestle-draft-field.h"
#include "widgets/trestle-format.h"

struct _TrestleDraftBinding
{
  GObject parent_instance;

  TrestleOpenDraft *open_draft;
  char *path;
  TrestleFinding *finding;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_PATH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (TrestleDraftBinding, trestle_draft_binding, G_TYPE_OBJECT)

TrestleTone
trestle_severity_tone (TrestleSeverity severity)
{
  switch (severity)
    {
    case TRESTLE_SEVERITY_ERROR:
      return TRESTLE_TONE_ERROR;
    case TRESTLE_SEVERITY_WARNING:
      return TRESTLE_TONE_WARNING;
    case TRESTLE_SEVERITY_INFO:
    default:
      return TRESTLE_TONE_ACCENT;
    }
}

const char *
trestle_severity_icon (TrestleSeverity severity)
{
  switch (severity)
    {
    case TRESTLE_SEVERITY_ERROR:
      return "dialog-error-symbolic";
    case TRESTLE_SEVERITY_WARNING:
      return "dialog-warning-symbolic";
    case TRESTLE_SEVERITY_INFO:
    default:
      return "dialog-information-symbolic";
    }
}

const char *
trestle_severity_word (TrestleSeverity severity)
{
  switch (severity)
    {
    case TRESTLE_SEVERITY_ERROR:
      return _ ("Error");
    case TRESTLE_SEVERITY_WARNING:
      return _ ("Warning");
    case TRESTLE_SEVERITY_INFO:
    default:
      return _ ("Note");
    }
}

/* Whether @path is @of or something in it. */
static gboolean
is_within (const char *path, const char *of)
{
  gsize n = strlen (of);

  return n == 0
         || (g_str_has_prefix (path, of) && (path[n] == '\0' || path[n] == '.' || path[n] == '['));
}

static void
find_finding (TrestleDraftBinding *self)
{
  GListModel *findings = self->open_draft != NULL
                             ? trestle_open_draft_get_findings (self->open_draft)
                             : NULL;
  g_autoptr (TrestleFinding) worst = NULL;

  for (guint i = 0; findings != NULL && i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);

      if (g_strcmp0 (trestle_finding_get_field (finding), self->path) != 0)
        continue;
      if (worst == NULL
          || trestle_severity_tone (trestle_finding_get_severity (finding))
                 > trestle_severity_tone (trestle_finding_get_severity (worst)))
        g_set_object (&worst, finding);
    }
  g_set_object (&self->finding, worst);
}

static void
refresh (TrestleDraftBinding *self)
{
  find_finding (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_changed (TrestleDraftBinding *self, const char *path)
{
  if (self->path != NULL && (is_within (path, self->path) || is_within (self->path, path)))
    refresh (self);
}

void
trestle_draft_binding_set_open_draft (TrestleDraftBinding *self, TrestleOpenDraft *open_draft)
{
  g_return_if_fail (TRESTLE_IS_DRAFT_BINDING (self));

  if (self->open_draft == open_draft)
    return;
  if (self->open_draft != NULL)
    {
      g_signal_handlers_disconnect_by_data (trestle_open_draft_get_draft (self->open_draft), self);
      g_signal_handlers_disconnect_by_data (trestle_open_draft_get_findings (self->open_draft),
                                            self);
    }
  g_set_object (&self->open_draft, open_draft);
  if (open_draft != NULL)
    {
      g_signal_connect_object (trestle_open_draft_get_draft (open_draft), "changed",
                               G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (trestle_open_draft_get_findings (open_draft), "items-changed",
                               G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN_DRAFT]);
  refresh (self);
}

void
trestle_draft_binding_set_path (TrestleDraftBinding *self, const char *path)
{
  g_return_if_fail (TRESTLE_IS_DRAFT_BINDING (self));

  if (!g_set_str (&self->path, path))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
  refresh (self);
}

TrestleOpenDraft *
trestle_draft_binding_get_open_draft (TrestleDraftBinding *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_BINDING (self), NULL);
  return self->open_draft;
}

TrestleDraft *
trestle_draft_binding_get_draft (TrestleDraftBinding *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_BINDING (self), NULL);
  return self->open_draft != NULL ? trestle_open_draft_get_draft (self->open_draft) : NULL;
}

const char *
trestle_draft_binding_get_path (TrestleDraftBinding *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_BINDING (self), NULL);
  return self->path;
}

const char *
trestle_draft_binding_get_text (TrestleDraftBinding *self)
{
  TrestleDraft *draft = trestle_draft_binding_get_draft (self);

  return draft != NULL && self->path != NULL ? trestle_draft_get_text (draft, self->path) : "";
}

void
trestle_draft_binding_set_text (TrestleDraftBinding *self, const char *text)
{
  TrestleDraft *draft = trestle_draft_binding_get_draft (self);

  if (draft != NULL && self->path != NULL
      && strcmp (trestle_draft_get_text (draft, self->path), text) != 0)
    trestle_draft_set_text (draft, self->path, text);
}

char *
trestle_draft_binding_dup_label (TrestleDraftBinding *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_BINDING (self), NULL);
  return self->path != NULL ? trestle_draft_field_dup_label (self->path) : g_strdup ("");
}

char *
trestle_draft_binding_dup_counter (TrestleDraftBinding *self, TrestleTone *tone)
{
  const TrestleDraftField *field;
  TrestleDraft *draft = trestle_draft_binding_get_draft (self);
  g_autofree char *have = NULL;
  g_autofree char *may = NULL;
  TrestleTone by_length = TRESTLE_TONE_PLAIN;
  TrestleTone by_finding = TRESTLE_TONE_PLAIN;
  gint64 n, most;

  if (self->finding != NULL
      && trestle_finding_get_severity (self->finding) != TRESTLE_SEVERITY_INFO)
    by_finding = trestle_severity_tone (trestle_finding_get_severity (self->finding));
  if (tone != NULL)
    *tone = by_finding;
  field = self->path != NULL ? trestle_draft_field_find (self->path) : NULL;
  most = field != NULL ? trestle_draft_field_get_most (field) : -1;
  if (draft == NULL || most <= 0)
    return g_strdup ("");

  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_LIST)
    n = trestle_draft_get_length (draft, self->path);
  else
    n = g_utf8_strlen (trestle_draft_get_text (draft, self->path), -1);
  if (n > most)
    by_length = TRESTLE_TONE_ERROR;
  else if (field->kind != TRESTLE_DRAFT_FIELD_KIND_LIST && n * 10 >= most * 9)
    by_length = TRESTLE_TONE_WARNING;
  if (tone != NULL)
    *tone = MAX (by_length, by_finding);
  have = trestle_format_count (n);
  may = trestle_format_count (most);
  /* Translators: how many characters or rows there are, and how many there may be. */
  return g_strdup_printf (_ ("%s / %s"), have, may);
}

TrestleFinding *
trestle_draft_binding_get_finding (TrestleDraftBinding *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_BINDING (self), NULL);
  return self->finding;
}

/* --- Finding a field's widget ------------------------------------------------------------- */

static void
find_nearest (GtkWidget *widget, const char *path, GtkWidget **nearest, gsize *length)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "path");

  if (pspec != NULL && pspec->value_type == G_TYPE_STRING && (pspec->flags & G_PARAM_READABLE))
    {
      g_autofree char *own = NULL;

      g_object_get (widget, "path", &own, NULL);
      if (own != NULL && is_within (path, own) && strlen (own) > *length)
        {
          *nearest = widget;
          *length = strlen (own);
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_nearest (child, path, nearest, length);
}

gboolean
trestle_draft_focus (GtkWidget *root, const char *path)
{
  GtkWidget *nearest = NULL;
  gsize length = 0;

  g_return_val_if_fail (GTK_IS_WIDGET (root), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  find_nearest (root, path, &nearest, &length);
  if (nearest == NULL)
    return FALSE;
  if (!gtk_widget_grab_focus (nearest))
    gtk_widget_child_focus (nearest, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* --- Object ----------------------------------------------------------------------------- */

static void
trestle_draft_binding_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDraftBinding *self = TRESTLE_DRAFT_BINDING (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, self->open_draft);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_binding_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  TrestleDraftBinding *self = TRESTLE_DRAFT_BINDING (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      trestle_draft_binding_set_open_draft (self, g_value_get_object (value));
      break;
    case PROP_PATH:
      trestle_draft_binding_set_path (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_binding_finalize (GObject *object)
{
  TrestleDraftBinding *self = TRESTLE_DRAFT_BINDING (object);

  g_clear_object (&self->open_draft);
  g_clear_object (&self->finding);
  g_free (self->path);
  G_OBJECT_CLASS (trestle_draft_binding_parent_class)->finalize (object);
}

static void
trestle_draft_binding_class_init (TrestleDraftBindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_draft_binding_finalize;
  object_class->get_property = trestle_draft_binding_get_property;
  object_class->set_property = trestle_draft_binding_set_property;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_draft_binding_init (TrestleDraftBinding *self)
{
}

TrestleDraftBinding *
trestle_draft_binding_new (void)
{
  return g_object_new (TRESTLE_TYPE_DRAFT_BINDING, NULL);
}
